"""Downloads: the very cells, hashes that are right, bytes that never vary."""

import csv
import hashlib
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

from generator import ledger, package, schemas
from generator.downloads import downloads
from generator.exports.base import Download
from generator.ledger import Ledger
from generator.summaries.resources import UNPUBLISHED
from tests.conftest import LITTLEHAM, WEST_MERCIA, edit, edit_descriptor


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


WM, LH = book(WEST_MERCIA), book(LITTLEHAM)
BOOKS = pytest.mark.parametrize("read", [WM, LH], ids=["west-mercia-pcc", "littleham"])


MADE: dict[int, dict[str, Download]] = {}


def published(read: Ledger) -> list[str]:
    """The resources that readers can download."""
    return [name for name in read.package.tables if name not in UNPUBLISHED]


def by_name(read: Ledger) -> dict[str, Download]:
    """A package's downloads; those of our own packages are made once."""
    if read is not WM and read is not LH:
        return {one.name: one for one in downloads(read)}
    if id(read) not in MADE:
        MADE[id(read)] = {one.name: one for one in downloads(read)}
    return MADE[id(read)].copy()


@BOOKS
def test_there_is_a_file_for_each_resource_a_descriptor_and_a_zip(read: Ledger) -> None:
    files = downloads(read)
    name = read.package.name
    csvs = {f"{resource}.csv" for resource in published(read)}
    assert {one.name for one in files} >= {*csvs, "datapackage.json", f"{name}.zip"}
    assert len({one.path for one in files}) == len(files)
    for one in files:
        assert one.path.startswith(f"data/v1/{name}/")
        assert one.path.endswith(one.name)
        assert one.title
        assert one.description
        assert one.size == f"{len(one.content):,} bytes"
        assert one.sha256 == hashlib.sha256(one.content).hexdigest()


@BOOKS
def test_a_csv_holds_the_very_cells_of_its_source(read: Ledger) -> None:
    for resource in published(read):
        table = read.package.tables[resource]
        text = by_name(read)[f"{resource}.csv"].content.decode()
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert tuple(header) == table.header
        assert rows == [list(row.cells.values()) for row in table.rows]


@BOOKS
def test_what_is_written_plainly_is_published_byte_for_byte(read: Ledger) -> None:
    for resource in published(read):
        source = (read.package.folder / f"{resource}.csv").read_bytes()
        assert by_name(read)[f"{resource}.csv"].content == source


def test_what_spreadsheets_do_to_a_file_is_undone(littleham: Path) -> None:
    path = littleham / "awards.csv"
    before = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + before.replace(b"\n", b"\r\n"))
    assert by_name(book(littleham))["awards.csv"].content == before


def test_pandas_reads_exact_totals() -> None:
    content = by_name(WM)["awards.csv"].content
    labels = ["not published", "not applicable", "withheld"]
    frame = pd.read_csv(
        io.BytesIO(content), dtype={"id": str}, converters={"amount": Decimal}, na_values=labels
    )
    assert len(frame) == 27
    assert sum(frame["amount"], Decimal(0)) == Decimal("7713019.51")
    totals = {
        programme: sum(group["amount"], Decimal(0))
        for programme, group in frame.groupby("programme")
    }
    assert totals == {"victims": Decimal("3549244.02"), "prevention": Decimal("4163775.49")}
    pence = (pd.read_csv(io.BytesIO(content))["amount"] * 100).round().astype("int64").sum()
    assert pence == 771301951


@BOOKS
def test_the_descriptor_has_the_size_and_hash_of_each_file(read: Ledger) -> None:
    files = by_name(read)
    found = json.loads(files["datapackage.json"].content)
    for resource in found["resources"]:
        file = files[f"{resource['name']}.csv"]
        assert resource["path"] == file.name
        assert resource["bytes"] == len(file.content)
        assert resource["hash"] == f"sha256:{file.sha256}"
        assert resource["encoding"] == "utf-8"
    assert schemas.drifted(found) == ()
    kept = {key: value for key, value in found.items() if key != "resources"}
    assert kept == {
        key: value for key, value in read.package.descriptor.items() if key != "resources"
    }


def test_the_packages_own_descriptor_is_not_changed() -> None:
    before = json.dumps(LH.package.descriptor)
    downloads(LH)
    assert json.dumps(LH.package.descriptor) == before
    assert "hash" not in before


def test_the_published_descriptor_tells_where_and_how_files_are_published(littleham: Path) -> None:
    (littleham / "tables").mkdir()
    (littleham / "funds.csv").rename(littleham / "tables" / "streams.csv")

    def move(found: dict[str, object]) -> None:
        resources = found["resources"]
        assert isinstance(resources, list)
        resources[0].update(path="tables/streams.csv", encoding="utf-8-sig")

    edit_descriptor(littleham, move)
    found = json.loads(by_name(book(littleham))["datapackage.json"].content)
    assert (found["resources"][0]["path"], found["resources"][0]["encoding"]) == (
        *("funds.csv", "utf-8"),
    )


@BOOKS
def test_stock_frictionless_finds_the_published_folder_valid(read: Ledger, tmp_path: Path) -> None:
    for one in downloads(read):
        (tmp_path / one.name).write_bytes(one.content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "note"])
    assert {task.name for task in report.tasks} >= set(published(read))
    edit(tmp_path, "awards.csv", "Minute 14" if read is LH else "625940.00", "something else")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid, "hashes are checked"


@BOOKS
def test_the_zip_holds_the_whole_package(read: Ledger) -> None:
    files = by_name(read)
    name = read.package.name
    with zipfile.ZipFile(io.BytesIO(files.pop(f"{name}.zip").content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(set(names))
        csvs = {f"{name}/{resource}.csv" for resource in published(read)}
        assert set(names) >= {*csvs, f"{name}/datapackage.json"}
        for one in names:
            assert archive.read(one) == files[one.removeprefix(f"{name}/")].content
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.compress_type == zipfile.ZIP_STORED
            assert (entry.create_system, entry.external_attr >> 16) == (3, 0o644)


@BOOKS
def test_the_bytes_never_vary(read: Ledger) -> None:
    again = book(read.package.folder)
    assert [one.content for one in downloads(read)] == [one.content for one in downloads(again)]


def test_a_changed_cell_changes_no_other_table(littleham: Path) -> None:
    before = {one.name: one.sha256 for one in downloads(book(littleham))}
    edit(littleham, "funds.csv", "5000.00", "5000.01")
    after = {one.name: one.sha256 for one in downloads(book(littleham))}
    changed = {name for name in before if before[name] != after[name]}
    assert changed >= {"funds.csv", "datapackage.json", "littleham.zip"}
    assert not changed & {f"{resource}.csv" for resource in set(LH.package.tables) - {"funds"}}
