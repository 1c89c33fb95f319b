"""The home page of a site of many publishers: who publishes here, and what their awards come to."""

from collections.abc import Iterator

from msgspec import Struct

from generator import urls
from generator.figures import Figure
from generator.pages.page import Page
from generator.pages.site import AMOUNT_BASIS_WORDS, year_words
from generator.selectors import where
from generator.together.front import Front, Kind, Publisher


class Line(Struct, frozen=True):
    """What a publisher's awards of one kind come to."""

    publisher: Publisher
    years: str
    count: Figure
    amount: Figure


class Pot(Struct, frozen=True):
    """Amounts that may be added up: of one currency and one basis."""

    title: str
    anchor: str
    lines: tuple[Line, ...]
    count: Figure
    amount: Figure


def kind_words(kind: Kind) -> str:
    """`Total value, in GBP`, as a heading says it."""
    return f"{AMOUNT_BASIS_WORDS[kind.basis].capitalize()}, in {kind.currency}"


def _line(front: Front, kind: Kind, publisher: Publisher) -> Line | None:
    own = where(publisher=publisher.id)
    rows = front.awards.select((*kind.where, *own))
    if not rows:
        return None
    years = {one["financial_year"] for one in rows}
    return Line(
        publisher,
        year_words(sorted(years, reverse=True)),
        front.count((*kind.where, *own)),
        front.amount(kind, own),
    )


def pots(front: Front) -> Iterator[Pot]:
    """The awards of each kind, publisher by publisher."""
    for kind in front.kinds:
        lines = (_line(front, kind, one) for one in front.publishers)
        yield Pot(
            kind_words(kind),
            f"{kind.currency.lower()}-{kind.basis}",
            tuple(filter(None, lines)),
            front.count(kind.where),
            front.amount(kind),
        )


def pages(front: Front) -> Iterator[Page]:
    """The one home page."""
    yield Page(
        url=urls.HOME,
        title=front.name,
        description="Who publishes here, and what their awards come to.",
        template="all_home.md",
        context={
            "front": front,
            "publishers": front.publications.figure("count:publisher"),
            "packages": front.publications.figure("count"),
            "several": len(front.packages) > len(front.publishers),
            "awards": front.count(),
            "shared": front.recipients.figure("count:organisation"),
            "pots": tuple(pots(front)),
        },
    )
