"""Which cells of a table a rule looks at one by one, after a look at whole columns."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyarrow.compute as pc

from generator.body import Row
from generator.frames import Mask
from generator.package import Table


def cells(table: Table, masks: Mapping[str, Mask]) -> Iterator[tuple[Row, str]]:
    """The rows that are meant in some column, in order, each with such a column."""
    columns: dict[int, list[str]] = defaultdict(list)
    for name, mask in masks.items():
        for number in pc.indices_nonzero(mask).to_pylist():
            columns[number].append(name)
    numbers = sorted(columns)
    for number, row in zip(numbers, table.body.some(numbers), strict=True):
        for name in columns[number]:
            yield row, name


def by_text(table: Table, name: str, look: Callable[[Any], Mask]) -> Mask:
    """The rows of a column for whose text a look at all distinct texts says yes."""
    column = table.body.column(name)
    return look(column.dictionary).take(column.indices)
