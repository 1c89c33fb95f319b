"""Every format, opened with a reader that isn't ours: the same rows, the same pennies."""

import csv
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import LITTLEHAM, ROOT, edit
from tests.exports.publishing import ANYSHIRE, LABELS, PACKAGES, Folder, book, made, publish

Rows = list[list[Any]]
Reader = Callable[[Folder, str], tuple[list[str], Rows]]
"""Reads one table: its columns, and rows whose cells are values, texts, or None."""


@pytest.fixture(scope="module", params=PACKAGES, ids=lambda folder: folder.name)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return publish(book(request.param), tmp_path_factory.mktemp(request.param.name))


def from_pandas(folder: Folder, table: str) -> tuple[list[str], Rows]:
    frame = pd.read_csv(folder.file(f"{table}.csv"), dtype=str, keep_default_na=False)
    return list(frame.columns), frame.to_numpy().tolist()


def from_workbook(folder: Folder, table: str) -> tuple[list[str], Rows]:
    header, *rows = book_of(folder)[table].iter_rows(values_only=True)
    return [str(name) for name in header], [list(row) for row in rows]


_BOOKS: dict[Path, Any] = {}


def book_of(folder: Folder) -> Any:
    path = folder.file(f"{folder.name}.xlsx")
    if path not in _BOOKS:
        _BOOKS[path] = openpyxl.load_workbook(path)
    return _BOOKS[path]


def with_labels(header: list[str], rows: Rows) -> tuple[list[str], Rows]:
    """Put the words of the column `missing` back where the nulls are."""
    place = header.index("missing")
    for row in rows:
        for name, label in json.loads(row[place]).items():
            assert row[header.index(name)] is None, name
            row[header.index(name)] = label
    return header[:place], [row[:place] for row in rows]


def from_parquet(folder: Folder, table: str) -> tuple[list[str], Rows]:
    found = pq.read_table(folder.file(f"{table}.parquet"))
    return with_labels(found.column_names, [list(row.values()) for row in found.to_pylist()])


def from_duckdb(folder: Folder, table: str) -> tuple[list[str], Rows]:
    found = duckdb.read_parquet(str(folder.file(f"{table}.parquet")))
    return with_labels(found.columns, [list(row) for row in found.fetchall()])


def from_sqlite(folder: Folder, table: str) -> tuple[list[str], Rows]:
    with closing(sqlite3.connect(folder.file("publication.sqlite"))) as database:
        found = database.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
        header = [one[0] for one in found.description]
        return with_labels(header, [list(row) for row in found])


def from_json(folder: Folder, table: str) -> tuple[list[str], Rows]:
    document = json.loads(folder.file(f"{folder.name}.json").read_text(), parse_float=Decimal)
    header, rows = folder.csv(table)[0], []
    for record in document["tables"][table]:
        labels = record.pop("missing", {})
        assert list(record) == header
        assert {name for name, value in record.items() if value is None} == set(labels)
        rows.append([labels.get(name, value) for name, value in record.items()])
    return header, rows


READERS: list[Reader] = [
    *(from_pandas, from_workbook, from_parquet, from_duckdb, from_sqlite, from_json)
]


def same(value: Any, cell: str) -> bool:
    """Whether a typed value says what the CSV's cell says."""
    match value:
        case None:
            return cell == ""
        case bool():
            return cell in (("yes", "true") if value else ("no", "false"))
        case datetime() | date():
            return value.isoformat()[:10] == cell
        case float():
            return Decimal(repr(value)) == Decimal(cell)
        case int() if cell in ("yes", "no"):
            return cell == ("yes" if value else "no")
        case int() | Decimal():
            return Decimal(value) == Decimal(cell)
    return bool(value == cell)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_each_format_has_the_same_rows(published: Folder, read: Reader) -> None:
    assert len(published.tables) == len(set(published.tables)) > 10
    for table in published.tables:
        header, rows = published.csv(table)
        columns, found = read(published, table)
        assert columns == header, table
        assert len(found) == len(rows), table
        for line, (values, cells) in enumerate(zip(found, rows, strict=True), 2):
            for name, value, cell in zip(header, values, cells, strict=True):
                assert same(value, cell), f"{table}, row {line}, {name}: {value!r}, not {cell!r}"


