"""The list of all awards, a hundred a page, and the list of those that were withdrawn."""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from generator import model, urls
from generator.pages import pictures
from generator.pages.families import filled
from generator.pages.page import Page, Pages, parts_together
from generator.pages.paging import Place, at, places
from generator.pages.site import UNDER_AWARDS, Site


def _ways_in(site: Site) -> list[tuple[str, str]]:
    """What awards can be looked at by, as (words, url)."""
    ways = [(family.what, urls.family(family.name)) for family in filled(site)]
    if site.ledger.frame(model.Recipient).size or site.without_awards:
        ways.insert(0, ("recipient", urls.family("recipients")))
    return ways


def _page(site: Site, place: Place) -> Page:
    """A page of the list. Beside the first is the CSV of all awards, beside others their own."""
    first = place.number == 1
    shown = site.awards[place.start : None if first else place.end]
    listing = replace(site.listing(place.url, shown), anchored=site.lists_only("awards"))
    picture = pictures.sizes(site) if first else None
    words = f"Every award of {site.settings.publisher_name}, largest first"
    return Page(
        url=place.url,
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
            "explorer": first and bool(site.ledger.linked),
            "picture": picture,
        },
        trail=() if first else UNDER_AWARDS,
        tables=(listing.table, picture.table) if picture else (listing.table,),
    )


def _withdrawn_page(site: Site) -> Page:
    url = urls.profile("awards", urls.WITHDRAWN)
    listing = replace(site.listing(url, site.withdrawn), anchored=site.lists_only("awards"))
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
    """The first page of the list, then the list of withdrawn awards if there are any."""
    yield _page(site, next(places("awards", len(site.awards))))
    if site.withdrawn:
        yield _withdrawn_page(site)


def _others(site: Site) -> Sequence[Place]:
    _, *others = places("awards", len(site.awards))
    return others


def _pages(site: Site, some: Sequence[Place]) -> Iterator[Page]:
    if some:  # made at once, lines are made far faster than a hundred for each page
        site.lines.of(site.awards[some[0].start : some[-1].end].numbers)
    return map(partial(_page, site), some)


def further(site: Site) -> Iterator[Pages]:
    """The other pages of the list, in parts."""
    return parts_together(partial(_pages, site), _others(site), least=10)


def further_at(site: Site, url: str) -> Page | None:
    """The one of them that has an address."""
    place = at(url, _others(site))
    return _page(site, place) if place else None
