"""Anyshire broken one way at a time: each rule speaks of the right cell, and of little else.

A twin (`tests/packages/broken/<code>.json`) is a small patch of the fictional package, never a
copy of it. It says what the rule must find, and which other rules must speak up with it.
"""

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator import site
from generator.checks import Report, RuleResult, rules
from generator.cli import cli
from generator.descriptor import DESCRIPTOR
from generator.findings import Finding, Severity, as_text
from tests.conftest import ROOT, edit_descriptor

ANYSHIRE = ROOT / "tests" / "packages" / "anyshire"
TWINS = {path.stem: path for path in (ROOT / "tests" / "packages" / "broken").glob("*.json")}
STRUCTURE = "structure"
"""Not a rule but what comes before all rules; it has a twin, too."""
MEANT = {"R03-reports": 4, "R08-weighting": 4, "R19-visits": 2}
"""The warnings that Anyshire is meant to show."""
TEN = (  # twins that break ten rows of eight files, and none of which has a companion
    *("R01-extensions", "R04-report-parts", "R06-single-tender", "R20-instrument"),
    *("R21-totals", "R22-amounts", "R26-personal-data", "far-date", "measure-terms", "naming"),
)

SEVERITIES = {one.code: one.severity for one in rules()} | {STRUCTURE: Severity.ERROR}

Cells = Mapping[str, str]
Key = tuple[str, str, str | None, str | None, str]
"""A finding without its line, which shifts when a row is added or removed."""


@dataclass
class Sheet:
    """A CSV file of a package, to be changed and written again."""

    path: Path
    header: list[str]
    rows: list[dict[str, str]]

    @classmethod
    def open(cls, path: Path) -> "Sheet":
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            return cls(path, list(reader.fieldnames or ()), list(reader))

    def matching(self, wanted: Cells) -> list[dict[str, str]]:
        assert set(wanted) <= set(self.header), f"{self.path.name} has no such column: {wanted}"
        return [row for row in self.rows if all(row[name] == wanted[name] for name in wanted)]

    def one(self, wanted: Cells) -> dict[str, str]:
        (row,) = self.matching(wanted)
        return row

    def write(self) -> None:
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)


