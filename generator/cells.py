"""From cells to values: how the text of a table becomes typed records."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_type_hints

from generator import model
from generator.missing import Missing, missing_of
from generator.money import parse_decimal


def _whole(cell: str) -> object:
    return int(cell) if re.fullmatch("-?[0-9]{1,15}", cell) else Missing.UNREADABLE


def _day(cell: str) -> object:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return Missing.UNREADABLE
    return day if day.isoformat() == cell else Missing.UNREADABLE


def _number(cell: str) -> object:
    number = parse_decimal(cell)
    return Missing.UNREADABLE if number is None else number


def _flag(cell: str) -> object:
    return {"yes": True, "true": True, "no": False, "false": False}.get(cell, Missing.UNREADABLE)


_READERS: Mapping[Any, Callable[[str], object]] = {
    Decimal: _number,
    date: _day,
    bool: _flag,
    int: _whole,
    str: str,
}


_KINDS = {"number": Decimal, "integer": int, "date": date}


def is_readable(kind: str, cell: str) -> bool:
    """Whether a cell with a value is written plainly enough for its column's type."""
    read = _READERS[_KINDS.get(kind, str)]
    return read(cell) is not Missing.UNREADABLE


def _converter(annotation: Any) -> Callable[[str], object]:
    kinds = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    convert = next(_READERS[kind] for kind in kinds if kind in _READERS)
    keeps_missing = Missing in kinds

    def cell_to_value(cell: str) -> object:
        missing = missing_of(cell)
        if missing is None:
            return convert(cell)
        return missing if keeps_missing else cell

    return cell_to_value


def converters(kind: type[model.Record]) -> Mapping[str, Callable[[str], object]]:
    """For each attribute of a record but its origin: what makes its value of a cell."""
    hints = get_type_hints(kind)
    return {one: _converter(hints[one]) for one in kind.__struct_fields__ if one != "at"}
