"""The site of several packages, each file made when somebody asks for it: see `on_demand.py`."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from generator import urls
from generator.assembly import Stamped
from generator.joined import AT_THE_TOP
from generator.on_demand import Files, is_last, last, leads
from generator.outputs import Contents, SitePage, beside
from generator.pages import Page
from generator.walk import Content, Walk, made_together, same
from generator.write import whole_of
from generator.write_site import NOTHING, Whole


class Shared:
    """The files of what all packages share. They are made in one order, as far as somebody asks."""

    def __init__(self, contents: Contents, stamped: Stamped) -> None:
        self._contents, self._stamped = contents, stamped
        self._made = Walk(self._in_order)

    def content(self, name: str) -> bytes | None:
        """A file's content by its path on the site; None where these have no such file."""
        made = self._find(name)
        return made() if made else None

    def leads(self, name: str, anchor: str) -> bool:
        """Whether there is such a file, with this anchor where one is named."""
        if not anchor and name.removesuffix("index.html") in self._contents.given.menu:
            return True  # there always is, and to make it may take long
        return leads(self._find(name), anchor)

    def _find(self, name: str) -> Content | None:
        by_builder = self._stamped.by_builder(name)
        return self._made.get(name) if by_builder is None else partial(same, by_builder)

    def _in_order(self) -> Iterator[tuple[str, Content]]:
        """The index of the search takes longest, and comes last."""
        for part in self._contents.many.parts():
            for one in part():
                if isinstance(one, Page):
                    yield urls.page_file(one.url), partial(self._stamped.page, one)
                    yield from beside(one)
                else:
                    yield one[0], partial(same, one[1])
        for made in self._contents.made(NOTHING):
            if isinstance(made, SitePage):
                yield urls.page_file(made.url), partial(self._stamped.finished, made)
            else:
                yield made[0], partial(whole_of, made[1])


class Joined:
    """The files of several packages, by the folder in which each lies; what all share in none."""

    def __init__(self, parts: Mapping[str, Files], whole: Callable[[], Whole]) -> None:
        self._parts, self._last = parts, made_together(partial(last, whole))

    def content(self, name: str) -> bytes | None:
        """A file's content by its path on the site; None where the site has no such file."""
        if is_last(name):
            made = self._last.get(name)
            return made() if made else None
        mount = next((one for one in self._parts if one and name.startswith(one)), "")
        own = name.removeprefix(mount)
        return None if mount and own.startswith(AT_THE_TOP) else self._parts[mount].content(own)
