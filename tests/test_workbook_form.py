"""The clerk's workbook: sheets, help, drop-downs, locks; the same package gives the same bytes."""

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import package, schemas
from generator.cli import cli
from generator.errors import PurseError
from generator.workbook_form import FREE, workbook
from generator.workbook_help import codes_of
from tests.conftest import ANYSHIRE, LITTLEHAM, edit
from tests.workbooks import loaded, place_of, row_of

BOOK = loaded(ANYSHIRE)
EMPTY_ONES = ("revisions", "documents", "recipient_identifiers")


def test_the_same_package_gives_the_same_bytes() -> None:
    found = package.read(ANYSHIRE)
    assert workbook(found) == workbook(package.read(ANYSHIRE))
    with zipfile.ZipFile(io.BytesIO(workbook(found))) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        assert b"1980-01-01T00:00:00Z" in packed.read("docProps/core.xml")


def test_there_is_a_sheet_for_each_table_with_the_most_used_first() -> None:
    names = BOOK.sheetnames
    assert names[:3] == ["Read me", "awards", "award_services"]
    assert names[-1] == "Codes"
    assert set(package.read(ANYSHIRE).tables) == set(names) - {"Read me", "Codes"}


def test_tables_that_a_clerk_may_need_are_there_empty() -> None:
    sheets = loaded(LITTLEHAM)
    for name in EMPTY_ONES:
        (header,) = sheets[name].iter_rows(values_only=True)
        assert header == tuple(one["name"] for one in schemas.load(name)["fields"])  # type: ignore[index]


def test_the_first_sheet_says_what_it_is() -> None:
    lines = dict(BOOK["Read me"].iter_rows(values_only=True, max_col=2))
    assert lines["Public Purse workbook"] == "anyshire"
    assert "revisions" in lines["Changing something published"]


def test_each_title_of_a_column_has_help_and_required_ones_are_marked() -> None:
    sheet = BOOK["awards"]
    amount, theme = (sheet.cell(1, place_of(sheet, name)) for name in ("amount", "theme"))
    assert amount.comment.text.startswith("* Amount: must be filled\n")
    assert amount.fill.fgColor.rgb == "FFFFE699"
    assert not theme.comment.text.startswith("*")
    assert theme.fill.fill_type is None
    assert all(cell.comment for name in BOOK.sheetnames[1:-1] for cell in BOOK[name][1])


def validation(sheet: str, column: str) -> tuple[str, str, str]:
    """The kind, list and strictness of a column's drop-down, which reaches below the rows."""
    found = BOOK[sheet]
    place = place_of(found, column)
    below = found.cell(found.max_row + FREE // 2, place).coordinate
    (one,) = [rule for rule in found.data_validations.dataValidation if below in rule.sqref]
    return one.type, str(one.formula1), str(one.errorStyle or "stop")


def test_codes_and_links_are_chosen_from_lists() -> None:
    assert validation("awards", "status") == ("list", "codes_awards__status", "stop")
    assert validation("awards", "pilot") == ("list", "codes_awards__pilot", "stop")
    assert validation("award_recipients", "recipient") == ("list", "ids_recipients", "warning")
    assert validation("award_terms", "term")[1] == "ids_terms"


def test_the_lists_hold_the_codes_and_grow_with_the_ids() -> None:
    sheet, letters, cells = "", "", ""
    area = BOOK.defined_names["codes_awards__status"].attr_text
    sheet, _, cells = area.partition("!")
    listed = [row[0].value for row in BOOK[sheet][cells.replace("$", "")]]
    field = next(one for one in schemas.load("awards")["fields"] if one["name"] == "status")  # type: ignore[index]
    assert tuple(listed) == codes_of(field)
    assert listed[-3:] == ["not published", "not applicable", "withheld"]
    rows = BOOK["recipients"].max_row
    letters = f"recipients!$A$2:$A${rows - 1 + 1000}"
    assert BOOK.defined_names["ids_recipients"].attr_text.count(letters) == 2


def test_ids_in_use_are_locked_and_all_else_may_be_edited() -> None:
    sheet = BOOK["awards"]
    row = row_of(sheet, "2031-32-n12")
    locked = [cell.column_letter for cell in sheet[row] if cell.value and cell.protection.locked]
    assert locked == ["A"]
    below = sheet.column_dimensions["A"]
    assert not below.protection.locked
    protection = sheet.protection
    assert protection.sheet
    assert not protection.password
    # In the file format, 0 lifts the ban on doing it.
    assert not any((protection.insertRows, protection.sort, protection.autoFilter))
    assert not BOOK["award_recipients"].protection.sheet


def test_numbers_and_days_are_what_they_are_and_text_never_runs(littleham: Path) -> None:
    edit(littleham, "awards.csv", "Bread ban posters", "=1+1")
    sheet = loaded(littleham)["awards"]
    row = row_of(sheet, "2031-32-1")
    amount = sheet.cell(row, place_of(sheet, "amount"))
    assert (amount.value, amount.data_type, amount.number_format) == (1200.5, "n", "#,##0.00")
    title = sheet.cell(row + 1, place_of(sheet, "title"))
    assert (title.value, title.data_type, title.quotePrefix) == ("=1+1", "s", True)
    funds = loaded(littleham)["funds"]
    opens = funds.cell(2, place_of(funds, "opens_on"))
    assert (opens.is_date, opens.number_format) == (True, "yyyy-mm-dd")
    assert sheet.cell(row, place_of(sheet, "financial_year")).number_format == "@"


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, ["workbook", *map(str, arguments)], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def test_the_command_writes_it_but_never_over_somebody_s_work(tmp_path: Path) -> None:
    target = tmp_path / "new" / "book.xlsx"
    assert "the workbook of littleham" in run(LITTLEHAM, "--out", target)
    assert target.read_bytes() == workbook(package.read(LITTLEHAM))
    run(LITTLEHAM, "--out", target)
    target.write_bytes(b"filled in")
    with pytest.raises(PurseError, match="somebody's work"):
        run(LITTLEHAM, "--out", target)
    assert target.read_bytes() == b"filled in"
