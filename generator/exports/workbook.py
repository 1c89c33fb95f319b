"""The Excel workbook: a sheet a table, with a Read me and a dictionary before them.

Every text is written as text, never by guessing, so a cell that begins with "=" is those very
characters and runs nothing. Such cells also carry Excel's own mark for text (the leading
apostrophe that shows only in the formula bar), so that editing one doesn't wake it.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from generator import urls
from generator.exports.about import READING, About, about
from generator.exports.base import Download
from generator.exports.tabular import Column, TypedTable, Value
from generator.ledger import Ledger
from generator.spreadsheets import AS_TEXT, RISKY, SHEET_NAME, fitted, is_exact, new_book, stored

_WIDEST, _NARROWEST = 60, 8
_FORMATS: Mapping[str, dict[str, object]] = {
    "head": {"bold": True, "bottom": 1},
    "name": {"bold": True, "valign": "top"},
    "text": {},
    "risky": dict(AS_TEXT),
    "wrapped": {"text_wrap": True, "valign": "top"},
    "money": {"num_format": "#,##0.00"},
    "number": {},
    "integer": {"num_format": "0"},
    "date": {"num_format": "yyyy-mm-dd"},
    "flag": {},
}
SAFE = (
    "Cells that begin with = + - @, a tab or a line break are marked as text here, and run "
    "nothing. In the CSV they are the same characters without a mark: don't open a CSV from a "
    "stranger in a spreadsheet; take this workbook."
)
EXCEL = (
    "Numbers are numbers and days are days; a value that isn't there is its label in words, which "
    "sums pass over. Excel holds 15 digits; a longer number is text."
)


def _sheet_names(tables: Sequence[TypedTable]) -> Iterator[str]:
    taken = {"read me", "dictionary", "history"}
    for table in tables:
        name, number = table.name[:SHEET_NAME], 2
        while name.lower() in taken:
            mark = f"_{number}"
            name, number = table.name[: SHEET_NAME - len(mark)] + mark, number + 1
        taken.add(name.lower())
        yield name


class _Sheets(Struct, frozen=True):
    """A workbook in the making, with its formats."""

    book: Any
    formats: Mapping[str, Any]

    def text(self, sheet: Any, at: tuple[int, int], text: str, form: str = "text") -> None:
        """A text as those very characters."""
        text = fitted(text)
        form = "risky" if form == "text" and text.startswith(RISKY) else form
        if text:
            sheet.write_string(*at, text, self.formats[form])

    def value(self, sheet: Any, at: tuple[int, int], kind: str, value: Value) -> bool:
        """A number, day or truth as what it is; False when Excel could not hold it exactly."""
        match value:
            case bool():
                sheet.write_boolean(*at, value, self.formats[kind])
            case int() | Decimal() if is_exact(value):
                sheet.write_number(*at, value, self.formats[kind])
            case date() if is_exact(value):
                sheet.write_datetime(*at, value, self.formats[kind])
            case _:
                return False
        return True

    def table(self, name: str, header: Sequence[str], widths: Sequence[int]) -> Any:
        """A new sheet with a bold header that stays in sight."""
        sheet = self.book.add_worksheet(name)
        for place, (title, width) in enumerate(zip(header, widths, strict=True)):
            sheet.set_column(place, place, min(max(width, _NARROWEST), _WIDEST) + 2)
            self.text(sheet, (0, place), title, "head")
        sheet.freeze_panes(1, 1)
        return sheet


def _read_me(sheets: _Sheets, facts: About, tables: Sequence[tuple[str, TypedTable]]) -> None:
    sheet = sheets.book.add_worksheet("Read me")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 100)
    lines = [
        *facts.facts,
        ("", ""),
        *READING,
        ("This workbook", EXCEL),
        ("Formulas", SAFE),
        ("", ""),
        *((f"Sheet {name}", f"{one.title}. {one.description}") for name, one in tables),
    ]
    for row, (name, words) in enumerate(lines):
        sheets.text(sheet, (row, 0), name, "name")
        sheets.text(sheet, (row, 1), words, "wrapped")


def _dictionary(sheets: _Sheets, tables: Sequence[tuple[str, TypedTable]]) -> None:
    header = ("Sheet", "Field", "Title", "Type", "Meaning", "Codes")
    sheet = sheets.table("Dictionary", header, (24, 24, 28, 10, 60, 60))
    row = 1
    for name, table in tables:
        for column in table.columns:
            codes = "; ".join(f"{code}: {words}" for code, words in column.codes)
            cells = (name, column.name, column.title, column.kind, column.description, codes)
            for place, text in enumerate(cells):
                sheets.text(sheet, (row, place), text, "wrapped")
            row += 1
    sheet.autofilter(0, 0, row - 1, len(header) - 1)


def _width(column: Column, table: TypedTable) -> int:
    longest = max((len(row.get(column.name, "")) for row in table.table.rows), default=0)
    return max(len(column.name), longest + 2 if column.kind == "money" else longest)


def _sheet(sheets: _Sheets, name: str, table: TypedTable) -> None:
    columns = table.columns
    sheet = sheets.table(name, table.table.header, [_width(column, table) for column in columns])
    for row, (cells, values) in enumerate(zip(table.table.rows, table.values, strict=True), 1):
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            at = (row, place)
            if column.kind == "text" or not sheets.value(sheet, at, column.kind, value):
                sheets.text(sheet, at, cells.get(column.name, ""))
    sheet.autofilter(0, 0, len(table.table.rows), len(columns) - 1)


def _made_on(facts: About) -> datetime:
    day = date.fromisoformat(facts.date) if facts.date else date(1980, 1, 1)
    return datetime(day.year, day.month, day.day)


def workbook(ledger: Ledger, tables: Sequence[TypedTable]) -> Download:
    """All tables as one Excel workbook. The same data gives the same bytes."""
    facts, out = about(ledger), io.BytesIO()
    book = new_book(out)
    book.set_properties(
        {
            "title": facts.title,
            "author": "; ".join(facts.makers),
            "company": facts.publisher,
            "comments": f"{facts.standing}. Licence: {facts.licence_words}.",
            "created": _made_on(facts),
        }
    )
    sheets = _Sheets(book, {name: book.add_format(dict(form)) for name, form in _FORMATS.items()})
    named = tuple(zip(_sheet_names(tables), tables, strict=True))
    _read_me(sheets, facts, named)
    _dictionary(sheets, named)
    for name, table in named:
        _sheet(sheets, name, table)
    book.close()
    return Download(
        path=urls.workbook(facts.name),
        name=f"{facts.name}.xlsx",
        title="Excel workbook",
        description="Every table as a sheet, with a Read me and a dictionary before them.",
        given=stored(out.getvalue()),
    )
