"""The small language that says which rows a figure comes from: `fund=lpcaf&status!=ended`.

The same text stands in the data (`covers_where`), in a page's `data-where` (URL-encoded)
and in the check that recomputes a figure, so that all three mean the same rows.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

from generator.missing import is_missing


class Condition(NamedTuple):
    """`field=value`, or `field!=value` when `equal` is False."""

    field: str
    value: str
    equal: bool = True

    def holds(self, cells: Mapping[str, str]) -> bool:
        """Whether a row meets the condition."""
        return self.met_by(cells.get(self.field, ""))

    def met_by(self, cell: str) -> bool:
        """Whether a cell of its field does; a missing one has no value to be equal to."""
        same = cell == self.value and not is_missing(cell)
        return same is self.equal


Where = tuple[Condition, ...]


def parse(text: str) -> Where:
    """Read a filter. Raises ValueError with plain words when it isn't one."""
    conditions = []
    for part in filter(None, text.split("&")):
        field, mark, value = part.partition("=")
        if not mark or not field.strip("!") or not value:
            raise ValueError(f"{part!r} is not of the form field=value or field!=value")
        equal = not field.endswith("!")
        conditions.append(Condition(unquote(field.rstrip("!")), unquote(value), equal))
    return tuple(conditions)


def where(**values: str) -> Where:
    """Conditions that each field equals a value."""
    return tuple(Condition(field, value) for field, value in values.items())


_UNQUOTED = re.compile("[A-Za-z0-9_.~-]*")


def quoted(text: str) -> str:
    """A field or a value as `data-where` has it."""
    return text if _UNQUOTED.fullmatch(text) else quote(text, safe="")


def encode(conditions: Where) -> str:
    """The filter as `data-where` has it."""
    return "&".join(
        f"{quoted(one.field)}{'=' if one.equal else '!='}{quoted(one.value)}" for one in conditions
    )


def matches(conditions: Where, cells: Mapping[str, str]) -> bool:
    """Whether a row meets every condition."""
    return all(condition.holds(cells) for condition in conditions)
