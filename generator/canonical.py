"""The one form in which a package's CSV files are kept, so that a diff shows only what changed.

Columns stand in the schema's order, rows in the order below, cells are plain, lines end in LF.

Rows sort by the columns that the schema lists as `sort`, else by its primary key. Numbers sort
as numbers. A column that points at another table sorts as the row it points to stands there:
so the recipients of an award stand in the order of the awards. Where `sort` is an empty list,
the order of the rows says something itself, such as the order of the source, and stays.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.descriptor import objects
from generator.missing import is_missing
from generator.money import parse_decimal
from generator.tables import Cells, PublishedTable

_Rank = Mapping[str, int]


def header_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """A schema's columns, in order."""
    return tuple(str(one.get("name")) for one in objects(schema.get("fields")))


def as_list(names: object) -> tuple[str, ...]:
    """A schema may write one column as a text, or several as a list."""
    if names is None:
        return ()
    return tuple(map(str, names)) if isinstance(names, list | tuple) else (str(names),)


def sort_columns(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns by which a table's rows are kept in order; none when their order stays."""
    return as_list(schema.get("sort", schema.get("primaryKey")))


def links_of(schema: Mapping[str, Any]) -> dict[str, str]:
    """The resource whose ids each linking column holds."""
    found = {}
    for key in objects(schema.get("foreignKeys")):
        reference = key.get("reference", {})
        for column, target in zip(
            as_list(key.get("fields")), as_list(reference.get("fields")), strict=False
        ):
            if target == "id":
                found[column] = str(reference.get("resource"))
    return found


def ordered(
    schema: Mapping[str, Any], rows: Sequence[Cells], ranks: Mapping[str, _Rank]
) -> tuple[Cells, ...]:
    """A table's rows in their order; `ranks` has the place of each id in the tables above it.

    Rows that nothing tells apart keep the order in which they came.
    """
    targets = links_of(schema)

    def place(row: Cells) -> tuple[tuple[int, object], ...]:
        key: list[tuple[int, object]] = []
        for column in sort_columns(schema):
            cell = row.get(column, "")
            rank = ranks.get(targets.get(column, ""), {}).get(cell)
            number = parse_decimal(cell)
            if rank is not None:
                key.append((0, rank))
            elif number is not None:
                key.append((1, number))
            else:
                key.append((3 if is_missing(cell) else 2, cell))
        return tuple(key)

    return tuple(sorted(rows, key=place))


def all_ordered(
    schemas: Mapping[str, Mapping[str, Any]], tables: Mapping[str, Sequence[Cells]]
) -> dict[str, tuple[Cells, ...]]:
    """Every table's rows in their order: a table that others point at comes before them."""
    done: dict[str, tuple[Cells, ...]] = {}
    ranks: dict[str, _Rank] = {}

    def settle(name: str, above: tuple[str, ...]) -> None:
        if name in done or name in above or name not in tables:
            return
        for target in links_of(schemas[name]).values():
            settle(target, (*above, name))
        done[name] = ordered(schemas[name], tables[name], ranks)
        ranks[name] = {row.get("id", ""): at for at, row in reversed([*enumerate(done[name])])}

    for name in tables:
        settle(name, ())
    return {name: done[name] for name in tables}


def csv_bytes(header: Sequence[str], rows: Sequence[Cells]) -> bytes:
    """A table as a CSV file: UTF-8 without a mark, LF, quoted only where it must be."""
    return PublishedTable("", tuple(header), tuple(rows)).csv()
