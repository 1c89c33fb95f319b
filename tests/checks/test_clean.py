"""Frictionless finds no fault with what is called clean; and what is clean is called so."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.packages import make
from generator import schemas
from generator.checks import (
    clean_columns,
    clean_descriptor,
    clean_links,
    structure,
    structure_report,
)
from generator.descriptor import DESCRIPTOR, read_descriptor
from generator.package import read
from tests.checks import Change, added, cell, changed
from tests.conftest import ANYSHIRE, LITTLEHAM, WEST_MERCIA

WILD = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
Rows = list[list[str]]
TABLES = sorted(path.name for path in ANYSHIRE.glob("*.csv"))
ODD = (
    *("", "not published", "not applicable", "withheld", "Not published", "not published "),
    *(" withheld", " ", "  x", "\t", "\xa0", "\u200b", "NaN", "sNaN", "Infinity", "1e5", "+1"),
    *("1,000", "1_000", "１２", "٣", "-0", "007", "01", "1", "0", "-1", "0.01", "0.010", "0.009"),
    *(".5", "5.", "100", "100.0", "100.01", "9" * 15, "9" * 16, "1.123456", "1.1234567", "0x1"),
    *("2020-02-30", "2020-2-3", "2020-07-31", "2020-07-31 ", "20200731", "0001-01-01", "2020-W01"),
    *("yes", "no", "true", "True", "TRUE", "false", "1.0", "Yes", "t", "on", "maybe"),
    *("a;b", "a\nb", "a\r\nb", "a\rb", 'a"b', '"', "'", ",", "a--b", "A-b", "-a", "é", "a-1\n"),
    *(
        "grant",
        "named",
        "2020-21",
        "2020-21\n",
        "２０２０-21",
        "R03",
        "https://a.example",
        "http://",
    ),
    *("https://a.example/\xa0x", "https://a.example/\x1cx", "E05000001", "x" * 300),
)
"""Cells as people and programs write them, rightly and wrongly."""


PIECES: tuple[int | bytes, ...] = (
    *b',"\n\r \0;\xff\xef',
    *(b"\n\n", b"\r\n\r\n", b", ", b'""', b"\xe2\x80"),
)
"""What an editor, or a broken transfer, may put into a file."""


@st.composite
def edits(draw: st.DrawFn) -> Callable[[Rows], None]:
    """A change of a table: a cell, a row or the header."""
    kind = draw(st.sampled_from(["cell"] * 8 + ["swap", "copy", "cut", "long", "blank", "head"]))
    row, other = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    column, text = draw(st.integers(0, 40)), draw(st.sampled_from(ODD) | st.text(max_size=6))

    def change(rows: Rows) -> None:
        if len(rows) < 2:
            return
        at, beside = 1 + row % (len(rows) - 1), 1 + other % (len(rows) - 1)
        place = column % len(rows[0])
        if kind == "cell" and place < len(rows[at]):
            rows[at][place] = text
        elif kind == "swap" and place < min(len(rows[at]), len(rows[beside])):
            rows[at][place] = rows[beside][place]
        elif kind == "copy":
            rows.append(list(rows[at]))
        elif kind == "cut":
            rows[at] = rows[at][:-1]
        elif kind == "long":
            rows[at] = [*rows[at], text]
        elif kind == "blank":
            rows.insert(at, ["" for _ in rows[0]] if row % 2 else [])
        elif kind == "head":
            rows[0][place] = text

    return change


def write(path: Path, rows: Rows, end: str) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8", errors="replace"))


def faults(folder: Path) -> list[str]:
    """What Frictionless finds, and what it takes but isn't plainly written."""
    package = read(folder)
    plain = [one for table in package.tables.values() for one in structure_report.not_plain(table)]
    return [one.message for one in (*structure_report.validate(package), *plain)]


