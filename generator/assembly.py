"""A stamped site, file by file: what the site builder finished, and every page stamped."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial

from generator import stamping, urls
from generator.moulds import Moulds
from generator.outputs import Contents, Many, Part, SitePage, csvs
from generator.pages import Page
from generator.shells import Shells, Wanted
from generator.stamping import Shell
from generator.urls import page_file
from generator.write import File, Output
from generator.write_site import Batch, Ready, Whole

MakeShells = Callable[[bool], Shells]
"""Has the builder make the shells of pages that have sections, or of those that have none."""


ShellOf = Callable[[str, bool], Shell]
"""The shell of a page, by its address and whether it has sections."""


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


def _stamped(one: SitePage, shell_of: ShellOf) -> Output:
    words = stamping.words_of(one.url, one.content)
    return page_file(one.url), shell_of(one.url, bool(words.sections)).stamp(words)


def _page(many: Many, shell_of: ShellOf, moulds: Moulds, page: Page) -> Output:
    """A page's file."""
    if page.own is None:
        return _stamped(many.finished(page), shell_of)
    return page_file(page.url), moulds.finished(page)


def _made(many: Many, shell_of: ShellOf, moulds: Moulds, part: Part) -> Iterator[Output]:
    """The files of some of the pages of which there are many."""
    for one in part():
        if isinstance(one, Page):
            yield _page(many, shell_of, moulds, one)
            yield from csvs(one)
        else:
            yield one


def batches(many: Many, shell_of: ShellOf) -> Sequence[Batch]:
    """What there is many of, in parts that can be made apart."""
    moulds = Moulds(many.renderer, shell_of, many.end)
    return [partial(_made, many, shell_of, moulds, part) for part in many.parts()]


class Stamped:
    """A site whose pages are stamped, but for those that the site builder finished."""

    def __init__(self, contents: Contents, make: MakeShells) -> None:
        made = _both(make)
        self._contents, self._shells, self._cuts = contents, made[True], _Cuts(made)
        many = contents.many
        self._moulds = Moulds(many.renderer, self._cuts.of, many.end)

    def whole(self) -> Whole:
        """Every file. Raises BuilderFailed for what the builder can't make."""
        many = self._contents.many
        made = batches(many, self._cuts.of)
        return Whole(self._few, self._contents.first, made, self._last, large=many.large)

    def finished(self, page: SitePage) -> bytes:
        """A page that was rendered."""
        return _stamped(page, self._cuts.of)[1]

    def page(self, page: Page) -> bytes:
        """One page."""
        return _page(self._contents.many, self._cuts.of, self._moulds, page)[1]

    @cached_property
    def _by_builder(self) -> frozenset[str]:
        return frozenset(self._shells.names())

    def by_builder(self, name: str) -> bytes | None:
        """A file that the site builder finished; None where it made none of this name."""
        return self._shells.content(name) if name in self._by_builder else None

    def below_folders(self) -> Mapping[tuple[str, bool], Shell]:
        """The shells of all pages that lie below a folder of the top, as those of many do.

        Each by the address of its stub, and whether its pages have sections.
        """
        stubs = [stamping.stub_url(f"{folder}/any/") for folder in urls.FOLDERS]
        return {(one, has): self._cuts.of(one, has) for one in stubs for has in (True, False)}

    def _few(self, ready: Ready) -> Iterator[File]:
        yield from self._shells.files()
        for one in self._contents.made(ready):
            yield _stamped(one, self._cuts.of) if isinstance(one, SitePage) else one

    def _last(self, names: Sequence[str]) -> Iterator[Output]:
        pages = (name.removesuffix("index.html") for name in names if name.endswith("index.html"))
        return self._shells.sitemaps([url for url in pages if url not in self._shells.prose])

    def wanted(self) -> Iterator[Wanted]:
        """The links of hand-written pages to what we make."""
        return self._shells.wanted()


def has(content: bytes | None, anchor: str) -> bool:
    """Whether a file is there, and has an anchor where one is named."""
    return content is not None and (not anchor or f'id="{anchor}"'.encode() in content)
