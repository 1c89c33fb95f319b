"""The records of one resource: whole columns at once, or the records of some rows or of all.

A cell's value is made once for each distinct text of a column. Rules look at whole columns first
and ask for the records of the few rows that they may have something to say about.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Generic, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from generator import model
from generator.body import Body
from generator.cells import converters
from generator.missing import LABELS
from generator.package import Table

RecordT = TypeVar("RecordT", bound=model.Record)

_TYPES = {
    str: pa.string(),
    date: pa.date32(),
    int: pa.int64(),
    bool: pa.bool_(),
    Decimal: pa.decimal128(21, 6),
}
"""How Arrow holds each kind of value; wide enough for whatever `cells.py` reads."""
_PLAIN = {int: "^-?[0-9]{1,15}$", Decimal: r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"}
"""What `cells.py` takes for a number, as Arrow matches it."""
_OFTEN = 4
"""How often, on average, a text stands in a column whose values are all made and kept."""
Mask = Any
"""An Arrow array that says of each row whether it is meant; no word means no."""


def any_of(*masks: Mask) -> Mask:
    """The rows that are meant by any of several masks."""
    whole, *rest = (one.fill_null(False) for one in masks)
    for one in rest:
        whole = pc.or_(whole, one)
    return whole


@contextmanager
def uncollected() -> Iterator[None]:
    """A time in which Python doesn't look for garbage: many objects are made, and all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Frame(Generic[RecordT]):
    """The records of one resource. Without a table there are none."""

    def __init__(self, kind: type[RecordT], table: Table | None) -> None:
        self._kind = kind
        self._file = table.file if table else ""
        self._body = table.body if table else Body((), ())
        self._values: dict[str, list[Any]] = {}
        self._columns: dict[tuple[str, type[Any]], Any] = {}

    @cached_property
    def _converters(self) -> Mapping[str, Callable[[str], object]]:
        return converters(self._kind)

    @property
    def size(self) -> int:
        """How many records there are."""
        return self._body.size

    @cached_property
    def records(self) -> tuple[RecordT, ...]:
        """All records in order."""
        return self._made(None)

    def at(self, mask: Mask) -> tuple[RecordT, ...]:
        """The records of some rows in order."""
        return self.take(pc.indices_nonzero(mask))

    def take(self, rows: Any) -> tuple[RecordT, ...]:
        """The records of some rows, given by their number from 0."""
        if "records" in self.__dict__ or len(rows) == self.size:
            return tuple(self.records[row] for row in rows.to_pylist())
        return self._made(rows) if len(rows) else ()

    def _made(self, rows: Any) -> tuple[RecordT, ...]:
        """The records of some rows, or of all."""
        starts = self._body.starts
        lines = starts if rows is None else [starts[row] for row in rows.to_pylist()]
        cells = zip(*(self.some(name, rows) for name in self._converters), strict=True)
        with uncollected() if rows is None else nullcontext():
            return tuple(
                self._kind(model.Origin(self._file, line), *values)
                for line, values in zip(lines, cells, strict=True)
            )

    def some(self, name: str, rows: Any) -> list[Any]:
        """A column's values in some rows, given by their number from 0; None means all rows."""
        column = self._body.column(name)
        if rows is None or name in self._values or len(column.dictionary) * _OFTEN < self.size:
            values = self.values(name)
            codes = column.indices if rows is None else column.indices.take(rows)
            return [values[code] for code in codes.to_pylist()]
        return list(map(self._converters[name], column.take(rows).cast(pa.string()).to_pylist()))

    def values(self, name: str) -> list[Any]:
        """The distinct values of a column, as records have them."""
        if name not in self._values:
            convert = self._converters[name]
            self._values[name] = list(map(convert, self._body.column(name).dictionary.to_pylist()))
        return self._values[name]

    def value_of(self, name: str) -> Callable[[str], Any]:
        """What makes a value of a column's cell."""
        return self._converters[name]

    def mapped(self, name: str, word_of: Callable[[Any], str]) -> Any:
        """A column of words that are made of a column's values, once for each value."""
        words = pa.array(map(word_of, self.values(name)), pa.string()).dictionary_encode()
        indices = words.indices.take(self._body.column(name).indices)
        return pa.DictionaryArray.from_arrays(indices, words.dictionary)

    def where(self, name: str, test: Callable[[Any], object]) -> Mask:
        """The rows whose value in a column passes a test, which is made once for each value."""
        passed = pa.array([bool(test(one)) for one in self.values(name)], pa.bool_())
        return passed.take(self._body.column(name).indices)

    def among(self, name: str, texts: Any) -> Mask:
        """The rows whose cell in a column is one of some texts, as the file has it."""
        column = self._body.column(name)
        return pc.is_in(column.dictionary, pa.array(texts, pa.string())).take(column.indices)

    def place_among(self, name: str, texts: Sequence[str]) -> Any:
        """For each row the place, from 0, of its cell among some texts; null where it is none."""
        column = self._body.column(name)
        known = pa.array(texts, pa.string())
        return pc.index_in(column.dictionary, value_set=known).take(column.indices)

    def absent(self, name: str) -> Mask:
        """The rows that have no value in a column."""
        return self.among(name, LABELS)

    def matching(self, name: str, pattern: str) -> Mask:
        """The rows whose cell in a column matches one of Arrow's patterns somewhere."""
        column = self._body.column(name)
        return pc.match_substring_regex(column.dictionary, pattern).take(column.indices)

    def texts(self, name: str) -> Any:
        """A column as the file has it: an Arrow dictionary array."""
        return self._body.column(name)

    def column(self, name: str, kind: type[Any]) -> Any:
        """A column as an Arrow array of a kind of value; null where it has another or none."""
        key = (name, kind)
        if key not in self._columns:
            column = self._body.column(name)
            self._columns[key] = self._typed(column.dictionary, name, kind).take(column.indices)
        return self._columns[key]

    def _typed(self, texts: Any, name: str, kind: type[Any]) -> Any:
        if pattern := _PLAIN.get(kind):
            plain = pc.if_else(pc.match_substring_regex(texts, pattern), texts, None)
            return plain.cast(_TYPES[kind])
        if kind is str:
            return pc.if_else(pc.is_in(texts, pa.array(LABELS)), None, texts)
        values = [one if isinstance(one, kind) else None for one in self.values(name)]
        return pa.array(values, _TYPES[kind])
