"""Other people's files: encodings, delimiters, workbooks, titles, lines, and what is refused."""

import hashlib
import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import UsageProblem
from generator.imports import grids, reading, workbook_sizes, workbooks
from generator.imports.base import SourceFile
from tests.hostile import workbooks as made
from tests.imports.files import csv_text, of_bytes, of_ods, of_xlsx


def cells(source: SourceFile, sheet: int = 0) -> list[list[str]]:
    return [list(row.cells.values()) for row in source.sheets[sheet].rows]


def lines(source: SourceFile) -> list[int]:
    return [row.line for row in source.sheets[0].rows]


def problem(folder: Path, name: str, data: bytes | str) -> str:
    with pytest.raises(UsageProblem) as caught:
        of_bytes(folder, name, data)
    assert "What to do: " in str(caught.value)
    return caught.value.message


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ("read as UTF-16",)),
        ("cp1252", ("read as Windows-1252",)),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, notes: tuple[str, ...]) -> None:
    data = "Title,Amount\r\nCafé – “Frogs”,£5\r\n".encode(encoding)
    source = of_bytes(tmp_path, "a.csv", data)
    assert source.sheets[0].header == ("Title", "Amount")
    assert cells(source) == [["Café – “Frogs”", "£5"]]
    assert (source.form, source.notes) == ("csv", notes)
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_bytes_that_mean_nothing_in_windows_1252_are_told(tmp_path: Path) -> None:
    source = of_bytes(tmp_path, "a.csv", b"a,b\r\nfrog\x81,\xe9\r\n")
    assert cells(source) == [["frog\ufffd", "é"]]
    assert source.notes == ("read as Windows-1252, in which 1 of its bytes mean nothing",)


