"""XLSX, XLS and ODS: every sheet's cells as the text that people see or mean."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from generator.errors import UsageProblem
from generator.imports import grids
from generator.imports.base import Sheet

LARGEST_UNPACKED = 1_000_000_000
"""Bytes of a workbook's parts when unzipped."""
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
        found = list(_sheets(data))
    except PasswordError as error:
        raise _locked(name) from error
    except (CalamineError, zipfile.BadZipFile) as error:
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
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(one.file_size for one in archive.infolist())
    if size > LARGEST_UNPACKED:
        raise UsageProblem(
            f"{name} unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB.",
            "split it, such as by year, and import the parts one after the other.",
        )


def _sheets(data: bytes) -> Iterator[tuple[Sheet, tuple[str, ...]]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for place, about in enumerate(workbook.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        rows = workbook.get_sheet_by_index(place).to_python(skip_empty_area=False)
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
