"""The workbook in which a clerk edits a package: a sheet a table, with help and drop-downs.

`imports/own_workbook.py` reads it back. It is not the public download, `exports/workbook.py`:
here a header is a column's name, nothing is added up or withheld, and there is room for new rows.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from generator import schemas
from generator.canonical import as_list, links_of
from generator.descriptor import DESCRIPTOR, objects
from generator.draft import Draft, files, header_with, of_package
from generator.missing import is_missing
from generator.money import parse_decimal
from generator.package import DataPackage
from generator.spreadsheets import AS_TEXT, RISKY, fitted, is_exact, new_book, stored
from generator.tables import Cells
from generator.workbook_help import HOW, OFFERED, ORDER, codes_of, is_required, note_of

MARK = "Public Purse workbook"
"""The first cell of the first sheet; the package's name stands beside it."""
STATE = "State of the data"
READ_ME, CODES = "Read me", "Codes"
FREE = 500
"""How many new rows at least have their drop-downs."""
_AHEAD = 1_000
_WIDTH = {"number": 16, "integer": 12, "date": 14, "boolean": 10}
_INK = {"font_color": "#000000", "bottom": 1, "bold": True}
_FORMATS: Mapping[str, dict[str, object]] = {
    "head": dict(_INK),
    "required": {**_INK, "bg_color": "#FFE699"},
    "name": {"bold": True, "valign": "top"},
    "words": {"text_wrap": True, "valign": "top"},
    "string": {"num_format": "@", "locked": False},
    "risky": {**AS_TEXT, "locked": False},
    "locked": {"num_format": "@", "bg_color": "#EDEDED", "locked": True},
    "number": {"num_format": "#,##0.00", "locked": False},
    "plain": {"num_format": "General", "locked": False},
    "integer": {"num_format": "0", "locked": False},
    "date": {"num_format": "yyyy-mm-dd", "locked": False},
}
_ALLOWED = (
    *("insert_rows", "sort", "autofilter", "format_cells", "format_columns", "format_rows"),
    *("select_locked_cells", "select_unlocked_cells"),
)


class _Sheet(Struct, frozen=True):
    """One table as it goes into the workbook."""

    name: str
    schema: Mapping[str, Any]
    header: tuple[str, ...]
    rows: tuple[Cells, ...]

    @property
    def fields(self) -> Mapping[str, Mapping[str, Any]]:
        """The schema's fields by name."""
        return {str(one.get("name")): one for one in objects(self.schema.get("fields"))}

    @property
    def locked(self) -> tuple[str, ...]:
        """The columns whose published cells are addresses, so that they never change."""
        key = as_list(self.schema.get("primaryKey"))
        return key if "id" in key else ()

    @property
    def last(self) -> int:
        """The last row that has drop-downs, counted from 0 with the header."""
        return len(self.rows) + FREE


def _sheets(draft: Draft) -> Iterator[_Sheet]:
    listed = {str(one.get("name")): one for one in objects(draft.descriptor.get("resources"))}
    first = [name for name in ORDER if name in listed or name in OFFERED]
    for name in dict.fromkeys((*first, *listed)):
        schema = schemas.load(name) or listed.get(name, {}).get("schema") or {}
        rows = draft.rows(name)
        yield _Sheet(name, schema, header_with(schema, rows), rows)


def _format(field: Mapping[str, Any], name: str) -> str:
    kind = str(field.get("type"))
    if kind == "number" and "percent" in name:
        return "plain"
    return kind if kind in ("number", "integer", "date") else "string"


def _value(form: str, cell: str) -> Decimal | int | date | None:
    """The cell as the number or day that it is; None for what must stay text."""
    found: Decimal | int | date | None = None
    if form in ("number", "plain", "integer"):
        found = parse_decimal(cell)
    elif form == "date":
        try:
            found = date.fromisoformat(cell)
        except ValueError:
            found = None
    return found if found is not None and is_exact(found) else None


