"""Reads other people's files: CSV, workbooks, JSON. The only module that does.

What comes out is text as found. What had to be settled to read it at all (an encoding, a title
above the columns) is said in the notes.
"""

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator import json_text
from generator.errors import UsageProblem
from generator.imports import delimited, workbooks
from generator.imports.base import Sheet, SourceFile

LARGEST = 200_000_000
"""Bytes. What is larger needs more memory than a small machine has."""
_TEXT = {".csv", ".tsv", ".tab", ".txt"}
_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_KINDS = "CSV, TSV, XLSX, XLS, ODS or JSON"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read(path: Path) -> SourceFile:
    """A file as tables or as a JSON document. Raises UsageProblem, which says what to mend."""
    data = _bytes(path)
    hashed = hashlib.sha256(data).hexdigest()
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS or workbooks.is_workbook(data):
        sheets, notes = workbooks.sheets(path.name, data)
        return SourceFile(path.name, hashed, "spreadsheet", sheets, notes=notes)
    if suffix == ".json":
        text, notes = _decoded(path.name, data)
        return SourceFile(path.name, hashed, "json", document=_json(path.name, text), notes=notes)
    if suffix in _TEXT:
        text, notes = _decoded(path.name, data)
        sheet, more = delimited.sheet(path.name, text)
        return SourceFile(path.name, hashed, "csv", _filled(sheet, path.name), notes=notes + more)
    raise UsageProblem(
        f"{path.name} is no kind of file that can be imported.", f"save it as {_KINDS}."
    )


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise UsageProblem(f"There is no file {path}.", "check the name and the folder.")
    try:
        if path.stat().st_size > LARGEST:
            raise UsageProblem(
                f"{path.name} is larger than {LARGEST // 1_000_000} MB.",
                "split it, such as by year, and import the parts one after the other.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UsageProblem(
            f"{path.name} can't be opened ({error.strerror}).",
            "check that you may read it and that no other program holds it.",
        ) from error
    if not data.strip():
        raise UsageProblem(f"{path.name} is empty.", "export it again.")
    return data


def _filled(sheet: Sheet | None, name: str) -> tuple[Sheet, ...]:
    if sheet is None:
        raise UsageProblem(f"{name} has no cell that holds anything.", "export it again.")
    return (sheet,)


def _decoded(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and a note where it is not UTF-8."""
    named = next((code for mark, code in _BOMS.items() if data.startswith(mark)), "utf-8")
    notes: tuple[str, ...] = ("read as UTF-16",) if named == "utf-16" else ()
    try:
        text = data.decode(named)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        notes = ("read as Windows-1252",)
        if lost := text.count("\ufffd"):
            notes = (f"read as Windows-1252, in which {lost} of its bytes mean nothing",)
    if "\0" in text:
        raise UsageProblem(
            f"{name} holds NUL bytes, which no text file has.",
            "save it again as CSV with the encoding UTF-8, or as a workbook.",
        )
    return text, notes


def _json(name: str, text: str) -> Any:
    try:
        return json_text.parse(text, parse_float=Decimal)
    except json_text.NotJson as fault:
        place = f", line {fault.line}" if fault.line is not None else ""
        raise UsageProblem(f"{name}{place}: {fault}.", fault.mend) from fault
