"""What Frictionless is given to judge: only what was read here, and what it judges in a sure time.

It may open no file that wasn't read, such as a pipe. A pattern that isn't ours could keep Python's
way of matching busy for ever; `structure_report.py` judges those with Arrow's. And a table that
stands in Parquet files is given as CSV, so that the same texts are judged in the same way.
"""

from collections.abc import Collection, Iterator
from typing import Any

from generator import schemas
from generator.descriptor import objects, paths_of
from generator.package import DataPackage, Table
from generator.parquet_columns import is_parquet
from generator.rows import Kept, Rows
from generator.tables import PublishedTable

_AS_CSV = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}


def _listed(package: DataPackage) -> dict[str, dict[str, Any]]:
    return {str(one.get("name")): one for one in objects(package.descriptor.get("resources"))}


def _is_ours(package: DataPackage, name: str) -> bool:
    """Whether a table has the very schema that we know for it."""
    listed = _listed(package)
    return bool(listed[name].get("schema") == schemas.embedded(name, listed))


def tables_of_others(package: DataPackage) -> Iterator[Table]:
    """The tables whose schema isn't ours."""
    return (one for name, one in package.tables.items() if not _is_ours(package, name))


def descriptor(package: DataPackage) -> dict[str, Any]:
    """The package's descriptor with the tables that were read, and links between these."""
    listed = _listed(package)
    gone = {*listed} - {*package.tables}
    resources = []
    for name in package.tables:
        one = listed[name]
        given = one if _is_ours(package, name) else _without_patterns(one)
        if is_parquet(paths_of(one)[0]):
            given = {**given, **_AS_CSV, "path": csv_of(name), "dialect": {"delimiter": ","}}
        resources.append(_without_links(given, gone))
    return {**package.descriptor, "resources": resources}


def csv_of(name: str) -> str:
    """The file in which a table is given that stands in Parquet files."""
    return f"{name}.csv"


def csvs(package: DataPackage) -> Iterator[tuple[str, bytes]]:
    """The tables that stand in Parquet files by their names, each as the content of `csv_of`."""
    for name, table in package.tables.items():
        if is_parquet(table.file):
            rows = Rows(Kept(table.body.columns))
            yield name, PublishedTable("", table.header, rows).csv()


def _without_patterns(resource: dict[str, Any]) -> dict[str, Any]:
    schema = resource.get("schema")
    if not schema:
        return resource
    fields = []
    for one in objects(schema.get("fields")):
        limits = dict(one.get("constraints") or {})
        limits.pop("pattern", None)
        fields.append({**one, "constraints": limits} if "constraints" in one else one)
    return {**resource, "schema": {**schema, "fields": fields}}


def _without_links(resource: dict[str, Any], gone: Collection[str]) -> dict[str, Any]:
    """A resource without links to tables that weren't read: that is said already."""
    schema = resource.get("schema") or {}
    links = objects(schema.get("foreignKeys"))
    kept = [one for one in links if one["reference"].get("resource") not in gone]
    if len(kept) == len(links):
        return resource
    rest = {key: value for key, value in schema.items() if key != "foreignKeys"}
    return {**resource, "schema": {**rest, "foreignKeys": kept} if kept else rest}