class _Book(Struct, frozen=True):
    """The workbook in the making, with its formats and the tables in it."""

    book: Any
    formats: Mapping[str, Any]
    sheets: Mapping[str, _Sheet]

    def read_me(self, package: DataPackage) -> None:
        """The first sheet: what this is and how to use it."""
        sheet = self.book.add_worksheet(READ_ME)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        lines = [(MARK, package.name), ("Title", package.title), *HOW]
        lines.append((STATE, state_of(package)))
        lines += [
            (f"Sheet {one.name}", str(one.schema.get("description") or ""))
            for one in self.sheets.values()
        ]
        for row, (name, words) in enumerate(lines):
            sheet.write_string(row, 0, name, self.formats["name"])
            sheet.write_string(row, 1, fitted(words), self.formats["words"])

    def table(self, one: _Sheet) -> None:
        """A table's sheet: header with help, rows, drop-downs, and room below."""
        sheet = self.book.add_worksheet(one.name)
        for place, name in enumerate(one.header):
            field = one.fields.get(name, {})
            form = _format(field, name)
            width = _WIDTH.get(str(field.get("type")), 24)
            sheet.set_column(place, place, max(width, len(name) + 4), self.formats[form])
            head = "required" if is_required(field) else "head"
            sheet.write_string(0, place, name, self.formats[head])
            sheet.write_comment(0, place, note_of(name, field), {"x_scale": 3, "y_scale": 2})
            for row, cells in enumerate(one.rows, 1):
                self.cell(sheet, (row, place), cells.get(name, ""), form, name in one.locked)
            self.help(sheet, one, place, field)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(one.rows), 1), len(one.header) - 1)
        if one.locked:
            sheet.protect("", dict.fromkeys(_ALLOWED, True))

    def cell(self, sheet: Any, at: tuple[int, int], cell: str, form: str, locked: bool) -> None:
        """One cell: a number or day as such, everything else as those very characters."""
        value = None if is_missing(cell) else _value(form, cell)
        if value is not None:
            write = sheet.write_datetime if isinstance(value, date) else sheet.write_number
            write(*at, value, self.formats[form])
        elif cell:
            text_form = "locked" if locked else "risky" if cell.startswith(RISKY) else "string"
            sheet.write_string(*at, fitted(cell), self.formats[text_form])

    def help(self, sheet: Any, one: _Sheet, place: int, field: Mapping[str, Any]) -> None:
        """What a column offers to choose from, and what it says when a cell is chosen."""
        name = one.header[place]
        options: dict[str, object] = {
            "validate": "any",
            "input_title": str(field.get("title") or name)[:32],
            "input_message": str(field.get("description") or name)[:255],
        }
        target = links_of(one.schema).get(name)
        if codes_of(field):
            options |= {
                "validate": "list",
                "source": f"=codes_{one.name}__{name}",
                "error_title": "Not one of the codes",
                "error_message": "Choose from the list.",
            }
        elif target in self.sheets:
            options |= {
                "validate": "list",
                "source": f"=ids_{target}",
                "error_type": "warning",
                "error_title": "Not in the list",
                "error_message": f"The sheet {target} has no such id. Is it a new one?",
            }
        sheet.data_validation(1, place, one.last, place, options)

    def codes(self) -> None:
        """The last sheet: what the drop-downs offer; and the names of all the lists."""
        sheet = self.book.add_worksheet(CODES)
        place = 0
        for one in self.sheets.values():
            for name, field in one.fields.items():
                codes = codes_of(field)
                if codes:
                    head = f"{one.name}__{name}"
                    sheet.set_column(place, place, len(head) + 2)
                    for row, text in enumerate((head, *codes)):
                        sheet.write_string(row, place, text)
                    column = _letters(place)
                    area = f"{CODES}!${column}$2:${column}${len(codes) + 1}"
                    self.book.define_name(f"codes_{head}", f"={area}")
                    place += 1
            if "id" in one.header:
                column = _letters(one.header.index("id"))
                top, area = f"{one.name}!${column}$2", f"${column}${len(one.rows) + _AHEAD}"
                whole = f"{top}:{area}"
                filled = f"{top}:INDEX({whole},MAX(1,COUNTA({whole})))"
                self.book.define_name(f"ids_{one.name}", f"={filled}")


def state_of(package: DataPackage) -> str:
    """A mark of all that the tables hold: another one when anything changed since."""
    tables = (content for name, content in files(of_package(package)) if name != DESCRIPTOR)
    return hashlib.sha256(b"\0".join(tables)).hexdigest()[:16]


def _letters(place: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    rest, last = divmod(place, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def workbook(package: DataPackage) -> bytes:
    """The workbook of a package. The same package gives the same bytes."""
    out = io.BytesIO()
    book = new_book(out)
    book.set_properties({"title": package.title, "created": datetime(1980, 1, 1)})
    sheets = {one.name: one for one in _sheets(of_package(package))}
    formats = {name: book.add_format(dict(form)) for name, form in _FORMATS.items()}
    made = _Book(book, formats, sheets)
    made.read_me(package)
    for one in sheets.values():
        made.table(one)
    made.codes()
    book.close()
    return stored(out.getvalue())
