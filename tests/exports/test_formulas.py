"""Cells that look like formulas: they run nowhere, and stay what they were, byte for byte."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.conftest import LITTLEHAM, ROOT
from tests.exports.publishing import Folder, book, publish

CELLS = (
    "=1+1",
    '=HYPERLINK("http://evil.example","click")',
    "+44 1234",
    "-2+3",
    "@SUM(A1)",
    "\tstarts with a tab",
    "\rstarts with CR",
    "=cmd|' /C calc'!A0",
    "http://a.example/",
    "12345",
    "'quoted",
    " spaces around ",
    "_x000D_ as written",
    "two\nlines",
    'a "quote", and a comma',
    "£ → naïve 漢字",
)


@pytest.fixture(scope="module")
def risky(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Littleham with a recipient of each such name, published."""
    folder = tmp_path_factory.mktemp("risky") / "littleham"
    folder.mkdir()
    for path in LITTLEHAM.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    with (folder / "recipients.csv").open("rb") as file:
        header = next(csv.reader(io.StringIO(file.read().decode())))
    with (folder / "recipients.csv").open("a", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        for number, cell in enumerate(CELLS):
            row = {"id": f"r{number}", "name": cell, "kind": "organisation"}
            out.writerow([row.get(name, "not published") for name in header])
    return publish(book(folder), folder.with_name("out"))


def test_in_the_workbook_they_are_text_and_marked_so(risky: Folder) -> None:
    sheet = openpyxl.load_workbook(risky.file("littleham.xlsx"))["recipients"]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)][-len(CELLS) :]
    # The format writes CR so; openpyxl leaves it as it stands in the file.
    assert [cell.value for cell in cells] == [cell.replace("\r", "_x000D_") for cell in CELLS]
    for cell, text in zip(cells, CELLS, strict=True):
        assert cell.data_type in "si", "text, never a formula"
        assert cell.hyperlink is None
        risk = text.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert bool(cell.quotePrefix) is risk
        assert cell.number_format == ("@" if risk else "General")


def test_the_workbook_holds_no_formula_link_or_macro_at_all(risky: Folder) -> None:
    with zipfile.ZipFile(risky.file("littleham.xlsx")) as packed:
        assert not [name for name in packed.namelist() if re.search("vba|external|macro", name)]
        for name in packed.namelist():
            text = packed.read(name).decode()
            assert not re.search(r"<f[ >]|<hyperlink|<ddeLink|externalReference", text), name


def test_elsewhere_they_are_the_same_byte_for_byte(risky: Folder) -> None:
    header, rows = risky.csv("recipients")
    assert tuple(row[1] for row in rows[-len(CELLS) :]) == CELLS
    frame = pd.read_csv(risky.file("recipients.csv"), dtype=str, keep_default_na=False)
    assert tuple(frame["name"])[-len(CELLS) :] == CELLS
    parquet = pq.read_table(risky.file("recipients.parquet"))["name"].to_pylist()
    assert tuple(parquet[-len(CELLS) :]) == CELLS
    ducked = duckdb.read_parquet(str(risky.file("recipients.parquet"))).fetchall()
    assert tuple(row[header.index("name")] for row in ducked)[-len(CELLS) :] == CELLS
    document = json.loads(risky.file("littleham.json").read_bytes())
    assert tuple(one["name"] for one in document["tables"]["recipients"])[-len(CELLS) :] == CELLS
    with closing(sqlite3.connect(risky.file("publication.sqlite"))) as database:
        names = [name for (name,) in database.execute("SELECT name FROM recipients ORDER BY rowid")]
    assert tuple(names[-len(CELLS) :]) == CELLS


def test_readers_are_told_of_the_choice(risky: Folder) -> None:
    page = (ROOT / "docs" / "use-the-data.md").read_text(encoding="utf-8")
    assert "{#formulas}" in page
    for mark in ("`=`", "`+`", "`-`", "`@`", "byte for byte", "runs nothing"):
        assert mark in page
    sheet = openpyxl.load_workbook(risky.file("littleham.xlsx"))["Read me"]
    said = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "run nothing" in said


def test_a_text_too_long_for_excel_says_that_it_is_cut(tmp_path: Path) -> None:
    folder = tmp_path / "littleham"
    folder.mkdir()
    for path in LITTLEHAM.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / "funds.csv").read_text(encoding="utf-8")
    title = text.splitlines()[1].split(",")[3]
    long = "long " * 8000
    (folder / "funds.csv").write_text(text.replace(title, long, 1), encoding="utf-8", newline="")
    out = publish(book(folder), tmp_path / "out")
    cells = [
        str(cell)
        for row in openpyxl.load_workbook(out.file("littleham.xlsx"))["funds"].iter_rows(
            values_only=True
        )
        for cell in row
    ]
    (cut,) = (cell for cell in cells if cell.startswith("long long"))
    assert cut.endswith("the CSV has all of it]")
    assert len(cut) == 32_767
    assert long in out.csv("funds")[1][0]
