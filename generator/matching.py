"""Rows found by their cells in several columns at once: those alike, those that match no other."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc


def _codes(column: Any) -> tuple[Any, int]:
    """A number for each row, the same where cells are, and how many there are."""
    if not isinstance(column, pa.DictionaryArray):
        column = column.dictionary_encode(null_encoding="encode")
    return column.indices.cast(pa.int64()), len(column.dictionary)


def numbered(columns: Sequence[Any]) -> Any:
    """For each row a number that it shares with those rows whose cells are all the same."""
    whole, _ = _codes(columns[0])
    for column in columns[1:]:
        codes, size = _codes(column)
        # Numbered anew each time, so that numbers stay as small as there are rows.
        whole, _ = _codes(pc.add(pc.multiply(whole, max(size, 1)), codes))
    return whole


def repeated(columns: Sequence[Any]) -> Any:
    """The rows whose cells are all the same as another row's."""
    codes = numbered(columns)
    counts = pc.value_counts(codes)
    several = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    return pc.is_in(codes, several)


def without_match(ours: Sequence[Any], theirs: Sequence[Any]) -> Any:
    """The rows of one table whose texts stand in no row of another, all together.

    Columns hold texts as `body.Body.columns` has them.
    """
    here = pc.index_in(ours[0].dictionary, theirs[0].dictionary).take(ours[0].indices)
    there = theirs[0].indices
    for number, (one, other) in enumerate(zip(ours[1:], theirs[1:], strict=True)):
        if number:  # of two columns, no number is too large
            known = pc.unique(there)
            here, there = pc.index_in(here, known, skip_nulls=True), pc.index_in(there, known)
        size = max(len(other.dictionary), 1)
        code = pc.index_in(one.dictionary, other.dictionary).take(one.indices)
        here = pc.add(pc.multiply(here.cast(pa.int64()), size), code.cast(pa.int64()))
        there = pc.add(pc.multiply(there.cast(pa.int64()), size), other.indices.cast(pa.int64()))
    return pc.invert(pc.is_in(here, there, skip_nulls=True))
