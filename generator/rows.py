"""The rows of a long table, kept by column: each distinct text once, and a code for each row.

A row is only looked at, through a view; rows that are chosen are numbers of rows. So a table of
a million rows, and every table made of some of its rows, costs little more than their text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import compress
from typing import Any, overload

import pyarrow as pa
import pyarrow.compute as pc

from generator.csv_columns import Columns, texts_of
from generator.grouping import Groups
from generator.missing import LABELS

Numbers = Sequence[int]
"""Numbers of rows, from 0."""
_QUOTED = '[",\r\n]'
"""A text that Python's csv would quote, as this product writes CSV."""
_PLAIN = r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"
"""What `money.py` takes for a number, as Arrow matches it."""
_COMMA, _END, _MARK, _NOTHING = (pa.scalar(one, pa.large_string()) for one in (",", "\n", '"', ""))


def _quoted(texts: Any, *, alone: bool) -> Any:
    """Texts as cells of CSV. An empty cell is quoted where it is `alone` in its row."""
    texts = texts.cast(pa.large_string())
    marks = pc.match_substring_regex(texts, _QUOTED)
    if alone:
        marks = pc.or_(marks, pc.equal(texts, ""))
    if not pc.any(marks).as_py():
        return texts
    doubled = pc.replace_substring(texts, '"', '""')
    return pc.if_else(marks, pc.binary_join_element_wise(_MARK, doubled, _MARK, _NOTHING), texts)


_NONE = pa.array([], pa.int64())
_SEVERAL = 1000
"""One row in so many is taken by itself."""
_LONG = 200_000
"""Rows beyond which a table's lines are not all made and kept: they would fill the memory."""


def _cells(column: Any, *, alone: bool) -> Any:
    """A column as cells of CSV; each text is looked at once, or each row where those are fewer."""
    if len(column.dictionary) <= len(column):
        return _quoted(column.dictionary, alone=alone).take(column.indices)
    return _quoted(column.cast(pa.string()), alone=alone)


