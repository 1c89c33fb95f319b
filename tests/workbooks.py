"""The clerk's workbook in tests: made, edited as Excel would, and read back."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from generator import package
from generator.draft import Draft, files
from generator.findings import Finding
from generator.imports import own_workbook, reading
from generator.package import DataPackage
from generator.workbook_form import workbook
from tests.conftest import ROOT


def _made(folder: Path) -> bytes:
    return workbook(package.read(folder))


_kept = cache(_made)


def loaded(folder: Path) -> Any:
    """The workbook of a package, in openpyxl's hands."""
    make = _kept if folder.is_relative_to(ROOT) else _made  # no test changes what lies there
    return openpyxl.load_workbook(io.BytesIO(make(folder)))


def place_of(sheet: Any, column: str) -> int:
    """A column's number."""
    (found,) = [cell.column for cell in sheet[1] if cell.value == column]
    return int(found)


def row_of(sheet: Any, id: str) -> int:
    """The row of an id."""
    column = place_of(sheet, "id")
    (found,) = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, column).value == id]
    return int(found)


def put(sheet: Any, line: int, /, **cells: object) -> None:
    """Type values into a row."""
    for column, value in cells.items():
        sheet.cell(line, place_of(sheet, column)).value = value


def add(sheet: Any, /, **cells: object) -> int:
    """Type a new row below the last; gives its number."""
    row = next(n for n in range(2, 10_000) if all(cell.value is None for cell in sheet[n]))
    put(sheet, row, **cells)
    return row


def saved(folder: Path, target: Path, edit: Callable[[Any], object]) -> Path:
    """The workbook of a package as somebody edited and saved it."""
    book = loaded(folder)
    edit(book)
    book.save(target)
    return target


def read(path: Path, existing: DataPackage, **options: Any) -> tuple[Draft, tuple[Finding, ...]]:
    """What a saved workbook makes of its package."""
    return own_workbook.read(reading.read(path), existing, **options)


def changed_files(folder: Path, draft: Draft) -> list[str]:
    """The files of a package that a draft would change."""
    return [
        name
        for name, content in files(draft)
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]
