"""The cells of one row of a mapped table, as values; what isn't sure raises NoAward."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from msgspec import Struct, field

from generator.imports import registers
from generator.imports.base import Correction, SourceRow
from generator.imports.mapping_file import NOT_PUBLISHED, TableMapping, choices
from generator.imports.mapping_targets import DAYS, NO, YES
from generator.imports.values import Unclear, award_amount, currency_code, financial_year

T = TypeVar("T")
Days = Mapping[str, Callable[[str], str | Unclear]]
"""How each column of days is read, by its target."""
_YEAR = re.compile(r"(?:FY ?)?(\d{4}) ?[-/–] ?(\d{2}|\d{4})", re.IGNORECASE)


class NoAward(Exception):
    """A row can't be an award."""

    def __init__(self, unclear: Unclear) -> None:
        super().__init__(unclear.reason)
        self.unclear = unclear


def sure(value: T | Unclear) -> T:
    """The value; raises NoAward when it is unclear."""
    if isinstance(value, Unclear):
        raise NoAward(value)
    return value


def unclear(reason: str, mend: str) -> NoAward:
    """What to raise when a row lacks something."""
    return NoAward(Unclear(reason, mend))


class RowCells(Struct, dict=True):
    """One row, read by a mapping. What could not be used is kept, what was mended is noted."""

    mapping: TableMapping
    row: SourceRow
    sheet: str
    days: Days
    year: str | None
    kept: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Correction] = field(default_factory=list)

    def columns(self, target: str) -> Iterator[tuple[str, str]]:
        """The columns of a target that hold something, with their cells."""
        for column, one in self.mapping.columns.items():
            if one == target and (cell := self.row.cells[column].strip()):
                yield column, cell

    def text(self, target: str) -> str:
        """What the row says, else what the mapping says of all rows."""
        found = next((cell for _, cell in self.columns(target)), "")
        return found or self.mapping.fixed.get(target, "")

    def note(self, column: str, found: str, taken: str, why: str) -> None:
        """Remember that a cell was taken otherwise than as its characters."""
        self.notes.append(Correction(self.row.line, column, found, taken, why, self.sheet))

    def unused(self, column: str, cell: str, why: str) -> None:
        """Keep a cell beside the award, because it isn't what its column should hold."""
        self.kept.append((column, cell))
        self.note(column, cell, cell, f"{why}; kept beside the award")

    @cached_property
    def is_individual(self) -> bool:
        """Whether the recipient is a private person."""
        cell = self.text("individual")
        meant = self.mapping.codes.get("individual", {}).get(cell.lower(), cell).lower()
        if meant not in YES | NO:
            reason = f"“{cell}” doesn't say whether the recipient is a private person."
            raise unclear(reason, f'write under codes, individual: "{cell}": yes, or: no.')
        return meant in YES

    def amount(self) -> Decimal:
        """The amount, above nought."""
        cell = self.text("amount")
        if not cell or (registers.is_placeholder(cell) and "0" not in cell):
            raise unclear("It has no amount.", "fill it in, or leave the row out.")
        return sure(award_amount(cell, self.currency()))

    def currency(self) -> str:
        """The currency's three letters."""
        cell = self.text("currency")
        if not cell:
            raise unclear("It has no currency.", "fill it in, or write one under fixed.")
        return sure(currency_code(cell))

    def coded(self, target: str) -> str:
        """A cell that must hold one of some words, in those words."""
        cell, known = self.text(target), choices(target)
        meant = self.mapping.codes.get(target, {}).get(cell.lower(), cell)
        plain = meant.lower().replace(" ", "-")
        if plain in known:
            return plain
        if cell and meant != NOT_PUBLISHED:
            words = f"{', '.join(known[:-1])} or {known[-1]}"
            mend = f'write under codes, {target}: "{cell}": and one of {words}.'
            raise unclear(f"The mapping doesn't know the {target} “{cell}”.", mend)
        return ""

    def dates(self) -> dict[str, str]:
        """The days of the award, by target; those not given are left out."""
        found = {}
        for target in DAYS:
            for column, cell in self.columns(target):
                if registers.is_placeholder(cell):
                    self.kept.append((column, cell))
                else:
                    found[target] = sure(self.days[target](cell))
        return found

    def financial_year(self, dates: Mapping[str, str]) -> str:
        """As the row says, else of its decision, else of its start, else as it was given."""
        stated = next((cell for _, cell in self.columns("financial_year")), "")
        day = dates.get("decided_on") or dates.get("start_on")
        if not stated and day:
            return financial_year(day)
        cell = stated or self.year or self.mapping.fixed.get("financial_year", "")
        if not cell:
            mend = "fill in a date, or give the year of all rows with --year, such as 2026-27."
            raise unclear("It has no date and no financial year.", mend)
        found = _YEAR.fullmatch(cell)
        if not found or not str(int(found[1]) + 1).endswith(found[2]):
            raise unclear(f"The financial year “{cell}” can't be read.", "write 2026-27.")
        return f"{found[1]}-{found[2][-2:]}"