class Kept:
    """The columns of a table, with what is made of them when first asked for."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.header = tuple(columns)
        self.size = len(next(iter(columns.values()), ()))
        self._texts: dict[str, list[str]] = {}
        self._places: dict[str, tuple[Mapping[str, int], Groups]] = {}
        self._numbers: dict[str, Any] = {}
        self._ready: Mapping[int, str] = {}

    def texts(self, name: str) -> list[str]:
        """The text of each row in a column."""
        if name not in self._texts:
            self._texts[name] = texts_of(self.columns[name])
        return self._texts[name]

    def having(self, name: str, text: str) -> Any:
        """The rows with a text in a column, in their order."""
        codes, groups = self._gathered(name)
        code = codes.get(text)
        return _NONE if code is None else groups.of(code)

    def count(self, name: str, text: str) -> int:
        """How many rows have a text in a column."""
        codes, groups = self._gathered(name)
        code = codes.get(text)
        return 0 if code is None else len(groups.numbers(code))

    def _gathered(self, name: str) -> tuple[Mapping[str, int], Groups]:
        """The code of each text of a column, and the rows by their code."""
        if name not in self._places:
            column = self.columns[name]
            codes = {text: code for code, text in enumerate(column.dictionary.to_pylist())}
            self._places[name] = codes, Groups(column.indices, len(codes))
        return self._places[name]

    def filled(self, name: str, rows: Any = None) -> int:
        """How many rows, of all or of some, have a value in a column."""
        column = self.columns[name]
        absent = pc.is_in(column.dictionary, pa.array(LABELS))
        codes = column.indices if rows is None else column.indices.take(rows)
        return len(codes) - (pc.sum(absent.take(codes)).as_py() or 0)

    def numbers(self, name: str) -> Any:
        """A column of plain numbers as Arrow decimals; null where a cell holds none."""
        if name not in self._numbers:
            column = self.columns[name]
            absent = pc.is_in(column.dictionary, pa.array(LABELS))
            texts = pc.if_else(absent, None, column.dictionary)
            if not pc.all(pc.match_substring_regex(texts, _PLAIN), min_count=0).as_py():
                raise ArithmeticError(f"{name} has a cell that is not a plain number")
            known = filter(None, texts.to_pylist())
            places = max((len(one.partition(".")[2]) for one in known), default=0)
            values = texts.cast(pa.decimal128(38, places))
            self._numbers[name] = values.take(column.indices)
        return self._numbers[name]

    @cached_property
    def lines(self) -> Any:
        """Each row as a line of CSV, with its LF."""
        return self._lines(self.columns.values())

    def ready(self, numbers: Numbers) -> None:
        """Make some rows as lines of CSV now, at once, for whoever soon writes a few of them."""
        if "lines" not in vars(self):
            self._ready = dict(zip(numbers, self._some(numbers).to_pylist(), strict=True))

    def csv_of(self, numbers: Numbers) -> bytes:
        """Some rows as lines of CSV; those of all are not made and kept for a few."""
        if len(numbers) <= len(self._ready) and all(one in self._ready for one in numbers):
            return "".join([self._ready[one] for one in numbers]).encode()
        many = self.size <= _LONG and len(numbers) * _SEVERAL >= self.size
        if many or "lines" in vars(self):
            return _bytes_of(self.lines.take(_array(numbers)))
        return _bytes_of(self._some(numbers))

    def _some(self, numbers: Numbers) -> Any:
        chosen = _array(numbers)
        return self._lines(one.take(chosen) for one in self.columns.values())

    def _lines(self, columns: Iterable[Any]) -> Any:
        *cells, last = (_cells(one, alone=len(self.header) == 1) for one in columns)
        last = pc.binary_join_element_wise(last, _END, _NOTHING)
        return pc.binary_join_element_wise(*cells, last, _COMMA) if cells else last


class View(Mapping[str, str]):
    """One row."""

    __slots__ = ("_kept", "_number")

    def __init__(self, kept: Kept, number: int) -> None:
        self._kept, self._number = kept, number

    def __getitem__(self, name: str) -> str:
        return self._kept.texts(name)[self._number]

    def get(self, name: str, default: Any = None) -> Any:
        """The cell of a column, or the default where there is no such column."""
        return self[name] if name in self._kept.columns else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept.header)

    def __len__(self) -> int:
        return len(self._kept.header)


class Rows(Sequence[Mapping[str, str]]):
    """Some rows of a long table, or all, in an order."""

    def __init__(self, kept: Kept, numbers: Any = None) -> None:
        """`numbers`, in Python or as an Arrow array, say which rows; None: all, in their order."""
        self._kept = kept
        self._given = numbers

    @cached_property
    def numbers(self) -> Numbers:
        """Which rows of the table these are."""
        if self._given is None:
            return range(self._kept.size)
        found: Numbers = self._given
        return self._given.to_pylist() if isinstance(self._given, pa.Array) else found

    @cached_property
    def _array(self) -> Any:
        return self._given if isinstance(self._given, pa.Array) else _array(self.numbers)

    @property
    def whole(self) -> bool:
        """Whether these are all rows of the table, in their order."""
        return self._given is None

    def __len__(self) -> int:
        return self._kept.size if self._given is None else len(self._given)

    @overload
    def __getitem__(self, place: int) -> Mapping[str, str]: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows": ...
    def __getitem__(self, place: int | slice) -> "Mapping[str, str] | Rows":
        if isinstance(place, slice):
            return Rows(self._kept, self.numbers[place])
        return View(self._kept, self.numbers[place])

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        return (View(self._kept, number) for number in self.numbers)

    def _has(self, name: str) -> bool:
        return name in self._kept.columns

    def _column(self, name: str) -> Any:
        column = self._kept.columns[name]
        return column if self._given is None else column.take(self._array)

    def distinct(self, name: str) -> Iterable[str]:
        """The texts in a column, each once."""
        if not self._has(name):
            return {""} if len(self) else ()
        column = self._column(name)
        texts = column.dictionary if self._given is None else pc.unique(column).cast(pa.string())
        distinct: list[str] = texts.to_pylist()
        return distinct

    def texts(self, name: str) -> list[str]:
        """The text of each row in a column; empty ones where there is no such column."""
        if not self._has(name):
            return [""] * len(self)
        if self._given is None:
            return self._kept.texts(name)
        column = self._column(name)
        if len(column.dictionary) < len(column):
            return texts_of(column)
        texts: list[str] = column.cast(pa.string()).to_pylist()
        return texts

    def having(self, name: str, text: str) -> "Rows":
        """The rows with a text in a column."""
        if self._given is None and self._has(name):
            return Rows(self._kept, self._kept.having(name, text))
        return self.among(name, text)

    def at_most(self, name: str, text: str) -> int:
        """How many rows at most have a text in a column."""
        return self._kept.count(name, text) if self._has(name) else 0

    def among(self, name: str, text: str, *, equal: bool = True) -> "Rows":
        """The rows whose text in a column is this one, or is not."""
        if not self._has(name):
            return self if (text == "") is equal else Rows(self._kept, ())
        column = self._column(name)
        same = pc.equal(column.dictionary, text).take(column.indices)
        return Rows(self._kept, self._array.filter(same if equal else pc.invert(same)))

    def chosen(self, meant: Iterable[bool]) -> "Rows":
        """The rows that are meant, told for each in order."""
        return Rows(self._kept, list(compress(self.numbers, meant)))

    def filled(self, name: str) -> int:
        """How many rows have a value in a column."""
        return (
            self._kept.filled(name, None if self._given is None else self._array)
            if self._has(name)
            else 0
        )

    def total(self, name: str) -> Decimal:
        """The exact sum of a column of plain numbers, over the rows that have one."""
        numbers = self._kept.numbers(name)
        total: Decimal | None = pc.sum(
            numbers if self._given is None else numbers.take(self._array)
        ).as_py()
        return Decimal(0) if total is None else total

    def csv(self) -> bytes:
        """The rows as lines of CSV, each with its LF."""
        if self._given is None:
            return _bytes_of(self._kept.lines)
        return self._kept.csv_of(self.numbers)


def _array(numbers: Numbers) -> Any:
    if isinstance(numbers, memoryview) and numbers.contiguous:
        return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])
    return pa.array(numbers, pa.int64())


def _bytes_of(lines: Any) -> bytes:
    """The text of an Arrow array of large strings, one after another."""
    if isinstance(lines, pa.ChunkedArray):
        return b"".join(map(_bytes_of, lines.chunks))
    if not len(lines):
        return b""
    _, offsets, data = lines.buffers()
    starts = memoryview(offsets).cast("q")
    text: bytes = data[starts[lines.offset] : starts[lines.offset + len(lines)]].to_pybytes()
    return text
