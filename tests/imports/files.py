"""Small files of fictional funders, in every form that importers read."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from generator.imports import reading
from generator.imports.base import SourceFile

Row = Sequence[Any]
TITLES = (
    *("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date"),
    *("Recipient Org:Identifier", "Recipient Org:Name"),
    *("Funding Org:Identifier", "Funding Org:Name"),
)
"""The columns that every 360Giving file should have."""


def grant(number: int, **cells: str) -> dict[str, str]:
    """A grant of the fictional Pond Trust under the standard's titles; `cells` by field name."""
    row = dict(
        zip(
            TITLES,
            (
                *(f"360G-pond-{number:03}", f"Grant {number}", "Ponds for all.", "GBP"),
                *("100", "2031-05-01", "GB-CHC-9000002", "Frog Choir"),
                *("GB-CHC-9000001", "Pond Trust"),
            ),
            strict=True,
        )
    )
    return {**row, **cells}


def table(*rows: Mapping[str, str]) -> list[list[str]]:
    """Rows under all the titles that any of them has."""
    header = list(dict.fromkeys(title for row in rows for title in row))
    return [header, *([row.get(title, "") for title in header] for row in rows)]


def csv_text(rows: Sequence[Row], delimiter: str = ",") -> str:
    """Rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def of_bytes(folder: Path, name: str, data: bytes | str) -> SourceFile:
    """What is read from a file that holds this."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return reading.read(path)


def of_rows(folder: Path, *rows: Mapping[str, str]) -> SourceFile:
    """What is read from a CSV with these rows."""
    return of_bytes(folder, "grants.csv", csv_text(table(*rows)))


def of_json(folder: Path, document: Any) -> SourceFile:
    """What is read from a JSON file."""
    return of_bytes(folder, "grants.json", json.dumps(document, ensure_ascii=False))


def of_xlsx(folder: Path, sheets: Mapping[str, Sequence[Row]]) -> SourceFile:
    """What is read from an XLSX workbook with these sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(folder / "grants.xlsx")
    return reading.read(folder / "grants.xlsx")


def of_ods(folder: Path, sheets: Mapping[str, Sequence[Row]]) -> SourceFile:
    """What is read from an ODS workbook with these sheets."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        made = Table(name=name)
        for row in rows:
            line = TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell))
            made.addElement(line)
        document.spreadsheet.addElement(made)
    document.save(str(folder / "grants.ods"))
    return reading.read(folder / "grants.ods")


def _ods_cell(cell: Any) -> Any:
    if isinstance(cell, datetime | date):
        return TableCell(valuetype="date", datevalue=cell.isoformat())
    if isinstance(cell, int | float):
        return TableCell(valuetype="float", value=cell)
    made = TableCell(valuetype="string")
    made.addElement(P(text=str(cell)))
    return made
