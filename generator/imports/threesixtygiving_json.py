"""360Giving in JSON: each grant as a row whose columns are paths (`grantProgramme/0/title`)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.imports.base import Sheet, SourceFile, SourceRow

_LONGEST_NUMBER = 30


def grants(document: Any) -> Sequence[Any] | None:
    """The list of grants: the package form's `grants`, or a bare list; None when there is none."""
    found = document.get("grants") if isinstance(document, Mapping) else document
    return found if isinstance(found, list) else None


def sheets(source: SourceFile) -> tuple[Sheet, ...]:
    """The tables of a file: those it has, or the grants of a JSON document, numbered from 1."""
    found = grants(source.document) if source.form == "json" else None
    if found is None:
        return source.sheets
    rows = tuple(SourceRow(line, _row(grant)) for line, grant in enumerate(found, 1))
    header = dict.fromkeys(path for row in rows for path in row.cells)
    return (Sheet("", tuple(header), rows),)


def _row(grant: Any) -> dict[str, str]:
    row: dict[str, str] = {}
    for path, text in flattened(grant):
        name, number = path, 2
        while name in row:  # {"a/0": …, "a": […]}
            name, number = f"{path} ({number})", number + 1
        row[name] = text
    return row


def flattened(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value inside a JSON value that says something, with its path."""
    inner: Iterator[tuple[object, Any]]
    if isinstance(value, Mapping):
        inner = iter(value.items())
    elif isinstance(value, list):
        inner = iter(enumerate(value))
    else:
        if (text := _text(value)).strip():
            yield path or "value", text
        return
    for name, one in inner:
        yield from flattened(one, f"{path}/{name}" if path else str(name))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal) and abs(value.adjusted()) < _LONGEST_NUMBER:
        return f"{value:f}"
    return str(value)