MONEY = (
    *("amount", "original_amount", "at_least", "named_in", "cap", "cap_per_area", "budget"),
    *("envelope", "total_value"),
)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_each_format_has_the_same_totals_to_the_penny(published: Folder, read: Reader) -> None:
    summed = 0
    for table in published.tables:
        header, rows = published.csv(table)
        _, found = read(published, table)
        for name in set(MONEY) & set(header):
            place = header.index(name)
            expected = sum(
                (Decimal(row[place]) for row in rows if row[place] not in LABELS), Decimal(0)
            )
            values = [row[place] for row in found if row[place] not in (*LABELS, None)]
            total = sum((Decimal(str(value)) for value in values), Decimal(0))
            assert total == expected, f"{table}.{name}"
            summed += 1
    assert summed > 5


def test_the_first_publishers_total() -> None:
    rows = csv.DictReader(made(PACKAGES[0])["awards_joined.csv"].content.decode().splitlines())
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal("7713019.51")


def test_duckdb_and_sqlite_add_up_exactly_by_themselves(published: Folder) -> None:
    header, rows = published.csv("awards_joined")
    total = sum(Decimal(row[header.index("amount")]) for row in rows)
    found = duckdb.read_parquet(str(published.file("awards_joined.parquet"))).sum("amount")
    assert found.fetchall() == [(total,)]
    assert [str(kind) for kind in found.types] == ["DECIMAL(38,2)"]
    with closing(sqlite3.connect(published.file("publication.sqlite"))) as database:
        ((pence,),) = database.execute("SELECT sum(amount_pence) FROM awards_joined")
        kinds = {kind for (kind,) in database.execute("SELECT typeof(amount) FROM awards_joined")}
    assert Decimal(pence) / 100 == total
    assert kinds == {"text"}


def test_parquet_has_real_types(published: Folder) -> None:
    schema = pq.read_schema(published.file("awards.parquet"))
    assert schema.field("amount").type == pa.decimal128(18, 2)
    assert schema.field("published_percentage").type == pa.decimal128(21, 6)
    assert schema.field("decided_on").type == pa.date32()
    assert schema.field("source_order").type == pa.int64()
    assert schema.field("title").type == pa.string()
    assert b"not published" in schema.metadata[b"missing"]
    assert {b"licence", b"source", b"date", b"publisher", b"version"} <= set(schema.metadata)


def test_sqlite_keys_hold(published: Folder) -> None:
    with closing(sqlite3.connect(published.file("publication.sqlite"))) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        links = database.execute("PRAGMA foreign_key_list(award_services)").fetchall()
        assert [(link[2], link[3], link[4]) for link in links] == [("awards", "award", "id")]
        keys = database.execute("PRAGMA table_info(award_services)").fetchall()
        assert [one[1] for one in keys if one[5]] == ["award", "service"]
        said = dict(database.execute("SELECT subject, words FROM read_me"))
        assert said["Licence"]
        assert "pence" in said["Money"]
        fields = database.execute(
            "SELECT count(DISTINCT field) FROM dictionary WHERE \"table\"='awards'"
        )
        assert fields.fetchone()[0] == len(published.csv("awards")[0])


def test_the_workbook_is_laid_out_for_people(published: Folder) -> None:
    book = book_of(published)
    assert book.sheetnames == ["Read me", "Dictionary", *published.tables]
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2", name
        assert all(cell.font.b for cell in sheet[1]), name
        widths = [one.width for one in sheet.column_dimensions.values()]
        assert all(8 <= width <= 65 for width in widths), name
    amounts = book["awards_joined"]["L"][1:]
    assert {cell.data_type for cell in amounts} == {"n"}
    assert {cell.number_format for cell in amounts} == {"#,##0.00"}


def test_days_are_days_in_the_workbook(tmp_path: Path) -> None:
    folder = publish(book(ANYSHIRE), tmp_path)
    header, _ = folder.csv("awards")
    column = [
        row[header.index("decided_on")]
        for row in book_of(folder)["awards"].iter_rows(min_row=2, values_only=True)
    ]
    assert {type(one) for one in column if one not in LABELS} == {datetime}


