"""Lists that go on page by page: a hundred lines each, so that no page grows without bound."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator import urls
from generator.pages.site import SHOWN


class Place(Struct, frozen=True):
    """Which page of a family's list this is, and the ways on from it."""

    family: str
    number: int
    last: int

    @property
    def url(self) -> str:
        """Where it is."""
        return urls.list_page(self.family, self.number)

    @property
    def start(self) -> int:
        """The first of its lines, counted from 0."""
        return SHOWN * (self.number - 1)

    @property
    def end(self) -> int:
        """The first line that stands on the next page."""
        return self.start + SHOWN

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """Links to other pages of the list, as (words, url)."""
        ways = []
        if self.number > 1:
            ways.append(("First page", 1))
            ways.append(("Previous page", self.number - 1))
        if self.number < self.last:
            ways.append(("Next page", self.number + 1))
            ways.append(("Last page", self.last))
        return tuple((words, urls.list_page(self.family, number)) for words, number in ways)


def places(family: str, lines: int) -> Iterator[Place]:
    """The pages of a list of so many lines; one where there are none."""
    last = max(1, -(-lines // SHOWN))
    return (Place(family, number, last) for number in range(1, last + 1))


def at(url: str, pages: Iterable[Place]) -> Place | None:
    """The one of some pages of a list that has an address."""
    return next((one for one in pages if one.url == url), None)
