"""The list of all awards, a hundred a page, and the list of those that were withdrawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator import urls
from generator.pages import pictures
from generator.pages.families import filled
from generator.pages.page import Page
from generator.pages.site import SHOWN, UNDER_AWARDS, Site


@dataclass(frozen=True)
class Place:
    """Which page of the list this is, and the ways on from it."""

    number: int
    last: int

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """Links to other pages of the list, as (words, url)."""
        ways = []
        if self.number > 1:
            ways.append(("First page", urls.list_page(1)))
            ways.append(("Previous page", urls.list_page(self.number - 1)))
        if self.number < self.last:
            ways.append(("Next page", urls.list_page(self.number + 1)))
            ways.append(("Last page", urls.list_page(self.last)))
        return tuple(ways)


def _ways_in(site: Site) -> list[tuple[str, str]]:
    """What awards can be looked at by, as (words, url)."""
    ways = [(family.what, urls.family(family.name)) for family in filled(site)]
    if site.ledger.recipients or site.without_awards:
        ways.insert(0, ("recipient", urls.family("recipients")))
    return ways


def _page(site: Site, place: Place) -> Page:
    """A page of the list. Beside the first is the CSV of all awards, beside others their own."""
    url, first = urls.list_page(place.number), place.number == 1
    start = SHOWN * (place.number - 1)
    listing = site.listing(url, site.awards[start : None if first else start + SHOWN])
    picture = pictures.sizes(site) if first else None
    words = f"Every award of {site.settings.publisher_name}, largest first"
    return Page(
        url=url,
        title="Awards" if first else f"Awards, page {place.number}",
        description=f"{words}." if first else f"{words}: page {place.number} of {place.last}.",
        template="awards.md",
        context={
            "site": site,
            "listing": listing,
            "years": site.period,
            "count": site.all_awards.figure("count"),
            "total": site.all_awards.figure("sum:amount", id="total"),
            "ways_in": _ways_in(site),
            "place": place,
            "explorer": first and bool(site.ledger.awards),
            "picture": picture,
        },
        trail=() if first else UNDER_AWARDS,
        tables=(listing.table, picture.table) if picture else (listing.table,),
    )


def _withdrawn_page(site: Site) -> Page:
    url = urls.profile("awards", urls.WITHDRAWN)
    listing = site.listing(url, site.withdrawn)
    return Page(
        url=url,
        title="Withdrawn awards",
        description="Awards that were published and then withdrawn. They are in no total.",
        template="withdrawn.md",
        context={"site": site, "listing": listing},
        trail=UNDER_AWARDS,
        tables=(listing.table,),
    )


def pages(site: Site) -> Iterator[Page]:
    """The pages of the list, then the list of withdrawn awards if there are any."""
    last = max(1, -(-len(site.awards) // SHOWN))
    for number in range(1, last + 1):
        yield _page(site, Place(number, last))
    if site.withdrawn:
        yield _withdrawn_page(site)