def hold_to_it(folder: Path) -> None:
    if structure.is_clean(read(folder)):
        assert not faults(folder)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package to be changed and mended again, by each example."""
    return Path(shutil.copytree(ANYSHIRE, tmp_path_factory.mktemp("clean") / "anyshire"))


@WILD
@given(
    file=st.sampled_from(TABLES),
    changes=st.lists(edits(), min_size=1, max_size=2),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_called_clean_has_no_fault(
    copy: Path, file: str, changes: list[Callable[[Rows], None]], end: str
) -> None:
    path = copy / file
    before = path.read_bytes()
    rows = list(csv.reader(io.StringIO(before.decode(), newline="")))
    for change in changes:
        change(rows)
    write(path, rows, end)
    try:
        hold_to_it(copy)
    finally:
        path.write_bytes(before)


@WILD
@given(
    file=st.sampled_from(TABLES),
    piece=st.sampled_from(PIECES),
    place=st.integers(0, 10**6),
)
def test_no_byte_in_a_file_makes_it_clean(
    copy: Path, file: str, piece: int | bytes, place: int
) -> None:
    path = copy / file
    before = path.read_bytes()
    at = place % (len(before) + 1)
    odd = bytes([piece]) if isinstance(piece, int) else piece
    path.write_bytes(before[:at] + odd + before[at:])
    try:
        hold_to_it(copy)
    finally:
        path.write_bytes(before)


VALUES: tuple[Any, ...] = (
    *(None, "", "x", "A B", 5, True, [], {}, [{}], ["x"], [None], {"x": 1}, "../x.csv", "x.csv"),
    *("2020", "2020-01-01", "2020-13-01T00:00:00Z", "2020-01-01T00:00:00Z", "latin-1", "csv"),
    *([{"title": "x"}], [{"name": "x"}], [{"title": 1}], [{"email": "x"}], [{"path": "../x"}]),
    *({"delimiter": ";"}, {"header": False}, {"commentChar": "a"}, {"delimiter": ",", "x": 1}),
)
KEYS = (
    *("$schema", "name", "title", "description", "version", "created", "currency", "licenses"),
    *("sources", "contributors", "keywords", "homepage", "profile", "resources", "image", "type"),
    *("missingValues", "fields", "purse", "id"),
)
OF_RESOURCE = (
    *("$schema", "name", "type", "title", "description", "path", "scheme", "format", "mediatype"),
    *("encoding", "dialect", "schema", "hash", "bytes", "rows", "profile", "compression", "data"),
    *("sources", "licenses", "extrapaths"),
)


@WILD
@given(
    key=st.sampled_from([(one, False) for one in KEYS] + [(one, True) for one in OF_RESOURCE]),
    value=st.sampled_from(VALUES),
    number=st.integers(0, 30),
)
def test_no_descriptor_with_a_fault_is_called_clean(
    copy: Path, key: tuple[str, bool], value: object, number: int
) -> None:
    path = copy / DESCRIPTOR
    before = path.read_bytes()
    found = read_descriptor(copy)
    name, of_resource = key
    owner = found["resources"][number % len(found["resources"])] if of_resource else found
    owner[name] = value
    path.write_text(json.dumps(found), encoding="utf-8")
    try:
        package = read(copy)
    except Exception:
        path.write_bytes(before)
        return
    try:
        if structure.is_clean(package):
            assert not faults(copy)
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("folder", [WEST_MERCIA, ANYSHIRE, LITTLEHAM], ids=lambda one: one.name)
def test_clean_packages_are_called_clean(folder: Path) -> None:
    assert structure.is_clean(read(folder))


def test_a_large_clean_package_is_called_clean(tmp_path: Path) -> None:
    assert structure.is_clean(read(make(300, tmp_path / "many")))


GOOD = {
    "string": st.text(
        st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=20
    ).filter(lambda text: text[0] != " "),
    "number": st.decimals(1, 100, places=2).map(str),
    "integer": st.integers(1, 10**9).map(str),
    "date": st.dates().map(str),
    "boolean": st.sampled_from(["true", "false"]),
}


@settings(WILD, max_examples=20)
@given(data=st.data(), file=st.sampled_from(TABLES))
def test_plain_values_are_called_clean(copy: Path, data: st.DataObject, file: str) -> None:
    schema = schemas.load(file.removesuffix(".csv")) or {}
    linked = {name for link in schema.get("foreignKeys", ()) for name in link["fields"]}
    path = copy / file
    before = path.read_bytes()
    rows = list(csv.reader(io.StringIO(before.decode(), newline="")))
    for place, field in enumerate(schema["fields"]):
        odd = {"pattern", "enum", "unique"} & (field.get("constraints") or {}).keys()
        if odd or field["name"] in {*schema["primaryKey"], *linked} or len(rows) < 2:
            continue
        values = GOOD[field["type"]] | st.just("not published")
        if (field.get("constraints") or {}).get("required"):
            values = GOOD[field["type"]].filter(lambda text: text not in ("withheld",))
        rows[data.draw(st.integers(1, len(rows) - 1))][place] = data.draw(values)
    write(path, rows, "\n")
    try:
        assert structure.is_clean(read(copy))
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("name", schemas.names())
def test_all_that_our_schemas_say_is_judged(name: str) -> None:
    assert clean_columns.knows(schemas.load(name) or {})


WRONG = {
    "an amount too small": cell("awards.csv", 2, "amount", "0.00"),
    "a share too great": cell("awards.csv", 2, "published_percentage", "100.01"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_one_wrong_cell_is_never_clean(change: Change, tmp_path: Path) -> None:
    assert not structure.is_clean(read(changed(ANYSHIRE, (change,), tmp_path)))


def test_a_column_that_may_hold_nothing_twice_is_judged_by_itself(tmp_path: Path) -> None:
    again = cell(
        "themes.csv", 3, "id", next(iter(read(ANYSHIRE).tables["themes"].rows)).cells["id"]
    )
    for changes, clean in (((), True), ((again,), False)):
        found = read(changed(ANYSHIRE, changes, tmp_path / str(clean)))
        assert clean_columns.is_clean_table(found.tables["themes"]) == clean


def test_a_key_in_two_spellings_is_not_surely_unique(tmp_path: Path) -> None:
    for spelling, unique in (("2", True), ("01", False), ("1", False)):
        row = added("award_services.csv", "2029-30-v01", spelling, "Again")
        found = read(changed(ANYSHIRE, (row,), tmp_path / spelling))
        assert clean_links.has_unique_key(found.tables["award_services"]) == unique


def test_a_schema_that_says_more_is_not_judged() -> None:
    schema = schemas.load("funds") or {}
    field = schema["fields"][0]
    for more in ({"format": "email"}, {"constraints": {"maxLength": 3}}, {"type": "geopoint"}):
        assert not clean_columns.knows({**schema, "fields": [field, {**field, **more}]})
    assert clean_columns.knows({**schema, "fields": [field]})
    assert not clean_columns.knows({**schema, "more": 1})


@pytest.mark.parametrize(
    ("change", "clean"),
    [
        ({}, True),
        ({"licenses": [{"name": "CC-BY-4.0"}]}, True),
        ({"licenses": [{"title": "Open"}]}, False),
        ({"sources": [{"title": "Minutes"}]}, True),
        ({"sources": [{"title": 5}]}, False),
        ({"sources": ["Minutes"]}, False),
        ({"created": "2031-13-01T00:00:00Z"}, False),
        ({"created": "yesterday"}, False),
        ({"title": 5}, False),
        ({"name": "A B"}, False),
        ({"resources": []}, False),
        ({"resources": "none"}, False),
        ({"more": "x"}, False),
    ],
)
def test_what_a_descriptor_may_say(change: dict[str, Any], clean: bool) -> None:
    assert clean_descriptor.is_clean({**read_descriptor(ANYSHIRE), **change}) is clean


@pytest.mark.parametrize("key", ["name", "path", "title", "schema", "encoding"])
def test_what_a_resource_must_say(key: str) -> None:
    found = read_descriptor(ANYSHIRE)
    first, *others = found["resources"]
    assert not clean_descriptor.is_clean({**found, "resources": [{**first, key: 5}, *others]})
