"""How many awards have each field, and how much of the money."""

import pyarrow.compute as pc

from generator import model, urls
from generator.frames import Mask, any_of
from generator.ledger import Awards, Ledger
from generator.money import plain
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


def _all_numbered(ledger: Ledger) -> Mask:
    """The awards that name recipients, of which each has a number in a public register."""
    relations = ledger.relations
    numbered = ledger.frame(model.Recipient).among("id", sorted(ledger.numbered))
    without = relations.having(relations.recipients.among(pc.invert(numbered)))
    return pc.and_not(relations.having(relations.recipients), without)


def _having(ledger: Ledger) -> dict[str, Mask]:
    frame, relations = ledger.frame(model.Award), ledger.relations
    of_links = {
        "recipients": lambda: relations.having(relations.recipients),
        "all_recipients": lambda: relations.attributed("sole", "shared"),
        "recipient_number": lambda: _all_numbered(ledger),
        "areas": lambda: relations.having(relations.areas),
        "objective": lambda: relations.having(relations.terms_of("objective")),
        "period": lambda: pc.invert(any_of(frame.absent("start_on"), frame.absent("end_on"))),
        "outcomes": lambda: frame.among("id", sorted(ledger.reported)),
    }
    return {
        name: of_links[name]() if name in of_links else pc.invert(frame.absent(name))
        for name in COVERAGE_FIELDS
    }


def having(ledger: Ledger) -> dict[str, Mask]:
    """For each field the awards that have it: a value of their own, or what their links show."""
    return ledger.once(_having)


def coverage_table(ledger: Ledger, awards: Awards) -> PublishedTable:
    """How many awards have each field, and how much of the money those awards hold."""
    rows = []
    for name in COVERAGE_FIELDS:
        with_value = awards.among(having(ledger)[name])
        rows.append(
            {
                "field": name,
                "awards": str(len(awards)),
                "awards_with_value": str(len(with_value)),
                "amount": plain(awards.total),
                "amount_with_value": plain(with_value.total),
            }
        )
    header = ("field", "awards", "awards_with_value", "amount", "amount_with_value")
    units = {"amount": "money", "amount_with_value": "money"}
    return PublishedTable(urls.coverage_csv(), header, tuple(rows), units)
