"""A table in several files, read as if they stood in one: each begins with the same header.

Lines are counted through all files, as readers of data packages count them: the header of the
first stands once. `Part.own` says where a line stands in its own file. A Parquet file has no lines:
its rows are counted as if it were a CSV with one line each.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator import parquet_columns
from generator.body import Body, JoinedBody, NotRead, PlainBody, read, within_limits
from generator.csv_columns import Columns, encoded, joined_columns, read_columns
from generator.parquet_columns import Room, is_parquet

Load = Callable[[], bytes]
"""Reads a part's file."""
_UNLIKE = "The first line is not that of the table’s first file."
_OTHER_COLUMNS = "The columns are not those of the table’s first file, in their order."
_OPEN = "The last line has no end, so the next file’s first row would be joined to it."


class Part(Struct, frozen=True):
    """One file of a table: its path to show, and the table's line at which it begins.

    The first begins with its header, each other with what stands below that.
    """

    file: str
    first: int = 1
    fault: str = ""
    """Why it can't be joined to the others, if it can't."""

    def own(self, line: int) -> int:
        """The line of its own file that is this line of the table."""
        return line if self.first == 1 else line - self.first + 2


def of_line(parts: Sequence[Part], line: int) -> Part:
    """The part in which a line of the table stands."""
    return parts[max(bisect_right([one.first for one in parts], line) - 1, 0)]


def _header(data: bytes) -> bytes:
    return data.partition(b"\n")[0].removeprefix(b"\xef\xbb\xbf").removesuffix(b"\r")


def _fault(data: bytes, header: bytes, *, last: bool) -> str:
    if _header(data) != header:
        return _UNLIKE
    if not last and not data.endswith(b"\n"):
        return _OPEN
    return ""


def _below(data: bytes) -> bytes:
    return data.partition(b"\n")[2]


def _count(data: bytes) -> int:
    return data.count(b"\n") + (data[-1:] not in (b"", b"\n"))


def read_file(file: str, data: bytes, schema: Mapping[str, Any], room: Room) -> tuple[Body, bool]:
    """The body of a table in one file, and whether it is UTF-8. Raises NotRead."""
    if not is_parquet(file):
        return read(data)
    columns = parquet_columns.read_columns(data, schema, room)
    return within_limits(JoinedBody(columns, range(1, _size(columns) + 2))), True


def _size(columns: Columns) -> int:
    return len(next(iter(columns.values())))


def read_parts(
    files: Sequence[str], loads: Sequence[Load], schema: Mapping[str, Any], room: Room
) -> tuple[Body, bool, tuple[Part, ...]]:
    """The body of a table, whether all of it is UTF-8, and its parts.

    Each file is let go before the next is read, where nothing about them is odd. Raises NotRead.
    """
    if len(files) == 1:
        return (*read_file(files[0], loads[0](), schema, room), (Part(files[0]),))
    parts = list[Part]()
    try:
        if is_parquet(files[0]):
            body, decoded = _read_parquet(files, loads, schema, room, parts), True
        else:
            body, decoded = _read(files, loads, parts)
    except NotRead as fault:
        if fault.line and not fault.file:
            part = of_line(parts, fault.line)
            fault.file, fault.line = part.file, part.own(fault.line)
        raise
    return body, decoded, tuple(parts)


def _read(files: Sequence[str], loads: Sequence[Load], parts: list[Part]) -> tuple[Body, bool]:
    bodies, header, first = list[PlainBody | None](), b"", 1
    for number, (file, load) in enumerate(zip(files, loads, strict=True), 1):
        data = load()
        header = header if parts else _header(data)
        parts.append(Part(file, first, _fault(data, header, last=number == len(files))))
        columns = None if parts[-1].fault else read_columns(data)
        bodies.append(PlainBody(data, columns) if columns else None)
        first += _count(data) - (number > 1)
    plain = [one for one in bodies if one is not None]
    if len(plain) == len(parts):
        columns = joined_columns([one.columns for one in plain])
        return within_limits(JoinedBody(columns, _lines(parts, plain))), True
    data = b"".join(_below(load()) if number else load() for number, load in enumerate(loads))
    return read(data)


def _read_parquet(
    files: Sequence[str],
    loads: Sequence[Load],
    schema: Mapping[str, Any],
    room: Room,
    parts: list[Part],
) -> Body:
    found, first = list[Columns](), 1
    for file, load in zip(files, loads, strict=True):
        try:
            columns = parquet_columns.read_columns(load(), schema, room)
        except NotRead as fault:
            fault.file = file
            raise
        unlike = bool(found) and tuple(columns) != tuple(found[0])
        parts.append(Part(file, first, _OTHER_COLUMNS if unlike else ""))
        first += _size(columns) + (not found)
        if unlike:
            empty = encoded([""] * _size(columns))
            columns = {name: columns.get(name, empty) for name in found[0]}
        found.append(columns)
    return within_limits(JoinedBody(joined_columns(found), range(1, first)))


def _lines(parts: Sequence[Part], bodies: Sequence[PlainBody]) -> Sequence[int]:
    """The line of the table at which each record begins."""
    rows = sum(one.size for one in bodies)
    if all(isinstance(one.lines, range) for one in bodies):
        return range(1, rows + 2)
    lines = [1]
    for part, body in zip(parts, bodies, strict=True):
        shift = part.first - part.own(part.first)
        lines += [line + shift for line in body.starts]
    return tuple(lines)
