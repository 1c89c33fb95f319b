"""The fictional funder's own rows, for tests that work its figures out anew."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from tests.conftest import ROOT
from tests.crawler.rows import MISSING
from tests.reading import rows

PACKAGE = ROOT / "tests" / "packages" / "anyshire"
DOWNLOADS = "data/v1/anyshire"
TODAY = date(2031, 11, 15)
"""The package's own day, against which everything is judged."""
WITHDRAWN = "2031-32-p14"
FEWEST = 5
TENDERS = ("open-tender", "limited-tender")
HELD_BACK = "fewer than five: withheld"

Rows = list[dict[str, str]]


@cache
def data(resource: str) -> Rows:
    """The rows of a CSV of the package."""
    return rows(PACKAGE / f"{resource}.csv")


def standing() -> Rows:
    """The awards that were not withdrawn."""
    return [one for one in data("awards") if one["status"] != "withdrawn"]


def day(text: str) -> date | None:
    """The date in a cell, if there is one."""
    return None if text in MISSING else date.fromisoformat(text)


def words(text: str) -> str:
    """A date as pages show it."""
    shown = date.fromisoformat(text)
    return f"{shown.day} {shown:%B %Y}"


def rounded(number: Decimal, like: str) -> str:
    return str(number.quantize(Decimal(like), rounding=ROUND_HALF_UP))


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Every file that a reader or a machine could read, those in the zip included."""
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".csv", ".json", ".xml", ".txt", ".md"):
            yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}:{name}", archive.read(name).decode()


def status(report: dict[str, str]) -> str:
    """How a report stands on the package's day."""
    due, received = date.fromisoformat(report["due_on"]), day(report["received_on"])
    if received is not None:
        return "received" if received <= due else "late"
    return "missing" if due < TODAY else "not yet due"
