"""The rows of a table, read when somebody asks: column by column for all at once, or one by one."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from generator.csv_columns import Columns, encoded, read_columns, texts_of

csv.field_size_limit(2**31 - 1)  # as Frictionless sets it; a long text is no fault


@dataclass(frozen=True)
class Row:
    """One row: the line it begins at (the header is line 1) and its cells by column."""

    line: int
    cells: Mapping[str, str]


class Body:
    """What stands in a table: the header's names, and the rows below them."""

    def __init__(
        self, header: tuple[str, ...], rows: Sequence[Row], lines: Sequence[int] | None = None
    ) -> None:
        self.header = header
        self.rows = tuple(rows)
        self.lines = tuple(range(1, len(rows) + 2)) if lines is None else tuple(lines)
        """The line at which each record begins, the header's and blank ones included."""

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def starts(self) -> Sequence[int]:
        """The line at which each row begins."""
        return [row.line for row in self.rows]

    @cached_property
    def columns(self) -> Columns:
        """Each column: its distinct texts, and which of them each row has."""
        return {
            name: encoded([row.cells.get(name, "") for row in self.rows]) for name in self.header
        }

    def column(self, name: str) -> Any:
        """A column by its name; all empty where the table has none of it."""
        found = self.columns.get(name)
        return encoded([""] * self.size) if found is None else found

    def some(self, numbers: Sequence[int]) -> list[Row]:
        """Some of the rows, by their number from 0."""
        return [self.rows[number] for number in numbers]


class PlainBody(Body):
    """A body that was read column by column; its rows are made when somebody asks."""

    def __init__(self, data: bytes, columns: Columns) -> None:
        self._data = data
        self.header = tuple(columns)
        self.columns = columns

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values())))

    @property
    def starts(self) -> Sequence[int]:
        """The line at which each row begins."""
        return self.lines[1:]

    def some(self, numbers: Sequence[int]) -> list[Row]:
        """Some of the rows, by their number from 0; only these are made."""
        if "rows" in self.__dict__ or len(numbers) == self.size:
            return super().some(numbers)
        chosen = pa.array(numbers, pa.int32())
        cells = [one.take(chosen).cast(pa.string()).to_pylist() for one in self.columns.values()]
        return self._rows([self.starts[number] for number in numbers], cells)

    def _rows(self, starts: Sequence[int], columns: Sequence[list[str]]) -> list[Row]:
        return [
            Row(line, dict(zip(self.header, cells, strict=True)))
            for line, cells in zip(starts, zip(*columns, strict=True), strict=True)
        ]

    @cached_property
    def rows(self) -> tuple[Row, ...]:  # type: ignore[override]  # made late, else the same
        """The rows in order."""
        return tuple(self._rows(self.starts, list(map(texts_of, self.columns.values()))))

    @cached_property
    def lines(self) -> tuple[int, ...]:  # type: ignore[override]
        """The line at which each record begins, the header's included."""
        if self._data.count(b"\n") <= self.size + 1:
            return tuple(range(1, self.size + 2))
        return by_row(self._data.decode()).lines


def by_row(text: str) -> Body:
    """The body of a text read by Python, row by row: what is odd stays as it is."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header = tuple(next(reader, ()))
    rows = []
    lines = [1, reader.line_num + 1]
    for cells in reader:
        if cells:
            padded = [*cells, *[""] * (len(header) - len(cells))]
            rows.append(Row(lines[-1], dict(zip(header, padded, strict=False))))
        lines.append(reader.line_num + 1)
    return Body(header, rows, lines[:-1])


def read(data: bytes) -> tuple[Body, bool]:
    """The body of a CSV file, and whether the file is UTF-8: what isn't stands as U+FFFD."""
    if columns := read_columns(data):
        return PlainBody(data, columns), True
    try:
        return by_row(data.decode("utf-8-sig")), True
    except UnicodeDecodeError:
        return by_row(data.decode("utf-8-sig", errors="replace")), False
