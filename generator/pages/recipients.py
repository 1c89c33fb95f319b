"""The list of recipients, a page for each, and the money that names nobody."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from markupsafe import Markup

from generator import model, urls
from generator.figures import Figure
from generator.missing import Missing
from generator.money import plain
from generator.pages import pictures
from generator.pages.exact_sets import everything, exact_group, sentences, set_by_recipient, sets_of
from generator.pages.holdings import FAMILY, NOT_ALONE, Holding, holdings, ranked
from generator.pages.lines import Named
from generator.pages.page import Page, Pages, parts, parts_together
from generator.pages.paging import Place, at, places
from generator.pages.picture_tables import MOST_BARS, picture_table
from generator.pages.pieces import Pieces, published
from generator.pages.site import SHOWN, Site, of_site
from generator.selectors import where
from generator.summaries.awards import ready
from generator.tables import PublishedTable

TRAIL = (("Recipients", urls.family(FAMILY)),)
NOBODY = where(named_recipients="0")
"""The awards that name no recipient at all."""


def _at_least_table(site: Site) -> PublishedTable:
    """What the picture draws: recipients that hold awards alone, in their rank."""
    rows = [
        {
            "id": one.recipient.id,
            "title": str(one.recipient.name),
            "awards": str(one.holds),
            "at_least": plain(one.held),
        }
        for one in ranked(site)
        if one.holds
    ]
    first = {cells["id"] for cells in rows[:MOST_BARS]}
    path = urls.picture_csv(urls.family(FAMILY), "at-least")
    return picture_table(path, rows, money="at_least", drawn=first)


@of_site
def _of_all(site: Site) -> Mapping[str, object]:
    """What each page of the list says of all awards."""
    return {
        "everything": everything(site),
        "nobody": _nobody(site),
        "nobody_share": site.all_awards.share("amount", NOBODY),
        "not_alone_count": site.all_awards.figure("count", NOT_ALONE),
        "not_alone": site.all_awards.figure("sum:amount", NOT_ALONE),
    }


@of_site
def _nobody(site: Site) -> Figure:
    """What names no recipient at all."""
    return site.all_awards.figure("sum:amount", NOBODY)


def _partners(holding: Holding) -> tuple[Named, ...]:
    """Who is named beside it, each once."""
    named = (one for line in holding.listing.lines for one in line.who)
    return tuple(one for one in dict.fromkeys(named) if one.id != holding.recipient.id)


def _unnumbered(pieces: Pieces) -> str:
    """What is said of most recipients: no number is published."""
    said = pieces.value(Missing.NOT_PUBLISHED)
    return f"<div><dt>Number in a public register</dt><dd>{said}</dd></div>"


def _own(
    site: Site, holding: Holding, partners: Sequence[Named], pieces: Pieces
) -> Mapping[str, str]:
    """The pieces of a recipient's page that no other page has."""
    recipient, ledger, parts = holding.recipient, site.ledger, pieces.parts["recipient"]
    caption = Markup(f"Awards that name {published(recipient.name)}")  # noqa: S704 - escaped
    figures = ("at_least", "alone", "named_in", "shared", "shared_count")
    place = set_by_recipient(site).get(holding.row)
    names = site.having(ledger.recipient_names, "recipient", recipient.id)
    identifiers = site.having(ledger.recipient_identifiers, "recipient", recipient.id)
    said = parts.names(names, identifiers) if names or identifiers else ""
    share = holding.share
    return {
        **{name: pieces.figure(getattr(holding, name), alike=name) for name in figures},
        "share": pieces.figure(share, alike="share") if share else "",
        "exact": "" if place is None else pieces.one(sentences(site, pieces), place),
        "awards": pieces.award_list(holding.listing, caption) if holding.table.rows else "",
        "partners": "".join(f"<li>{one}</li>\n" for one in map(pieces.recipient, partners)),
        "names": f"{said}{'' if identifiers else _unnumbered(pieces)}",
        "website": pieces.outside(recipient.url),
    }


