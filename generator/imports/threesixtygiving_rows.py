"""From the sheets of a 360Giving file to grants: which rows make one, which stand twice.

A grant may take several rows, and more sheets than one: those that the standard's template has
for several recipients, places or documents name the grant by its Identifier.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from generator.imports.base import Sheet, SourceRow
from generator.imports.threesixtygiving_columns import Column, column
from generator.imports.values import Unclear, money


class Cell(NamedTuple):
    """A filled cell and where it stands."""

    column: Column
    text: str
    line: int
    sheet: str


class Grant(Struct):
    """The rows that make one grant: those of its sheet, and all cells, other sheets' too."""

    sheet: str
    lines: list[int]
    cells: list[Cell]
    texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.texts = _texts(self.cells)

    @property
    def id(self) -> str:
        """The publisher's own reference; empty when it has none."""
        return self.texts.get(("id", ""), "")


class Rejected(Struct, frozen=True):
    """A row that can't be taken whatever its cells say, and why."""

    grant: Grant
    reason: str
    mend: str


class Gathered(Struct, frozen=True):
    """Each row of the source: in a grant, beside one, or rejected."""

    rows: int
    """Of the sheets that list grants, and of those that add to them what finds no grant."""
    grants: tuple[Grant, ...]
    rejected: tuple[Rejected, ...]
    used: frozenset[str]
    """The names of the sheets that list grants or add to them."""


def _texts(cells: Iterable[Cell]) -> dict[tuple[str, str], str]:
    """The first text of each kind of column."""
    texts: dict[tuple[str, str], str] = {}
    for cell in cells:
        texts.setdefault(cell.column.key, cell.text.strip())
    return texts


def columns(sheet: Sheet) -> tuple[Column, ...]:
    """What the titles of a sheet mean."""
    return tuple(column(title) for title in sheet.header)


def _keys(sheet: Sheet) -> set[tuple[str, str]]:
    return {one.key for one in columns(sheet)}


def lists_grants(sheet: Sheet) -> bool:
    """Whether a sheet has the columns that every list of grants has."""
    keys = _keys(sheet)
    return ("amountawarded", "") in keys and not keys.isdisjoint([("id", ""), ("title", "")])


def _cells(sheet: Sheet, titles: Sequence[Column], row: SourceRow) -> list[Cell]:
    return [
        Cell(one, row.cells[one.title], row.line, sheet.name)
        for one in titles
        if row.cells.get(one.title, "").strip()
    ]


def gathered(sheets: Iterable[Sheet]) -> Gathered:
    """The grants of all sheets, in order, and the rows that stand twice or belong to none."""
    tables = tuple(sheets)
    listed = [sheet for sheet in tables if lists_grants(sheet)]
    grants: list[Grant] = []
    rejected: list[Rejected] = []
    by_id: dict[str, Grant] = {}
    seen: dict[frozenset[tuple[str, str]], Grant] = {}
    for sheet in listed:
        titles = columns(sheet)
        for row in sheet.rows:
            new = Grant(sheet.name, [row.line], _cells(sheet, titles, row))
            same = frozenset((cell.column.title, cell.text.strip()) for cell in new.cells)
            first = by_id.setdefault(new.id, new) if new.id else new
            if first is not new and (fault := _fault(first, new, seen.get(same))):
                rejected.append(Rejected(new, *fault))
            elif first is not new:
                first.lines.append(row.line)
                first.cells.extend(new.cells)
                first.texts = {**new.texts, **first.texts}
            else:
                grants.append(new)
            seen.setdefault(same, new)
    used = {sheet.name for sheet in listed}
    rows = sum(len(sheet.rows) for sheet in listed)
    for sheet in tables:
        orphans = None if sheet.name in used else _added(sheet, by_id)
        if orphans is not None:
            used.add(sheet.name)
            rows += len(orphans)
            rejected += orphans
    return Gathered(rows, tuple(grants), tuple(rejected), frozenset(used))


def _fault(first: Grant, new: Grant, copy: Grant | None) -> tuple[str, str] | None:
    """What keeps a row with another's Identifier from being a part of the same grant."""
    twice = f"Identifier “{new.id}” stands twice"
    if copy is not None:
        return f"The row is a copy of {_where(copy)}.", "leave one of them out."
    if first.sheet != new.sheet:
        return f"{twice}: in {_where(first)} too.", "give each grant its own Identifier."
    for key, words in _ALIKE.items():
        if key in first.texts and key in new.texts and _unlike(key, first, new):
            reason = f"{twice} with different {words}: in {_where(first)} too."
            return reason, "give each grant its own Identifier, or make the rows agree."
    return None


_ALIKE: Mapping[tuple[str, str], str] = {
    ("amountawarded", ""): "amounts",
    ("title", ""): "titles",
    ("currency", ""): "currencies",
    ("awarddate", ""): "award dates",
}
"""What rows of one grant must agree in, as far as they say it."""


def _unlike(key: tuple[str, str], one: Grant, other: Grant) -> bool:
    texts = one.texts[key], other.texts[key]
    if key == ("amountawarded", ""):
        amounts = [money(text) for text in texts]
        if not any(isinstance(amount, Unclear) for amount in amounts):
            return amounts[0] != amounts[1]
    return texts[0].casefold() != texts[1].casefold()


def _where(grant: Grant) -> str:
    sheet = f" of sheet {grant.sheet}" if grant.sheet else ""
    return f"row {grant.lines[0]}{sheet}"


def _added(sheet: Sheet, by_id: Mapping[str, Grant]) -> list[Rejected] | None:
    """Give a sheet's rows to the grants that they name; those that name none are rejected.

    None when no row names a grant: the sheet is about something else.
    """
    titles = columns(sheet)
    orphans: list[Rejected] = []
    found = False
    for row in sheet.rows:
        cells = _cells(sheet, titles, row)
        grant = by_id.get(_texts(cells).get(("id", ""), ""))
        if grant is not None:
            found = True
            grant.cells += [cell for cell in cells if cell.column.key != ("id", "")]
        else:
            lost = Grant(sheet.name, [row.line], cells)
            named = f"No grant has the Identifier “{lost.id}”" if lost.id else "It names no grant"
            mend = "write the Identifier as in the list of grants, or add the grant to that list."
            orphans.append(Rejected(lost, f"{named}.", mend))
    return orphans if found else None
