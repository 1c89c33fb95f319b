"""CSV and its kin: which character parts the cells, and at which line each row begins."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from generator.errors import UsageProblem
from generator.imports import grids
from generator.imports.base import Sheet
from generator.limits import limit

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE = 50
_LONGEST_CELL = 10_000_000


def sheet(name: str, text: str) -> tuple[Sheet | None, tuple[str, ...]]:
    """The table of a text, and notes on how it was read; None when no cell holds anything.

    Raises UsageProblem when a quotation mark stands where none may, with the line.
    """
    first = text[:6].lower()
    declared = first.startswith("sep=") and text[4:5] in _DELIMITERS and first[5:6] in "\r\n"
    delimiter = text[4] if declared else _delimiter(text)
    found, notes = grids.sheet("", _rows(name, text, delimiter, skip=int(declared)))
    if delimiter != ",":
        notes = (f"its cells are parted by {_DELIMITERS[delimiter]}", *notes)
    return found, notes


def _rows(name: str, text: str, delimiter: str, skip: int = 0) -> Iterator[grids.GridRow]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for number, cells in enumerate(reader):
            if number > limit("import_rows") or len(cells) > limit("table_columns"):
                raise _too_large(name, start)
            if start > skip:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise UsageProblem(
            f"{name}, the row that begins at line {start}: a quotation mark is missing or stands "
            "where none may, or a cell never ends.",
            "put the cell between quotation marks and double those inside it, or save the file "
            "as a workbook.",
        ) from error


def _too_large(name: str, line: int) -> UsageProblem:
    return UsageProblem(
        f"{name}, line {line}: there are more than {limit('import_rows'):,} rows, or a row of more "
        f"than {limit('table_columns'):,} cells.",
        "look whether this is the right file; else split it, such as by year, and import the "
        "parts one after the other.",
    )


def _delimiter(text: str) -> str:
    """The character that parts the largest share of the top rows into one number of cells."""

    def fit(delimiter: str) -> tuple[Fraction, int]:
        reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(cells) for cells in islice(reader, _SAMPLE) if cells)
        except csv.Error:
            return Fraction(0), 0
        shares = ((Fraction(n, widths.total()), width) for width, n in widths.items() if width > 1)
        return max(shares, default=(Fraction(0), 0))

    return max(_DELIMITERS, key=fit)
