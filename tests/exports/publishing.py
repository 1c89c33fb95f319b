"""What the tests of the formats share: packages written out whole, and their CSVs as texts."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator import ledger, package
from generator.downloads import downloads, entries
from generator.exports.base import Download
from generator.ledger import Ledger
from tests.conftest import LITTLEHAM, ROOT, WEST_MERCIA

ANYSHIRE = ROOT / "tests" / "packages" / "anyshire"
PACKAGES = (WEST_MERCIA, ANYSHIRE, LITTLEHAM)
LABELS = ("", "not published", "not applicable", "withheld")


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


@cache
def made(folder: Path) -> dict[str, Download]:
    """All downloads of a package that no test changes."""
    return {one.name: one for one in downloads(book(folder))}


@dataclass(frozen=True)
class Folder:
    """A published folder on disk."""

    path: Path
    name: str
    tables: tuple[str, ...]

    def file(self, name: str) -> Path:
        return self.path / name

    def csv(self, table: str) -> tuple[list[str], list[list[str]]]:
        """A table's header and rows, as a stranger's csv reader finds them."""
        with self.file(f"{table}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        return header, rows


def publish(read: Ledger, into: Path, base_url: str | None = None) -> Folder:
    """Write a package's downloads into a folder."""
    into.mkdir(parents=True, exist_ok=True)
    files = downloads(read)
    for one in (*files, *entries(read, files, base_url)):
        (into / one.name).write_bytes(one.content)
    tables = tuple(one.of for one in files if one.of is not None and one.table is not None)
    return Folder(into, read.package.name, tables)
