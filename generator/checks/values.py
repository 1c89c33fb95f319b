"""Single values: money's precision, lists in cells, ids that would clash with the site's own."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc

from generator import urls
from generator.checks.registry import Fault, Statement, fault, rule
from generator.checks.suspects import by_text, cells
from generator.findings import Severity
from generator.frames import Mask
from generator.ledger import Ledger
from generator.missing import is_missing
from generator.model import Area, Award, Fund, Programme, Recipient, Term, Theme
from generator.money import has_pence_precision, parse_decimal
from generator.summaries.resources import MONEY_COLUMNS

_LIST_MARKS = (";", "|", "\n", "\r")


def _may_have_part_of_penny(texts: Any) -> Mask:
    return pc.match_substring_regex(texts, r"\.[0-9]{2}[0-9]*[1-9]")


def _may_be_list(texts: Any) -> Mask:
    return pc.match_substring_regex(texts, "[;|\n\r]")


@rule(
    "R22-amounts",
    "Amounts are positive, with at most two decimals",
    severity=Severity.ERROR,
    reason="An award of nothing, or of part of a penny, is a slip of the pen.",
    source="domain rule: amounts are exact to the penny",
    mend="write the amount in pounds and pence, such as 1250.00.",
)
def amounts(ledger: Ledger) -> Iterator[Statement]:
    """Every money column of every resource has at most two decimals; awards are above zero."""
    for table in ledger.package.tables.values():
        names = [
            str(one["name"])
            for one in table.fields
            if one.get("type") == "number" and one["name"] in MONEY_COLUMNS
        ]
        masks = {name: by_text(table, name, _may_have_part_of_penny) for name in names}
        for row, name in cells(table, masks):
            cell = row.cells.get(name, "")
            number = None if is_missing(cell) else parse_decimal(cell)
            if number is not None and not has_pence_precision(number):
                yield Fault(table.file, "The amount has a part of a penny.", row.line, name, cell)
    awards = ledger.frame(Award)
    for award in awards.at(pc.less_equal(awards.column("amount", Decimal), 0)):
        if isinstance(award.amount, Decimal) and award.amount <= 0:
            yield fault(award, "amount", str(award.amount), "The amount is not above zero.")


@rule(
    "list-in-cell",
    "No list in one cell",
    severity=Severity.ERROR,
    reason="Two names in one cell can't be counted, linked or traced.",
    source="the design of the data: one value a cell",
    mend="give each value a row of its own in the table that links it to the award.",
)
def lists_in_cells(ledger: Ledger) -> Iterator[Statement]:
    """Text columns that are not prose hold one value: no semicolon, bar or line break."""
    for table in ledger.package.tables.values():
        names = [
            str(one["name"])
            for one in table.fields
            if one.get("type") == "string" and not one.get("prose")
        ]
        masks = {name: by_text(table, name, _may_be_list) for name in names}
        for row, name in cells(table, masks):
            cell = row.cells.get(name, "")
            if any(mark in cell for mark in _LIST_MARKS):
                yield Fault(table.file, "The cell seems to hold a list.", row.line, name, cell)


@rule(
    "reserved-id",
    "Ids don't clash with the site's own addresses",
    severity=Severity.ERROR,
    reason=f"“{urls.NOT_PUBLISHED}” is the address of the page for what has no value.",
    source="the site's addresses",
    mend="choose another id.",
)
def reserved_ids(ledger: Ledger) -> Iterator[Statement]:
    """No record is called `not-published` or `withdrawn`, no award or recipient `page-2`."""
    for kind in (Award, Fund, Recipient, Programme, Theme, Area, Term):
        frame = ledger.frame(kind)
        for one in frame.at(frame.among("id", (urls.NOT_PUBLISHED, urls.WITHDRAWN))):
            yield fault(one, "id", one.id, "This id is kept for the site itself.")  # type: ignore[attr-defined]
    for listed in (Award, Recipient):
        frame = ledger.frame(listed)
        for one in frame.at(frame.matching("id", "^page")):
            if urls.is_list_page(one.id):  # type: ignore[attr-defined]
                yield fault(one, "id", one.id, "This id is kept for the site itself.")  # type: ignore[attr-defined]
