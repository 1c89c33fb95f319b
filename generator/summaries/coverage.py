"""How many awards have each field, and how much of the money."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator import model, urls
from generator.ledger import Attribution, Ledger, LinkedAward
from generator.missing import Missing
from generator.money import plain
from generator.summaries.base import amount, numbers
from generator.tables import PublishedTable

COVERAGE_FIELDS = (
    "recipients",
    "all_recipients",
    "recipient_number",
    "amount",
    "programme",
    "fund",
    "theme",
    "areas",
    "objective",
    "instrument",
    "legal_power",
    "purpose",
    "reasons",
    "conditions",
    "status",
    "decided_on",
    "published_on",
    "start_on",
    "end_on",
    "period",
    "outcomes",
    "route",
    "bids_received",
    "original_amount",
    "source_ref",
)
_OF_LINKS = frozenset(
    ("recipients", "all_recipients", "recipient_number", "areas", "objective", "period", "outcomes")
)
"""The fields of which not a column but `has` tells."""


def _all_numbered(ledger: Ledger, one: LinkedAward) -> bool:
    ids = [recipient.id for recipient in one.recipients]
    return bool(ids) and all(id in ledger.numbered for id in ids)


def has(ledger: Ledger, one: LinkedAward, name: str) -> bool:
    """Whether an award has a field: a value of its own, or what its links show."""
    match name:
        case "recipients":
            return bool(one.recipients)
        case "all_recipients":
            return one.attribution in (Attribution.SOLE, Attribution.SHARED)
        case "recipient_number":
            return _all_numbered(ledger, one)
        case "areas":
            return bool(one.areas)
        case "objective":
            return any(term.scheme == "objective" for _, term in one.terms)
        case "period":
            dates = (one.award.start_on, one.award.end_on)
            return not any(isinstance(day, Missing) for day in dates)
        case "outcomes":
            return one.award.id in ledger.reported
        case _:
            return not isinstance(getattr(one.award, name), Missing)


def _having(ledger: Ledger) -> dict[str, Any]:
    """For each field, which awards have it, in the order of the file."""
    frame, made = ledger.frame(model.Award), dict[str, Any]()
    for name in COVERAGE_FIELDS:
        if name in _OF_LINKS:
            made[name] = pa.array([has(ledger, one, name) for one in ledger.linked], pa.bool_())
        else:
            made[name] = frame.where(name, lambda value: not isinstance(value, Missing))
    return made


def _pence(ledger: Ledger) -> Any:
    """The amount of each award in hundredths, in the order of the file."""
    return pa.array([int(amount(one).scaleb(2)) for one in ledger.linked], pa.int64())


def _sum(pence: Any) -> str:
    return plain(Decimal(pc.sum(pence).as_py() or 0).scaleb(-2))


def coverage_table(ledger: Ledger, awards: Sequence[LinkedAward]) -> PublishedTable:
    """How many awards have each field, and how much of the money those awards hold."""
    places = ledger.once(numbers)
    chosen = pa.array([places[one.award.id] for one in awards], pa.int64())
    amounts = ledger.once(_pence).take(chosen)
    rows = []
    for name in COVERAGE_FIELDS:
        having = ledger.once(_having)[name].take(chosen)
        rows.append(
            {
                "field": name,
                "awards": str(len(awards)),
                "awards_with_value": str(pc.sum(having).as_py() or 0),
                "amount": _sum(amounts),
                "amount_with_value": _sum(amounts.filter(having)),
            }
        )
    header = ("field", "awards", "awards_with_value", "amount", "amount_with_value")
    units = {"amount": "money", "amount_with_value": "money"}
    return PublishedTable(urls.coverage_csv(), header, tuple(rows), units)
