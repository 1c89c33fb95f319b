"""A Finding is one thing a check has to say about one place in the data."""

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import asdict

from generator.errors import UnreadablePackage
from generator.safety import (
    command_data,
    command_property,
    markdown_cell,
    one_line,
    terminal_json,
)


class Severity(Enum):
    """Errors stop a build. Warnings and gaps are published with the data."""

    ERROR = "error"
    WARNING = "warning"
    GAP = "gap"


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.GAP: 2}
SHOWN = 200
"""Findings shown in full; the rest are counted."""


class Finding(Struct, frozen=True):
    """What is wrong, where, and how to mend it.

    `row` is the line in the file as an editor counts lines (the header is line 1). In a Parquet
    file it is the line that the row would have in a CSV.
    """

    code: str
    severity: Severity
    file: str
    message: str
    mend: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Errors first, then by place; no two findings share a key, so that the order is sure."""
        return (
            _ORDER[self.severity],
            self.file,
            self.row or 0,
            self.column or "",
            self.code,
            self.message,
            self.value or "",
            self.mend,
            # "None" and "empty" are told apart last.
            (self.row is None, self.column is None, self.value is None),
        )

    @property
    def place(self) -> str:
        """`awards.csv, row 3, column amount` with the parts that are known."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


def tidy(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Sorted, each said once."""
    return tuple(sorted(set(findings), key=lambda finding: finding.sort_key))


def summary(findings: Sequence[Finding]) -> str:
    """`2 errors, 1 warning` or `no errors`."""
    parts = []
    for severity in Severity:
        count = sum(finding.severity is severity for finding in findings)
        if count or severity is Severity.ERROR:
            word = severity.value + ("" if count == 1 else "s")
            parts.append(f"{count or 'no'} {word}")
    return ", ".join(parts)


def told(problem: Exception) -> str:
    """A problem for the terminal, which must obey nothing in it."""
    from generator.personal import masked  # loads much that is needed for nothing else here

    return "Error: " + one_line(masked(str(problem)), keep="\n")


def of_unreadable(problem: UnreadablePackage) -> Finding:
    """What stops a package from being opened, as a finding."""
    message = f"{problem.said[:1].upper()}{problem.said[1:]}."
    return Finding(
        *(problem.code, Severity.ERROR, problem.file, message, problem.advice),
        *(problem.line, problem.column),
    )


def _rest(findings: Sequence[Finding]) -> str:
    return f"and {len(findings) - SHOWN:,} more" if len(findings) > SHOWN else ""


def as_text(findings: Sequence[Finding]) -> str:
    """For a terminal."""
    blocks = []
    for finding in findings[:SHOWN]:
        lines = [f"{finding.severity.value.upper()} {one_line(finding.place)} [{finding.code}]"]
        lines.append(f"  {one_line(finding.message)}")
        if finding.value is not None:
            lines.append(f"  Value: {finding.value!r}")
        lines.append(f"  Mend:  {one_line(finding.mend)}")
        blocks.append("\n".join(lines))
    if rest := _rest(findings):
        blocks.append(rest)
    return "\n\n".join([*blocks, f"{summary(findings).capitalize()}."]) + "\n"


def as_json(findings: Sequence[Finding]) -> str:
    """For machines: all findings, none cut."""
    rows = [{**asdict(finding), "severity": finding.severity.value} for finding in findings]
    return terminal_json({"findings": rows, "summary": summary(findings)})


def as_markdown(findings: Sequence[Finding]) -> str:
    """For a pull request's comment or a job's summary."""
    lines = [f"**{summary(findings).capitalize()}.**", ""]
    if findings:
        lines += ["| | Where | What | How to mend it |", "| --- | --- | --- | --- |"]
    for finding in findings[:SHOWN]:
        value = f" Value: “{markdown_cell(finding.value)}”." if finding.value is not None else ""
        what = f"{markdown_cell(finding.message)}{value}"
        cells = (
            finding.severity.value,
            markdown_cell(finding.place),
            what,
            markdown_cell(finding.mend),
        )
        lines.append(f"| {' | '.join(cells)} |")
    if rest := _rest(findings):
        lines += ["", rest]
    return "\n".join(lines) + "\n"


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.GAP: "notice"}


def as_github(findings: Sequence[Finding]) -> str:
    """GitHub Actions' workflow commands, which annotate the very lines of a pull request."""
    lines = []
    for finding in findings[:SHOWN]:
        place = f"file={command_property(finding.file)}"
        if finding.row is not None:
            place += f",line={finding.row}"
        title = command_property(finding.code + (f" {finding.column}" if finding.column else ""))
        value = f" Value: {finding.value!r}." if finding.value is not None else ""
        text = command_data(f"{finding.message}{value} Mend: {finding.mend}")
        lines.append(f"::{_COMMANDS[finding.severity]} {place},title={title}::{text}")
    if rest := _rest(findings):
        lines.append(rest)
    return "\n".join([*lines, f"{summary(findings).capitalize()}."]) + "\n"


RENDERERS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
    "github": as_github,
}
