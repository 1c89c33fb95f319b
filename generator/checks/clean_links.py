"""Whether keys are surely unique and links lead somewhere, judged by whole columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator.descriptor import objects
from generator.matching import repeated, without_match
from generator.package import DataPackage, Table

_ONE_SPELLING = "^(0|[1-9][0-9]*)$"


def _kinds(table: Table, names: Sequence[str]) -> list[str]:
    fields = {str(one["name"]): one for one in table.fields}
    return [
        str(fields[name]["type"]) if (fields[name].get("constraints") or {}).get("required") else ""
        for name in names
    ]


def _are_comparable(table: Table, names: Sequence[str]) -> bool:
    """Whether cells are the same when their texts are; they are never missing."""
    return all(
        kind == "string"
        or (
            kind == "integer"
            and pc.all(
                pc.match_substring_regex(table.body.columns[name].dictionary, _ONE_SPELLING),
                min_count=0,
            ).as_py()
        )
        for name, kind in zip(names, _kinds(table, names), strict=True)
    )


def has_unique_key(table: Table) -> bool:
    """Whether no two rows have the same primary key, and each has one."""
    names = table.schema.get("primaryKey") or ()
    if not names:
        return True
    if not _are_comparable(table, names):
        return False
    return not pc.any(repeated([table.body.columns[name] for name in names]), min_count=0).as_py()


def _leads(
    source: Table, names: Sequence[str], target: Table, there: Sequence[str], missing: Any
) -> bool:
    """Whether each row's cells of some columns are those of a row of the target table."""
    ours = [source.body.columns[name] for name in names]
    theirs = [target.body.columns[name] for name in there]
    if len(names) == 1:
        texts = ours[0].dictionary
        known = pc.or_(pc.is_in(texts, theirs[0].dictionary), pc.is_in(texts, missing))
        alike = {_type(source, names[0]), _type(target, there[0])} == {"string"}
        return alike and bool(pc.all(known, min_count=0).as_py())
    if not _are_comparable(source, names) or not _are_comparable(target, there):
        return False
    if _kinds(source, names) != _kinds(target, there):
        return False
    return not pc.any(without_match(ours, theirs), min_count=0).as_py()


def _type(table: Table, name: str) -> str:
    return next(str(one["type"]) for one in table.fields if one["name"] == name)


def _has_clean_links(table: Table, tables: Mapping[str, Table]) -> bool:
    missing = pa.array([one["value"] for one in table.schema["missingValues"]], pa.string())
    for link in objects(table.schema.get("foreignKeys")):
        to = link["reference"]
        target = tables.get(to["resource"]) if to["resource"] else table
        if target is None or not _leads(table, link["fields"], target, to["fields"], missing):
            return False
    return True


def are_clean(package: DataPackage) -> bool:
    """Whether Frictionless surely finds no fault with keys and links.

    To be asked of tables whose columns are clean.
    """
    return all(
        has_unique_key(table) and _has_clean_links(table, package.tables)
        for table in package.tables.values()
    )