def line_of(path: Path, wanted: Cells) -> int:
    """The line at which the one row with these cells begins, as an editor counts."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        begins = reader.line_num + 1
        for cells in reader:
            row = dict(zip(header, cells, strict=True))
            if all(row[name] == wanted[name] for name in wanted):
                found.append(begins)
            begins = reader.line_num + 1
    (line,) = found
    return line


def apply(package: Path, patch: dict[str, Any]) -> None:
    """Change a package by one step: set, add, copy or remove cells, or append to a page."""
    path = package / patch["file"]
    if patch["file"] == DESCRIPTOR:
        edit_descriptor(package, lambda found: set_keys(found, patch["set"]))
        return
    if "append" in patch:
        text = path.read_text(encoding="utf-8").rstrip("\n")
        path.write_text(f"{text}\n\n{patch['append']}\n", encoding="utf-8", newline="")
        return
    sheet = Sheet.open(path)
    if "add" in patch:
        assert list(patch["add"]) == sheet.header, f"the columns of {patch['file']}"
        sheet.rows.append(patch["add"])
    elif "remove" in patch:
        gone = sheet.one(patch["remove"])
        sheet.rows = [row for row in sheet.rows if row is not gone]
    elif "copy" in patch:
        sheet.rows.append({**sheet.one(patch["copy"]), **patch["set"]})
    else:
        row = sheet.one(patch["row"])
        assert all(row[name] != value for name, value in patch["set"].items()), "changes nothing"
        row.update(patch["set"])
    sheet.write()


def set_keys(found: Any, values: Mapping[str, str]) -> None:
    """Set dotted keys of a JSON object."""
    for dotted, value in values.items():
        *way, last = dotted.split(".")
        owner = found
        for name in way:
            owner = owner[name]
        assert owner[last] != value, "changes nothing"
        owner[last] = value


@cache
def unbroken() -> Report:
    """What the checks say of Anyshire itself."""
    return site.check(ANYSHIRE).report


def below(finding: Finding) -> str:
    """The file of a finding, as it is called inside the package."""
    return finding.file.rpartition("/anyshire/")[2]


def key(finding: Finding) -> Key:
    return finding.code, below(finding), finding.column, finding.value, finding.message


def keys(findings: Sequence[Finding]) -> Counter[Key]:
    return Counter(key(one) for one in findings)


def place(package: Path, code: str, said: dict[str, Any]) -> tuple[Any, ...]:
    """Where a finding must point, its line taken from the broken file itself."""
    path = package / said["file"]
    row: int | None = None
    if said.get("line") == "last":
        row = len(path.read_text(encoding="utf-8").splitlines())
    elif said["row_id"] is not None:
        row = line_of(path, said["row_id"])
    return code, said["file"], row, said["column"], said["value"]


def read_twin(code: str) -> dict[str, Any]:
    twin: dict[str, Any] = json.loads(TWINS[code].read_text(encoding="utf-8"))
    return twin


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., Path]:
    """Anyshire with the patches of some twins applied."""

    def patched(*codes: str) -> Path:
        package = Path(shutil.copytree(ANYSHIRE, tmp_path / "anyshire"))
        for patch in (patch for code in codes for patch in read_twin(code)["patch"]):
            apply(package, patch)
        return package

    return patched


FIRING = [code for code in sorted(TWINS) if "finding" in read_twin(code)]
UNANSWERED = [code for code in sorted(TWINS) if "finding" not in read_twin(code)]


@pytest.mark.parametrize("code", FIRING)
def test_a_broken_twin_is_found_where_it_is_broken(code: str, broken: Callable[..., Path]) -> None:
    twin, package = read_twin(code), broken(code)
    before, after = unbroken().findings, site.check(package).report.findings
    assert not keys(before) - keys(after), "a finding of unbroken Anyshire went away"
    counted = keys(after) - keys(before)
    new = [one for one in after if counted[key(one)]]
    expected = [place(package, code, twin["finding"])]
    expected += [place(package, one["rule"], one) for one in twin["companions"]]
    places = [(one.code, below(one), one.row, one.column, one.value) for one in new]
    assert sorted(places, key=str) == sorted(expected, key=str), as_text(new)
    assert sum(counted.values()) == len(new), "a finding is said again"
    (mine,) = (one for one in new if one.code == code)
    assert mine.severity is SEVERITIES[code]
    assert mine.mend.endswith((".", "?"))


def test_ten_rows_broken_ten_ways_give_ten_findings(broken: Callable[..., Path]) -> None:
    package = broken(*TEN)
    after = site.check(package).report.findings
    new = [one for one in after if not keys(unbroken().findings)[key(one)]]
    expected = [place(package, code, read_twin(code)["finding"]) for code in TEN]
    places = [(one.code, below(one), one.row, one.column, one.value) for one in new]
    assert sorted(places, key=str) == sorted(expected, key=str), as_text(new)
    assert list(after) == sorted(set(after), key=lambda one: one.sort_key)


@pytest.mark.parametrize("code", UNANSWERED)
def test_a_rule_that_can_only_say_it_cannot_tell(code: str, broken: Callable[..., Path]) -> None:
    twin = read_twin(code)
    report = site.check(broken(code)).report
    wanted = (twin["unanswered"]["subject"], twin["unanswered"]["outcome"])
    assert wanted not in answers(unbroken(), code)
    assert wanted in answers(report, code)
    assert keys(report.findings) == keys(unbroken().findings)


def answers(report: Report, code: str) -> list[tuple[str, str]]:
    """What a rule could not answer of a package."""
    result = result_of(report, code)
    return [(one.subject, one.outcome.value) for one in result.unanswered]


def result_of(report: Report, code: str) -> RuleResult:
    return next(one for one in report.results if one.rule.code == code)


def test_every_rule_has_a_twin_and_every_twin_a_rule() -> None:
    assert set(TWINS) == {one.code for one in rules()} | {STRUCTURE}


@pytest.mark.parametrize("code", sorted(TWINS))
def test_a_twin_is_a_small_patch_that_explains_itself(code: str) -> None:
    twin = read_twin(code)
    assert twin["rule"] == code
    assert twin["why"].endswith(".")
    assert ("finding" in twin) != ("unanswered" in twin)
    assert 1 <= len(twin["patch"]) <= 6
    assert TWINS[code].stat().st_size < 4000
    if "unanswered" in twin:
        assert twin["companions"] == []


@pytest.mark.parametrize("code", [one.code for one in rules()])
def test_unbroken_anyshire_is_quiet(code: str) -> None:
    result = result_of(unbroken(), code)
    assert len(result.findings) == MEANT.get(code, 0), result.findings
    assert all(one.severity is Severity.WARNING for one in result.findings)


def test_unbroken_anyshire_has_a_sound_structure() -> None:
    assert [one for one in unbroken().findings if one.code == STRUCTURE] == []


def test_purse_check_of_anyshire_is_the_golden_file(golden: Callable[[str, str], None]) -> None:
    done = CliRunner().invoke(cli, ["check", "tests/packages/anyshire"], standalone_mode=False)
    assert done.return_value == 0
    golden("anyshire-findings.txt", done.stdout)
