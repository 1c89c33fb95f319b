"""CSVs, filters and measures: the arithmetic that a figure's attributes ask for."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from itertools import count, takewhile
from pathlib import Path
from urllib.parse import unquote_plus

MISSING = frozenset({"", "not published", "not applicable", "withheld"})


class CannotTellError(Exception):
    """What a figure asks for can't be worked out; the message says why."""


@dataclass(frozen=True)
class Sheet:
    """One CSV: its columns and its rows, every cell the text that it is in the file."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]

    def need(self, column: str) -> None:
        """Stop unless the CSV has the column."""
        if column not in self.columns:
            raise CannotTellError(f"{self.name} has no column {column!r}")


def part(name: str, number: int) -> str:
    """Where the rows of a table lie that has too many for one file, from 1: ``a/a-1.csv``."""
    folder = name.removesuffix(".csv")
    return f"{folder}/{folder.rpartition('/')[2]}-{number}.csv"


def read_parts(site: Path, name: str) -> Sheet:
    """Read a table from its one file; or from its parts, one after another."""
    if (site / name).is_file():
        return read(site / name, name)
    names = list(takewhile(lambda one: (site / one).is_file(), (part(name, n) for n in count(1))))
    sheets = [read(site / one, one) for one in names]
    if not sheets:
        raise CannotTellError(f"{name} is neither a file nor parts")
    folder = (site / names[0]).parent
    if len(names) != sum(1 for _ in folder.glob("*.csv")):
        raise CannotTellError(f"{name} lacks a part, or has one too many")
    if any(one.columns != sheets[0].columns for one in sheets):
        raise CannotTellError(f"the parts of {name} have several headers")
    return Sheet(name, sheets[0].columns, tuple(row for one in sheets for row in one.rows))


def read(path: Path, name: str) -> Sheet:
    """Read a CSV. A row that is longer or shorter than the header is an error."""
    with path.open(encoding="utf-8", newline="") as file:
        try:
            lines = list(csv.reader(file, strict=True))
        except (csv.Error, UnicodeDecodeError) as error:
            raise CannotTellError(f"{name} is not a sound CSV: {error}") from error
    if not lines:
        raise CannotTellError(f"{name} is empty")
    header = lines[0]
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(header):
            raise CannotTellError(f"{name}, record {number}: {len(line)} cells, not {len(header)}")
    rows = tuple(dict(zip(header, line, strict=True)) for line in lines[1:])
    return Sheet(name, tuple(header), rows)


def select(sheet: Sheet, where: str) -> tuple[dict[str, str], ...]:
    """The rows that meet a filter: ``field=value`` or ``field!=value`` joined by ``&``.

    Names and values are URL-encoded. A value is compared with the cell's text as it stands.
    """
    rows = sheet.rows
    for part in filter(None, where.split("&")):
        name, equals, value = part.partition("=")
        if not equals:
            raise CannotTellError(f"the filter {part!r} has no =")
        keep = not name.endswith("!")
        column, wanted = unquote_plus(name.removesuffix("!")), unquote_plus(value)
        sheet.need(column)
        rows = tuple(row for row in rows if (row[column] == wanted) is keep)
    return rows


def number(text: str) -> Decimal:
    """A plain decimal number; anything else stops the reckoning."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise CannotTellError(f"{text!r} is not a number") from None
    if not value.is_finite():
        raise CannotTellError(f"{text!r} is not a number")
    return value


def half_up(value: Decimal, digits: int) -> Decimal:
    """Round to so many digits after the point, halves away from zero."""
    with localcontext(prec=60):
        return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """One number as a percentage of another, not rounded."""
    return ratio(100 * part, whole)


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """One number divided by another, not rounded."""
    if not whole:
        raise CannotTellError("the whole is nought, so there is no share of it")
    with localcontext(prec=60):
        return part / whole


def _median(values: list[Decimal]) -> Decimal:
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


_OF_NUMBERS: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "sum": lambda values: sum(values, Decimal(0)),
    "min": min,
    "max": max,
    "median": _median,
}


def _measure(sheet: Sheet, measure: str, where: str) -> Decimal:
    rows = select(sheet, where)
    name, _, column = measure.partition(":")
    if measure == "count":
        return Decimal(len(rows))
    sheet.need(column)
    cells = [row[column].strip() for row in rows if row[column].strip() not in MISSING]
    if name == "count":
        return Decimal(len(set(cells)))
    if name == "filled":
        return Decimal(len(cells))
    if name not in _OF_NUMBERS:
        raise CannotTellError(f"there is no measure {measure!r}")
    if not cells and name != "sum":
        raise CannotTellError(f"no row has a value for {measure}")
    with localcontext(prec=60):
        return _OF_NUMBERS[name]([number(cell) for cell in cells])


@dataclass(frozen=True)
class Sheets:
    """The CSVs read so far and the measures taken of them, each worked out once."""

    folder: Path
    read_so_far: dict[str, Sheet] = field(default_factory=dict)
    measured: dict[tuple[str, str, str], Decimal] = field(default_factory=dict)

    def sheet(self, path: str) -> Sheet:
        """The CSV at a path under the site."""
        if path not in self.read_so_far:
            self.read_so_far[path] = read_parts(self.folder, path)
        return self.read_so_far[path]

    def measure(self, path: str, measure: str, where: str) -> Decimal:
        """Take a measure of the rows of a CSV that meet a filter."""
        key = (path, measure, where)
        if key not in self.measured:
            self.measured[key] = _measure(self.sheet(path), measure, where)
        return self.measured[key]
