"""A cell of our own workbook, read with what the package held there before.

A cell that means what it meant keeps its very characters, so that a round trip changes nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from generator.cells import is_readable
from generator.formatting import plain_cell
from generator.missing import is_missing
from generator.revisions import same
from generator.spreadsheets import fitted
from generator.workbook_help import codes_of

_NO_VALUE = "or say why there is none: not published, not applicable or withheld."


class CellFault(Struct, frozen=True):
    """Why a cell can't be taken, and how to mend it."""

    message: str
    mend: str


def taken(field: Mapping[str, Any], old: str, text: str, currency: str) -> str | CellFault:
    """What the package is to hold: the old characters, a new plain value, or a fault."""
    kind = str(field.get("type"))
    if fitted(old).replace("\r\n", "\n").strip() == text.replace("\r\n", "\n").strip():
        return old
    new = plain_cell(field, text, currency, None)
    if same(kind, old, new):
        return old
    return new if is_missing(new) else fault_of(field, kind, new) or new


def fault_of(field: Mapping[str, Any], kind: str, text: str) -> CellFault | None:
    """What is wrong with a value that isn't what its column holds; None when it is fine."""
    codes = codes_of(field)
    if codes and text not in codes:
        return CellFault(
            "The value is none of those that this column has.",
            f"choose one of the list: {', '.join(codes)}.",
        )
    if not is_readable(kind, text):
        return _UNREADABLE[kind]
    pattern = (field.get("constraints") or {}).get("pattern")
    if pattern and not re.fullmatch(str(pattern), text):
        return CellFault(
            "The value doesn't have the form that this column asks for.",
            f"{field.get('description') or 'look at the other rows.'}",
        )
    return None


_UNREADABLE = {
    "date": CellFault(
        "It isn't clear which day this is.",
        f"write the year first, such as 2031-04-05 for 5 April 2031, {_NO_VALUE}",
    ),
    "number": CellFault(
        "This isn't a plain number of pounds and pence (or of another currency).",
        f"write digits and a point, such as 1234.50, {_NO_VALUE}",
    ),
    "integer": CellFault("This isn't a whole number.", f"write digits such as 12, {_NO_VALUE}"),
}
