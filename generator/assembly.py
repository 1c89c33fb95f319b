"""A stamped site, file by file: what the site builder finished, and every page stamped."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from generator import stamping
from generator.outputs import Contents, SitePage
from generator.shells import Shells, Wanted, missing
from generator.stamping import Shell
from generator.write import Output

MakeShells = Callable[[bool], Shells]
"""Has the builder make the shells of pages that have sections, or of those that have none."""


class _Cuts:
    """The shells, each cut when it is first asked for."""

    def __init__(self, made: Mapping[bool, Shells]) -> None:
        self._made = made
        self._cut: dict[tuple[str, bool], Shell] = {}

    def of(self, url: str, *, sections: bool) -> Shell:
        """The shell for a page."""
        key = (stamping.stub_url(url), sections)
        if key not in self._cut:
            self._cut[key] = self._made[sections].shell(key[0])
        return self._cut[key]


class _Links:
    """The links of hand-written pages to what we make, until each has led somewhere."""

    def __init__(self, wanted: Iterable[Wanted]) -> None:
        self._open: dict[str, list[Wanted]] = {}
        for one in wanted:
            self._open.setdefault(one.target, []).append(one)

    def met(self, target: str, content: bytes) -> None:
        """Strike off the links to a page or file that was made, and their anchors in it."""
        found = self._open.pop(target, [])
        left = [one for one in found if f'id="{one.anchor}"'.encode() not in content]
        if left := [one for one in left if one.anchor]:
            self._open[target] = left

    def check(self) -> None:
        """Raise BuilderFailed for a link that leads nowhere."""
        for target in sorted(self._open):
            raise missing(self._open[target][0])


def _both(make: MakeShells) -> Mapping[bool, Shells]:
    """Both kinds of shells; the builder's two runs use two processors."""
    with ThreadPoolExecutor(2) as at_once:
        return dict(zip((True, False), at_once.map(make, (True, False)), strict=True))


def stamped(contents: Contents, make: MakeShells) -> Iterator[Output]:
    """Every file of the site. Raises BuilderFailed for what the builder can't make."""
    made = _both(make)
    shells = made[True]
    yield from shells.files()
    cuts, links, pages = _Cuts(made), _Links(shells.wanted()), []
    for one in contents.made:
        if isinstance(one, SitePage):
            words = stamping.words_of(one.url, one.content)
            content = cuts.of(one.url, sections=bool(words.sections)).stamp(words)
            pages.append(one.url)
            links.met(one.url, content)
            yield f"{one.url}index.html", content
        else:
            links.met(*one)
            yield one
    links.check()
    yield from shells.sitemaps(pages)
