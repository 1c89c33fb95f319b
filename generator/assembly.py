"""A stamped site, file by file: what the site builder finished, and every page stamped."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

from generator import stamping, urls
from generator.moulds import Moulds
from generator.outputs import Contents, Part, SitePage, csvs
from generator.pages import Page
from generator.shells import SITEMAP, Shells, missing, sitemap_index
from generator.stamping import Shell
from generator.urls import page_file
from generator.write import Batch, Output, Whole

MakeShells = Callable[[bool], Shells]
"""Has the builder make the shells of pages that have sections, or of those that have none."""


class _Cuts:
    """The shells, each cut when it is first asked for."""

    def __init__(self, made: Mapping[bool, Shells]) -> None:
        self._made = made
        self._cut: dict[tuple[str, bool], Shell] = {}

    def of(self, url: str, sections: bool) -> Shell:
        """The shell for a page."""
        key = (stamping.stub_url(url), sections)
        if key not in self._cut:
            self._cut[key] = self._made[sections].shell(key[0])
        return self._cut[key]


def _both(make: MakeShells) -> Mapping[bool, Shells]:
    """Both kinds of shells; the builder's two runs use two processors."""
    with ThreadPoolExecutor(2) as at_once:
        return dict(zip((True, False), at_once.map(make, (True, False)), strict=True))


class Stamped:
    """A site whose pages are stamped, but for those that the site builder finished."""

    def __init__(self, contents: Contents, make: MakeShells) -> None:
        made = _both(make)
        self._contents, self._shells, self._cuts = contents, made[True], _Cuts(made)
        self._moulds = Moulds(contents.renderer, self._cuts.of, contents.end)

    def whole(self) -> Whole:
        """Every file. Raises BuilderFailed for what the builder can't make."""
        batches = [partial(self._many, pages) for pages in self._contents.many]
        return Whole(self._few(), batches, self._last)

    def _few(self) -> Iterator[Output]:
        yield from self._shells.files()
        for one in self._contents.made:
            yield self._stamped(one) if isinstance(one, SitePage) else one

    def _stamped(self, one: SitePage) -> Output:
        words = stamping.words_of(one.url, one.content)
        return page_file(one.url), self._cuts.of(one.url, bool(words.sections)).stamp(words)

    def _many(self, part: Part) -> Iterator[Output]:
        for one in part():
            if not isinstance(one, Page):
                yield one
            elif one.own is None:
                yield self._stamped(self._contents.finished(one))
                yield from csvs(one)
            else:
                yield page_file(one.url), self._moulds.finished(one)
                yield from csvs(one)

    def _last(self, names: Sequence[str]) -> Iterator[Output]:
        pages = (name.removesuffix("index.html") for name in names if name.endswith("index.html"))
        return self._shells.sitemaps([url for url in pages if url not in self._shells.prose])

    def check_links(self, made: Callable[[str], bytes | None]) -> None:
        """Raise BuilderFailed for a link of a hand-written page that leads to nothing made."""
        for one in self._shells.wanted():
            page = not one.target or one.target.endswith("/")
            content = made(page_file(one.target) if page else one.target)
            if content is None or (one.anchor and f'id="{one.anchor}"'.encode() not in content):
                raise missing(one)


NOT_FOUND = "404.html"
"""What a host shows for a wrong address: only the one at the top of a site."""
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
    return ((mount + name, content) for name, content in made if not mount or name != NOT_FOUND)


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
