"""Whatever stands in a file, reading and checking it never ends in a traceback."""

import csv
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import descriptor, site
from generator.errors import PurseError
from tests.conftest import LITTLEHAM

AWARDS = (LITTLEHAM / "awards.csv").read_bytes()
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
ROWS = [line for line in AWARDS.split(b"\n") if line]
PIECES = st.sampled_from([*ROWS, *b",".join(ROWS).split(b","), b",", b'"', b"\n", b"\r", b"\0"])
CONTENT = st.binary(max_size=300) | st.lists(PIECES | st.binary(max_size=3)).map(b"".join)


@SLOW
@given(content=CONTENT, file=st.sampled_from(["awards", "funds", "award_services"]))
def test_no_bytes_in_a_csv_make_reading_or_checking_fail(
    littleham: Path, content: bytes, file: str
) -> None:
    path = littleham / f"{file}.csv"
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        site.check(littleham)
    finally:
        path.write_bytes(before)


@SLOW
@given(cell=st.text() | st.sampled_from(["sNaN", "1e999999", "9" * 5000, "--5"]), place=st.data())
def test_no_cell_makes_checking_fail(littleham: Path, cell: str, place: st.DataObject) -> None:
    path = littleham / "awards.csv"
    header, first, *rest = csv.reader(AWARDS.decode().splitlines())
    first[place.draw(st.integers(0, len(first) - 1))] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, first, *rest])
    site.check(littleham)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_no_setting_makes_reading_fail_but_in_plain_words(value: object) -> None:
    found = descriptor.read_descriptor(LITTLEHAM)
    for key in ("title", "licenses", "sources", "version", "resources", "purse", "currency"):
        try:
            descriptor.settings_of({**found, key: value}, "datapackage.json")
            descriptor.licence_of({**found, key: value})
        except PurseError as problem:
            assert problem.advice
