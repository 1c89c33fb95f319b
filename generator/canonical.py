"""The one form in which a package's CSV files are kept, so that a diff shows only what changed.

Columns stand in the schema's order, rows in the order below, cells are plain, lines end in LF.

Rows sort by the columns that the schema lists as `sort`, else by its primary key. Numbers sort
as numbers. A column that points at another table sorts as the row it points to stands there:
so the recipients of an award stand in the order of the awards.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from generator.descriptor import objects
from generator.missing import is_missing
from generator.money import parse_decimal
from generator.tables import Cells

_Rank = Mapping[str, int]


def header_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """A schema's columns, in order."""
    return tuple(str(one.get("name")) for one in objects(schema.get("fields")))


def sort_columns(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns by which a table's rows are kept in order."""
    wanted = schema.get("sort") or schema.get("primaryKey") or ()
    return tuple(map(str, wanted)) if isinstance(wanted, list | tuple) else (str(wanted),)


def _targets(schema: Mapping[str, Any]) -> dict[str, str]:
    """The resource that each single linking column points at."""
    found = {}
    for key in objects(schema.get("foreignKeys")):
        fields = key.get("fields")
        columns = fields if isinstance(fields, list) else [fields]
        if len(columns) == 1:
            found[str(columns[0])] = str(key.get("reference", {}).get("resource"))
    return found


def ordered(
    schema: Mapping[str, Any], rows: Sequence[Cells], ranks: Mapping[str, _Rank]
) -> tuple[Cells, ...]:
    """A table's rows in their order; `ranks` has the place of each id in the tables above it.

    Rows that nothing tells apart keep the order in which they came.
    """
    targets = _targets(schema)

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
        for target in _targets(schemas[name]).values():
            settle(target, (*above, name))
        done[name] = ordered(schemas[name], tables[name], ranks)
        ranks[name] = {row.get("id", ""): at for at, row in reversed([*enumerate(done[name])])}

    for name in tables:
        settle(name, ())
    return {name: done[name] for name in tables}


def csv_bytes(header: Sequence[str], rows: Sequence[Cells]) -> bytes:
    """A table as a CSV file: UTF-8 without a mark, LF, quoted only where it must be."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue().encode()
