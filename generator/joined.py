"""The sites of several packages in one: each in its folder, and beside them what all share."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator import urls
from generator.shells import SITEMAP, sitemap_index
from generator.write import File
from generator.write_site import Batch, Ready, Whole

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

    def last(names: Sequence[str]) -> Iterator[File]:
        for mount, whole in parts:
            made = _in_folder(mount, whole.last(own(mount, names)))
            yield from made if mount else _with_index(made, mounts, base_url)

    def files(ready: Ready) -> Iterator[File]:
        for mount, whole in parts:
            yield from _in_folder(mount, whole.files(ready.below(mount)))

    return Whole(
        files,
        [partial(_batch, mount, one) for mount, whole in parts for one in whole.first],
        [partial(_batch, mount, one) for mount, whole in parts for one in whole.batches],
        last,
    )


def _batch(mount: str, batch: Batch) -> Iterator[File]:
    return _in_folder(mount, batch())


def _in_folder(mount: str, made: Iterable[File]) -> Iterator[File]:
    return (
        (mount + name, content)
        for name, content in made
        if not mount or not name.startswith(AT_THE_TOP)
    )


def _with_index(
    sitemaps: Iterable[File], mounts: Sequence[str], base_url: str | None
) -> Iterator[File]:
    """The sitemaps of what all share; where the address is known, below one that lists all."""
    if base_url is None:
        yield from sitemaps
        return
    for name, content in sitemaps:
        yield name.replace(SITEMAP, _SHARED_SITEMAP), content
    listed = [_SHARED_SITEMAP, *(mount + SITEMAP for mount in mounts)]
    yield SITEMAP, sitemap_index([urls.address(base_url, one, "") for one in listed])
