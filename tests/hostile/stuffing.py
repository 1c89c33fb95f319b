"""Anyshire with hostile texts wherever a text may stand, and its twin with harmless ones.

The twin's texts have the letters, the length and the spaces of the hostile ones, so that a page
of both has the same elements: whatever element one has more came out of a text.
"""

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import package, site
from generator.findings import Finding, Severity
from generator.package import DataPackage
from tests.conftest import ANYSHIRE, edit_descriptor
from tests.hostile.injections import (
    ATTRIBUTES,
    ELEMENTS,
    FOREIGN,
    LINKS,
    OVERLONG,
    TEMPLATES,
    TEXTS,
)

MOST = 8
"""Texts in one cell."""
LINK = r"^https?://\S+$"
_KEPT = "/-\\&"
"""Marks that the harmless text has too: words break at the first two, and none does harm alone."""

_JUDGED_BY = (("rule_settings", "value"), ("funding_sources", "restricted_to"))
"""Texts by which the checks judge other rows."""
Cell = tuple[str, int, str]
"""A table, the number of a row from 0, and a column."""


def harmless(text: str) -> str:
    """A text of the same shape that no place could obey."""
    return "".join(
        mark
        if mark.isalnum() or mark.isspace() or mark in "/-:."
        else " "
        if not mark.isprintable()
        else "x"
        for mark in text
    )


def is_free(one: dict[str, Any]) -> bool:
    """Whether a column takes any text."""
    constraints = one.get("constraints") or {}
    return one["type"] == "string" and not {"pattern", "enum"} & constraints.keys()


def is_link(one: dict[str, Any]) -> bool:
    """Whether a column takes any web address."""
    return (one.get("constraints") or {}).get("pattern") == LINK


@dataclass
class Stuffed:
    """A copy of Anyshire in the making: which texts stand in which cells."""

    folder: Path
    tables: dict[str, list[dict[str, str]]]
    texts: dict[Cell, str] = field(default_factory=dict)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many texts the checks refused, by table and column."""

    @classmethod
    def copy(cls, folder: Path) -> "Stuffed":
        """A copy with nothing in it yet."""
        shutil.copytree(ANYSHIRE, folder)
        tables = {}
        for path in folder.glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                tables[path.stem] = list(csv.DictReader(file))
        return cls(folder, tables)

    def columns(self, fits: Callable[[dict[str, Any]], bool]) -> Iterator[tuple[str, str]]:
        """The tables and columns whose fields fit."""
        for resource in descriptor(self.folder)["resources"]:
            for one in resource["schema"]["fields"]:
                rows = self.tables[resource["name"]]
                if rows and one["name"] in rows[0] and fits(one):
                    yield resource["name"], one["name"]

    def write(self, change: Callable[[str], str] = str) -> None:
        """Write the tables, each text changed."""
        for name, rows in self.tables.items():
            if not rows:
                continue
            filled = [
                {
                    column: change(self.texts[name, number, column])
                    if (name, number, column) in self.texts
                    else cell
                    for column, cell in row.items()
                }
                for number, row in enumerate(rows)
            ]
            with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
                writer.writeheader()
                writer.writerows(filled)

    def cells_of(self, one: Finding, read: DataPackage) -> list[Cell]:
        """The stuffed cells that a finding names: one, or those of its row."""
        name = Path(one.file).stem
        lines = {row.line: number for number, row in enumerate(read.tables[name].rows)}
        number = lines.get(one.row or 0, -1)
        whole = [cell for cell in self.texts if cell[:2] == (name, number)]
        return [cell for cell in whole if cell[2] == one.column] or whole


def descriptor(folder: Path) -> dict[str, Any]:
    """A package's descriptor."""
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def errors(folder: Path) -> list[Finding]:
    """The findings that stop a build."""
    found = site.check(folder).report.findings
    return [one for one in found if one.severity is Severity.ERROR]


def _several(start: int, count: int) -> str:
    """Some texts after one another."""
    return " ".join(TEXTS[(start + number) % len(TEXTS)] for number in range(count))


def _fill(made: Stuffed) -> dict[Cell, str]:
    """Put several texts into each cell; gives the one to try where those are refused."""
    single: dict[Cell, str] = {}
    for name, column in made.columns(is_free):
        if (name, column) in _JUDGED_BY:
            continue
        rows = len(made.tables[name])
        count = min(MOST, -(-len(TEXTS) // rows))
        for row in range(rows):
            number = len(single)
            made.texts[name, row, column] = f"{_several(number * count, count)} {number}"
            single[name, row, column] = f"{TEXTS[number % len(TEXTS)]} {number}"
    for number, (name, column) in enumerate(made.columns(is_link)):
        for row in range(len(made.tables[name])):
            made.texts[name, row, column] = f"{LINKS[(row + number) % len(LINKS)]}/{row}"
    for row, text in enumerate(OVERLONG):
        made.texts["awards", row, "purpose"] = text
    return single


def stuff(folder: Path) -> Stuffed:
    """Put texts into each cell that takes them; what the checks refuse is taken out again."""
    made = Stuffed.copy(folder)
    single = _fill(made)
    describe(folder, str)
    for _ in range(12):
        made.write()
        found = errors(folder)
        if not found:
            return made
        read = package.read(folder)
        cells = {cell for one in found for cell in made.cells_of(one, read)}
        assert cells, found[:5]
        for cell in cells:
            if cell in single:
                made.texts[cell] = single.pop(cell)
            else:
                del made.texts[cell]
                made.refused[cell[0], cell[2]] += 1
    raise AssertionError(f"the checks refuse more and more: {found[:5]}")


def describe(folder: Path, change: Callable[[str], str]) -> None:
    """Put texts into all that the descriptor says."""
    pool = iter(_dealt([*TEMPLATES, *ELEMENTS, *FOREIGN, *ATTRIBUTES], 14))

    def text(what: str) -> str:
        return change(f"{what} {next(pool)} {what}")

    def stuffed(found: dict[str, Any]) -> None:
        purse = found["purse"]
        found.update(title=text("title"), description=text("description"))
        purse["publisher"].update(name=text("publisher"), short_name=text("short"))
        purse.update(
            site_name=text("site"),
            contact=text("contact"),
            compiled_from=text("from"),
            official=False,
        )
        found["licenses"][0]["title"] = text("licence")
        found["sources"][0].update(title=text("source"), version=text("edition"))
        found["contributors"][0]["title"] = text("maker")
        for one in found["resources"][:3]:
            one.update(title=text(one["name"]))

    edit_descriptor(folder, stuffed)


def _dealt(texts: Iterable[str], hands: int) -> list[str]:
    """The texts dealt out, each hand as one text."""
    every = list(texts)
    return [" ".join(every[number::hands]) for number in range(hands)]


def twins(folder: Path) -> tuple[Stuffed, Path, Path]:
    """What was stuffed, the hostile package, and its harmless twin."""
    made = stuff(folder / "anyshire")
    twin = Path(shutil.copytree(made.folder, folder / "harmless"))
    describe(twin, harmless)
    Stuffed(twin, made.tables, made.texts).write(harmless)
    return made, made.folder, twin
