"""The rows that figures name, read with a bound on the memory and the time that they take."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain

from generator import selectors
from generator.csv_columns import read_columns
from generator.limits import limit
from generator.measures import distinct_in, measure_of, texts_in
from generator.missing import is_missing
from generator.money import total
from generator.rows import Kept, Rows
from generator.selectors import Where
from generator.verify_markup import cut

Table = tuple[Sequence[str], Sequence[Mapping[str, str]]]
"""The header and the rows of a CSV."""
SMALL = 100_000
"""Bytes up to which a table is sooner read row by row than by column."""
_ODD = 10_000_000
"""Bytes up to which a table is read that isn't written plainly."""


class Unsound(Exception):
    """A figure can't be recomputed, and why, in plain words."""


class Weary(Exception):
    """There is more to look at than a site of this size can honestly need."""


class Effort:
    """How many more rows may be looked at, so that no page keeps the work going without end."""

    def __init__(self, rows: int) -> None:
        self._left = rows

    def spend(self, rows: int) -> None:
        """Look at so many rows. Raises Weary when there is no more left."""
        if rows > self._left:
            raise Weary
        self._left -= rows

    def gain(self, rows: int) -> None:
        """So many more may be looked at."""
        self._left += rows


def table_of(content: bytes) -> Table:
    """The header and rows of a CSV. Raises Unsound when it isn't a sound one, or is too large."""
    if len(content) <= SMALL:
        return _by_row(content)
    head = content[: content.find(b"\n") if b"\n" in content else len(content)]
    cells = content.count(b"\n") * (head.count(b",") + 1)
    if max(cells, content.count(b'"')) > limit("verified_cells"):
        raise Unsound(f"its rows have more than {limit('verified_cells'):,} cells")
    columns = read_columns(content)
    if columns is None:
        if len(content) > _ODD:
            raise Unsound("its rows are no sound CSV")
        return _by_row(content)
    return tuple(columns), Rows(Kept(columns))


def _by_row(content: bytes) -> Table:
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
        header = lines[0]
        return header, [dict(zip(header, cells, strict=True)) for cells in lines[1:]]
    except (csv.Error, ValueError, IndexError) as fault:
        raise Unsound("its rows are no sound CSV") from fault


def _meant(
    rows: Sequence[Mapping[str, str]], where: Where, effort: Effort
) -> Sequence[Mapping[str, str]]:
    """Those of the rows that meet a filter."""
    if not isinstance(rows, Rows):
        effort.spend(len(rows) * (len(where) + 1))
        return [row for row in rows if selectors.matches(where, row)]
    for one in sorted(where, key=lambda one: not one.equal):
        if is_missing(one.value):
            rows = rows[:0] if one.equal else rows
        elif one.equal:
            effort.spend(min(len(rows), rows.at_most(one.field, one.value)))
            rows = rows.having(one.field, one.value)
        else:
            effort.spend(len(rows))
            rows = rows.among(one.field, one.value, equal=one.equal)
    effort.spend(len(rows))
    return rows


@contextmanager
def _sound() -> Iterator[None]:
    """Whatever makes a measure impossible as Unsound, in words that follow the file's name."""
    try:
        yield
    except (ValueError, ArithmeticError) as fault:
        raise Unsound(f"gives no number: {cut(str(fault))}") from fault


def _asked_for(
    table: Table, measure: str, where: str, effort: Effort
) -> Sequence[Mapping[str, str]]:
    """The rows that a filter means. Raises Unsound where a column isn't there, and Weary."""
    header, rows = table
    conditions = selectors.parse(where)
    for name in (*(one.field for one in conditions), measure.partition(":")[2]):
        if name and name not in header:
            raise Unsound(f"has no column {cut(name)}")
    return _meant(rows, conditions, effort)


def measured(table: Table, measure: str, where: str, effort: Effort) -> Decimal | None:
    """What a measure gives over the rows that a filter means; None when there is nothing to say.

    Raises Unsound, in words that follow the file's name, when there is no such column, measure or
    filter, or a cell is no number; and Weary.
    """
    with _sound():
        return measure_of(_asked_for(table, measure, where, effort), measure)


Found = Decimal | Sequence[str] | None
"""What a part of a table gives: a number, nothing, or the texts that all parts are measured by."""


def found_in(part: Table, measure: str, where: str, effort: Effort) -> Found:
    """What a part of a table gives. Raises as `measured` does."""
    kind, _, column = measure.partition(":")
    with _sound():
        rows = _asked_for(part, measure, where, effort)
        if kind == "count" and column:
            return tuple(distinct_in(rows, column))
        return tuple(texts_in(rows, column)) if kind == "median" else measure_of(rows, measure)


def whole_of(measure: str, parts: Sequence[Found]) -> Decimal | None:
    """What the parts of a table give together. Raises Unsound."""
    kind, _, column = measure.partition(":")
    texts = [one for one in parts if isinstance(one, tuple)]
    numbers = [one for one in parts if isinstance(one, Decimal)]
    with _sound():
        if texts:
            return measure_of([{column: one} for one in chain.from_iterable(texts)], measure)
        if kind in ("min", "max"):
            return measure_of([{column: f"{one:f}"} for one in numbers], measure)
        return total(numbers)
