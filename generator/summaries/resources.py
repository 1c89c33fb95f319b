"""The package's own tables as they are published, without what must not be told."""

from collections.abc import Sequence

from generator import urls
from generator.ledger import Ledger
from generator.limits import limit
from generator.missing import Missing
from generator.money import parse_decimal
from generator.rows import Kept, Rows
from generator.summaries.base import published
from generator.tables import Cells, PublishedTable

SMALLEST_COUNT = limit("people_counted")
"""Counts of people below this could tell who they are; they are never published."""
MONEY_COLUMNS = frozenset(
    ("amount", "original_amount", "rounded_to", "cap", "cap_per_area", "budget", "envelope")
) | {"total_value"}
UNPUBLISHED = frozenset(("privacy_reviews",))
"""Resources that stay in the repository: where personal data was looked for is not for readers."""


def _suppressed(_ledger: Ledger, cells: Cells) -> Cells:
    """A measure that counts few people keeps its row, without its number."""
    if cells.get("count_of_people") not in ("yes", "true"):
        return cells
    number = parse_decimal(cells.get("value", ""))
    if number is None or number >= SMALLEST_COUNT:
        return cells
    return {**cells, "value": Missing.WITHHELD.value}


def _suppressed_change(ledger: Ledger, cells: Cells) -> Cells:
    """An entry of the record of changes doesn't tell a count that its row withholds."""
    people = {one.id for one in ledger.outcome_measures if one.count_of_people is True}
    if cells.get("resource") != "outcome_measures" or cells.get("row") not in people:
        return cells
    told = dict(cells)
    for name in ("old", "new"):
        number = parse_decimal(cells.get(name, ""))
        if cells.get("field") == "value" and (number is None or number < SMALLEST_COUNT):
            told[name] = Missing.WITHHELD.value
    return told


_HELD_BACK = {"outcome_measures": _suppressed, "revisions": _suppressed_change}
"""The resources whose rows may hold something that isn't told."""


def _unit(column: str) -> str:
    if column in MONEY_COLUMNS:
        return "money"
    return "percent" if "percent" in column else "number"


def resource_table(ledger: Ledger, resource: str) -> PublishedTable | None:
    """A resource as its download has it: the very cells of the package's file.

    None when the package has no such resource, or it is never published.
    """
    table = ledger.package.tables.get(resource)
    if table is None or resource in UNPUBLISHED:
        return None
    rows: Sequence[Cells] = Rows(Kept(table.body.columns))
    if resource in _HELD_BACK:
        rows = tuple(_HELD_BACK[resource](ledger, cells) for cells in rows)
    return published(
        ledger,
        path=urls.resource_csv(ledger.package.name, resource),
        header=table.header,
        rows=rows,
        units={
            str(field["name"]): _unit(str(field["name"]))
            for field in table.fields
            if field.get("type") == "number"
        },
    )