@pytest.mark.parametrize(
    ("delimiter", "words"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_other_delimiters_are_found_and_noted(tmp_path: Path, delimiter: str, words: str) -> None:
    rows = [["Title", "Amount"], ["Frogs, toads, newts", "1,5"], ["a, b, c", "7"]]
    source = of_bytes(tmp_path, "a.csv", csv_text(rows, delimiter))
    assert cells(source) == rows[1:]
    assert source.notes == (f"its cells are parted by {words}",)


def test_semicolons_in_texts_do_not_mislead(tmp_path: Path) -> None:
    source = of_bytes(tmp_path, "a.csv", "Title,Amount\nfrogs; toads; newts; all,1\nx; y; z,2\n")
    assert source.sheets[0].header == ("Title", "Amount")


def test_commas_in_cells_of_several_lines_do_not_mislead(tmp_path: Path) -> None:
    rows = [["Title", "Amount"], ["frogs, toads\nnewts, eels\npike, carp", "1"]]
    source = of_bytes(tmp_path, "a.csv", csv_text(rows, ";"))
    assert source.sheets[0].header == ("Title", "Amount")


def test_the_line_that_spreadsheets_write_about_delimiters_is_no_row(tmp_path: Path) -> None:
    source = of_bytes(tmp_path, "a.csv", "sep=;\r\nTitle;Amount\r\nFrogs;5\r\n")
    assert (source.sheets[0].header, lines(source)) == (("Title", "Amount"), [3])


def test_lines_are_those_that_people_see(tmp_path: Path) -> None:
    text = 'Title,Amount\r\n"two\r\nlines",1\r\n,\r\n\r\nlast,2\r\n'
    assert lines(of_bytes(tmp_path, "a.csv", text)) == [2, 6]


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    source = of_bytes(tmp_path, "a.csv", "Title\nfrogs\n\ntoads\n")
    assert (source.sheets[0].header, cells(source)) == (("Title",), [["frogs"], ["toads"]])


def test_a_title_above_the_columns_is_left_out_and_noted(tmp_path: Path) -> None:
    source = of_bytes(tmp_path, "a.csv", "\n Our grants ,,\n,,\nTitle,Amount,\nfrogs,1,\n")
    assert (source.sheets[0].header, lines(source)) == (("Title", "Amount"), [5])
    assert source.notes == ("row 2 stands above the column titles and was left out: “Our grants”",)


def test_every_cell_has_a_column_of_its_own(tmp_path: Path) -> None:
    source = of_bytes(tmp_path, "a.csv", "Title,Title,,column C,\n1,2,3,4,,6\n7\n")
    assert source.sheets[0].header == ("Title", "Title (2)", "column C (2)", "column C", "column F")
    assert cells(source) == [["1", "2", "3", "4", "6"], ["7", "", "", "", ""]]


def test_columns_are_called_as_in_spreadsheets() -> None:
    assert [grids.letters(place) for place in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


WORKBOOK: dict[str, list[list[Any]]] = {
    "2031": [
        ["Our grants"],
        [],
        ["Title", "Amount", "Day", "Open?", "Number"],
        ["Frogs", 30000.0, datetime(2031, 5, 1), True, "07962245"],
        [],
        ["Toads", 1234.5, date(2031, 5, 2), False, 7],
    ],
    "blank": [[]],
    "notes": [["Note"], ["all of it"]],
}


def test_workbooks_give_every_sheet_as_text(tmp_path: Path) -> None:
    source = of_xlsx(tmp_path, WORKBOOK)
    assert source.form == "spreadsheet"
    assert [sheet.name for sheet in source.sheets] == ["2031", "notes"]
    assert cells(source) == [
        ["Frogs", "30000", "2031-05-01", "true", "07962245"],
        ["Toads", "1234.5", "2031-05-02", "false", "7"],
    ]
    assert lines(source) == [4, 6]
    assert source.notes == (
        "sheet 2031, row 1 stands above the column titles and was left out: “Our grants”",
    )


def test_open_document_gives_the_same(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Title", "Amount", "Day"],
        ["Frogs", 1234.5, date(2031, 5, 1)],
        ["Toads", 7, "soon"],
    ]
    source = of_ods(tmp_path, {"grants": rows})
    assert cells(source) == [["Frogs", "1234.5", "2031-05-01"], ["Toads", "7", "soon"]]


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    of_xlsx(tmp_path, {"a": [["x", "y"], ["1", "2"]]})
    source = of_bytes(tmp_path, "wrongly named.csv", (tmp_path / "grants.xlsx").read_bytes())
    assert source.form == "spreadsheet"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (30000.0, "30000"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (1357.9500000000003, "1357.95"),
        (-7.25, "-7.25"),
        (1e21, "1000000000000000000000"),
        (1e-7, "0.0000001"),
        (0, "0"),
        (100, "100"),
        (True, "true"),
        (date(2031, 5, 1), "2031-05-01"),
        (datetime(2031, 5, 1), "2031-05-01"),
        (datetime(2031, 5, 1, 9, 30), "2031-05-01T09:30:00"),
        (time(9, 30), "09:30:00"),
        (" as it is ", " as it is "),
    ],
)
def test_cells_of_workbooks_become_text(cell: workbooks.Cell, text: str) -> None:
    assert workbooks.text(cell) == text


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_amounts_in_workbooks_stay_exact(amount: Decimal) -> None:
    assert Decimal(workbooks.text(float(amount))) == amount


def test_json_keeps_numbers_exact(tmp_path: Path) -> None:
    source = of_bytes(tmp_path, "a.json", '\ufeff{"grants": [{"amountAwarded": 0.10, "n": 7}]}')
    assert source.document == {"grants": [{"amountAwarded": Decimal("0.10"), "n": 7}]}
    assert (source.form, source.sheets) == ("json", ())


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b" \r\n ", "is empty"),
        ("a.csv", b",,\n,,\n", "no cell that holds anything"),
        ("a.csv", b"a,b\0\n", "NUL bytes"),
        ("a.csv", b'a,b\n1,2\n"never closed,3\n4,5\n', "line 3: a quotation mark"),
        ("a.csv", b'a,b\n"half" closed,3\n', "line 2: a quotation mark"),
        ("a.pdf", b"%PDF", "no kind of file"),
        ("a.xlsx", b"not a workbook", "can't be opened as a workbook"),
        ("a.xls", b"<html><table></table>", "can't be opened as a workbook"),
        ("a.xlsx", b"PK\x03\x04 broken", "can't be opened as a workbook"),
        (
            *("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")),
            "protected by a password",
        ),
        ("a.json", b'{\n "a": 1,\n}', "line 3"),
        ("a.json", b'{"a": NaN}', "NaN"),
        ("a.json", b'{"a": 1, "b": 2, "a": 3}', "“a” stands twice"),
        ("a.json", b"[" * 60 + b"]" * 60, "more than 50 deep"),
        ("a.json", b"[" * 100_000, "more than 50 deep"),
        ("a.json", b"[" + b"9" * 5000 + b"]", "too many digits"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert words in problem(tmp_path, name, data)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="There is no file"):
        reading.read(tmp_path / "none.csv")
    with pytest.raises(UsageProblem, match="There is no file"):
        reading.read(tmp_path)


