"""Numbers gathered by a key, as Arrow arrays: which places have which key, in their order."""

from array import array as empty
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from generator.csv_columns import joined

Thing = TypeVar("Thing")
Array = Any
"""An Arrow array of whole numbers."""


def up_to(count: int) -> Array:
    """The numbers from 0, so many of them."""
    ones = pa.repeat(pa.scalar(1, pa.int64()), count)
    return pc.subtract(pc.cumulative_sum(ones), 1)


def numbers_of(array: Array) -> memoryview:
    """An array of 64-bit numbers without nulls, to be looked at one by one."""
    if not len(array):
        return memoryview(empty("q"))
    start = array.offset
    return memoryview(array.buffers()[1]).cast("q")[start : start + len(array)]


def split(things: Sequence[Thing], sizes: Iterable[int]) -> Iterator[Sequence[Thing]]:
    """Things in groups of these sizes, one after another."""
    start = 0
    for size in sizes:
        yield things[start : start + size]
        start += size


def sum_of(amounts: Array) -> Decimal:
    """The exact sum of decimals; zero for nothing."""
    found: Decimal | None = pc.sum(amounts).as_py()
    return Decimal(0) if found is None else found


def grouped(table: Any, keys: Sequence[str], wanted: Iterable[tuple[str, str]]) -> Any:
    """What Arrow says of the rows of a table that agree in some columns, the first group first.

    `wanted` are columns, each with what is asked of it; the answer to ("amount", "sum") is in the
    column amount_sum.
    """
    # As Table.group_by does; but that loads all that Arrow knows of files first, for 30 ms.
    from pyarrow._acero import AggregateNodeOptions, Declaration, TableSourceNodeOptions

    asked = [([column], f"hash_{how}", None, f"{column}_{how}") for column, how in wanted]
    rows = Declaration("table_source", TableSourceNodeOptions(table))
    groups = Declaration("aggregate", AggregateNodeOptions(asked, keys=keys))
    return Declaration.from_sequence([rows, groups]).to_table(use_threads=False)


class Groups:
    """Places by their key: a number from 0 below `count`, or null for none.

    `keys` gives the key of each place, and `values` what stands for it in a group: the place
    itself, if nothing else is given. A group keeps the order of the places.
    """

    def __init__(self, keys: Array, count: int, values: Array | None = None) -> None:
        known = pc.indices_nonzero(pc.is_valid(keys))
        found = keys.take(known).cast(pa.int64())
        order = pc.sort_indices(found)  # a stable sort
        places = known.take(order)
        self.count = count
        self.values = (places if values is None else values.take(places)).cast(pa.int64())
        each = pc.value_counts(pa.concat_arrays([up_to(count), found])).field("counts")
        self.sizes = pc.subtract(each, 1)
        """How many places each key has."""

    @cached_property
    def ends(self) -> Array:
        """Where each group begins among the values, and at last where all end."""
        return pa.concat_arrays([pa.array([0], pa.int64()), pc.cumulative_sum(self.sizes)])

    @cached_property
    def _ends(self) -> memoryview:
        return numbers_of(self.ends)

    @cached_property
    def _values(self) -> memoryview:
        return numbers_of(self.values)

    @property
    def firsts(self) -> Array:
        """The first of each group; null where a key has none."""
        empty = pc.equal(self.sizes, 0)
        return self.values.take(pc.if_else(empty, None, self.ends.slice(0, self.count)))

    def of(self, key: int) -> Array:
        """What has a key."""
        begin = self._ends[key]
        return self.values.slice(begin, self._ends[key + 1] - begin)

    def numbers(self, key: int) -> memoryview:
        """What has a key, as Python numbers."""
        return self._values[self._ends[key] : self._ends[key + 1]]

    def some(self, keys: Sequence[int]) -> tuple[Array, list[int]]:
        """What each of some keys has, one after another, and how much that is for each."""
        first, end = (keys[0], keys[0] + len(keys)) if keys else (0, 0)
        if [*keys] == [*range(first, end)]:
            begin = self._ends[first]
            sizes = self.sizes.slice(first, end - first).to_pylist()
            return self.values.slice(begin, self._ends[end] - begin), sizes
        groups = [self.numbers(key) for key in keys]
        return pa.array(chain.from_iterable(groups), pa.int64()), list(map(len, groups))

    def __iter__(self) -> Iterator[Array]:
        return map(self.of, range(self.count))

    def sums(self, amounts: Array) -> Array:
        """For each key the exact sum of decimals, given for each value that there could be."""
        keys = pc.list_parent_indices(pa.LargeListArray.from_arrays(self.ends, self.values))
        of_each = pa.table({"key": keys, "amount": amounts.take(self.values)})
        found = grouped(of_each, ["key"], [("amount", "sum")])
        place = pc.index_in(up_to(self.count), value_set=found["key"].cast(pa.int64()))
        sums = found["amount_sum"].take(place).fill_null(Decimal(0))
        return joined(sums)

    def lists(self, values: Array) -> Array:
        """An Arrow list for each key: what `values` has at the places in its group."""
        return pa.LargeListArray.from_arrays(self.ends, values.take(self.values))