def _page(site: Site, holding: Holding) -> Page:
    recipient, partners = holding.recipient, _partners(holding)
    return Page(
        url=urls.profile(FAMILY, recipient.id),
        title=str(recipient.name),
        description=f"Awards of {site.settings.publisher_name} that name {recipient.name}.",
        template="recipient.md",
        context={
            "site": site,
            "many_alone": holding.holds != 1,
            "many_shared": len(holding.table.rows) - holding.holds != 1,
            "share": bool(holding.held and holding.share),
            "exact": holding.row in set_by_recipient(site),
            "listed": bool(holding.table.rows),
            "partners": bool(partners),
            "publisher": recipient.kind == "publisher",
            "nobody": _nobody(site),
        },
        trail=TRAIL,
        tables=(holding.table,),
        own=partial(_own, site, holding, partners),
    )


def _unnamed_page(site: Site) -> Page:
    page = urls.profile(FAMILY, urls.NOT_PUBLISHED)
    groups = (
        ("Recipients not named", "unnamed"),
        ("No recipient printed", "none"),
        ("Some recipients named, some not", "partial"),
    )
    attributed = site.ledger.relations.attributed
    listing = site.listing(page, site.awards, [(words, attributed(name)) for words, name in groups])
    table = listing.table
    return Page(
        url=page,
        title="Money whose recipients are not published",
        description="Awards that name no recipient, or only some of them.",
        template="recipients_not_published.md",
        context={
            "site": site,
            "listing": listing,
            "nobody": table.figure("sum:amount", NOBODY),
            "unnamed": table.figure("sum:amount", where(attribution="unnamed")),
            "unprinted": table.figure("sum:amount", where(attribution="none")),
            "partial": table.figure("sum:amount", where(attribution="partial")),
        },
        trail=TRAIL,
        tables=(table,),
    )


def _list_page(site: Site, place: Place) -> Page:
    """A page of the list. The first has the picture and the sets that are exact together."""
    first = place.number == 1
    listed = site.resource(FAMILY)
    picture = pictures.recipients(site, _at_least_table(site)) if first else None
    groups = sets_of(site) if first else ()
    words = f"Who {site.settings.publisher_name} names as getting its money"
    return Page(
        url=place.url,
        title="Recipients" if first else f"Recipients, page {place.number}",
        description=f"{words}." if first else f"{words}: page {place.number} of {place.last}.",
        template="recipients.md",
        context={
            "site": site,
            "holdings": ranked(site, place.start, place.end),
            "groups": [exact_group(site, number) for number in range(min(SHOWN, len(groups)))],
            "more_groups": len(groups) > SHOWN,
            "place": place,
            "anchored": site.lists_only(FAMILY),
            **_of_all(site),
            "count": listed.figure("count") if listed else None,
            "picture": picture,
        },
        trail=() if first else TRAIL,
        tables=(picture.table,) if picture else (),
    )


def pages(site: Site) -> Iterator[Page]:
    """The first page of the list, and the page of what names nobody."""
    yield _list_page(site, next(places(FAMILY, site.ledger.frame(model.Recipient).size)))
    yield _unnamed_page(site)


def _others(site: Site) -> Sequence[Place]:
    _, *others = places(FAMILY, site.ledger.frame(model.Recipient).size)
    return others


def further(site: Site) -> Iterator[Pages]:
    """The other pages of the list, in parts."""
    return parts(partial(_list_page, site), _others(site), least=5)


def further_at(site: Site, url: str) -> Page | None:
    """The one of them that has an address."""
    place = at(url, _others(site))
    return _list_page(site, place) if place else None


def _pages(site: Site, rows: Sequence[int]) -> Iterator[Page]:
    found = tuple(holdings(site, rows))
    # Made at once, lines are made far faster than a few for each page.
    site.lines.of([row for one in found for row in one.awards[:SHOWN]])
    ready(site.ledger, chain.from_iterable(one.awards for one in found))
    return (_page(site, one) for one in found)


def profile(site: Site, id: str) -> Page | None:
    """The page of one recipient, by its id."""
    row = site.ledger.relations.row(model.Recipient, id)
    return None if row is None else next(_pages(site, [row]))


def profiles(site: Site) -> Iterator[Pages]:
    """One page a recipient, in parts."""
    rows = range(site.ledger.frame(model.Recipient).size)
    return parts_together(partial(_pages, site), rows, least=100)
