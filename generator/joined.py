"""The sites of several packages in one: each in its folder, and beside them what all share."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from generator import urls
from generator.shells import SITEMAP, sitemap_index
from generator.write import Output
from generator.write_site import Batch, Whole

AT_THE_TOP = ("404.html", "assets/javascripts/", "assets/stylesheets/")
"""What a site has once: the page for a wrong address, and the theme's own files, which no page of
ours loads."""
_SHARED_SITEMAP = "sitemap-shared.xml"


def joined(parts: Sequence[tuple[str, Whole]], base_url: str | None) -> Whole:
    """The sites of several packages, each in its folder, and what lies in none: in one site."""
    mounts = [mount for mount, _ in parts if mount]

    def own(mount: str, names: Sequence[str]) -> list[str]:
        if mount:
            return [one.removeprefix(mount) for one in names if one.startswith(mount)]
        return [one for one in names if not one.startswith(tuple(mounts))]

    def last(names: Sequence[str]) -> Iterator[Output]:
        for mount, whole in parts:
            made = _in_folder(mount, whole.last(own(mount, names)))
            yield from made if mount else _with_index(made, mounts, base_url)

    return Whole(
        chain.from_iterable(_in_folder(mount, whole.files) for mount, whole in parts),
        [partial(_batch, mount, one) for mount, whole in parts for one in whole.batches],
        last,
    )


def _batch(mount: str, batch: Batch) -> Iterator[Output]:
    return _in_folder(mount, batch())


def _in_folder(mount: str, made: Iterable[Output]) -> Iterator[Output]:
    return (
        (mount + name, content)
        for name, content in made
        if not mount or not name.startswith(AT_THE_TOP)
    )


def _with_index(
    sitemaps: Iterable[Output], mounts: Sequence[str], base_url: str | None
) -> Iterator[Output]:
    """The sitemaps of what all share; where the address is known, below one that lists all."""
    if base_url is None:
        yield from sitemaps
        return
    for name, content in sitemaps:
        yield name.replace(SITEMAP, _SHARED_SITEMAP), content
    listed = [_SHARED_SITEMAP, *(mount + SITEMAP for mount in mounts)]
    yield SITEMAP, sitemap_index([urls.address(base_url, one, "") for one in listed])
