"""What Frictionless is given to judge: only what was read here, and what it judges in a sure time.

It may open no file that wasn't read, such as a pipe. A pattern that isn't ours could keep Python's
way of matching busy for ever; `structure_report.py` judges those with Arrow's.
"""

from collections.abc import Collection, Iterator
from typing import Any

from generator import schemas
from generator.descriptor import objects
from generator.package import DataPackage, Table


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
        resources.append(_without_links(given, gone))
    return {**package.descriptor, "resources": resources}


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
