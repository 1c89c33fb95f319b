"""CSV on the Web: what each CSV's columns mean, for programs, beside the CSV itself."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator import urls
from generator.descriptor import objects
from generator.exports.about import About, about
from generator.exports.base import Download
from generator.exports.tabular import Column, TypedTable
from generator.ledger import Ledger
from generator.measures import distinct_in, lacks_in
from generator.missing import Missing

_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_NULL = [
    *("", Missing.NOT_PUBLISHED.value, Missing.NOT_APPLICABLE.value),
    Missing.WITHHELD.value,
]
_BASES = {
    "text": "string",
    "integer": "integer",
    "number": "decimal",
    "money": "decimal",
    "date": "date",
    "flag": "boolean",
}
_SPECIAL = frozenset(r"\.^$*+?()[]{}|")
_FLAGS = ({"yes", "no"}, {"true", "false"})


def _escaped(text: str) -> str:
    return "".join("\\" + mark if mark in _SPECIAL else mark for mark in text)


def _datatype(column: Column, table: TypedTable) -> Any:
    datatype: dict[str, Any] = {"base": _BASES[column.kind]}
    constraints = column.field.get("constraints") or {}
    if column.kind == "flag":
        cells = {*distinct_in(table.table.rows, column.name)} - {*_NULL}
        pair = next((pair for pair in _FLAGS if cells <= pair), None)
        if pair is None:
            return "string"
        datatype["format"] = "yes|no" if "yes" in pair else "true|false"
    elif column.kind == "text" and (codes := constraints.get("enum")):
        datatype["format"] = "|".join(_escaped(str(code)) for code in codes)
    elif column.kind == "text" and (pattern := constraints.get("pattern")):
        datatype["format"] = str(pattern).removeprefix("^").removesuffix("$")
    if column.kind in ("integer", "number", "money"):
        for bound in ("minimum", "maximum"):
            if bound in constraints:
                datatype[bound] = str(constraints[bound])
    return datatype if len(datatype) > 1 else datatype["base"]


def _column(column: Column, table: TypedTable) -> Mapping[str, Any]:
    meanings = "; ".join(f"{code}: {words}" for code, words in column.codes)
    described = {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "dc:description": f"{column.description} {meanings}".strip(),
        "datatype": _datatype(column, table),
        "null": _NULL,
    }
    constraints = column.field.get("constraints") or {}
    return {**described, "required": True} if constraints.get("required") is True else described


def _listed(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def _keys(table: TypedTable, tables: Mapping[str, TypedTable]) -> Iterator[Mapping[str, Any]]:
    """The links to other tables. CSV on the Web knows only those that every row has.

    It knows no table in parts, so each part is a table by itself, and no link leads there.
    """
    for key in objects(table.schema.get("foreignKeys")):
        reference, fields = key["reference"], _listed(key["fields"])
        other = str(reference.get("resource") or table.name)
        in_parts = table.table.in_parts or (other in tables and tables[other].table.in_parts)
        lacks = any(lacks_in(table.table.rows, name) for name in fields)
        if other in tables and not in_parts and not lacks:
            yield {
                "columnReference": fields,
                "reference": {
                    "resource": f"{other}.csv",
                    "columnReference": _listed(reference["fields"]),
                },
            }


def _tables(
    table: TypedTable, folder: str, keys: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The files of a table, by their addresses from a folder."""
    whole = _table(table, keys)
    return [
        {"url": file.path.removeprefix(folder), **whole}
        | ({"dc:title": f"{table.title}: {file.words}"} if file.words else {})
        for file in table.table.files
    ]


def _table(table: TypedTable, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column, table) for column in table.columns]}
    if primary := _listed(table.schema.get("primaryKey")):
        schema["primaryKey"] = primary
    if keys:
        schema["foreignKeys"] = list(keys)
    return {
        "dc:title": table.title,
        "dc:description": table.description,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tableSchema": schema,
    }


def _words(facts: About) -> dict[str, Any]:
    """Whose the table is, in Dublin Core."""
    licence = facts.licences[0].path if facts.licences else None
    return {
        "dc:publisher": facts.publisher,
        "dc:provenance": facts.standing,
        "dc:source": list(facts.sources),
        "dc:rights": facts.licence_words,
        **({"dc:license": {"@id": licence}} if licence else {}),
        **({"dc:date": facts.date} if facts.date else {}),
        **({"schema:version": facts.version} if facts.version else {}),
    }


def _text(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _described(table: TypedTable, facts: About) -> Download:
    """The description of a table, at the address where CSV on the Web looks for it."""
    if table.table.in_parts:
        path = urls.csvw_parts(facts.name, table.name)
        listed: dict[str, Any] = {"tables": _tables(table, path.removesuffix("csv-metadata.json"))}
    else:
        path = urls.csvw(facts.name, table.name)
        (listed,) = _tables(table, urls.package_folder(facts.name))
    return Download(
        path=path,
        name=path.removeprefix(urls.package_folder(facts.name)),
        title=table.title,
        description=f"What the columns of {table.name}.csv mean (CSV on the Web).",
        given=_text({"@context": _CONTEXT, **listed, **_words(facts)}),
        of=table.name,
    )


def descriptions(ledger: Ledger, tables: Sequence[TypedTable]) -> Iterator[Download]:
    """One description a table, and one of them all."""
    facts, by_name = about(ledger), {table.name: table for table in tables}
    folder = urls.package_folder(facts.name)
    for table in tables:
        yield _described(table, facts)
    group = [
        file for table in tables for file in _tables(table, folder, tuple(_keys(table, by_name)))
    ]
    whole = {"@context": _CONTEXT, "dc:title": facts.title, **_words(facts), "tables": group}
    yield Download(
        path=urls.csvw_group(facts.name),
        name="csv-metadata.json",
        title="CSV on the Web",
        description="What every column of every CSV means, and how the tables link.",
        given=_text(whole),
    )
