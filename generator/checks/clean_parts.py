"""Whether a package's tables are surely clean, judged file by file, each by another process.

Cells are judged in each file. Keys and links go through all files: each process gives back the
columns that they are about, and these are joined and judged here. What isn't surely clean isn't
called so; then Frictionless judges, as it does without a cluster.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator import elsewhere, parts
from generator.body import JoinedBody, NotRead
from generator.checks import clean_columns, clean_descriptor, clean_links
from generator.csv_columns import Columns, joined_columns
from generator.descriptor import objects, paths_of
from generator.engine import Engine, Jobs, Listed
from generator.package import DataPackage, Table
from generator.parquet_columns import Room, is_parquet


class File(Struct, frozen=True):
    """One file of a table."""

    table: str
    path: str
    last: bool
    schema: Mapping[str, Any]
    kept: tuple[str, ...]
    """The columns that keys and links are about."""


class Look(Struct, frozen=True):
    """What was seen in a file."""

    table: str
    clean: bool
    rows: int
    columns: Columns
    """Those to be judged together with other files."""


def _linked(package: DataPackage) -> Iterator[tuple[str, str]]:
    """The columns that keys and links are about, as (table, column)."""
    for name, table in package.tables.items():
        for column in table.schema.get("primaryKey") or ():
            yield name, str(column)
        for field in table.fields:
            if (field.get("constraints") or {}).get("unique"):
                yield name, str(field["name"])
        for link in objects(table.schema.get("foreignKeys")):
            to = link["reference"]
            yield from ((name, str(column)) for column in link["fields"])
            yield from ((str(to["resource"] or name), str(column)) for column in to["fields"])


def files_of(package: DataPackage) -> tuple[File, ...]:
    """Every file of the tables."""
    kept = set(_linked(package)) if clean_descriptor.is_clean(package.descriptor) else set()
    return tuple(
        File(
            table=str(one.get("name")),
            path=path,
            last=path == paths_of(one)[-1],
            schema=one.get("schema") or {},
            kept=tuple(sorted(column for table, column in kept if table == one.get("name"))),
        )
        for one in objects(package.descriptor.get("resources"))
        for path in paths_of(one)
    )


def look(named: str, file: File) -> Look:
    """Judge the cells of a file of a package, which lies in a folder or at an address."""
    data = elsewhere.content_in(named, file.path) or b""
    try:
        body, decoded = parts.read_file(file.path, data, file.schema, Room(len(data)))
    except NotRead:
        return Look(file.table, clean=False, rows=0, columns={})
    table = Table(file.table, file.table, file.path, file.schema, body, decoded)
    ends = file.last or is_parquet(file.path) or data.endswith(b"\n")
    clean = ends and clean_columns.is_clean_table(table)
    columns = {name: body.columns[name] for name in file.kept} if clean else {}
    return Look(file.table, clean, body.size, columns)


def judged(package: DataPackage, named: str, engine: Engine) -> bool:
    """Whether Frictionless surely finds no fault in a package, judged by whoever does the jobs."""
    files = files_of(package)
    jobs = Jobs(partial(look, named), files, lambda: Listed(files), "rows", lambda one: one.rows)
    with engine.spread(jobs) as beside:
        return are_clean(package, beside.results())


def are_clean(package: DataPackage, looks: Sequence[Look]) -> bool:
    """Whether Frictionless surely finds no fault, after a look at each file of the package."""
    listed = [str(one.get("name")) for one in objects(package.descriptor.get("resources"))]
    if listed != list(package.tables) or not clean_descriptor.is_clean(package.descriptor):
        return False
    if not all(one.clean for one in looks):
        return False
    tables = {}
    for name, some in groupby(looks, key=lambda one: one.table):
        table, columns = package.tables[name], joined_columns([one.columns for one in some])
        tables[name] = replace(table, body=JoinedBody(columns, ())) if columns else table
    keys = replace(package, tables=tables)
    return all(map(clean_columns.has_unique_columns, tables.values())) and clean_links.are_clean(
        keys
    )
