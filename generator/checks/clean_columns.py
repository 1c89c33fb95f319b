"""Whether the tables of a package are surely without fault, judged by whole columns.

The rules are those that Frictionless applies to our schemas. Each distinct text is looked at once.
What isn't surely clean isn't called so: then Frictionless judges, and writes the report.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator.cells import is_readable
from generator.descriptor import objects
from generator.package import DataPackage, Table

_FIELD = frozenset(
    [
        "name",
        "type",
        "title",
        "description",
        "constraints",
        "categories",
        "prose",
        "trueValues",
        "falseValues",
    ]
)
_CONSTRAINTS = {
    "string": {"required", "unique", "pattern", "enum"},
    "number": {"required", "minimum", "maximum"},
    "integer": {"required", "minimum", "maximum"},
    "date": {"required"},
    "boolean": {"required"},
}
"""What is known of each type; a schema that says more isn't judged here."""
_SCHEMA = frozenset(
    [
        "$schema",
        "name",
        "title",
        "description",
        "fields",
        "primaryKey",
        "foreignKeys",
        "missingValues",
        "sort",
    ]
)
_TRUE, _FALSE = ["true", "True", "TRUE", "1"], ["false", "False", "FALSE", "0"]
_ARROW = {"integer": pa.int64(), "number": pa.decimal128(21, 6)}
_PLAIN = {"integer": "^-?[0-9]{1,15}$", "number": r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"}
"""What `cells.is_readable` takes, as Arrow matches it."""
_SAME_FOR_BOTH = re.compile(r"[\^$]?(?:[a-z0-9()*+?$]|\[(?!\^)[a-zA-Z0-9_-]+\]|-|\\d|\{\d+\})*")
"""Patterns that Arrow and Python read alike, but that Arrow takes no digits beyond 0 to 9."""


def _missing(schema: Mapping[str, Any]) -> list[str]:
    return [str(one["value"]) for one in objects(schema.get("missingValues"))]


def knows(schema: Mapping[str, Any]) -> bool:
    """Whether a schema says nothing that isn't judged here."""
    return schema.keys() <= _SCHEMA and all(
        one.keys() <= _FIELD
        and (one.get("constraints") or {}).keys() <= _CONSTRAINTS.get(str(one.get("type")), set())
        for one in objects(schema.get("fields"))
    )


def _match(texts: Any, pattern: str) -> bool:
    """Whether all texts match a pattern from beginning to end, as Frictionless asks."""
    if _SAME_FOR_BOTH.fullmatch(pattern):
        return bool(pc.all(pc.match_substring_regex(texts, f"^{pattern}$"), min_count=0).as_py())
    match = re.compile(f"^{pattern}$").match
    return all(map(match, texts.to_pylist()))


def _within(texts: Any, kind: str, limits: Mapping[str, Any]) -> bool:
    """Whether texts are plain numbers of a kind, and none is too small or too great."""
    if not _match_all(texts, _PLAIN[kind]):
        return False
    if not len(texts) or not limits.keys() & {"minimum", "maximum"}:
        return True
    span = pc.min_max(texts.cast(_ARROW[kind]))
    least, most = span["min"].as_py(), span["max"].as_py()
    low, high = limits.get("minimum"), limits.get("maximum")
    return (low is None or least >= Decimal(str(low))) and (
        high is None or most <= Decimal(str(high))
    )


def _match_all(texts: Any, pattern: str) -> bool:
    return bool(pc.all(pc.match_substring_regex(texts, pattern), min_count=0).as_py())


_TYPES: Mapping[str, Callable[[Any, Mapping[str, Any]], bool]] = {
    "string": lambda _, __: True,
    "number": lambda texts, field: _within(texts, "number", field.get("constraints") or {}),
    "integer": lambda texts, field: _within(texts, "integer", field.get("constraints") or {}),
    "date": lambda texts, _: all(is_readable("date", one) for one in texts.to_pylist()),
    "boolean": lambda texts, field: (
        set(texts.to_pylist())
        <= {*field.get("trueValues", _TRUE), *field.get("falseValues", _FALSE)}
    ),
}


def _is_unique(column: Any, missing: Any) -> bool:
    """Whether no two cells with a value have the same."""
    absent = pc.is_in(column.dictionary, missing)
    without = pc.sum(absent.take(column.indices), min_count=0).as_py()
    texts = len(absent) - pc.sum(absent, min_count=0).as_py()
    return bool(texts + without == len(column))


def has_unique_columns(table: Table) -> bool:
    """Whether each column that may hold no value twice doesn't; to be asked of clean columns."""
    missing = pa.array(_missing(table.schema), pa.string())
    return all(
        _is_unique(table.body.columns[str(one["name"])], missing)
        for one in table.fields
        if (one.get("constraints") or {}).get("unique")
    )


def _is_clean_column(column: Any, field: Mapping[str, Any], missing: Any) -> bool:
    """Whether every cell of a column is what its field asks for."""
    constraints = field.get("constraints") or {}
    absent = pc.is_in(column.dictionary, missing)
    texts = column.dictionary.filter(pc.invert(absent))
    if pc.any(pc.starts_with(texts, " "), min_count=0).as_py():
        return False  # Frictionless may guess that spaces after commas don't count
    if constraints.get("required") and len(texts) < len(column.dictionary):
        return False
    if constraints.get("unique") and not _is_unique(column, missing):
        return False
    if "pattern" in constraints and not _match(texts, constraints["pattern"]):
        return False
    if "enum" in constraints and not set(texts.to_pylist()) <= set(constraints["enum"]):
        return False
    return _TYPES[str(field["type"])](texts, field)


def is_clean_table(table: Table) -> bool:
    """Whether every cell of a table is what its schema asks for."""
    fields = table.fields
    if not table.plain or table.header != tuple(str(one["name"]) for one in fields):
        return False
    if not any((one.get("constraints") or {}).get("required") for one in fields):
        return False  # without a column that is always filled in, a row may be blank
    missing = pa.array(_missing(table.schema), pa.string())
    columns = table.body.columns
    return knows(table.schema) and all(
        _is_clean_column(columns[str(one["name"])], one, missing) for one in fields
    )


def are_clean(package: DataPackage) -> bool:
    """Whether Frictionless surely finds no fault in the tables that a package lists."""
    listed = [str(one.get("name")) for one in objects(package.descriptor.get("resources"))]
    return listed == list(package.tables) and all(map(is_clean_table, package.tables.values()))
