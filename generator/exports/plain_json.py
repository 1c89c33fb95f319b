"""JSON with exact numbers: a `Decimal` is written digit by digit, never through a float."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def _lines(value: Any, indent: str) -> Iterator[str]:
    inner = indent + "  "
    if isinstance(value, Mapping) and value:
        yield "{"
        for place, (key, one) in enumerate(value.items()):
            yield f"{',' if place else ''}\n{inner}{json.dumps(key, ensure_ascii=False)}: "
            yield from _lines(one, inner)
        yield f"\n{indent}}}"
    elif isinstance(value, list | tuple) and value:
        yield "["
        for place, one in enumerate(value):
            yield f"{',' if place else ''}\n{inner}"
            yield from _lines(one, inner)
        yield f"\n{indent}]"
    elif isinstance(value, Decimal):
        yield f"{value:f}"
    elif isinstance(value, date):
        yield f'"{value.isoformat()}"'
    else:
        yield json.dumps(value, ensure_ascii=False)


def content(value: Any) -> bytes:
    """A value as an indented JSON file; days are written as in the tables."""
    return ("".join(_lines(value, "")) + "\n").encode()


def stated(**values: Any) -> dict[str, Any]:
    """An object of the members that say something: no None, no empty text, list or object."""
    return {name: one for name, one in values.items() if one not in (None, "", [], (), {})}
