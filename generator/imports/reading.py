"""Reads other people's files: CSV, workbooks, JSON. The only module that does.

What comes out is text as found. What had to be settled to read it at all (an encoding, a title
above the columns) is said in the notes.
"""

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.errors import UsageProblem
from generator.imports import delimited, workbooks
from generator.imports.base import Sheet, SourceFile

LARGEST = 200_000_000
"""Bytes. What is larger needs more memory than a small machine has."""
_DEEPEST = 50
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
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise UsageProblem(
                f"{name} has “{twice}” twice in one object.", "give each member its own name."
            )
        return members

    def no_number(word: str) -> Any:
        raise UsageProblem(f"{name} has {word} as a number.", "leave out what is not known.")

    try:
        document = json.loads(
            text, parse_float=Decimal, parse_constant=no_number, object_pairs_hook=unique
        )
    except json.JSONDecodeError as error:
        raise UsageProblem(
            f"{name} is no valid JSON: line {error.lineno}, column {error.colno}: {error.msg}.",
            "export it again, or mend that line.",
        ) from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise UsageProblem(
            f"{name} can't be read as JSON: it nests too deeply, or a number has too many digits.",
            "export it again.",
        ) from error
    if _is_deeper(document, _DEEPEST):
        raise UsageProblem(
            f"{name} nests lists and objects more than {_DEEPEST} deep.", "export it again."
        )
    return document


def _is_deeper(value: Any, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(_is_deeper(one, levels - 1) for one in inner)
