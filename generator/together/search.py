"""What the search of all publishers finds, and its page."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator import handwritten, search, urls
from generator.pages.page import Page
from generator.pages.search import MOST_AWARDS
from generator.pages.site import HandWritten
from generator.search import Record
from generator.together.front import Front


def finds_awards(front: Front) -> bool:
    """Whether it goes through awards: not where all publishers' together are too many."""
    return len(front.awards.rows) <= MOST_AWARDS


def records(front: Front) -> Iterator[Record]:
    """The headings of every package, and what its publisher wrote; whose each is.

    What else is on a package's own site is found by its own search.
    """
    for publisher, site in front.packages.values():
        listed = search.listed(site)
        prose = (one for one in handwritten.package_pages(site.ledger.package) if one.page)
        written = (search.other_page(one.page, one.text, listed) for one in prose if one.page)
        for one in (*search.profiles(site), *filter(None, written)):
            url = site.mount + one.url
            if one.kind != "award" or finds_awards(front):
                yield replace(
                    one,
                    url=front.places.get(url, url),
                    publisher=publisher.id,
                    publisher_name=publisher.name,
                )
    for each in front.who.organisations:
        numbers = " ".join("-".join(number) for number in each.numbers)
        names = dict.fromkeys(one.name for one in each.members)
        yield Record(
            url=urls.profile("recipients", each.id),
            kind="recipient",
            label="Recipient of several publishers",
            title=each.name,
            text=". ".join((*names, numbers)),
        )


def shared(page: Page | HandWritten, text: str) -> Record | None:
    """A page that all publishers share; None where there is nothing to find."""
    return search.other_page(page, text, frozenset({"recipients"}))


def pages(front: Front) -> Sequence[Page]:
    """The one page of results."""
    page = Page(
        url=urls.SEARCH,
        title="Search",
        description="Find awards, recipients and funds of all publishers.",
        template="all_search.md",
        context={
            "search": front.scope.search,
            "finds_awards": finds_awards(front),
            "publishers": front.publishers,
        },
    )
    return (page,)
