"""How rules are tested: each has a copy of a package broken, and one that is not quite broken.

A module of tests lists its cases as `FIRING` (the rule must speak) and `QUIET` (it must not);
`test_registry.py` collects them and fails for a rule that has none.
"""

import csv
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import ledger
from generator.checks import Outcome, Report, RuleResult, rules
from generator.checks.registry import run as run_rule
from generator.findings import Finding, Severity
from generator.package import read
from tests.conftest import LITTLEHAM, WEST_MERCIA, edit, edit_descriptor

Change = Callable[[Path], None]
LH, WM = LITTLEHAM, WEST_MERCIA


def text(file: str, old: str, new: str) -> Change:
    """Replace a text that stands once in a file."""
    return lambda package: edit(package, file, old, new)


def cell(file: str, row: int, column: str, value: str) -> Change:
    """Write a cell of a CSV, named by its line and column."""

    def change(package: Path) -> None:
        path = package / file
        lines = path.read_text(encoding="utf-8").splitlines()
        header, cells = csv.reader([lines[0], lines[row - 1]])
        cells[header.index(column)] = value
        with path.open("w", encoding="utf-8", newline="") as out:
            for number, line in enumerate(lines, 1):
                if number == row:
                    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
                else:
                    out.write(line + "\n")

    return change


def added(file: str, *cells: str) -> Change:
    """Put a row at the end of a CSV."""

    def change(package: Path) -> None:
        with (package / file).open("a", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerow(cells)

    return change


def without(file: str, *rows: int) -> Change:
    """Take lines out of a file."""

    def change(package: Path) -> None:
        path = package / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for number, line in enumerate(lines, 1) if number not in rows]
        path.write_text("".join(kept), encoding="utf-8", newline="")

    return change


def descriptor(change: Callable[[Any], object]) -> Change:
    """Change the descriptor."""

    def apply(found: dict[str, object]) -> None:
        change(found)

    return lambda package: edit_descriptor(package, apply)


def page(name: str, content: str) -> Change:
    """Write a page of the publisher's own text."""

    def change(package: Path) -> None:
        (package / "pages").mkdir(exist_ok=True)
        (package / "pages" / name).write_text(content, encoding="utf-8")

    return change


@dataclass(frozen=True)
class Firing:
    """A package changed so that a rule speaks: just once, of this place, in these words.

    Not every package is broken: what can't be answered at all is said of a sound one, too.
    `words` are regular expressions that the message must hold. With an outcome other than
    FOUND, the rule must say that it can't answer, of the subject `value`.
    """

    code: str
    package: Path
    changes: tuple[Change, ...]
    file: str
    row: int | None
    column: str | None
    value: str | None
    words: tuple[str, ...]
    outcome: Outcome = Outcome.FOUND


@dataclass(frozen=True)
class Quiet:
    """A package changed so that a rule nearly speaks, but has no reason to."""

    code: str
    package: Path
    changes: tuple[Change, ...] = ()


def changed(package: Path, changes: tuple[Change, ...], at: Path) -> Path:
    """A changed copy of a package."""
    copy = Path(shutil.copytree(package, at / package.name))
    for change in changes:
        change(copy)
    return copy


def ended(package: Path, code: str) -> RuleResult:
    """How one rule ends for a package (without the slow checks of structure)."""
    book = ledger.build(read(package))
    return run_rule(next(one for one in rules() if one.code == code), book)


def errors(report: Report) -> list[Finding]:
    """The findings that would stop a build."""
    return [one for one in report.findings if one.severity is Severity.ERROR]


def check_fires(case: Firing, at: Path) -> None:
    """Assert that the rule says what the case expects."""
    result = ended(changed(case.package, case.changes, at), case.code)
    assert result.outcome is case.outcome
    if case.outcome is not Outcome.FOUND:
        reasons = [one.reason for one in result.unanswered if one.subject == case.value]
        assert len(reasons) == 1, result.unanswered
        assert all(re.search(words, reasons[0]) for words in case.words), reasons
    else:
        assert len(result.findings) == 1, result.findings
        check_finding(case, result.findings[0])


def check_finding(case: Firing, finding: Finding) -> None:
    """Assert that a finding is the one that the case expects."""
    assert Path(finding.file).name == case.file
    assert (finding.row, finding.column, finding.value) == (case.row, case.column, case.value)
    for words in case.words:
        assert re.search(words, finding.message), finding.message
    assert finding.mend


def check_quiet(case: Quiet, at: Path) -> None:
    """Assert that the rule finds nothing."""
    assert ended(changed(case.package, case.changes, at), case.code).findings == ()
