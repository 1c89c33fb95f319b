"""Copies of a package with cells, rows and entries of the record changed, for tests."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from generator import ledger, package, schemas
from generator.descriptor import DESCRIPTOR
from generator.ledger import Ledger
from tests.conftest import ROOT, edit_descriptor

ANYSHIRE = ROOT / "tests" / "packages" / "anyshire"
Rows = list[dict[str, str]]


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


def copy_of(source: Path, target: Path) -> Path:
    return Path(shutil.copytree(source, target))


def change(folder: Path, resource: str, alter: Callable[[Rows], Rows]) -> None:
    """Read a resource's rows, alter them, and write them again."""
    path = folder / f"{resource}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, header = list(reader), list(reader.fieldnames or ())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(alter(rows))


def set_cell(folder: Path, resource: str, id: str, column: str, value: str) -> str:
    """Set a cell of the row with an id; gives what stood there."""
    old: list[str] = []

    def alter(rows: Rows) -> Rows:
        for row in rows:
            if row["id"] == id:
                old.append(row[column])
                row[column] = value
        return rows

    change(folder, resource, alter)
    assert len(old) == 1, f"{resource} has not one row {id}"
    return old[0]


def drop(folder: Path, resource: str, column: str, value: str) -> None:
    """Take out the rows that have a value."""
    change(folder, resource, lambda rows: [row for row in rows if row[column] != value])


def record(folder: Path, **entry: str) -> None:
    """Add an entry to the record of changes, and the record itself where there is none."""
    path = folder / "revisions.csv"
    if not path.exists():
        path.write_text("id,resource,row,field,kind,old,new,reason,date\n", encoding="utf-8")

        def add(descriptor: dict[str, object]) -> None:
            resources = descriptor["resources"]
            assert isinstance(resources, list)
            resources.append({"name": "revisions", "path": "revisions.csv"})

        edit_descriptor(folder, add)
        schemas.refresh(folder / DESCRIPTOR)
    given = {"id": "a-change", "resource": "awards", "kind": "correction", "reason": "A slip."}
    blank = {"old": "not applicable", "new": "not applicable", "date": "2031-11-14"}
    change(folder, "revisions", lambda rows: [*rows, {**blank, **given, **entry}])
