"""JSON with exact numbers: a `Decimal` is written digit by digit, never through a float."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

_text = json.encoder.encode_basestring
"""A text in quotes, with only what JSON demands escaped."""


def _write(value: Any, indent: str, put: Callable[[str], None]) -> None:
    """Put the pieces of a value's JSON; a document has millions of them."""
    if isinstance(value, str):
        put(_text(value))
    elif isinstance(value, Mapping) and value:
        mark, inner = "{", f"{indent}  "
        for key, one in value.items():
            put(f"{mark}\n{inner}{_text(key)}: ")
            _write(one, inner, put)
            mark = ","
        put(f"\n{indent}}}")
    elif isinstance(value, list | tuple) and value:
        mark, inner = "[", f"{indent}  "
        for one in value:
            put(f"{mark}\n{inner}")
            _write(one, inner, put)
            mark = ","
        put(f"\n{indent}]")
    elif isinstance(value, Decimal):
        put(f"{value:f}")
    elif isinstance(value, date):
        put(f'"{value.isoformat()}"')
    else:
        put(json.dumps(value, ensure_ascii=False))


def content(value: Any) -> bytes:
    """A value as an indented JSON file; days are written as in the tables."""
    pieces: list[str] = []
    _write(value, "", pieces.append)
    pieces.append("\n")
    return "".join(pieces).encode()


def stated(**values: Any) -> dict[str, Any]:
    """An object of the members that say something: no None, no empty text, list or object."""
    return {name: one for name, one in values.items() if one not in (None, "", [], (), {})}
