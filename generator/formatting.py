"""A package's files put into the one form in which they are kept.

Only how a cell is written may change, never what it means: `canonical` has the order of rows
and columns, `plain_values` how numbers and days are written. A file that can't be taken whole
(a row that is too long, a text that isn't UTF-8) is left alone, with the reason in words.
"""

import csv
import io
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator import plain_values
from generator.draft import Output, files, of_package
from generator.missing import is_missing
from generator.package import DataPackage, Table
from generator.parquet_columns import is_parquet
from generator.tables import Cells

_SEVERAL = (
    "it is one of several files of a table, and a table is edited in one file only.",
    "edit the files with the program that made them, or put them into one.",
)
_PARQUET = (
    "it is a Parquet file, and tables are edited as CSV only.",
    "edit it with the program that made it, or put the table into one CSV file.",
)


class LeftAlone(Struct, frozen=True):
    """A file that was not touched, since some of it would have been lost."""

    file: str
    why: str
    mend: str


class Formatted(Struct, frozen=True):
    """The files of a package in their one form, and those left alone."""

    outputs: tuple[Output, ...]
    left: tuple[LeftAlone, ...]


def whole(package: DataPackage, contents: Mapping[str, bytes]) -> tuple[LeftAlone, ...]:
    """The tables that can't be read without losing something, by resource in `contents`.

    A table in several files is one of them: it would be written as one, and the others stay. So
    is one in Parquet files.
    """
    found = []
    for name, table in package.tables.items():
        if is_parquet(table.file):
            found.append(LeftAlone(table.file, *_PARQUET))
        elif len(table.parts) > 1:
            found.append(LeftAlone(table.file, *_SEVERAL))
        elif name in contents and (fault := _fault(contents[name])):
            found.append(LeftAlone(table.file, *fault))
    return tuple(found)


def _fault(content: bytes) -> tuple[str, str] | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        return (
            f"row {line} holds characters that are not UTF-8.",
            "save the file as “CSV UTF-8”, and compare that row with the source.",
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        for name in header:
            if not name or header.count(name) > 1:
                shown = f"two columns are called {name}" if name else "a column has no name"
                return f"in the header, {shown}.", "give each column its own name."
        line = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(header):
                return (
                    f"row {line} has {len(cells)} cells, and the header has {len(header)}.",
                    "look for a comma too many or too few; a text with a comma in it stands "
                    "between double quotes.",
                )
            line = reader.line_num + 1
    except csv.Error as fault:
        return (
            f"row {reader.line_num} can't be read as CSV ({fault}).",
            "look for a double quote that is opened and never closed.",
        )
    return None


def plain_cell(field: Mapping[str, Any], text: str, currency: str, first: bool | None) -> str:
    """A cell in its one form; as it was, but for outer spaces, when it isn't surely a value.

    `field` is the column's field of the Table Schema; `first` is what `day_first` says of it.
    """
    bare = text.replace("\r\n", "\n").strip()
    if is_missing(bare):
        return bare
    found: str | None = None
    match field.get("type"):
        case "number" | "integer":
            found = plain_values.number(bare, currency)
        case "date":
            found = plain_values.day(bare, first)
        case "boolean":
            true, false = (field.get(one) or [""] for one in ("trueValues", "falseValues"))
            found = plain_values.flag(bare, str(true[0] or "true"), str(false[0] or "false"))
    return bare if found is None else found


def plain_rows(table: Table, currency: str) -> tuple[Cells, ...]:
    """A table's rows with every cell in its one form; rows that hold nothing are left out."""
    fields = {str(one.get("name")): one for one in table.fields}
    days = [name for name, one in fields.items() if one.get("type") == "date"]
    first = {
        name: plain_values.day_first(row.cells.get(name, "") for row in table.rows) for name in days
    }
    rows = (
        {
            name: plain_cell(fields.get(name, {}), text, currency, first.get(name))
            for name, text in row.cells.items()
        }
        for row in table.rows
    )
    return tuple(cells for cells in rows if any(cells.values()))


def formatted(package: DataPackage, contents: Mapping[str, bytes]) -> Formatted:
    """The files of a package in their one form; `contents` has each table's file as it is."""
    left = whole(package, contents)
    skipped = {one.file for one in left}
    tables = {
        name: plain_rows(table, package.currency)
        for name, table in package.tables.items()
        if table.file not in skipped
    }
    return Formatted(tuple(files(replace(of_package(package), tables=tables))), left)
