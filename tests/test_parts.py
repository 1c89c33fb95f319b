"""Tables in several files: read as one, and each row is known by its own file and line."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from frictionless import Package

from bench.packages import make
from bench.split import split
from generator import checks, ledger, manifest, package
from generator.cli import cli
from generator.descriptor import objects
from generator.errors import UnreadablePackage
from generator.findings import Finding
from generator.parts import Part, of_line
from tests.conftest import ANYSHIRE, build, edit, edit_descriptor


def _tables(folder: Path) -> tuple[str, ...]:
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return tuple(one["name"] for one in objects(descriptor["resources"]))


@pytest.fixture
def parted(tmp_path: Path) -> Path:
    """A package of thirty awards with its tables in three parts each."""
    folder = make(30, tmp_path / "data" / "benchmark")
    return split(folder, 3, _tables(folder))


def _found(folder: Path) -> list[Finding]:
    found = checks.run(ledger.build(package.read(folder))).findings
    return [one for one in found if one.code == "structure"]


def test_lines_are_counted_through_all_files_and_told_in_each() -> None:
    parts = (Part("a-1.csv"), Part("a-2.csv", 5), Part("a-3.csv", 7))
    places = [(of_line(parts, line).file, of_line(parts, line).own(line)) for line in range(1, 9)]
    first = [("a-1.csv", line) for line in (1, 2, 3, 4)]
    assert places == [*first, *(("a-2.csv", 2), ("a-2.csv", 3), ("a-3.csv", 2), ("a-3.csv", 3))]


def test_a_table_in_several_files_has_the_rows_of_the_one(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ANYSHIRE, tmp_path / "anyshire"))
    one, many = package.read(ANYSHIRE), package.read(split(folder, 4, _tables(folder)))
    assert sum(len(table.parts) > 1 for table in many.tables.values()) > 10
    for name, table in one.tables.items():
        other = many.tables[name]
        assert [row.cells for row in table.rows] == [row.cells for row in other.rows]
        assert [other.body.columns[each].dictionary for each in table.header] == [
            table.body.columns[each].dictionary for each in table.header
        ]
        for row in other.rows[:50]:
            file, line = other.place(row.line)
            lines = (folder / Path(file).name).read_text(encoding="utf-8").splitlines()
            assert lines[line - 1].lstrip('"').startswith(row.cells[table.header[0]][:20])


def test_the_site_is_the_same(parted: Path, tmp_path: Path) -> None:
    whole = build(make(30, tmp_path / "whole" / "benchmark"), tmp_path / "one")
    made = build(parted, tmp_path / "many")
    one, many = (manifest.parse((at / manifest.NAME).read_bytes()) for at in (whole, made))
    # What is to be mended is told where it stands.
    assert {entry.path for entry in set(one) ^ set(many)} <= {"quality/findings.csv"}


def test_findings_name_the_part_and_its_row_as_frictionless_does(parted: Path) -> None:
    names = sorted(path.name for path in parted.glob("awards-*.csv"))
    assert len(names) == 3
    assert not _found(parted)
    assert Package(str(parted / "datapackage.json")).validate().valid
    last = (parted / names[2]).read_text(encoding="utf-8").splitlines()
    cells = last[1].split(",")
    (parted / names[2]).write_text(
        "\n".join([last[0], last[1].replace(cells[0], "Not An Id", 1), *last[2:]]) + "\n", "utf-8"
    )
    found = [one for one in _found(parted) if one.column == "id"]
    assert [(Path(one.file).name, one.row) for one in found] == [(names[2], 2)]
    report = Package(str(parted / "datapackage.json")).validate()
    rows = sum(len((parted / one).read_text("utf-8").splitlines()) - 1 for one in names[:2])
    theirs = [each for task in report.tasks for each in task.errors if task.name == "awards"]
    assert {each.row_number for each in theirs} == {rows + 2}


def test_a_key_that_stands_in_two_parts_is_told_with_both_places(parted: Path) -> None:
    first, second = (parted / f"recipients-{number}.csv" for number in (1, 2))
    again = first.read_text(encoding="utf-8").splitlines()[1]
    second.write_text(second.read_text(encoding="utf-8") + again + "\n", encoding="utf-8")
    (found,) = (one for one in _found(parted) if one.column == "id")
    assert Path(found.file).name == second.name
    assert "row 2 of recipients-1.csv" in found.message


@pytest.mark.parametrize(
    ("number", "change", "said"),
    [
        (2, lambda text: text.replace("id,", "ident,", 1), "first line is not that"),
        (2, lambda text: text.partition("\n")[2], "first line is not that"),
        (1, lambda text: text.rstrip("\n"), "last line has no end"),
        (3, lambda text: "", "first line is not that"),
    ],
)
def test_parts_that_would_not_join_are_told(parted: Path, number: int, change, said: str) -> None:  # type: ignore[no-untyped-def]
    part = parted / f"recipients-{number}.csv"
    part.write_text(change(part.read_text(encoding="utf-8")), encoding="utf-8")
    found = [one for one in _found(parted) if said in one.message]
    assert [Path(one.file).name for one in found] == [part.name]


def test_odd_parts_are_read_row_by_row(parted: Path) -> None:
    part = parted / "recipients-2.csv"
    text = part.read_text(encoding="utf-8").rstrip("\n").splitlines()
    part.write_text("\n".join([text[0], "", *text[1:]]) + "\n", encoding="utf-8")
    found = [one for one in _found(parted) if "blank" in one.message]
    assert [(Path(one.file).name, one.row) for one in found] == [(part.name, 2)]


def test_a_part_that_is_missing_is_named(parted: Path) -> None:
    (parted / "awards-2.csv").unlink()
    found = [one for one in _found(parted) if "can't be found" in one.message]
    assert [Path(one.file).name for one in found] == ["awards-2.csv"]


@pytest.mark.parametrize(
    "path", [[], ["https://x.example/a.csv"], ["../a.csv"], [1], ["a.csv"] * 2]
)
def test_a_list_of_paths_leads_nowhere_else(parted: Path, path: list[object]) -> None:
    def change(descriptor: dict[str, object]) -> None:
        objects(descriptor["resources"])[0]["path"] = path

    edit_descriptor(parted, change)
    with pytest.raises(UnreadablePackage):
        package.read(parted)


def test_commands_that_edit_leave_parts_alone(parted: Path) -> None:
    before = {path.name: path.read_bytes() for path in parted.iterdir() if path.is_file()}
    done = CliRunner().invoke(cli, ["format", str(parted)])
    assert "one of several files of a table" in done.output
    named = ["revise", str(parted), "--row", "x", "--field", "title", "--new", "y", "--reason", "z"]
    assert "one of several files of a table" in str(CliRunner().invoke(cli, named).exception)
    assert before == {path.name: path.read_bytes() for path in parted.iterdir() if path.is_file()}


def test_a_cell_too_long_is_told_in_its_part(parted: Path) -> None:
    edit(parted, "recipients-3.csv", "Dale Sport Association 5", "x" * 200_000)
    with pytest.raises(UnreadablePackage) as told:
        package.read(parted)
    assert "recipients-3.csv, line 3" in str(told.value)