def test_too_large_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 10)
    assert "larger than" in problem(tmp_path, "a.csv", "a,b\n1,2\n3,4\n")


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_sizes, "LARGEST_UNPACKED", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 5000)
    assert "unpacks to more" in problem(tmp_path, "a.xlsx", out.getvalue())


_CELL = st.text(alphabet=st.sampled_from('ab ,;|\t"\n\r£é'), max_size=6)

_COMMAS = st.text(alphabet=st.sampled_from('ab ,"\n\r£é'), max_size=6)
"""Cells in which nothing but a comma can part cells."""


@given(st.lists(st.lists(_CELL, min_size=1, max_size=5), min_size=1, max_size=6))
@settings(max_examples=200)
def test_no_cell_of_a_table_is_lost(rows: list[list[str]]) -> None:
    """Below titles that stand over each column, every filled cell is found where it stood."""
    titles = ["Title", "Amount"]
    sheet, notes = grids.sheet("", enumerate([titles, *rows], 1))
    assert sheet is not None and not notes
    assert len(set(sheet.header)) == len(sheet.header)
    found = [(row.line, cell) for row in sheet.rows for cell in row.cells.values() if cell.strip()]
    assert found == [
        (line, cell) for line, row in enumerate(rows, 2) for cell in row if cell.strip()
    ]


@given(st.lists(st.lists(_COMMAS, min_size=2, max_size=4), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
def test_csv_gives_back_what_was_written(tmp_path: Path, rows: list[list[str]]) -> None:
    header = [f"T{place}" for place in range(4)]
    written = [row + [""] * (4 - len(row)) for row in rows]
    source = of_bytes(tmp_path, "a.csv", csv_text([header, *written]))
    places = [header.index(title) for title in source.sheets[0].header]
    assert cells(source) == [
        [row[place] for place in places] for row in written if any(cell.strip() for cell in row)
    ]


@given(st.binary(max_size=200), st.sampled_from([".csv", ".tsv", ".json", ".xlsx", ".ods"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_wild_bytes_never_raise_but_in_plain_words(
    tmp_path: Path, data: bytes, suffix: str
) -> None:
    try:
        of_bytes(tmp_path, f"wild{suffix}", data)
    except UsageProblem as error:
        assert error.advice


def test_an_entry_without_a_name_is_no_matter(tmp_path: Path) -> None:
    file = io.BytesIO(made.xlsx(made.ROWS))
    with zipfile.ZipFile(file, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = ""
        with archive.open(info, "w") as entry:
            entry.write(b"x")
    (sheet,) = of_bytes(tmp_path, "odd.xlsx", file.getvalue()).sheets
    assert sheet.header == ("Title", "Amount")
