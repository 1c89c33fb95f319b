"""How large a workbook is once it is unpacked, known before the reader of workbooks sees it.

That reader holds a sheet as a full grid up to its last cell: two cells at opposite corners would
ask for more memory than any machine has, and stop the whole program. So the places of cells are
looked up in the parts themselves, piece by piece.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import chain
from xml.parsers import expat

LARGEST_UNPACKED = 1_000_000_000
"""Bytes of a workbook's parts when unzipped."""
_PIECE, _OVERLAP = 1 << 20, 200
_PLACE = rb"""<(?:[\w.-]+:)?(?:c|row)\s[^<>]{0,100}?\br\s*=\s*["']"""
_COLUMN = re.compile(_PLACE + rb"([A-Za-z]+)[0-9]")
_ROW = re.compile(_PLACE + rb"[A-Za-z]*([0-9]+)")
_ODS = "content.xml"
BINARY = "xl/workbook.bin"


class TooLarge(Exception):
    """A workbook's parts are larger than LARGEST_UNPACKED."""


def cells(data: bytes) -> int:
    """How many cells the sheets of an XLSX or ODS file have, empty ones up to the last included.

    Raises TooLarge, BadZipFile or ValueError when the parts are damaged.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sum(one.file_size for one in entries) > LARGEST_UNPACKED:
            raise TooLarge
        return sum(_cells_of(archive, one) for one in entries if one.filename[-1:] != "/")


def is_binary(data: bytes) -> bool:
    """Whether this is XLSB, whose parts say nothing that could be looked up."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(one.filename.lower() == BINARY for one in archive.infolist())


def _cells_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    # Read to its end: whether an entry has the size and the sum that it claims shows only there.
    with archive.open(entry) as opened:
        pieces = iter(lambda: opened.read(_PIECE), b"")
        return _in_ods(pieces) if entry.filename == _ODS else _in_xlsx(pieces)


def _in_xlsx(pieces: Iterator[bytes]) -> int:
    columns, rows, tail = set[bytes](), 0, b""
    for piece in pieces:
        text = tail + piece
        columns.update(_COLUMN.findall(text))
        rows = max(chain([rows], map(_number, set(_ROW.findall(text)))))
        tail = text[-_OVERLAP:]
    return rows * max(map(_column, columns), default=1)


def _number(digits: bytes) -> int:
    return int(digits[:12])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


class _Grid:
    """The last row and column of an ODS sheet that hold anything."""

    def __init__(self) -> None:
        self.done = self.rows = self.columns = 0
        self.row = self.column = self.rows_like = self.cells_like = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        """What an element that begins says of where things stand."""
        kind = name.rpartition(":")[2]
        if kind == "table":
            self.end_sheet()
        elif kind == "table-row":
            self.row += self.rows_like
            self.rows_like = _repeated(said, "rows")
            self.column = self.cells_like = 0
        elif kind in ("table-cell", "covered-table-cell"):
            self.column += self.cells_like
            self.cells_like = _repeated(said, "columns")
            if any(key.endswith(("value-type", ":formula")) for key in said):
                self.filled()
        elif kind == "p":
            self.filled()

    def filled(self) -> None:
        """The cell at hand, and all that repeat it, hold something."""
        self.rows = max(self.rows, self.row + self.rows_like)
        self.columns = max(self.columns, self.column + self.cells_like)

    def end_sheet(self) -> None:
        """Count the sheet that ends."""
        self.done += self.rows * self.columns
        self.rows = self.columns = self.row = self.column = self.rows_like = self.cells_like = 0


def _repeated(said: dict[str, str], what: str) -> int:
    times = next((said[key] for key in said if key.endswith(f"number-{what}-repeated")), "1")
    return int(times[:12]) if times.isascii() and times.isdigit() else 1


def _in_ods(pieces: Iterator[bytes]) -> int:
    grid, parser = _Grid(), expat.ParserCreate()
    parser.StartElementHandler = grid.start
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise ValueError(str(fault)) from fault
    grid.end_sheet()
    return grid.done