def test_the_workbook_says_whose_it_is(published: Folder) -> None:
    book = book_of(published)
    said = {row[0]: row[1] for row in book["Read me"].iter_rows(values_only=True) if row[0]}
    for name in ("Title", "Publisher", "Licence", "Source", "Version", "Date"):
        assert said[name], name
    for name in ("At least (at_least)", "Named in awards worth (named_in)", "Missing values"):
        assert said[name], name
    assert "run nothing" in said["Formulas"]
    descriptor = json.loads(published.file("datapackage.json").read_text())
    assert said["Licence"] == (
        descriptor["licenses"][0]["title"]
        if "licenses" in descriptor
        else "not stated by the source"
    )
    assert book.properties.created.isoformat()[:10] == descriptor["created"][:10]
    listed = [row[1] for row in book["Dictionary"].iter_rows(min_row=2, values_only=True)]
    assert len(listed) == sum(len(published.csv(table)[0]) for table in published.tables)


def test_the_json_nests_what_belongs_to_an_award() -> None:
    document = json.loads(made(ANYSHIRE)["anyshire.json"].content, parse_float=Decimal)
    assert document["package"]["licence"] == "Creative Commons Attribution 4.0"
    by_id = {one["id"]: one for one in document["awards"]}
    assert "2031-32-p14" not in by_id
    assert [one["id"] for one in document["withdrawn_awards"]] == ["2031-32-p14"]
    award = by_id["2029-30-v01"]
    assert award["amount"] == Decimal("298000.00")
    assert award["fund"] == {"id": "victims-care", "title": "Victims' Care Fund"}
    assert award["contract"] == "night-line"
    assert award["outcome_reports"][0] == "2029-30-v01-q1"
    assert award["areas"][0]["title"] == "Anyshire"
    assert award["missing"]["round"] == "not applicable"
    named = award["services"][0]["recipients"][0]
    assert named["recipient"] == {"id": "lantern-and-kettle", "name": "Lantern & Kettle"}
    terms = {(one["scheme"], one["term"], one["title"]) for one in award["terms"]}
    assert ("outcome", "cope", "Cope") in terms


def test_amounts_stand_in_the_json_to_the_penny() -> None:
    text = made(LITTLEHAM)["littleham.json"].content.decode()
    assert '"amount": 1200.50' in text
    whole = made(ANYSHIRE)["anyshire.json"].content.decode()
    assert '"amount": 298000.00' in whole


def hashes(package: str) -> Iterator[tuple[str, str]]:
    code = (
        "import hashlib, pathlib, sys\n"
        "from generator import ledger, package\n"
        "from generator.downloads import downloads\n"
        "read = ledger.build(package.read(pathlib.Path(sys.argv[1])))\n"
        "for one in downloads(read): print(one.name, one.sha256)\n"
    )
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Lima")):
        done = subprocess.run(
            [sys.executable, "-c", code, package],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        yield seed, done.stdout


def test_the_same_data_gives_the_same_bytes() -> None:
    (_, first), (_, second) = hashes(str(ANYSHIRE))
    assert first == second
    told = dict(line.rsplit(" ", 1) for line in first.splitlines())
    for one in made(ANYSHIRE).values():
        assert told[one.name] == hashlib.sha256(one.content).hexdigest(), one.name


def test_nothing_hangs_on_the_library_that_packs(published: Folder) -> None:
    content = published.file("publication.sqlite").read_bytes()
    assert int.from_bytes(content[96:100], "big") == 3_040_000
    head = published.file(f"{published.name}.xlsx").read_bytes()[:10]
    assert head[8:] == b"\0\0", "stored, not deflated"


def test_a_column_that_breaks_its_type_is_text_and_loses_nothing(littleham: Path) -> None:
    edit(littleham, "awards.csv", "1200.50", "about 1200")
    content = {one.of: one for one in made_of(littleham) if one.name.endswith(".parquet")}
    found = pq.read_table(pa.BufferReader(content["awards"].content))
    assert found.schema.field("amount").type == pa.string()
    assert "about 1200" in found["amount"].to_pylist()


def made_of(folder: Path) -> Any:
    from generator.exports.columnar import parquets
    from generator.exports.tabular import typed_tables

    read = book(folder)
    return parquets(read, typed_tables(read))
