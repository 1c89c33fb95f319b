"""SQLite: every table in one file, with keys and links, to ask questions of in SQL.

A money column holds the amount as text, exact to the penny as published; beside it stands the
same amount in whole pence (or cents) as an integer, which sums stay exact with.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from generator import urls
from generator.descriptor import objects
from generator.exports.about import READING, about
from generator.exports.base import Download
from generator.exports.columnar import MISSING, as_json
from generator.exports.tabular import Column, TypedTable, Value
from generator.ledger import Ledger
from generator.money import plain

if TYPE_CHECKING:
    import sqlite3

FILE = "publication.sqlite"
_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "NUMERIC",
    "money": "TEXT",
    "date": "TEXT",
    "flag": "INTEGER",
}
_PARTS = {"GBP": "pence", "EUR": "cents", "USD": "cents"}
_WRITER = slice(96, 100)
"""Where the file's header keeps the version of the library that wrote it."""
_WRITTEN_BY = (3_040_000).to_bytes(4, "big")


def parts_name(currency: str) -> str:
    """What the hundredth part of a currency is called in column names."""
    return _PARTS.get(currency, "hundredths")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _names(value: object) -> tuple[str, ...]:
    """The names of a key, written as one text or as a list."""
    found = [value] if isinstance(value, str) else value
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _free(name: str, taken: Iterable[str]) -> str:
    lowered = {one.lower() for one in taken}
    while name.lower() in lowered:
        name += "_"
    return name


def _links(table: TypedTable, tables: Mapping[str, TypedTable]) -> Iterator[str]:
    """The table's foreign keys, as far as SQLite can hold them: they must lead to a key."""
    for key in objects(table.schema.get("foreignKeys")):
        reference = key.get("reference")
        if not isinstance(reference, dict):
            continue
        other = tables.get(str(reference.get("resource") or table.name))
        fields, wanted = _names(key.get("fields")), _names(reference.get("fields"))
        if other is not None and wanted and wanted == _names(other.schema.get("primaryKey")):
            yield (
                f"FOREIGN KEY ({_listed(fields)}) "
                f"REFERENCES {_quoted(other.name)} ({_listed(wanted)})"
            )


class _Writer:
    """Writes tables into a database in memory."""

    def __init__(self, tables: Sequence[TypedTable], currency: str) -> None:
        self._tables = {one.name: one for one in tables}
        self._part = parts_name(currency)

    def write(self, database: "sqlite3.Connection", table: TypedTable) -> None:
        """One table with its keys, links and rows."""
        made = [f"{_quoted(one.name)} {_TYPES[one.kind]}" for one in table.columns]
        header = [*table.table.header, table.absence_name]
        exact = [one for one in table.columns if one.kind == "money"]
        made.append(f"{_quoted(table.absence_name)} TEXT NOT NULL")
        for column in exact:
            name = _free(f"{column.name}_{self._part}", header)
            header.append(name)
            made.append(f"{_quoted(name)} INTEGER")
        if key := _names(table.schema.get("primaryKey")):
            made.append(f"PRIMARY KEY ({_listed(key)})")
        made.extend(_links(table, self._tables))
        name = _quoted(table.name)
        database.execute(f"CREATE TABLE {name} (\n  " + ",\n  ".join(made) + "\n)")
        places = ", ".join("?" * len(header))
        database.executemany(f"INSERT INTO {name} VALUES ({places})", self._rows(table))  # noqa: S608

    def _rows(self, table: TypedTable) -> Iterator[list[object]]:
        for cells, values in zip(table.table.rows, table.values, strict=True):
            paired = list(zip(table.columns, values, strict=True))
            parts = [_parts(value) for column, value in paired if column.kind == "money"]
            bound = [_bound(column, value) for column, value in paired]
            yield [*bound, as_json(table.absent(cells)), *parts]


def _bound(column: Column, value: Value) -> str | int | None:
    match value:
        case Decimal():
            return plain(value) if column.kind == "money" else f"{value:f}"
        case date():
            return value.isoformat()
        case _:
            return value


def _parts(value: Value) -> int | None:
    return int(value * 100) if isinstance(value, Decimal) else None


def _text_table(
    database: "sqlite3.Connection", name: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    columns = ", ".join(f"{_quoted(one)} TEXT" for one in header)
    database.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
    places = ", ".join("?" * len(header))
    database.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)  # noqa: S608


def database(ledger: Ledger, tables: Sequence[TypedTable]) -> Download:
    """All tables in one SQLite file. The same data gives the same bytes."""
    facts = about(ledger)
    writer, taken = _Writer(tables, facts.currency), [table.name for table in tables]
    part = parts_name(facts.currency)
    money = (
        "Money",
        f"is text in its own column, as published. The column that ends in _{part} is the same "
        "amount as an integer: add that up, and divide the sum by 100.",
    )
    meanings = [
        (one.name, column.name, column.title, column.kind, column.description, code, words)
        for one in tables
        for column in one.columns
        for code, words in column.codes or (("", ""),)
    ]
    import sqlite3  # only now: a build without formats needs none

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        for pragma in ("page_size = 4096", "encoding = 'UTF-8'", "auto_vacuum = 0"):
            made.execute(f"PRAGMA {pragma}")
        made.execute("BEGIN")
        lines = (*facts.facts, *READING, money, ("The column missing", MISSING))
        _text_table(made, _free("read_me", taken), ("subject", "words"), lines)
        header = ("table", "field", "title", "type", "meaning", "code", "code_meaning")
        _text_table(made, _free("dictionary", taken), header, meanings)
        for table in tables:
            writer.write(made, table)
        made.execute("COMMIT")
        made.execute("VACUUM")
        content = bytearray(made.serialize())
    content[_WRITER] = _WRITTEN_BY
    return Download(
        path=urls.sqlite(facts.name),
        name=FILE,
        title="SQLite database",
        description="Every table with its keys and links in one file, to ask questions of in SQL.",
        given=bytes(content),
    )
