"""Characters that nobody sees, and that make a text another than it looks."""

import re
from collections.abc import Iterator
from typing import Any

import pyarrow.compute as pc

from generator.checks.registry import Fault, Statement, rule
from generator.checks.suspects import by_text, cells
from generator.descriptor import DESCRIPTOR, display_path
from generator.findings import Severity
from generator.frames import Mask
from generator.ledger import Ledger
from generator.package import Table

_CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x{9f}\\x{fffe}\\x{ffff}"
_TURNING = "\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}"
_IN_COLUMNS = f"[{_CONTROLS}{_TURNING}]"
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_AROUND = 30


_HARMLESS = bytes({*range(256)} - {*range(9), 11, 12, *range(14, 32), 0x7F, 0xC2, 0xE2, 0xEF})
"""Bytes of UTF-8 with which no such mark begins."""


def _is_surely_plain(texts: Any) -> bool:
    """Whether no text of a column holds such a mark: one look at all their bytes."""
    held = texts.buffers()[2]
    return held is None or not held.to_pybytes().translate(None, _HARMLESS)


def _may_be_unseen(texts: Any) -> Mask:
    return pc.match_substring_regex(texts, _IN_COLUMNS)


def _said(text: str) -> tuple[str, str] | None:
    """What is wrong with a text, and the piece of it around the first such mark."""
    if (found := _UNSEEN.search(text)) is None:
        return None
    piece = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
    if _TURNS.match(found[0]):
        return f"The text holds a mark (U+{ord(found[0]):04X}) that turns the text round.", piece
    return f"The text holds a control character (U+{ord(found[0]):04X}).", piece


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, the names of its members included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.items() if isinstance(value, dict) else value:
            yield from _texts(list(one) if isinstance(one, tuple) else one)


def _in_table(table: Table) -> Iterator[Statement]:
    for name in table.header:
        if said := _said(name):
            yield Fault(table.file, said[0], 1, None, said[1])
    names = [
        name
        for name in dict.fromkeys(table.header)
        if not _is_surely_plain(table.body.column(name).dictionary)
    ]
    masks = {name: by_text(table, name, _may_be_unseen) for name in names}
    for row, name in cells(table, masks):
        if said := _said(row.cells.get(name, "")):
            yield Fault(table.file, said[0], row.line, name, said[1])


@rule(
    "unseen-characters",
    "A text is what it looks like",
    severity=Severity.ERROR,
    reason="Control characters break feeds and workbooks, and a terminal may obey them. Marks "
    "that turn the text round can make an amount or a name read as another.",
    source="XML 1.0, section 2.2; Unicode Technical Report 36, bidirectional text spoofing",
    mend="type the text again, without what was copied along. Right-to-left names need no marks "
    "around them, or only U+200E and U+200F.",
)
def unseen(ledger: Ledger) -> Iterator[Statement]:
    """No cell, header, page or description holds control characters or turning marks."""
    for table in ledger.package.tables.values():
        yield from _in_table(table)
    for page in ledger.package.prose:
        for number, line in enumerate(page.text.split("\n"), 1):
            if said := _said(line):
                yield Fault(page.file, said[0], number, None, said[1])
    file = display_path(ledger.package.folder / DESCRIPTOR)
    for text in _texts(ledger.package.descriptor):
        if said := _said(text):
            yield Fault(file, said[0], value=said[1])
