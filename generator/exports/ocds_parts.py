"""What the parts of an OCDS release are made of: moments, periods, documents, criteria.

A day of the source becomes a moment only because the standard wants one: the start of the day
for a day on which something happened or begins, its last second for a day on which it ends.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from generator import model
from generator.checks.monitoring import add_months
from generator.exports.plain_json import stated
from generator.exports.standards import said
from generator.ledger import LinkedAward
from generator.missing import Missing

METHODS = {
    "open-tender": "open",
    "limited-tender": "limited",
    "quotations": "limited",
    "single-tender": "direct",
}
"""A call-off from a framework has none: the source doesn't say whether others could bid for it."""
SINGLE = {
    "a": "Only one supplier can do it, for technical reasons.",
    "b": "Continuity with the supplier that did it before.",
}
_DOCUMENT_TYPES = {
    "invitation-to-tender": "biddingDocuments",
    "tender-notice": "tenderNotice",
    "award-notice": "awardNotice",
    "contract": "contractSigned",
}


def moment(day: date | Missing, *, ends: bool = False) -> str | None:
    """A day as the date-time that OCDS asks for."""
    time = "23:59:59Z" if ends else "00:00:00Z"
    return f"{day.isoformat()}T{time}" if isinstance(day, date) else None


def period(start: date | Missing, end: date | Missing, most: date | None = None) -> dict[str, Any]:
    """What is known of a time from one day to another, and the latest that it can end."""
    return stated(
        startDate=moment(start),
        endDate=moment(end, ends=True),
        maxExtentDate=moment(most, ends=True) if most else None,
    )


def document(one: model.Document) -> dict[str, Any]:
    """A document, with its address when it is published."""
    words = [
        f"Dated {one.date.isoformat()}." if isinstance(one.date, date) else None,
        f"Not published: {one.exemption}." if isinstance(one.exemption, str) else None,
        said(one.note),
    ]
    return stated(
        id=one.id,
        documentType=_DOCUMENT_TYPES.get(str(one.kind)),
        title=said(one.title),
        description=" ".join(filter(None, words)),
        url=said(one.url),
    )


def criteria(contract: model.Contract) -> dict[str, str]:
    """How bids were judged: the weights, and by whom."""
    quality, price = contract.quality_weight, contract.price_weight
    words = []
    code = None
    if isinstance(quality, Decimal) and isinstance(price, Decimal):
        words.append(f"Quality weighs {quality:f}%, price {price:f}%.")
        code = "ratedCriteria"
        if not price or not quality:
            code = "priceOnly" if price else "qualityOnly"
    if contract.multi_agency_panel is True:
        words.append("People from several bodies judged the bids.")
    return stated(awardCriteria=code, awardCriteriaDetails=" ".join(words))


def extended(one: model.Contract, months: int | Missing) -> date | None:
    """The last day of a contract with some months of extension; None when it isn't known."""
    if not isinstance(one.end_on, date) or not isinstance(months, int):
        return None
    return add_months(one.end_on + timedelta(days=1), months) - timedelta(days=1)


def first(awards: Sequence[LinkedAward]) -> LinkedAward:
    """The award decided first, before those without a day; withdrawn ones come last."""

    def place(one: LinkedAward) -> tuple[bool, date]:
        return one.award.status == "withdrawn", said(one.award.decided_on) or date.max

    return min(awards, key=place)


def words(one: model.Contract, awards: Sequence[LinkedAward]) -> Iterator[str]:
    """What is known of a contract that OCDS has no member for."""
    if note := said(one.supplier_note):
        yield note
    if len(awards) > 1:
        ids = ", ".join(award.award.id for award in awards)
        yield f"These awards are made under it, of which OCDS can name one as awardID: {ids}."
    ends = {"publisher": one.break_clause_publisher, "supplier": one.break_clause_supplier}
    can = " and ".join(f"the {who}" for who, clause in ends.items() if clause is True)
    if can:
        yield f"{can[0].upper()}{can[1:]} may end it early."
