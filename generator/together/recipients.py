"""Recipients that several packages name, those that may be the same, and what was reviewed."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from generator import urls
from generator.exports.summary_tables import by_recipient
from generator.figures import Figure
from generator.pages.page import Page, Pages, parts
from generator.pages.paging import Place, places
from generator.pages.site import SHOWN, Site, of_site
from generator.pages.words import date_text
from generator.selectors import where
from generator.tables import PublishedTable
from generator.together.front import Front, Publisher, mounted
from generator.together.identity import Named, Organisation
from generator.together.same_as import Key, Verdict

FAMILY = "recipients"
TRAIL = (("Recipients", urls.family(FAMILY)),)


class Member(Struct, frozen=True):
    """A recipient as one package has it."""

    publisher: Publisher
    site: Site
    named: Named

    @property
    def url(self) -> str:
        """Its page on the package's own site."""
        return self.site.mount + urls.profile(FAMILY, self.named.key.recipient)


class Held(Struct, frozen=True):
    """What one package says of a recipient's money."""

    member: Member
    at_least: Figure
    named_in: Figure
    alone: Figure
    shared: Figure


class Line(Struct, frozen=True):
    """An organisation in the list."""

    organisation: Organisation
    publishers: tuple[Publisher, ...]
    count: Figure
    """How many packages name it."""


class Group(Struct, frozen=True):
    """Recipients that may be the same."""

    evidence: tuple[str, ...]
    members: tuple[Member, ...]


class Review(Struct, frozen=True):
    """A row of the list of reviews, with those that it is about."""

    verdict: Verdict
    members: tuple[Member, ...]

    @property
    def day(self) -> str:
        """When it was reviewed, in words."""
        return date_text(date.fromisoformat(self.verdict.cells["reviewed_on"]))


def _member(front: Front, key: Key) -> Member:
    publisher, site = front.packages[key.package]
    return Member(publisher, site, front.who.named[key])


@of_site
def _money(site: Site) -> PublishedTable:
    return mounted(site, by_recipient(site.ledger).table)


def _held(front: Front, named: Named) -> Held:
    member = _member(front, named.key)
    own, currency = where(id=named.key.recipient), member.site.ledger.package.currency
    table = _money(member.site)
    at_least, named_in = (
        table.figure(f"sum:{one}", own)._replace(currency=currency)
        for one in ("at_least", "named_in")
    )
    alone, shared = (table.figure(f"sum:awards_{one}", own) for one in ("alone", "shared"))
    return Held(member, at_least, named_in, alone, shared)


def _reviews(front: Front, verdicts: Sequence[Verdict]) -> tuple[Review, ...]:
    """Those that are about recipients of packages on this site."""
    return tuple(
        Review(one, (_member(front, one.one), _member(front, one.other)))
        for one in verdicts
        if {one.one, one.other} <= front.who.named.keys()
    )


def _line(front: Front, one: Organisation) -> Line:
    found = dict.fromkeys(front.packages[package][0] for package in one.packages)
    return Line(one, tuple(found), front.recipients.figure("count", where(organisation=one.id)))


def _list_page(front: Front, place: Place) -> Page:
    """A page of the list. The first has what may be the same, and what was reviewed."""
    first, who = place.number == 1, front.who
    groups = who.alike[:SHOWN] if first else ()
    tables = (front.recipients, front.possibly_same, front.reviews) if first else ()
    return Page(
        url=place.url,
        title="Recipients" if first else f"Recipients, page {place.number}",
        description="Organisations that several publications name, and those that may be the same.",
        template="all_recipients.md",
        context={
            "place": place,
            "first": first,
            "count": front.recipients.figure("count:organisation"),
            "lines": [_line(front, one) for one in who.organisations[place.start : place.end]],
            "groups": [
                Group(one.evidence, tuple(_member(front, each.key) for each in one.members))
                for one in groups
            ],
            "cut": len(who.alike) > len(groups),
            "reviews": _reviews(front, front.same_as.verdicts) if first else (),
            "tables": tuple(
                (words, table)
                for words, table in zip(
                    (
                        "every recipient of every publication",
                        "those that may be the same",
                        "the reviews",
                    ),
                    tables,
                    strict=False,
                )
                if table is not None
            ),
        },
        trail=() if first else TRAIL,
        tables=tuple(one for one in tables if one is not None),
    )


def _number_holders(front: Front, one: Organisation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each number, and the packages that have it."""
    for number in one.numbers:
        holders = (each for each in one.members if number in each.numbers)
        names = (front.packages[each.key.package][1].ledger.package.title for each in holders)
        yield "-".join(number), tuple(dict.fromkeys(names))


def _page(front: Front, one: Organisation) -> Page:
    return Page(
        url=urls.profile(FAMILY, one.id),
        title=one.name,
        description=f"What each publisher on this site says of {one.name}.",
        template="all_recipient.md",
        context={
            "held": [_held(front, each) for each in one.members],
            "numbers": tuple(_number_holders(front, one)),
            "reviews": _reviews(front, one.reviewed),
        },
        trail=TRAIL,
    )


def pages(front: Front) -> Iterator[Page]:
    """The first page of the list."""
    yield _list_page(front, next(places(FAMILY, len(front.who.organisations))))


def further(front: Front) -> Iterator[Pages]:
    """The other pages of the list, and a page for each organisation, in parts."""
    _, *others = places(FAMILY, len(front.who.organisations))
    yield from parts(partial(_list_page, front), others, least=5)
    yield from parts(partial(_page, front), front.who.organisations, least=100)
