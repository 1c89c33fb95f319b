"""A made-up package whose list of awards fills several pages."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from tests.conftest import LITTLEHAM

FIRST = 3
"""The first award that is not in the tiny package."""
AWARDS = 230
ALONE = AWARDS - 1
"""How many one recipient holds alone: all but the second of the tiny package."""


def _lengthen(path: Path, key: str, numbered: dict[str, str]) -> None:
    """Repeat a CSV's first row for further awards, each `{}` replaced by the award's number."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number in range(FIRST, AWARDS + 1):
        changes = {name: text.format(number) for name, text in numbered.items()}
        rows.append({**rows[0], key: f"2031-32-{number}", **changes})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def package(folder: Path) -> Path:
    """The tiny package in a new folder, with many more awards, of one recipient each."""
    copy = Path(shutil.copytree(LITTLEHAM, folder))
    award = {
        "title": "Ducklings, brood {}",
        "amount": "{}.25",
        "source_id": "PC/{}",
        "source_order": "{}",
        "source_ref": "Minute 1{}",
        "purpose": "not published",
        "fund": "not published",
        "fund_basis": "not applicable",
    }
    _lengthen(copy / "awards.csv", "id", award)
    _lengthen(copy / "award_services.csv", "award", {"title": "Ducklings, brood {}"})
    _lengthen(copy / "award_recipients.csv", "award", {})
    return copy
