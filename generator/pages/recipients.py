"""The list of recipients, a page for each, and the money that names nobody."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from generator import model, urls
from generator.ledger import LinkedAward
from generator.money import plain
from generator.pages import pictures
from generator.pages.page import Page
from generator.pages.paging import Place, places
from generator.pages.picture_tables import MOST_BARS, picture_table
from generator.pages.pieces import Pieces
from generator.pages.site import SHOWN, Listing, Site
from generator.selectors import Condition, where
from generator.summaries import exact_groups
from generator.tables import Figure, PublishedTable, derived_percent, derived_sum

FAMILY = "recipients"
TRAIL = (("Recipients", urls.family(FAMILY)),)
NOBODY = where(named_recipients="0")
"""The awards that name no recipient at all."""
NOT_ALONE = (Condition("attribution", "sole", equal=False),)
"""The awards that no single recipient is known to hold."""


@dataclass(frozen=True)
class Holding:
    """What is known of a recipient's money. Neither figure is what it received in all."""

    recipient: model.Recipient
    listing: Listing
    at_least: Figure
    """Awards that it holds alone."""
    named_in: Figure
    """Every award that names it, whole: no ceiling while other money names nobody."""
    share: Figure | None
    """What it holds at least, as a share of all awards."""
    alone: Figure
    shared: Figure
    shared_count: Figure


@dataclass(frozen=True)
class ExactGroup:
    """Recipients whose shared money is exact only together."""

    members: tuple[model.Recipient, ...]
    awards: tuple[tuple[LinkedAward, Figure], ...]
    total: Figure | None
    """None when one award holds it all."""
    share: Figure | None


@cache
def _holdings(site: Site) -> tuple[Holding, ...]:
    named_in: dict[str, list[LinkedAward]] = defaultdict(list)
    for one in site.awards:
        for recipient in one.recipients:
            named_in[recipient.id].append(one)
    return tuple(_holding(site, one, named_in[one.id]) for one in site.ledger.recipients)


def _holding(site: Site, recipient: model.Recipient, awards: list[LinkedAward]) -> Holding:
    listing = site.listing(
        urls.profile(FAMILY, recipient.id),
        awards,
        (
            ("Held alone", lambda one: one.attribution.value == "sole"),
            ("Shared with others", lambda one: one.attribution.value != "sole"),
        ),
    )
    table, alone = listing.table, where(attribution="sole")
    return Holding(
        recipient=recipient,
        listing=listing,
        at_least=table.figure("sum:amount", alone),
        named_in=table.figure("sum:amount"),
        share=table.share("amount", alone, of=site.all_awards, places=1),
        alone=table.figure("count", alone),
        shared=table.figure("sum:amount", NOT_ALONE),
        shared_count=table.figure("count", NOT_ALONE),
    )


@cache
def ranked(site: Site) -> tuple[Holding, ...]:
    """By what they hold at least, largest first; then by what names them; then by name."""
    return tuple(
        sorted(
            _holdings(site),
            key=lambda one: (-one.at_least.value, -one.named_in.value, str(one.recipient.name)),
        )
    )


def _at_least_table(site: Site) -> PublishedTable:
    """What the picture draws: recipients that hold awards alone, in their rank."""
    rows = [
        {
            "id": one.recipient.id,
            "title": str(one.recipient.name),
            "awards": str(one.alone.value),
            "at_least": plain(one.at_least.value),
        }
        for one in ranked(site)
        if one.alone.value
    ]
    first = {cells["id"] for cells in rows[:MOST_BARS]}
    path = urls.picture_csv(urls.family(FAMILY), "at-least")
    return picture_table(path, rows, money="at_least", drawn=first)


@cache
def everything(site: Site) -> Figure:
    """What all awards come to, for pages that show shares of it."""
    return site.all_awards.figure("sum:amount", id="everything")


@cache
def _nobody(site: Site) -> Figure:
    """What names no recipient at all."""
    return site.all_awards.figure("sum:amount", NOBODY)


@cache
def _exact_groups(site: Site) -> tuple[ExactGroup, ...]:
    groups = []
    for number, (members, awards) in enumerate(exact_groups(site.awards), 1):
        figures = tuple(
            (
                one,
                site.all_awards.figure(
                    "sum:amount", where(id=one.award.id), id=f"group-{number}-{place}"
                ),
            )
            for place, one in enumerate(awards, 1)
        )
        # One award's amount is exact as it stands; it needs no sum.
        parts = [figure for _, figure in figures]
        total = derived_sum(parts, id=f"group-{number}") if len(parts) > 1 else None
        share = derived_percent(total or parts[0], everything(site), places=1)
        groups.append(ExactGroup(members, figures, total, share))
    return tuple(groups)


