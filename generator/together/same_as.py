"""`data/same-as.csv`: recipients of two packages that somebody looked at, and what they found.

It lies beside the packages, for no package may speak for another. Everything in it is published.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from generator import inside, schemas
from generator.descriptor import display_path
from generator.errors import UnreadablePackage
from generator.findings import Finding, Severity
from generator.limits import limit
from generator.missing import is_missing
from generator.personal import masked

FILE = "same-as.csv"
CODE = "same-as"


class Key(NamedTuple):
    """A recipient of a package on the site."""

    package: str
    recipient: str


class Verdict(Struct, frozen=True):
    """A row of the list, which begins at a line of the file."""

    line: int
    one: Key
    other: Key
    same: bool
    cells: Mapping[str, str]

    @property
    def pair(self) -> frozenset[Key]:
        """Both, in no order."""
        return frozenset((self.one, self.other))


class SameAs(Struct, frozen=True):
    """The list as it was read: its rows, and what is wrong with others."""

    file: str = FILE
    header: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    findings: tuple[Finding, ...] = ()

    def fault(self, line: int, column: str, value: str, message: str, mend: str) -> Finding:
        """Something wrong with a cell."""
        return Finding(CODE, Severity.ERROR, self.file, message, mend, line, column, value)


NO_LIST = SameAs()
"""Where nobody has reviewed anything."""


def fields() -> Sequence[Mapping[str, Any]]:
    """The columns, as their schema describes them."""
    return tuple(schemas.of_site(CODE)["fields"])


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _faults(cells: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a row: the column, what, and the mend."""
    for field in fields():
        name, text, rules = str(field["name"]), cells[field["name"]], field["constraints"]
        if is_missing(text):
            yield name, "This cell is empty.", "fill it in; nothing here may be left open."
        elif "enum" in rules and text not in rules["enum"]:
            yield name, "This is no verdict.", f"write {' or '.join(rules['enum'])}."
        elif "pattern" in rules and not re.fullmatch(rules["pattern"], text):
            yield name, "This can't be such a name.", "copy the name that the package has."
        elif field["type"] == "date" and not _is_date(text):
            yield name, "This is no date.", "write year, month and day, such as 2020-04-01."
        elif name in ("reason", "reviewed_by") and masked(text) != text:
            yield (
                name,
                "This seems to hold personal data, and everything here is published.",
                "write a role instead of a name, and take out what belongs to a person.",
            )


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as fault:
        raise UnreadablePackage(
            file, f"this is no sound CSV ({fault})", "look for a stray double quote.", line
        ) from fault


def read(data: Path) -> SameAs:
    """The list in a `data/` folder; empty where there is none. Raises UnreadablePackage."""
    file = display_path(data / FILE)
    try:
        content = inside.read(data, FILE, limit("table_megabytes"))
        text = None if content is None else content.decode("utf-8-sig")
    except inside.Refused as fault:
        raise UnreadablePackage(file, str(fault), fault.mend) from fault
    except UnicodeDecodeError as fault:
        mend = "save the file again as “CSV UTF-8”."
        raise UnreadablePackage(file, "this is not UTF-8 text", mend) from fault
    if text is None:
        return NO_LIST
    (_, header), *rows = list(_rows(text, file)) or [(1, [])]
    names = [str(one["name"]) for one in fields()]
    if sorted(header) != sorted(names):
        raise UnreadablePackage(
            file, "its columns are not those of this list", f"the header is: {','.join(names)}", 1
        )
    listed = SameAs(file, tuple(names))
    verdicts, findings, seen = list[Verdict](), list[Finding](), dict[frozenset[Key], int]()
    for line, given in rows:
        if len(given) != len(header):
            message = f"The row has {len(given)} cells, and the header has {len(header)}."
            mend = "look for a comma too many or too few."
            findings.append(Finding(CODE, Severity.ERROR, file, message, mend, line))
            continue
        cells = dict(zip(header, (cell.strip() for cell in given), strict=True))
        faults = [
            listed.fault(line, name, masked(cells[name]), message, mend)
            for name, message, mend in _faults(cells)
        ]
        one = Key(cells["package"], cells["recipient"])
        other = Key(cells["other_package"], cells["other_recipient"])
        found = Verdict(line, one, other, cells["verdict"] == "same", cells)
        if not faults and one == other:
            mend = "name two recipients."
            faults.append(
                listed.fault(line, "other_recipient", other.recipient, "This is one.", mend)
            )
        if not faults and (first := seen.setdefault(found.pair, line)) != line:
            message = f"Row {first} is about the same two."
            mend = "keep one of the rows."
            faults.append(listed.fault(line, "recipient", one.recipient, message, mend))
        findings += faults
        if not faults:
            verdicts.append(found)
    return SameAs(file, tuple(names), tuple(verdicts), tuple(findings))
