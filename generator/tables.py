"""Published tables: the very rows that a download holds, and the figures read from them.

A figure on a page is made by asking a published table for it. So its number and its trace
(`data-rows`, `data-measure`, `data-where`) can't part company: both come from one call.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from generator import selectors, urls
from generator.csv_lines import csv_lines
from generator.figures import Figure
from generator.limits import limit
from generator.measures import STATISTICS, measure_of, number_in, texts_in
from generator.missing import is_missing
from generator.money import percent
from generator.rows import Rows
from generator.selectors import Condition, Where

Cells = Mapping[str, str]
_FEW = 8
"""Rows that are looked through sooner than indexed."""


def chosen(rows: Rows, where: Where) -> Rows:
    """Those of the rows that meet a filter."""
    wanted = [one for one in where if one.equal and not is_missing(one.value)]
    if len(wanted) < sum(one.equal for one in where):
        return rows[:0]  # it wants a value that is none
    if rows.whole and wanted and len(rows) > _FEW:
        rarest = min(wanted, key=lambda one: rows.at_most(one.field, one.value))
        rows = rows.having(rarest.field, rarest.value)
        where = tuple(one for one in where if one is not rarest)
    for one in where:
        if not is_missing(one.value):
            rows = rows.among(one.field, one.value, equal=one.equal)
    return rows


class TableFile(Struct, frozen=True):
    """A file of a published table, which has all of its rows, or is a part with some."""

    table: "PublishedTable"
    path: str
    first: int
    """The row that it begins with, from 1."""
    last: int
    whole: bool

    @property
    def name(self) -> str:
        """Its name, as it is when a reader keeps it."""
        return self.path.rpartition("/")[2]

    @property
    def words(self) -> str:
        """Which rows a part has; nothing where the file has them all."""
        return "" if self.whole else f"rows {self.first:,} to {self.last:,}"

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.last - self.first + 1

    def content(self) -> bytes:
        """The names of the columns, and the rows."""
        if self.whole:
            return self.table.csv()
        return replace(self.table, rows=self.table.rows[self.first - 1 : self.last]).csv()


@lru_cache(maxsize=64)
def _head(header: tuple[str, ...]) -> str:
    """The first line of a CSV; thousands have the same."""
    return csv_lines(header, [dict(zip(header, header, strict=True))])


class PublishedTable(Struct, frozen=True, dict=True):
    """Rows that are published as CSV: one file at `path` on the site, or parts in its folder."""

    path: str
    header: tuple[str, ...]
    rows: Sequence[Cells]
    units: Mapping[str, str] = field(default_factory=dict)
    """The unit of each column that holds figures: money or percent; others are counts."""
    most: int = limit("rows_in_a_file")
    """With more rows it is published in parts."""

    @cached_property
    def _indexes(self) -> dict[str, dict[str, list[Cells]]]:
        """For each column that was asked for, its rows by their value."""
        return {}

    def _rows_with(self, column: str, value: str) -> Sequence[Cells]:
        """The rows whose cell in a column is this value, in their order."""
        index = self._indexes.get(column)
        if index is None:
            index = {}
            for cells in self.rows:
                index.setdefault(cells.get(column, ""), []).append(cells)
            self._indexes[column] = index
        return index.get(value, ())

    def select(self, where: Where) -> Sequence[Cells]:
        """The rows that meet a filter.

        A page asks for a few rows of a long table, so rows are found by their value in the
        column of which the filter wants one, and few have it.
        """
        if isinstance(self.rows, Rows):
            return chosen(self.rows, where)
        wanted = [one for one in where if one.equal and not is_missing(one.value)]
        if len(self.rows) <= _FEW or not wanted:
            rows: Sequence[Cells] = self.rows
        else:
            rows = min((self._rows_with(one.field, one.value) for one in wanted), key=len)
            if len(where) == 1:
                return rows
        return [cells for cells in rows if selectors.matches(where, cells)]

    @cached_property
    def _wholes(self) -> dict[tuple[str, Where], Decimal | None]:
        return {}

    def _whole(self, measure: str, where: Where = ()) -> Decimal | None:
        """What many figures ask for again: all rows, or what a programme's awards are shares of."""
        key = (measure, where)
        if key not in self._wholes:
            rows = self.select(where) if where else self.rows
            self._wholes[key] = measure_of(rows, measure)
        return self._wholes[key]

    def figure(
        self, measure: str, where: Where = (), *, id: str | None = None, unit: str | None = None
    ) -> Figure:
        """A figure read from these rows. Raises ValueError when there are none to read.

        `unit` is for the rare column whose unit depends on the row.
        """
        value = measure_of(self.select(where), measure) if where else self._whole(measure)
        if value is None:
            raise ValueError(f"{self.path} has no value for {measure}")
        return self.told(value, measure, where, id=id, unit=unit)

    def told(
        self,
        value: Decimal,
        measure: str,
        where: Where = (),
        *,
        id: str | None = None,
        unit: str | None = None,
        path: str | None = None,
    ) -> Figure:
        """The figure whose value is known already, as one award's own amount is.

        It must be what these rows give: for the thousands of pages on which looking for them
        again would take most of the time. `path` is where such a table is, if it is another's.
        """
        if unit is None:
            kind, _, name = measure.partition(":")
            unit = self.units.get(name, "count") if kind in STATISTICS else "count"
        places = 2 if unit == "money" else 0
        if unit == "percent":
            places = max(0, -int(value.as_tuple().exponent))
        return Figure(value, unit, places, path or self.path, measure, where, id=id)

    def figures(self, column: str) -> list[Figure]:
        """Each row's own number in a column, in order; rows are told by their id."""
        unit = self.units.get(column, "count")
        cells = zip(texts_in(self.rows, "id"), texts_in(self.rows, column), strict=True)
        return [
            Figure(
                value=number_in(cell),
                unit=unit,
                places=2 if unit == "money" else 0,
                rows=self.path,
                measure=f"sum:{column}",
                where=(Condition("id", id),),
            )
            for id, cell in cells
        ]

    def share(
        self,
        name: str | None,
        where: Where,
        of_where: Where | None = None,
        *,
        of: "PublishedTable | None" = None,
        part: Decimal | None = None,
        places: int = 2,
        id: str | None = None,
    ) -> Figure | None:
        """The rows' share of the sum of a column (or of the number of rows), in percent.

        The whole is this table, or `of`. None when the whole is zero. `part` is what the rows
        give, where that is known already: see `told`.
        """
        measure = f"sum:{name}" if name else "count"
        if part is None:
            part = measure_of(self.select(where), measure) or Decimal(0)
        whole = (of or self)._whole(measure, of_where or ()) or Decimal(0)
        value = percent(part, whole, places)
        if value is None:
            return None
        return Figure(
            value=value,
            unit="percent",
            places=places,
            rows=self.path,
            measure=f"share:{name}" if name else "share",
            where=where,
            of_where=of_where,
            of=of.path if of else None,
            id=id,
        )

    def first(self, count: int) -> "PublishedTable":
        """The same table with its first rows alone."""
        return replace(self, rows=self.rows[:count])

    def slice(self, path: str, keep: Callable[[Cells], bool]) -> "PublishedTable":
        """Some of these rows, in the same order, published at a path of their own."""
        meant = [keep(cells) for cells in self.rows]
        if isinstance(self.rows, Rows):
            rows: Sequence[Cells] = self.rows.chosen(meant)
        else:
            rows = tuple(cells for cells, kept in zip(self.rows, meant, strict=True) if kept)
        return replace(self, path=path, rows=rows)

    def sorted(self, key: Callable[[Cells], tuple[object, ...]]) -> "PublishedTable":
        """The same table in another order."""
        return replace(self, rows=tuple(sorted(self.rows, key=key)))

    @property
    def in_parts(self) -> bool:
        """Whether it has more rows than one file is to have."""
        return len(self.rows) > self.most

    @cached_property
    def files(self) -> tuple[TableFile, ...]:
        """The files that it is published as, in the order of its rows."""
        count = len(self.rows)
        if not self.in_parts:
            return (TableFile(self, self.path, 1, count, whole=True),)
        firsts = enumerate(range(1, count + 1, self.most), 1)
        return tuple(
            TableFile(
                table=self,
                path=urls.table_part(self.path, number),
                first=first,
                last=min(first + self.most - 1, count),
                whole=False,
            )
            for number, first in firsts
        )

    def csv(self) -> bytes:
        """All rows: UTF-8 without BOM, RFC 4180 quoting, LF."""
        head = _head(tuple(self.header))
        if isinstance(self.rows, Rows):
            return head.encode() + self.rows.csv()
        return (head + csv_lines(self.header, self.rows)).encode()
