"""The rows of a table, read when somebody asks: column by column for all at once, or one by one."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator.csv_columns import Columns, encoded, read_columns, texts_of
from generator.limits import limit

csv.field_size_limit(2**31 - 1)  # as Frictionless sets it; ours is set where files are read


class NotRead(Exception):
    """Why a table isn't read, in words that follow the file's name, and how to mend it."""

    def __init__(
        self, said: str, mend: str, line: int | None = None, column: str | None = None
    ) -> None:
        super().__init__(said)
        self.mend = mend
        self.line = line
        self.column = column
        self.file = ""
        """Which of a table's files it is about, where there are several."""


class TooLarge(NotRead):
    """A table is beyond the limits."""


def _too_long(line: int) -> TooLarge:
    return TooLarge(
        f"a cell has more than {limit('cell_characters'):,} characters",
        "look for a quotation mark that is opened and never closed; "
        "put a longer text into a document and link to it.",
        line,
    )


def too_many(what: str, most: int, line: int | None = None) -> TooLarge:
    """The fault of a table with too many rows or columns."""
    return TooLarge(
        f"the table has more than {most:,} {what}",
        f"take out {what} that hold nothing, or split the publication.",
        line,
    )


class Row(Struct, frozen=True):
    """One row: the line it begins at (the header is line 1) and its cells by column."""

    line: int
    cells: Mapping[str, str]


class Body:
    """What stands in a table: the header's names, and the rows below them."""

    def __init__(
        self,
        header: tuple[str, ...],
        rows: Sequence[Row],
        lines: Sequence[int] | None = None,
        odd_line: int | None = None,
    ) -> None:
        self.odd_line = odd_line
        """The line of the first quotation mark that stands where none may."""
        self.header = header
        self.rows = tuple(rows)
        self.lines = range(1, len(rows) + 2) if lines is None else tuple(lines)
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
        self.odd_line = None
        self.header = tuple(columns)
        self.columns = columns
        # Only where cells hold line breaks is the file needed again, to count its lines.
        ends = data.count(b"\n") + (not data.endswith(b"\n"))
        self._data = data if ends > self.size + 1 else b""

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
    def lines(self) -> Sequence[int]:  # type: ignore[override]
        """The line at which each record begins, the header's included."""
        if not self._data:
            return range(1, self.size + 2)
        return tuple(line for line, _ in _records(self._data))


class JoinedBody(PlainBody):
    """Several plain bodies with the same header, one after the other."""

    def __init__(self, columns: Columns, lines: Sequence[int]) -> None:
        super().__init__(b"", columns)
        self.lines = lines


def _whole_lines(data: bytes, errors: str) -> Iterator[str]:
    """The lines of a file as text, none of them so long that it can't be held."""
    most, number = limit("line_characters"), 0
    with io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", errors, newline="") as text:
        while line := text.readline(most + 1):
            number += 1
            if len(line) > most:
                raise TooLarge(
                    f"the line has more than {most:,} characters",
                    "look whether this is another kind of file; a table has a line for each row.",
                    number,
                )
            yield line


def _records(data: bytes, errors: str = "strict") -> Iterator[tuple[int, list[str]]]:
    """Each record, the header first, with the line at which it begins."""
    reader = csv.reader(_whole_lines(data, errors))
    line, before = 1, csv.field_size_limit(limit("cell_characters"))
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as fault:
        raise _too_long(line) from fault
    finally:
        csv.field_size_limit(before)


def _odd_line(data: bytes, errors: str) -> int | None:
    """The line of the record in which a quotation mark stands where none may, if there is one."""
    reader = csv.reader(_whole_lines(data, errors), strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        return line
    return None


def by_row(data: bytes, errors: str = "strict") -> Body:
    """The body of a file read by Python, row by row: what is odd stays as it is.

    Raises TooLarge, or UnicodeDecodeError.
    """
    header: tuple[str, ...] | None = None
    rows, lines = list[Row](), list[int]()
    most_columns, most_rows = limit("table_columns"), limit("table_rows")
    for line, cells in _records(data, errors):
        if len(cells) > most_columns:
            raise too_many("columns", most_columns, line)
        if len(lines) > most_rows:
            raise too_many("rows", most_rows, line)
        lines.append(line)
        if header is None:
            header = tuple(cells)
        elif cells:
            padded = [*cells, *[""] * (len(header) - len(cells))]
            rows.append(Row(line, dict(zip(header, padded, strict=False))))
    return Body(header or (), rows, lines or (1,), _odd_line(data, errors))


def within_limits(body: PlainBody) -> PlainBody:
    """The same body. Raises TooLarge where it is beyond the limits."""
    most_rows, most = limit("table_rows"), limit("cell_characters")
    if body.size > most_rows:
        raise too_many("rows", most_rows)
    for column in body.columns.values():
        # A text has no more characters than bytes, and those are known without a look at it.
        if (pc.max(pc.binary_length(column.dictionary)).as_py() or 0) > most:
            long = pc.greater(pc.utf8_length(column.dictionary), most).take(column.indices)
            if len(rows := pc.indices_nonzero(long)):
                raise _too_long(body.starts[rows[0].as_py()])
    return body


def read(data: bytes) -> tuple[Body, bool]:
    """The body of a CSV file, and whether the file is UTF-8: what isn't stands as U+FFFD.

    Raises TooLarge for a table beyond the limits.
    """
    if columns := read_columns(data):
        return within_limits(PlainBody(data, columns)), True
    try:
        return by_row(data), True
    except UnicodeDecodeError:
        return by_row(data, errors="replace"), False
