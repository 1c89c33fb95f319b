"""XLSX, XLS and ODS: every sheet's cells as the text that people see or mean."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from generator.errors import UsageProblem
from generator.imports import grids, workbook_sizes
from generator.imports.base import Sheet
from generator.limits import limit

_DAMAGED = (
    *(CalamineError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError),
    *(OSError, RuntimeError),  # what zipfile says of packings and passwords that it doesn't know
)
_PANIC = "PanicException"
"""What calamine's own faults are; the class can't be imported, and is no Exception."""
_SPLIT = "split it, such as by year, and import the parts one after the other."
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DIGITS = 15
"""Digits that spreadsheets show of a number. What lies beyond is noise: 0.1 + 0.2."""

Cell = int | float | str | bool | time | date | datetime | timedelta


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook's, whatever the file is called."""
    return data.startswith((_ZIP, _OLE))


def sheets(name: str, data: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Each sheet that holds anything, and notes on how they were read.

    Raises UsageProblem when the workbook is locked, damaged, or none at all.
    """
    if _ENCRYPTED in data and data.startswith(_OLE):
        raise _locked(name)
    try:
        _refuse_bombs(name, data)
        found = list(_sheets(name, data))
    except PasswordError as error:
        raise _locked(name) from error
    except UsageProblem:
        raise
    except BaseException as error:
        if not isinstance(error, _DAMAGED) and type(error).__name__ != _PANIC:
            raise
        raise UsageProblem(
            f"{name} can't be opened as a workbook: it is damaged, or another kind of file.",
            "open it in a spreadsheet program and save it as XLSX or CSV.",
        ) from error
    if not found:
        raise UsageProblem(f"{name} has no cell that holds anything.", "export it again.")
    notes = tuple(note for _, more in found for note in more)
    return tuple(one for one, _ in found), notes


def _locked(name: str) -> UsageProblem:
    return UsageProblem(
        f"{name} is protected by a password.", "save a copy without one and import that."
    )


def _refuse_bombs(name: str, data: bytes) -> None:
    if not data.startswith(_ZIP):
        return
    if workbook_sizes.is_binary(data):
        raise UsageProblem(f"{name} is a binary workbook (XLSB).", "save it as XLSX.")
    try:
        cells = workbook_sizes.cells(data)
    except workbook_sizes.TooLarge as fault:
        megabytes = workbook_sizes.LARGEST_UNPACKED // 1_000_000
        raise UsageProblem(f"{name} unpacks to more than {megabytes} MB.", _SPLIT) from fault
    _refuse_wide(name, cells)


def _refuse_wide(name: str, cells: int) -> None:
    if cells > (most := limit("workbook_cells")):
        raise UsageProblem(
            f"The sheets of {name} reach over {cells:,} cells, and at most {most:,} are read.",
            "look for cells far below or to the right of the table, and take them out; or split "
            "the table.",
        )


def _sheets(name: str, data: bytes) -> Iterator[tuple[Sheet, tuple[str, ...]]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for place, about in enumerate(workbook.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(place)
        _refuse_wide(name, sheet.total_height * sheet.total_width)
        rows = sheet.to_python(skip_empty_area=False)
        grid = ((line, [text(cell) for cell in row]) for line, row in enumerate(rows, 1))
        found, notes = grids.sheet(about.name, grid)
        if found is not None:
            yield found, notes


def text(cell: Cell) -> str:
    """A cell as text: plain digits, ISO days, `true` or `false`."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float | int):
        return _digits(cell)
    if isinstance(cell, date | time):
        return cell.isoformat().removesuffix("T00:00:00")
    return str(cell)


def _digits(number: float) -> str:
    """30000.0 as `30000`, 1234.5 as `1234.5`: never an exponent."""
    exact = Decimal(f"{number:.{_DIGITS}g}")
    plain = f"{exact:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
