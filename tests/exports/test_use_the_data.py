"""The lines on the page "Use the data" work: they run here against a built site."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from generator.summaries.awards import AWARD_COLUMNS
from tests.conftest import ROOT
from tests.serving import serving

PAGE = ROOT / "docs" / "use-the-data.md"
NAME = "west-mercia-pcc"


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def address(west_mercia_site: Path) -> Iterator[str]:
    with serving(west_mercia_site) as found:
        yield found


@pytest.fixture(scope="module")
def fetched(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the curl lines fetch."""
    folder = tmp_path_factory.mktemp("fetched")
    if shutil.which("curl") is None:
        pytest.skip("there is no curl")
    (lines,) = (block for block in blocks("sh") if "curl" in block)
    run(["sh", "-e", "-c", put_in(lines, address)], folder)
    return folder


def put_in(lines: str, address: str) -> str:
    assert "SITE" in lines
    return lines.replace("SITE", address).replace("PACKAGE", NAME)


def run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "NO_PROXY": "*", "no_proxy": "*", "PYTHONPATH": ""},  # with pandas
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_curl_lines_fetch_the_very_files(fetched: Path, west_mercia_site: Path) -> None:
    names = {path.name for path in fetched.iterdir()}
    assert names == {"awards_joined.csv", "awards_joined.parquet", "publication.sqlite"}
    for name in names:
        original = west_mercia_site / "data" / "v1" / NAME / name
        assert (fetched / name).read_bytes() == original.read_bytes()
    with closing(sqlite3.connect(fetched / "publication.sqlite")) as database:
        ((pence,),) = database.execute("SELECT sum(amount_pence) FROM awards_joined")
    assert pence == 771301951


def test_the_pandas_lines_add_up_by_fund(address: str, tmp_path: Path) -> None:
    (lines,) = (block for block in blocks("python") if "pandas" in block)
    said = run([sys.executable, "-c", put_in(lines, address)], tmp_path)
    sums = [Decimal(one) for one in re.findall(r" (\d+\.\d\d)$", said, re.MULTILINE)]
    assert sum(sums) == Decimal("7713019.51")


def test_the_duckdb_lines_count_and_add_up(fetched: Path) -> None:
    (lines,) = (block for block in blocks("python") if "duckdb" in block)
    said = run([sys.executable, "-c", lines], fetched)
    sums = [Decimal(one) for one in re.findall(r"\b(\d+\.\d\d) *│$", said, re.MULTILINE)]
    assert sum(sums) == Decimal("7713019.51")


def test_the_excel_line_names_the_right_columns(west_mercia_site: Path) -> None:
    (line,) = blocks("text")
    amount, attribution = re.findall(r"awards_joined!([A-Z]+):\1", line)
    letters = [chr(ord("A") + place) for place in range(len(AWARD_COLUMNS))]
    assert AWARD_COLUMNS[letters.index(amount)] == "amount"
    assert AWARD_COLUMNS[letters.index(attribution)] == "attribution"
    path = west_mercia_site / "data" / "v1" / NAME / f"{NAME}.xlsx"
    sheet = openpyxl.load_workbook(path)["awards_joined"]
    assert (sheet[f"{amount}1"].value, sheet[f"{attribution}1"].value) == ("amount", "attribution")


def test_the_r_lines_read_the_same_file_with_the_same_labels() -> None:
    (lines,) = blocks("r")
    assert "SITE/data/v1/PACKAGE/awards_joined.csv" in lines
    labels = re.search(r"c\((.*?)\)", lines)
    assert labels
    assert json.loads(f"[{labels[1]}]") == ["", "not published", "not applicable", "withheld"]
    assert {"amount", "fund_title"} <= set(AWARD_COLUMNS) & set(re.findall(r"\w+", lines))


def test_the_r_lines_run_where_there_is_r(address: str, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("there is no R")
    (lines,) = blocks("r")
    assert "amount" in run(["Rscript", "-e", put_in(lines, address)], tmp_path)


def test_every_address_on_the_page_is_on_the_site(west_mercia_site: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    addresses = re.findall(r"^\| `(/data/[^`]+)` \|", text, re.MULTILINE)
    assert len(addresses) > 8
    for one in addresses:
        path = one.replace("<package>", NAME).replace("<table>", "awards")
        assert (west_mercia_site / path.lstrip("/")).is_file(), one


def test_the_page_tells_how_each_format_marks_what_is_missing() -> None:
    text = PAGE.read_text(encoding="utf-8")
    section = text.split("{#absent}")[1].split("\n## ")[0]
    for words in ("CSV", "Excel", "JSON", "Parquet", "SQLite", "`missing`", "amount_pence"):
        assert words in section
