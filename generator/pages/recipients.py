"""The list of recipients, a page for each, and the money that names nobody."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache, partial

from markupsafe import Markup

from generator import model, urls
from generator.exports.summary_tables import by_recipient
from generator.frames import Mask
from generator.grouping import Groups
from generator.ledger import Awards, LinkedAward
from generator.linking import in_pounds
from generator.missing import Missing
from generator.money import plain
from generator.pages import pictures
from generator.pages.page import Page, Pages, parts, parts_together
from generator.pages.paging import Place, places
from generator.pages.picture_tables import MOST_BARS, picture_table
from generator.pages.pieces import Pieces, published
from generator.pages.site import SHOWN, Listing, Site
from generator.relations import ATTRIBUTIONS
from generator.selectors import Condition, where
from generator.summaries import Held, exact_groups, held
from generator.tables import Figure, PublishedTable, derived_percent, derived_sum

FAMILY = "recipients"
TRAIL = (("Recipients", urls.family(FAMILY)),)
NOBODY = where(named_recipients="0")
"""The awards that name no recipient at all."""
ALONE = where(attribution="sole")
"""The awards that one recipient is known to hold."""
SOLE, *OTHERS = ATTRIBUTIONS
NOT_ALONE = (Condition("attribution", "sole", equal=False),)
"""The awards that no single recipient is known to hold."""


@dataclass(frozen=True, eq=False)
class Holding:
    """What is known of a recipient's money. Neither figure is what it received in all."""

    _site: Site
    row: int
    """The recipient's row, from 0."""

    @property
    def recipient(self) -> model.Recipient:
        """Whose money it is."""
        return self._site.ledger.recipients[self.row]

    @property
    def held(self) -> Decimal:
        """The sum of what it holds alone."""
        return in_pounds(_held(self._site).at_least[self.row])

    @property
    def named(self) -> Decimal:
        """The sum of all that names it."""
        return in_pounds(_held(self._site).named_in[self.row])

    @property
    def holds(self) -> int:
        """How many awards it holds alone."""
        return _held(self._site).alone[self.row]

    @property
    def awards(self) -> Awards:
        """The awards that name it, largest first."""
        return self._site.awards.with_rows(_naming(self._site).of(self.row))

    @property
    def _groups(self) -> tuple[tuple[str, Mask], ...]:
        attributed = self._site.ledger.relations.attributed
        return (("Held alone", attributed(SOLE)), ("Shared with others", attributed(*OTHERS)))

    @cached_property
    def table(self) -> PublishedTable:
        """Its awards: those that it holds alone first."""
        parts = [self.awards.among(meant) for _, meant in self._groups]
        return self._site.table(urls.profile(FAMILY, self.recipient.id), Awards.together(parts))

    @cached_property
    def listing(self) -> Listing:
        """Its awards as a list."""
        page = urls.profile(FAMILY, self.recipient.id)
        return self._site.listing(page, self.awards, self._groups)

    @property
    def at_least(self) -> Figure:
        """Awards that it holds alone."""
        if self._site.lists_only(FAMILY):
            return _summary(self._site).figure("sum:at_least", where(id=self.recipient.id))
        return self.table.figure("sum:amount", ALONE)

    @property
    def named_in(self) -> Figure:
        """Every award that names it, whole: no ceiling while other money names nobody."""
        if self._site.lists_only(FAMILY):
            return _summary(self._site).figure("sum:named_in", where(id=self.recipient.id))
        return self.table.figure("sum:amount")

    @property
    def share(self) -> Figure | None:
        """What it holds at least, as a share of all awards."""
        return self.table.share("amount", ALONE, of=self._site.all_awards, places=1)

    @property
    def alone(self) -> Figure:
        """How many awards it holds alone."""
        return self.table.figure("count", ALONE)

    @property
    def shared(self) -> Figure:
        """What the others come to that name it."""
        return self.table.figure("sum:amount", NOT_ALONE)

    @property
    def shared_count(self) -> Figure:
        """How many those are."""
        return self.table.figure("count", NOT_ALONE)


@dataclass(frozen=True)
class ExactGroup:
    """Recipients whose shared money is exact only together."""

    members: tuple[model.Recipient, ...]
    awards: tuple[tuple[LinkedAward, Figure], ...]
    total: Figure | None
    """None when one award holds it all."""
    share: Figure | None


@cache
def _summary(site: Site) -> PublishedTable:
    """The download that has each recipient's two figures, where none has a CSV of its own."""
    return by_recipient(site.ledger).table


@cache
def _naming(site: Site) -> Groups:
    """The awards that name each recipient, largest first."""
    return site.awards.by_pair(site.ledger.relations.recipients)


@cache
def _held(site: Site) -> Held:
    return held(site.ledger)


@cache
def ranked(site: Site) -> tuple[Holding, ...]:
    """By what they hold at least, largest first; then by what names them; then by name."""
    money, recipients = _held(site), site.ledger.recipients

    def rank(row: int) -> tuple[int, int, str]:
        return -money.at_least[row], -money.named_in[row], str(recipients[row].name)

    return tuple(Holding(site, row) for row in sorted(range(len(recipients)), key=rank))


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


