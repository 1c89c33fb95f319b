"""What every workbook we write has in common: nothing runs, nothing is rounded, same bytes."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that spreadsheets would take for a formula."""
AS_TEXT = {"quote_prefix": True, "num_format": "@"}
"""The format of such a cell: Excel's own mark for text."""
SHEET_NAME = 31
"""The longest name that a sheet may have."""
_LONGEST = 32_767
_CUT = " … [cut by Excel's limit; the CSV has all of it]"
_EXACT_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, so days before March of that year come out wrong."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def fitted(text: str) -> str:
    """The text as a cell can hold it: a longer one is cut, and says so."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def is_exact(value: Decimal | int | date) -> bool:
    """Whether Excel holds the number or day exactly."""
    if isinstance(value, date):
        return value >= _FIRST_DAY
    return len(str(abs(value)).replace(".", "")) <= _EXACT_DIGITS


def new_book(out: io.BytesIO) -> Any:
    """A workbook in the making that guesses nothing: a text stays a text."""
    import xlsxwriter

    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(out, {**settings, "strings_to_numbers": False})


def stored(content: bytes) -> bytes:
    """The same workbook with nothing deflated: the same bytes from every zlib."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as packed,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive,
    ):
        for name in packed.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, packed.read(name))
    return out.getvalue()
