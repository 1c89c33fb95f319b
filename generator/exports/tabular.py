"""Every table of the publication with typed columns: what all the formats are written from.

A value that isn't there is None here, and `absent` says which kind of absence the cell states,
in the cell's own words. So no format loses the difference between "not published",
"not applicable" and "withheld".
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from msgspec import Struct

from generator.descriptor import objects
from generator.exports.summary_tables import MadeTable, made_tables
from generator.ledger import Ledger
from generator.measures import distinct_in, lacks_in, texts_in
from generator.missing import is_missing
from generator.money import parse_decimal, round_half_up
from generator.summaries.resources import resource_table
from generator.tables import Cells, PublishedTable

Value = Decimal | int | date | bool | str | None

_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def _whole(cell: str) -> int | None:
    try:
        number = int(cell)
    except ValueError:
        return None
    return number if str(number) == cell and abs(number) < 2**63 else None


def _day(cell: str) -> date | None:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day.isoformat() == cell else None


_READERS: Mapping[str, Callable[[str], Value]] = {
    "number": parse_decimal,
    "money": parse_decimal,
    "integer": _whole,
    "date": _day,
    "flag": _FLAGS.get,
    "text": str,
}
_KINDS = {"number": "number", "integer": "integer", "date": "date", "boolean": "flag"}


class Column(Struct, frozen=True):
    """One column: its words, and what its values are.

    `kind` is text, integer, number, money, date or flag. A column that has a cell that its
    schema's type can't read is text, so that nothing is lost.
    """

    name: str
    kind: str
    title: str
    description: str
    codes: tuple[tuple[str, str], ...]
    """The values that the column may have, each with its meaning."""
    field: Mapping[str, Any]
    """The field of the Table Schema."""

    def value(self, cell: str) -> Value:
        """A cell's value; None when it states an absence."""
        return None if is_missing(cell) else _READERS[self.kind](cell)


class TypedTable(Struct, frozen=True, dict=True):
    """A table with typed columns, and the words that describe it."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    table: PublishedTable
    made: bool
    """Whether it is one of ours, and not a resource of the package."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the CSV."""
        fields = {str(one.get("name")): one for one in objects(self.schema.get("fields"))}
        return tuple(self._column(name, fields.get(name, {})) for name in self.table.header)

    def _column(self, name: str, field: Mapping[str, Any]) -> Column:
        kind = _KINDS.get(str(field.get("type")), "text")
        if kind == "number" and self.table.units.get(name) == "money":
            kind = "money"
        read = _READERS[kind]
        if kind != "text" and any(
            read(cell) is None and not is_missing(cell)
            for cell in distinct_in(self.table.rows, name)
        ):
            kind = "text"
        codes = tuple(
            (str(one.get("value")), str(one.get("label") or ""))
            for one in objects(field.get("categories"))
        )
        title = str(field.get("title") or name)
        return Column(name, kind, title, str(field.get("description", "")), codes, field)

    @cached_property
    def values(self) -> tuple[tuple[Value, ...], ...]:
        """The rows, each a value a column."""
        return tuple(zip(*map(self._values, self.columns), strict=True))

    def _values(self, column: Column) -> list[Value]:
        """The values of a column; each distinct cell is read once."""
        rows = self.table.rows
        read = {cell: column.value(cell) for cell in distinct_in(rows, column.name)}
        return [read[cell] for cell in texts_in(rows, column.name)]

    @property
    def absence_name(self) -> str:
        """The name of the extra column that says why values are absent, where a format has one."""
        name = "missing"
        while name in self.table.header:
            name += "_"
        return name

    def absent(self, cells: Cells) -> dict[str, str]:
        """The columns of a row without a value, each with the very words of its cell."""
        header = self.table.header
        return {name: cell for name in header if is_missing(cell := cells.get(name, ""))}

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as JSON objects: values by name, and what is absent, if anything is."""
        for cells, values in zip(self.table.rows, self.values, strict=True):
            record: dict[str, Any] = {
                column.name: _two_decimals(column, value)
                for column, value in zip(self.columns, values, strict=True)
            }
            absent = self.absent(cells)
            yield {**record, self.absence_name: absent} if absent else record


def _two_decimals(column: Column, value: Value) -> Value:
    if isinstance(value, Decimal) and column.kind == "money":
        return round_half_up(value, 2)
    return value


def _of_ours(made: MadeTable) -> TypedTable:
    return TypedTable(made.name, made.title, made.description, made.schema, made.table, made=True)


def _as_published(schema: Mapping[str, Any], table: PublishedTable) -> Mapping[str, Any]:
    """The schema of what is published: a count that is withheld can't be called required."""
    fields = []
    for field in objects(schema.get("fields")):
        constraints = field.get("constraints") or {}
        name = str(field.get("name"))
        if constraints.get("required") and lacks_in(table.rows, name):
            kept = {key: value for key, value in constraints.items() if key != "required"}
            field = {**field, "constraints": kept}
        fields.append(field)
    return {**schema, "fields": fields} if schema else schema


def typed_tables(ledger: Ledger) -> tuple[TypedTable, ...]:
    """All tables: ours first, being what most readers come for, then the package's own."""
    tables = [_of_ours(made) for made in made_tables(ledger)]
    for name, table in ledger.package.tables.items():
        published = resource_table(ledger, name)
        if published is not None:
            description = str(table.schema.get("description", ""))
            schema = _as_published(table.schema, published)
            tables.append(TypedTable(name, table.title, description, schema, published, made=False))
    return tuple(tables)