@cache
def everything(site: Site) -> Figure:
    """What all awards come to, for pages that show shares of it."""
    return site.all_awards.figure("sum:amount", id="everything")


@cache
def _of_all(site: Site) -> Mapping[str, object]:
    """What each page of the list says of all awards."""
    return {
        "everything": everything(site),
        "nobody": _nobody(site),
        "nobody_share": site.all_awards.share("amount", NOBODY),
        "not_alone_count": site.all_awards.figure("count", NOT_ALONE),
        "not_alone": site.all_awards.figure("sum:amount", NOT_ALONE),
    }


@cache
def _nobody(site: Site) -> Figure:
    """What names no recipient at all."""
    return site.all_awards.figure("sum:amount", NOBODY)


@cache
def _exact_groups(site: Site) -> tuple[tuple[Sequence[int], Awards], ...]:
    return exact_groups(site.ledger, site.awards)


@cache
def _exact_of(site: Site) -> Mapping[int, int]:
    """The place of the set that each recipient belongs to, by its row, where it belongs to one."""
    return {row: place for place, (members, _) in enumerate(_exact_groups(site)) for row in members}


@lru_cache(maxsize=1000)
def _exact(site: Site, place: int) -> ExactGroup:
    members, awards = _exact_groups(site)[place]
    figures = tuple(
        (
            one,
            site.all_awards.figure(
                "sum:amount", where(id=one.award.id), id=f"group-{place + 1}-{number}"
            ),
        )
        for number, one in enumerate(awards, 1)
    )
    # One award's amount is exact as it stands; it needs no sum.
    parts = [figure for _, figure in figures]
    total = derived_sum(parts, id=f"group-{place + 1}") if len(parts) > 1 else None
    share = derived_percent(total or parts[0], everything(site), places=1)
    recipients = tuple(site.ledger.recipients[row] for row in members)
    return ExactGroup(recipients, figures, total, share)


def _partners(holding: Holding) -> tuple[model.Recipient, ...]:
    found = {
        other.id: other
        for group in holding.listing.groups
        for line in group.lines
        for other in line.linked.recipients
        if other.id != holding.recipient.id
    }
    return tuple(found.values())


def _unnumbered(pieces: Pieces) -> str:
    """What is said of most recipients: no number is published."""
    said = pieces.value(Missing.NOT_PUBLISHED)
    return f"<div><dt>Number in a public register</dt><dd>{said}</dd></div>"


def _own(site: Site, holding: Holding, pieces: Pieces) -> Mapping[str, str]:
    """The pieces of a recipient's page that no other page has."""
    recipient, ledger, parts = holding.recipient, site.ledger, pieces.parts["recipient"]
    caption = Markup(f"Awards that name {published(recipient.name)}")  # noqa: S704 - escaped
    figures = ("at_least", "alone", "named_in", "shared", "shared_count")
    place = _exact_of(site).get(holding.row)
    exact = None if place is None else _exact(site, place)
    names = site.having(ledger.recipient_names, "recipient", recipient.id)
    identifiers = site.having(ledger.recipient_identifiers, "recipient", recipient.id)
    return {
        **{name: pieces.figure(getattr(holding, name)) for name in figures},
        "share": pieces.figure(holding.share) if holding.share else "",
        "exact": parts.exact(exact, everything(site)) if exact else "",
        "awards": pieces.award_list(holding.listing, caption) if holding.table.rows else "",
        "partners": "".join(
            f"<li>{pieces.page(FAMILY, other.id, other.name)}</li>\n"
            for other in _partners(holding)
        ),
        "names": f"{parts.names(names, identifiers)}{'' if identifiers else _unnumbered(pieces)}",
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
            "many_alone": holding.holds != 1,
            "many_shared": len(holding.table.rows) - holding.holds != 1,
            "share": bool(holding.share and holding.held),
            "exact": holding.row in _exact_of(site),
            "listed": bool(holding.table.rows),
            "partners": bool(_partners(holding)),
            "publisher": recipient.kind == "publisher",
            "nobody": _nobody(site),
        },
        trail=TRAIL,
        tables=(holding.table,),
        own=partial(_own, site, holding),
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
            "groups": [_exact(site, number) for number in range(min(SHOWN, len(groups)))],
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
    yield _list_page(site, next(places(FAMILY, len(site.ledger.recipients))))
    yield _unnamed_page(site)


def further(site: Site) -> Iterator[Pages]:
    """The other pages of the list, in parts."""
    _, *others = places(FAMILY, len(site.ledger.recipients))
    return parts(partial(_list_page, site), others, least=5)


def profiles(site: Site) -> Iterator[Pages]:
    """One page a recipient, in parts."""

    def together(rows: Sequence[int]) -> Iterator[Page]:
        holdings = [Holding(site, row) for row in rows]
        # Linked at once, awards are linked far faster than a few for each page.
        site.awards.together([one.awards[:SHOWN] for one in holdings]).look_up()
        return (_page(site, one) for one in holdings)

    return parts_together(together, range(len(site.ledger.recipients)), least=100)
