"""A Finding is one thing a check has to say about one place in the data."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from json import dumps

from generator.errors import UnreadablePackage


class Severity(Enum):
    """Errors stop a build. Warnings and gaps are published with the data."""

    ERROR = "error"
    WARNING = "warning"
    GAP = "gap"


_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.GAP: 2}
SHOWN = 200
"""Findings shown in full; the rest are counted."""


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and how to mend it.

    `row` is the line in the file as an editor counts lines (the header is line 1).
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


def one_line(text: str, keep: str = "") -> str:
    """The text with what a terminal would obey spelt out: line breaks, escapes, turned text."""
    return "".join(
        mark if mark.isprintable() or mark in keep else repr(mark)[1:-1] for mark in text
    )


def of_unreadable(problem: UnreadablePackage) -> Finding:
    """What stops a package from being opened, as a finding."""
    message = f"{problem.said[:1].upper()}{problem.said[1:]}."
    return Finding(
        problem.code, Severity.ERROR, problem.file, message, problem.advice, problem.line
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


_UNSEEN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What JSON lets through, and a terminal would obey or not show."""


def as_json(findings: Sequence[Finding]) -> str:
    """For machines: all findings, none cut."""
    rows = [{**asdict(finding), "severity": finding.severity.value} for finding in findings]
    text = dumps({"findings": rows, "summary": summary(findings)}, indent=2, ensure_ascii=False)
    return _UNSEEN.sub(lambda match: dumps(match[0])[1:-1], text)


_LINKED = re.compile(
    r"(?<=:)(?=//)"  # an address: https://...
    r"|(?<=www)(?=\.)"
    r"|(?<=#)(?=\w)"  # an issue: #12
    r"|(?<=gh-)(?=\d)|(?<=ghsa-)(?=\w)|(?<=cve-)(?=\d)"
    r"|(?<=:)(?=[\w+-]+:)",  # an emoji's name: :tada:
    re.IGNORECASE,
)
"""Where GitHub's Markdown would begin a link or a picture of its own accord."""
_COMMIT = re.compile("[0-9a-f]{6}(?=[0-9a-f])", re.IGNORECASE)
"""A commit's name has seven such marks or more; GitHub links it."""
_SPELT = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "$": "<span>$</span>",  # between two, GitHub would read a formula
    "@": "@&#8203;",  # not <wbr>: a reply by e-mail quotes the text without its tags
    **{mark: "\\" + mark for mark in "\\|`*_~[]"},
}


def markdown_cell(text: str) -> str:
    """The text as a cell of a Markdown table on GitHub: on one line, every mark meant as itself.

    No link, picture, tag, mention, issue or commit comes of it. Where GitHub would make one,
    stands a <wbr>: it shows nothing, and is not copied with the text.
    """
    plain = one_line(" ".join(text.split()))
    apart = _COMMIT.sub("\\g<0>\0", _LINKED.sub("\0", plain))
    spelt = "".join(_SPELT.get(mark, mark) for mark in apart)
    return spelt.replace("\0", "<wbr>")


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


def _command_data(text: str) -> str:
    seen = one_line(text, keep="\r\n")
    return seen.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _command_property(text: str) -> str:
    return _command_data(text).replace(":", "%3A").replace(",", "%2C")


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.GAP: "notice"}


def as_github(findings: Sequence[Finding]) -> str:
    """GitHub Actions' workflow commands, which annotate the very lines of a pull request."""
    lines = []
    for finding in findings[:SHOWN]:
        place = f"file={_command_property(finding.file)}"
        if finding.row is not None:
            place += f",line={finding.row}"
        title = _command_property(finding.code + (f" {finding.column}" if finding.column else ""))
        value = f" Value: {finding.value!r}." if finding.value is not None else ""
        text = _command_data(f"{finding.message}{value} Mend: {finding.mend}")
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
