"""A package as it is about to be written into `data/`: what commands that edit data work on.

Cells stay text. Nothing here touches a file: `files` gives what `write.update` writes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator import schemas
from generator.body import Body, Row
from generator.canonical import all_ordered, csv_bytes, header_of
from generator.descriptor import DESCRIPTOR, display_path, objects, paths_of
from generator.package import DataPackage, Table
from generator.tables import Cells

Output = tuple[str, bytes]


class Draft(Struct, frozen=True):
    """A descriptor, and the rows of each table that it lists."""

    descriptor: Mapping[str, Any]
    tables: Mapping[str, tuple[Cells, ...]]

    def rows(self, resource: str) -> tuple[Cells, ...]:
        """A table's rows; none when the package has no such table."""
        return self.tables.get(resource, ())

    def with_rows(self, resource: str, rows: Iterable[Cells]) -> "Draft":
        """The same with these rows in a table, which is added when it isn't there."""
        known = [one.get("name") for one in objects(self.descriptor.get("resources"))]
        descriptor = self.descriptor
        if resource not in known:
            listed = [*objects(descriptor.get("resources")), entry(resource)]
            descriptor = {**descriptor, "resources": listed}
        return replace(self, descriptor=descriptor, tables={**self.tables, resource: tuple(rows)})


def entry(resource: str) -> dict[str, Any]:
    """What a descriptor says of a resource that has a schema in `schemas/`."""
    schema = schemas.load(resource) or {}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": resource,
        "type": "table",
        "title": schema.get("title", resource),
        "path": f"{resource}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ","},
        "schema": schema,
    }


def of_package(package: DataPackage) -> Draft:
    """A package as it stands."""
    tables = {
        name: tuple(row.cells for row in table.rows) for name, table in package.tables.items()
    }
    return Draft(package.descriptor, tables)


def as_package(draft: Draft, like: DataPackage) -> DataPackage:
    """The draft as if it had been written and read again; `like` is the package it came from.

    Rows are counted one line each, though a cell with line breaks takes more in the file.
    """
    descriptor = _with_schemas(draft.descriptor)
    resources = {str(one.get("name")): one for one in objects(descriptor["resources"])}
    tables = {}
    for name, rows in draft.tables.items():
        schema = resources[name].get("schema") or {}
        tables[name] = Table(
            resource=name,
            title=str(resources[name].get("title") or name),
            file=display_path(like.folder / paths_of(resources[name])[0]),
            schema=schema,
            body=Body(
                header_with(schema, rows), [Row(line, cells) for line, cells in enumerate(rows, 2)]
            ),
        )
    return replace(like, descriptor=descriptor, tables=tables)


def header_with(schema: Mapping[str, Any], rows: Iterable[Cells]) -> tuple[str, ...]:
    """The schema's columns, then those that only the rows have."""
    columns = header_of(schema)
    extra = dict.fromkeys(name for row in rows for name in row if name not in columns)
    return (*columns, *extra)


def _with_schemas(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    resources = objects(descriptor.get("resources"))
    listed = [str(one.get("name")) for one in resources]
    fresh = [
        {**one, "schema": schemas.embedded(name, listed) or one.get("schema")}
        for name, one in zip(listed, resources, strict=True)
    ]
    return {**descriptor, "resources": fresh}


def files(draft: Draft) -> Iterator[Output]:
    """The descriptor with the current schemas, and each table in its one form."""
    descriptor = _with_schemas(draft.descriptor)
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    yield DESCRIPTOR, text.encode()
    resources = {str(one.get("name")): one for one in objects(descriptor["resources"])}
    known = {name: resources[name].get("schema") or {} for name in draft.tables}
    for name, rows in all_ordered(known, draft.tables).items():
        header = header_with(known[name], rows)
        yield str(resources[name].get("path")), csv_bytes(header, rows)
