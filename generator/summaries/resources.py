"""The package's own tables as they are published, without what must not be told."""

from collections.abc import Sequence

from generator import urls
from generator.ledger import Ledger
from generator.limits import limit
from generator.missing import Missing, is_missing
from generator.money import parse_decimal
from generator.rows import Kept, Rows
from generator.summaries.base import published
from generator.tables import Cells, PublishedTable

SMALLEST_COUNT = limit("people_counted")
"""Counts of people below this could tell who they are; they are never published."""
MONEY_COLUMNS = frozenset(
    (
        *("amount", "original_amount", "rounded_to", "cap", "cap_per_area"),
        *("budget", "envelope", "total_value"),
    )
)
UNPUBLISHED = frozenset(("privacy_reviews",))
"""Resources that stay in the repository: where personal data was looked for is not for readers."""


def _few(cell: str) -> bool:
    """Whether a cell counts too few to be told, or can't be seen to count enough."""
    number = parse_decimal(cell)
    return not is_missing(cell) and (number is None or number < SMALLEST_COUNT)


def _suppressed(_ledger: Ledger, cells: Cells) -> Cells:
    """A measure that counts few people keeps its row, without its number."""
    if cells.get("count_of_people") in ("yes", "true") and _few(cells.get("value", "")):
        return {**cells, "value": Missing.WITHHELD.value}
    return cells


def _people(ledger: Ledger) -> frozenset[str]:
    """The measures that count people."""
    return frozenset(one.id for one in ledger.outcome_measures if one.count_of_people is True)


def _suppressed_change(ledger: Ledger, cells: Cells) -> Cells:
    """An entry of the record of changes doesn't tell a count that its row withholds."""
    place = (cells.get("resource"), cells.get("field"))
    if place != ("outcome_measures", "value") or cells.get("row") not in ledger.once(_people):
        return cells
    few = [name for name in ("old", "new") if _few(cells.get(name, ""))]
    return {**cells, **dict.fromkeys(few, Missing.WITHHELD.value)}


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