@cache
def _exact_of(site: Site) -> Mapping[str, ExactGroup]:
    """The set that each recipient belongs to, where it belongs to one."""
    return {one.id: group for group in _exact_groups(site) for one in group.members}


def _partners(holding: Holding) -> tuple[model.Recipient, ...]:
    found = {
        other.id: other
        for group in holding.listing.groups
        for line in group.lines
        for other in line.linked.recipients
        if other.id != holding.recipient.id
    }
    return tuple(found.values())


def _own(site: Site, holding: Holding, pieces: Pieces) -> Mapping[str, str]:
    """The pieces of a recipient's page that no other page has."""
    recipient, ledger, parts = holding.recipient, site.ledger, pieces.parts["recipient"]
    figures = ("at_least", "alone", "named_in", "shared", "shared_count")
    exact = _exact_of(site).get(recipient.id)
    names = site.having(ledger.recipient_names, "recipient", recipient.id)
    identifiers = site.having(ledger.recipient_identifiers, "recipient", recipient.id)
    return {
        **{name: pieces.figure(getattr(holding, name)) for name in figures},
        "share": pieces.figure(holding.share) if holding.share else "",
        "exact": parts.exact(exact, everything(site)) if exact else "",
        "awards": parts.awards(holding) if holding.listing.table.rows else "",
        "partners": "".join(
            f"<li>{pieces.page(FAMILY, other.id, other.name)}</li>\n"
            for other in _partners(holding)
        ),
        "names": parts.names(names, identifiers),
        "website": pieces.outside(recipient.url),
    }


def _page(site: Site, holding: Holding) -> Page:
    recipient = holding.recipient
    return Page(
        url=urls.profile(FAMILY, recipient.id),
        title=str(recipient.name),
        description=f"Awards of {site.settings.publisher_name} that name {recipient.name}.",
        template="recipient.md",
        context={
            "site": site,
            "many_alone": holding.alone.value != 1,
            "many_shared": holding.shared_count.value != 1,
            "share": bool(holding.share and holding.at_least.value),
            "exact": recipient.id in _exact_of(site),
            "listed": bool(holding.listing.table.rows),
            "partners": bool(_partners(holding)),
            "publisher": recipient.kind == "publisher",
            "nobody": _nobody(site),
        },
        trail=TRAIL,
        tables=(holding.listing.table,),
        own=partial(_own, site, holding),
    )


def _unnamed_page(site: Site) -> Page:
    page = urls.profile(FAMILY, urls.NOT_PUBLISHED)
    awards = [one for one in site.awards if one.attribution.value in ("unnamed", "none", "partial")]
    listing = site.listing(
        page,
        awards,
        (
            ("Recipients not named", lambda one: one.attribution.value == "unnamed"),
            ("No recipient printed", lambda one: one.attribution.value == "none"),
            ("Some recipients named, some not", lambda one: one.attribution.value == "partial"),
        ),
    )
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
    groups = _exact_groups(site) if first else ()
    words = f"Who {site.settings.publisher_name} names as getting its money"
    return Page(
        url=place.url,
        title="Recipients" if first else f"Recipients, page {place.number}",
        description=f"{words}." if first else f"{words}: page {place.number} of {place.last}.",
        template="recipients.md",
        context={
            "site": site,
            "holdings": ranked(site)[place.start : place.end],
            "groups": groups[:SHOWN],
            "more_groups": len(groups) > SHOWN,
            "place": place,
            "everything": everything(site),
            "count": listed.figure("count") if listed else None,
            "nobody": _nobody(site),
            "nobody_share": site.all_awards.share("amount", NOBODY),
            "picture": picture,
            "not_alone_count": site.all_awards.figure("count", NOT_ALONE),
            "not_alone": site.all_awards.figure("sum:amount", NOT_ALONE),
        },
        trail=() if first else TRAIL,
        tables=(picture.table,) if picture else (),
    )


def pages(site: Site) -> Iterator[Page]:
    """The pages of the list, and the page of what names nobody."""
    for place in places(FAMILY, len(_holdings(site))):
        yield _list_page(site, place)
    yield _unnamed_page(site)


def profiles(site: Site) -> Iterator[Page]:
    """One page a recipient."""
    for holding in _holdings(site):
        yield _page(site, holding)
