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
from generator.grouping import Groups, numbers_of
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
    doubled = pc.replace_substring(texts, '"', '""')
    marks = pc.match_substring_regex(texts, _QUOTED)
    if alone:
        marks = pc.or_(marks, pc.equal(texts, ""))
    return pc.if_else(marks, pc.binary_join_element_wise(_MARK, doubled, _MARK, _NOTHING), texts)


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

    def texts(self, name: str) -> list[str]:
        """The text of each row in a column."""
        if name not in self._texts:
            self._texts[name] = texts_of(self.columns[name])
        return self._texts[name]

    def some(self, name: str, numbers: Numbers) -> list[str]:
        """The text of some rows in a column; those of all are not made and kept for a few."""
        if name not in self._texts and len(numbers) * _SEVERAL < self.size:
            taken = self.columns[name].take(pa.array(numbers, pa.int64()))
            found: list[str] = taken.cast(pa.string()).to_pylist()
            return found
        texts = self.texts(name)
        return [texts[one] for one in numbers]

    def having(self, name: str, text: str) -> Numbers:
        """The rows with a text in a column, in their order."""
        codes, groups = self._gathered(name)
        code = codes.get(text)
        return () if code is None else groups.numbers(code).tolist()

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

    def lines_of(self, numbers: Numbers) -> Any:
        """Some rows as lines of CSV; those of all are not made and kept for a few."""
        chosen = _array(numbers)
        if self.size <= _LONG and len(numbers) * _SEVERAL >= self.size:
            return self.lines.take(chosen)
        return self._lines(one.take(chosen) for one in self.columns.values())

    def _lines(self, columns: Iterable[Any]) -> Any:
        cells = [_cells(one, alone=len(self.header) == 1) for one in columns]
        joined = pc.binary_join_element_wise(*cells, _COMMA) if cells[1:] else cells[0]
        return pc.binary_join_element_wise(joined, _END, _NOTHING)


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

    def __init__(self, kept: Kept, numbers: Numbers | None = None) -> None:
        self._kept = kept
        self._numbers = numbers
        """None: all, in their order."""

    def __len__(self) -> int:
        return self._kept.size if self._numbers is None else len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Mapping[str, str]: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows": ...
    def __getitem__(self, place: int | slice) -> "Mapping[str, str] | Rows":
        if isinstance(place, slice):
            return Rows(self._kept, self._all[place])
        return View(self._kept, self._all[place])

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        return (View(self._kept, number) for number in self._all)

    @property
    def _all(self) -> Numbers:
        return range(self._kept.size) if self._numbers is None else self._numbers

    def distinct(self, name: str) -> Iterable[str]:
        """The texts in a column, each once."""
        column = self._kept.columns.get(name)
        if column is None:
            return set(self.texts(name))
        texts = column.dictionary
        if self._numbers is not None:
            texts = texts.take(pc.unique(column.indices.take(_array(self._numbers))))
        distinct: list[str] = texts.to_pylist()
        return distinct

    def texts(self, name: str) -> list[str]:
        """The text of each row in a column; empty ones where there is no such column."""
        if name not in self._kept.columns:
            return [""] * len(self)
        if self._numbers is None:
            return self._kept.texts(name)
        return self._kept.some(name, self._numbers)

    def having(self, name: str, text: str) -> "Rows":
        """The rows with a text in a column."""
        if name not in self._kept.columns:
            return Rows(self._kept, ())
        if self._numbers is not None and self.at_most(name, text) > len(self._numbers):
            return self.among(name, text)
        found = self._kept.having(name, text)
        if self._numbers is None:
            return Rows(self._kept, found)
        mine = _array(self._numbers)
        meant = pc.is_in(mine, value_set=_array(found))
        return Rows(self._kept, numbers_of(mine.filter(meant)))

    def at_most(self, name: str, text: str) -> int:
        """How many rows at most have a text in a column."""
        return self._kept.count(name, text) if name in self._kept.columns else 0

    def among(self, name: str, text: str, *, equal: bool = True) -> "Rows":
        """The rows whose text in a column is this one, or is not."""
        if name not in self._kept.columns:
            return Rows(self._kept, self._all if (text == "") is equal else ())
        column, rows = self._kept.columns[name], _array(self._all)
        compare = pc.equal if equal else pc.not_equal
        if len(rows) < len(column.dictionary):
            meant = compare(column.take(rows).cast(pa.string()), text)
        else:
            meant = compare(column.dictionary, text).take(column.indices.take(rows))
        return Rows(self._kept, numbers_of(rows.filter(meant)))

    def chosen(self, meant: Iterable[bool]) -> "Rows":
        """The rows that are meant, told for each in order."""
        return Rows(self._kept, list(compress(self._all, meant)))

    def filled(self, name: str) -> int:
        """How many rows have a value in a column."""
        if name not in self._kept.columns:
            return 0
        column = self._kept.columns[name]
        codes = column.indices
        if self._numbers is not None:
            codes = codes.take(_array(self._numbers))
        absent = pc.is_in(column.dictionary, pa.array(LABELS))
        return len(self) - (pc.sum(absent.take(codes)).as_py() or 0)

    def total(self, name: str) -> Decimal:
        """The exact sum of a column of plain numbers, over the rows that have one."""
        numbers = self._kept.numbers(name)
        some = numbers if self._numbers is None else numbers.take(_array(self._numbers))
        total: Decimal | None = pc.sum(some).as_py()
        return Decimal(0) if total is None else total

    def csv(self) -> bytes:
        """The rows as lines of CSV, each with its LF."""
        some = self._kept.lines if self._numbers is None else self._kept.lines_of(self._numbers)
        if isinstance(some, pa.ChunkedArray):
            return b"".join(map(_bytes_of, some.chunks))
        return _bytes_of(some)


def _array(numbers: Numbers) -> Any:
    if isinstance(numbers, memoryview):
        return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])
    return pa.array(numbers, pa.int64())


def _bytes_of(lines: Any) -> bytes:
    """The text of an Arrow array of large strings, one after another."""
    if not len(lines):
        return b""
    _, offsets, data = lines.buffers()
    starts = memoryview(offsets).cast("q")
    text: bytes = data[starts[lines.offset] : starts[lines.offset + len(lines)]].to_pybytes()
    return text
