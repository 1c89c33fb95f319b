"""The clerk's workbook read back: a round trip changes nothing; every fault names its place."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator import package
from generator.findings import Finding, Severity
from generator.imports import own_workbook, reading
from generator.package import DataPackage
from generator.workbook_form import workbook
from tests.conftest import ANYSHIRE, LITTLEHAM, WEST_MERCIA, edit
from tests.workbooks import add, changed_files, place_of, put, read, row_of, saved

AWARD = "2031-32-n12"
DAY = date(2031, 11, 14)
Edit = Callable[[Any], object]


@pytest.fixture(scope="session")
def anyshire() -> DataPackage:
    return package.read(ANYSHIRE)


def errors(found: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in found if one.severity is Severity.ERROR]


@pytest.mark.parametrize("folder", [WEST_MERCIA, ANYSHIRE, LITTLEHAM], ids=lambda one: one.name)
def test_a_round_trip_changes_nothing(folder: Path, tmp_path: Path) -> None:
    found = package.read(folder)
    ours = tmp_path / "ours.xlsx"
    ours.write_bytes(workbook(found))
    saved_again = saved(folder, tmp_path / "saved.xlsx", lambda book: None)
    for path in (ours, saved_again):
        assert own_workbook.package_named(reading.read(path)) == found.name
        draft, findings = read(path, found)
        assert findings == ()
        assert changed_files(folder, draft) == []


def test_another_workbook_is_not_ours(tmp_path: Path) -> None:
    def rename(book: Any) -> None:
        book["Read me"].title = "Notes"

    path = saved(LITTLEHAM, tmp_path / "other.xlsx", rename)
    assert own_workbook.package_named(reading.read(path)) is None


def test_sorting_a_sheet_changes_nothing(tmp_path: Path, anyshire: DataPackage) -> None:
    def sort(book: Any) -> None:
        sheet = book["areas"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for at, cells in enumerate(sorted(rows, reverse=True), 2):
            for column, value in enumerate(cells, 1):
                sheet.cell(at, column).value = value

    draft, findings = read(saved(ANYSHIRE, tmp_path / "a.xlsx", sort), anyshire)
    assert (findings, changed_files(ANYSHIRE, draft)) == ((), [])


def test_what_is_typed_another_way_but_means_the_same_keeps_its_characters(
    tmp_path: Path, anyshire: DataPackage
) -> None:
    def retype(book: Any) -> None:
        sheet = book["awards"]
        put(sheet, row_of(sheet, AWARD), amount="£2,950", pilot=None, decided_on="2031-07-07")
        cell = sheet.cell(row_of(sheet, "2031-32-n13"), place_of(sheet, "start_on"))
        if isinstance(cell.value, datetime):
            cell.value = cell.value.strftime("%d %B %Y")

    before = anyshire.tables["awards"].rows
    held = next(row.cells for row in before if row.cells["id"] == AWARD)
    draft, findings = read(saved(ANYSHIRE, tmp_path / "a.xlsx", retype), anyshire)
    assert errors(findings) == []
    after = next(row for row in draft.rows("awards") if row["id"] == AWARD)
    assert after["amount"] == held["amount"] == "2950.00"
    assert after["decided_on"] == "2031-07-07"


def test_a_new_award_gets_an_id_and_its_place(tmp_path: Path, anyshire: DataPackage) -> None:
    def award(book: Any) -> None:
        new = {"title": "Umbrellas", "financial_year": "2031-32", "programme": "communities"}
        money = {"amount": 1200, "amount_basis": "total-value", "start_on": datetime(2031, 4, 5)}
        add(book["awards"], **new, **money)
        add(book["awards"], **new, **money)
        add(book["recipients"], name="Umbrella Menders Ltd.", kind="organisation")
        add(book["award_services"], award="2031-32-001", service=1, title="Umbrellas")

    draft, findings = read(saved(ANYSHIRE, tmp_path / "a.xlsx", award), anyshire)
    assert findings == ()
    first, second = (row for row in draft.rows("awards") if row["title"] == "Umbrellas")
    assert (first["id"], second["id"]) == ("2031-32-001", "2031-32-002")
    assert (first["amount"], first["start_on"]) == ("1200", "2031-04-05")
    places = [
        int(row.cells["source_order"])
        for row in anyshire.tables["awards"].rows
        if (row.cells["financial_year"], row.cells["programme"]) == ("2031-32", "communities")
    ]
    assert [int(row["source_order"]) for row in (first, second)] == [
        max(places) + 1,
        max(places) + 2,
    ]
    assert draft.rows("recipients")[-1]["id"] == "umbrella-menders-ltd"
    assert draft.rows("award_services")[-1]["service"] == "1"


def award_cell(column: str, value: object) -> Edit:
    def type_in(book: Any) -> None:
        sheet = book["awards"]
        put(sheet, row_of(sheet, AWARD), **{column: value})

    return type_in


def without_row(book: Any) -> None:
    book["awards"].delete_rows(row_of(book["awards"], AWARD))


def twice(book: Any) -> None:
    add(book["funds"], id="quiet-roads", title="Again")


def renamed_column(book: Any) -> None:
    sheet = book["awards"]
    sheet.cell(1, place_of(sheet, "amount")).value = "sum"


@pytest.mark.parametrize(
    ("edit", "sheet", "column", "said"),
    [
        (award_cell("start_on", "5/4/2031"), "awards", "start_on", "which day"),
        (award_cell("start_on", datetime(2031, 4, 5, 10)), "awards", "start_on", "which day"),
        (award_cell("amount", "about 500"), "awards", "amount", "plain number"),
        (award_cell("bids_received", 2.5), "awards", "bids_received", "whole number"),
        (award_cell("status", "cancelled"), "awards", "status", "none of those"),
        (award_cell("pilot", "perhaps"), "awards", "pilot", "none of those"),
        (award_cell("financial_year", datetime(2030, 11, 1)), "awards", "financial_year", "form"),
        (award_cell("id", "2031-32-n99"), "awards", "id", "never removed"),
        (without_row, "awards", "id", "never removed"),
        (twice, "funds", "id", "stands twice"),
        (renamed_column, "awards", "amount", "missing"),
        (lambda book: add(book["outcome_reports"], award=AWARD), "outcome_reports", None, "no id"),
    ],
)
def test_what_cannot_be_taken_names_its_place_and_changes_nothing(
    tmp_path: Path, anyshire: DataPackage, edit: Edit, sheet: str, column: str | None, said: str
) -> None:
    draft, findings = read(saved(ANYSHIRE, tmp_path / "a.xlsx", edit), anyshire)
    assert changed_files(ANYSHIRE, draft) == []
    first = errors(findings)[0]
    assert first.file == f"a.xlsx, sheet {sheet}"
    assert first.column == column
    assert said in first.message
    assert first.mend


def test_the_row_of_a_fault_is_the_row_that_excel_shows(
    tmp_path: Path, anyshire: DataPackage
) -> None:
    row = 0

    def type_in(book: Any) -> None:
        nonlocal row
        row = row_of(book["awards"], AWARD)
        put(book["awards"], row, start_on="5/4/2031")

    (fault,) = errors(read(saved(ANYSHIRE, tmp_path / "a.xlsx", type_in), anyshire)[1])
    assert (fault.row, fault.value) == (row, "5/4/2031")


def test_links_may_go_and_sheets_of_ones_own_are_left_out(
    tmp_path: Path, anyshire: DataPackage
) -> None:
    def edit(book: Any) -> None:
        book["award_areas"].delete_rows(2)
        book.create_sheet("scratch").append(["my", "sums"])
        book["scratch"].append([1, 2])
        del book["queries"]

    draft, findings = read(saved(ANYSHIRE, tmp_path / "a.xlsx", edit), anyshire)
    assert changed_files(ANYSHIRE, draft) == ["award_areas.csv"]
    assert {one.severity for one in findings} == {Severity.WARNING}
    words = " ".join(f"{one.file}: {one.message}" for one in findings)
    assert "sheet queries: The sheet is gone" in words
    assert "sheet scratch: This is no table" in words
    assert "award_areas" in words, "the row that went isn't explained yet"


def explained(book: Any, resource: str, row: str, field: str, **more: object) -> None:
    why = {"resource": resource, "row": row, "field": field, "reason": "A slip."}
    add(book["revisions"], **why, **more)


def test_four_cells_explain_a_change(tmp_path: Path, anyshire: DataPackage) -> None:
    def edit(book: Any) -> None:
        award_cell("amount", 3100)(book)
        award_cell("status", "withdrawn")(book)
        explained(book, "awards", AWARD, "amount")
        explained(book, "awards", AWARD, "status")
        explained(book, "award_areas", "2029-30-v01/anyshire", "award")
        book["award_areas"].delete_rows(2)

    draft, findings = read(saved(ANYSHIRE, tmp_path / "a.xlsx", edit), anyshire, day=DAY)
    assert findings == ()
    known = {row.cells["id"] for row in anyshire.tables["revisions"].rows}
    new = [row for row in draft.rows("revisions") if row["id"] not in known]
    told = [(one["kind"], one["old"], one["new"], one["date"]) for one in new]
    assert told[0] == ("correction", "2950.00", "3100", "2031-11-14")
    assert told[1][::2] == ("withdrawal", "withdrawn")
    assert told[2][:3] == ("withdrawal", "2029-30-v01/anyshire", "not applicable")
    assert new[0]["id"] == f"{AWARD}-amount-changed"


def test_a_change_that_nothing_explains_is_told(tmp_path: Path, anyshire: DataPackage) -> None:
    path = saved(ANYSHIRE, tmp_path / "a.xlsx", award_cell("amount", 3100))
    draft, (told,) = read(path, anyshire)
    assert changed_files(ANYSHIRE, draft) == ["awards.csv"]
    assert (told.severity, AWARD in told.message) == (Severity.WARNING, True)
    assert "sheet revisions" in told.mend


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (AWARD, "amount", "what it held before"),
        (AWARD, "sum", "no column sum"),
        ("2031-32-n99", "amount", "no row 2031-32-n99"),
        (AWARD, None, "what was changed"),
    ],
)
def test_a_reason_for_nothing_is_not_taken(
    tmp_path: Path, anyshire: DataPackage, row: str, field: str, said: str
) -> None:
    path = saved(ANYSHIRE, tmp_path / "a.xlsx", lambda book: explained(book, "awards", row, field))
    (fault,) = errors(read(path, anyshire, day=DAY)[1])
    assert fault.file.endswith("sheet revisions")
    assert said in fault.message


def test_without_a_day_the_clerk_writes_the_date(tmp_path: Path, anyshire: DataPackage) -> None:
    def edit(book: Any) -> None:
        award_cell("amount", 3100)(book)
        explained(book, "awards", AWARD, "amount", date=datetime(2031, 11, 15))

    draft, findings = read(saved(ANYSHIRE, tmp_path / "a.xlsx", edit), anyshire)
    assert findings == ()
    assert draft.rows("revisions")[-1]["date"] == "2031-11-15"


def test_a_first_revision_adds_the_table(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put(book["awards"], row_of(book["awards"], "2031-32-1"), amount=7)
        explained(book, "awards", "2031-32-1", "amount")

    path = saved(LITTLEHAM, tmp_path / "a.xlsx", edit)
    draft, findings = read(path, package.read(LITTLEHAM), day=DAY)
    assert findings == ()
    assert changed_files(LITTLEHAM, draft) == ["datapackage.json", "awards.csv", "revisions.csv"]


@pytest.mark.parametrize(
    ("amount", "day", "dated"),
    [(7, date(2032, 1, 5), "2032-01-05"), (7, date(2001, 1, 5), None), (None, DAY, None)],
    ids=["a change", "an earlier day", "no change"],
)
def test_a_change_gives_the_data_its_day(
    amount: int | None, day: date, dated: str | None, tmp_path: Path
) -> None:
    def edit(book: Any) -> None:
        if amount:
            put(book["awards"], row_of(book["awards"], "2031-32-1"), amount=amount)

    before = package.read(LITTLEHAM)
    draft, _ = read(saved(LITTLEHAM, tmp_path / "a.xlsx", edit), before, day=day)
    expected = f"{dated}T00:00:00Z" if dated else before.created
    assert draft.descriptor["created"] == expected


def test_a_text_longer_than_a_cell_comes_back_whole(littleham: Path, tmp_path: Path) -> None:
    path = littleham / "funds.csv"
    long = path.read_text(encoding="utf-8").replace("Minute 12", "Minute " * 5_000 + "12")
    path.write_text(long, encoding="utf-8")
    draft, findings = read(
        saved(littleham, tmp_path / "a.xlsx", lambda book: None), package.read(littleham)
    )
    assert findings == ()
    assert "funds.csv" not in changed_files(littleham, draft)


def test_a_workbook_older_than_its_package_is_told(littleham: Path, tmp_path: Path) -> None:
    path = saved(littleham, tmp_path / "a.xlsx", lambda book: None)
    edit(littleham, "funds.csv", "5000.00", "6000.00")
    draft, (stale, unexplained) = read(path, package.read(littleham))
    assert "changed since this workbook" in stale.message
    assert "“6000.00” became “5000" in unexplained.message
    assert changed_files(littleham, draft) == ["funds.csv"]
