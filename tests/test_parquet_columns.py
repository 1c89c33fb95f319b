"""A Parquet file gives the texts that a CSV would hold, and so the same rows and findings."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bench.packages import make
from bench.parquet import as_parquet
from bench.split import split
from generator import checks, ledger, manifest, package
from generator.body import NotRead, TooLarge
from generator.checks import clean_parts, structure
from generator.cli import cli
from generator.csv_columns import texts_of
from generator.engine import HERE
from generator.package import DataPackage, Table
from generator.parquet_columns import Room, read_columns
from tests import drawn
from tests.conftest import LITTLEHAM, build
from tests.hostile.parquets import packed

FLAGS = {"fields": [{"name": "x", "trueValues": ["yes", "true"], "falseValues": ["no", "false"]}]}
WIDE = pa.decimal128(38, 10)
LONG = ("awards", "recipients", "award_services", "award_recipients", "award_areas")


def texts(column: Any, schema: Mapping[str, Any] = FLAGS, **options: Any) -> list[str]:
    """A column as it is read from a file."""
    data = packed(pa.table({"x": column}), **options)
    return texts_of(read_columns(data, schema, Room(len(data)))["x"])


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        (pa.array(["a", None, "", " b\n"]), ["a", "", "", " b\n"]),
        (pa.array(["a", None, "a"], pa.large_string()), ["a", "", "a"]),
        (pa.array(["a", None, "a"], pa.string_view()), ["a", "", "a"]),
        (pa.array(["a", None, "a"]).dictionary_encode(), ["a", "", "a"]),
        (pa.array([3, None, -1]), ["3", "", "-1"]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([7, None, 7], pa.int8()).dictionary_encode(), ["7", "", "7"]),
        (pa.array([True, None, False]), ["yes", "", "no"]),
        (pa.array([date(2031, 4, 5), None]), ["2031-04-05", ""]),
        (pa.nulls(2), ["", ""]),
        (pa.array([Decimal("0.10"), Decimal("-1250.00")]), ["0.10", "-1250.00"]),
        (pa.array([Decimal(5), None]), ["5", ""]),
        (
            pa.array([Decimal("12.5"), Decimal(0), Decimal("-7.125")], WIDE),
            ["12.50", "0.00", "-7.125"],
        ),
        (
            pa.array([Decimal("1E-10"), Decimal("1E+20")], WIDE),
            ["0.0000000001", "1" + "0" * 20 + ".00"],
        ),
        (pa.array([Decimal("9" * 60)], pa.decimal256(76, 2)), ["9" * 60 + ".00"]),
    ],
    ids=lambda one: str(one.type) if isinstance(one, pa.Array) else "",
)
def test_a_value_is_the_text_that_a_cell_would_hold(column: Any, cells: list[str]) -> None:
    assert texts(column) == cells
    assert texts(column, row_group_size=1) == cells
    assert texts(column, use_dictionary=False, data_page_version="2.0", store_schema=False) == cells


def test_truths_are_true_and_false_where_the_schema_has_no_words_of_its_own() -> None:
    assert texts(pa.array([True, False]), {}) == ["true", "false"]


@given(
    st.lists(
        st.none()
        | st.decimals(
            allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15
        )
    )
)
def test_no_decimal_loses_anything(amounts: list[Decimal | None]) -> None:
    read = texts(pa.array(amounts, pa.decimal128(21, 4)))
    assert [Decimal(one) if one else None for one in read] == amounts
    assert all(re.fullmatch(r"(-?\d+\.\d\d(\d?[1-9])?)?", one) for one in read)


def test_each_text_stands_once_and_only_where_a_row_has_it() -> None:
    """As all that follows relies on, whatever the dictionary in a file holds."""
    twice = pa.DictionaryArray.from_arrays(pa.array([3, 1, 0, 1, None]), ["b", "a", "gone", "a"])
    data = packed(pa.table({"x": twice}))
    (column,) = read_columns(data, {}, Room(len(data))).values()
    assert column.dictionary.to_pylist() == ["a", "b", ""]
    assert column.indices.to_pylist() == [0, 0, 1, 0, 2]


def test_files_become_as_much_as_there_is_room_for() -> None:
    data = packed(pa.table({"x": ["a" * 1000] * 1000}))
    room = Room(len(data))
    before = room.left
    read_columns(data, {}, room)
    assert before - room.left == 1001 * 1000
    room.left = 1_000_000
    with pytest.raises(TooLarge):
        read_columns(data, {}, room)


def test_a_float_is_told_with_its_column_and_the_mend() -> None:
    with pytest.raises(NotRead, match="“x” holds floating-point numbers") as told:
        texts(pa.array([0.1]))
    assert told.value.column == "x"
    assert "decimal(18, 2)" in told.value.mend


def _numbers(table: Table) -> dict[int, int]:
    """The number of each row by its line."""
    return {line: number for number, line in enumerate(table.lines)}


def _told(found: DataPackage) -> list[tuple[object, ...]]:
    """What the checks say, with numbers of rows for lines, and without the kind of file."""
    rows = {one.file: _numbers(one) for one in found.tables.values()}

    def plain(text: str) -> str:
        return re.sub(r"(row|rows) [\d, and]+", "row", text).replace(".parquet", ".csv")

    return sorted(
        (
            *(one.code, plain(one.file.rpartition("/")[2])),
            rows.get(one.file, {}).get(one.row or 0, one.row or 0),
            *(plain(one.message), plain(one.mend), one.column or "", one.value or ""),
        )
        for one in checks.run(ledger.build(found)).findings
    )


@st.composite
def spoilt(draw: st.DrawFn) -> drawn.Package:
    """A package with odd texts in a few cells."""
    tables = draw(drawn.valid_tables())
    places = [(name, at) for name, rows in tables.items() for at in range(len(rows))]
    for _ in range(draw(st.integers(0, 3)) if places else 0):
        name, at = draw(st.sampled_from(places))
        tables[name][at][draw(st.sampled_from(sorted(tables[name][at])))] = draw(drawn.ODD)
    return drawn.packed(tables)


def _alike(files: drawn.Package, room: Path) -> None:
    folders = [room / "csv" / "drawn", room / "parquet" / "drawn"]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, content in files.items():
            (folder / name).write_bytes(content)
    as_parquet(folders[1], 2)
    one, other = map(package.read, folders)
    for name, table in one.tables.items():
        assert [row.cells for row in table.rows] == [row.cells for row in other.tables[name].rows]
    assert _told(one) == _told(other)


_PLAIN = settings(suppress_health_check=[*HealthCheck], deadline=None)
_FOUND = [Phase.explicit, Phase.reuse, Phase.generate]


@settings(_PLAIN, max_examples=6, phases=_FOUND)
@given(spoilt())
def test_rows_and_findings_are_those_of_a_csv(tmp_path_factory: Any, files: drawn.Package) -> None:
    _alike(files, tmp_path_factory.getbasetemp() / "alike")


@pytest.mark.torture
@settings(_PLAIN, max_examples=300, phases=_FOUND)
@given(spoilt())
def test_many_rows_and_findings_are_those_of_a_csv(
    tmp_path_factory: Any, files: drawn.Package
) -> None:
    _alike(files, tmp_path_factory.getbasetemp() / "alike")


@pytest.fixture
def parted(tmp_path: Path) -> Path:
    """A package of thirty awards with its long tables in three Parquet parts each."""
    return as_parquet(split(make(30, tmp_path / "data" / "benchmark"), 3, LONG), 4)


def test_the_site_is_the_same(parted: Path, tmp_path: Path) -> None:
    csvs = split(make(30, tmp_path / "whole" / "benchmark"), 3, LONG)
    sites = build(csvs, tmp_path / "one"), build(parted, tmp_path / "many")
    one, many = (manifest.parse((at / manifest.NAME).read_bytes()) for at in sites)
    differ = {entry.path for entry in set(one) ^ set(many)}
    # What is to be mended is told where it stands.
    assert differ <= {"quality/findings.csv"}


def test_parquet_parts_are_clean_for_all_who_judge(parted: Path) -> None:
    found = package.read(parted)
    assert structure.is_clean(found)
    assert clean_parts.judged(found, str(parted), HERE)


def _spoil(path: Path, change: Any) -> None:
    import pyarrow.parquet as pq

    pq.write_table(change(pq.read_table(path)), path)


def _with(table: pa.Table, name: str, row: int, text: str) -> pa.Table:
    cells = table[name].to_pylist()
    cells[row] = text
    return table.set_column(table.column_names.index(name), name, pa.array(cells))


def test_findings_name_the_part_and_the_row_in_it(parted: Path) -> None:
    _spoil(parted / "awards-2.parquet", lambda table: _with(table, "status", 3, "odd"))
    _spoil(parted / "recipients-2.parquet", lambda table: _with(table, "id", 0, "recipient-0"))
    found = package.read(parted)
    assert not structure.is_clean(found)
    assert not clean_parts.judged(found, str(parted), HERE)
    told = [one for one in checks.run(ledger.build(found)).findings if one.code == "structure"]
    places = {(Path(one.file).name, one.row, one.column, one.value) for one in told}
    assert ("awards-2.parquet", 5, "status", "odd") in places
    (again,) = (one for one in told if one.column == "id")
    assert (Path(again.file).name, again.row) == ("recipients-2.parquet", 2)
    assert "row 2 of recipients-1.parquet" in again.message


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.select([1, 0, *range(2, table.num_columns)]),
        lambda table: table.drop_columns("name"),
        lambda table: table.append_column("more", table["name"]),
    ],
    ids=["order", "missing", "more"],
)
def test_parts_with_other_columns_are_told(parted: Path, change: Any) -> None:
    _spoil(parted / "recipients-2.parquet", change)
    found = package.read(parted)
    told = [one for one in structure.check(found) if "columns are not those" in one.message]
    assert [Path(one.file).name for one in told] == ["recipients-2.parquet"]
    assert not clean_parts.judged(found, str(parted), HERE)


def test_commands_that_edit_leave_parquet_alone(parted: Path, littleham: Path) -> None:
    as_parquet(littleham)
    for folder in (parted, littleham):
        before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        named = ["--row", "2031-32-1", "--field", "title", "--new", "y", "--reason", "z"]
        for command in (
            ["format", str(folder)],
            ["revise", str(folder), *named],
            ["workbook", str(folder), "--out", str(folder.parent / "x.xlsx")],
            ["import", str(LITTLEHAM / "awards.csv"), "--to", str(folder)],
        ):
            done = CliRunner().invoke(cli, command)
            assert "is a Parquet file, and tables are edited as CSV only" in done.output + str(
                done.exception
            )
        assert before == {
            path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()
        }
