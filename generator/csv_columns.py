"""A CSV file read into columns at once, where that gives the very cells that Python's csv gives.

Arrow reads a file many times faster, but judges odd quotes and line ends in its own way. So a
file with anything odd is left alone, and whoever asks reads it row by row.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from generator.limits import limit

Columns = Mapping[str, Any]
"""Each column as an Arrow dictionary array: every distinct text once, and a code a row."""


_MOST_QUOTES = 20_000_000
"""Beyond, the parts between them take too much memory."""


def _quotes_enclose_cells(parts: list[bytes]) -> bool:
    """Whether quotes only begin and end cells, or stand doubled inside one.

    `parts` are what stands between the quotes: outside of them, inside, outside, ….
    """
    if len(parts) % 2 == 0:
        return False
    first, *rest = parts[0::2]
    if first and first[-1:] not in b",\n":
        return False
    last = rest.pop() if rest else b"\n"
    if last and last[:1] not in b",\r\n":
        return False
    begins, ends = {one[:1] for one in rest}, {one[-1:] for one in rest}
    return begins <= {b"", b",", b"\r", b"\n"} and ends <= {b"", b",", b"\n"}


def _has_blank_line(text: bytes) -> bool:
    return b"\n\n" in text or b"\n\r\n" in text


def _header(data: bytes) -> tuple[str, ...] | None:
    """The names in the first line, when there are several and each is plain and its own."""
    line = data[: data.find(b"\n") if b"\n" in data else len(data)].removesuffix(b"\r")
    try:
        names = tuple(line.decode().split(","))
    except UnicodeDecodeError:
        return None
    plain = '"' not in line.decode() and all(names) and len(names) <= limit("table_columns")
    return names if plain and len(names) == len(set(names)) > 1 else None


def read_columns(data: bytes) -> Columns | None:
    """The columns of a file; None when it must be read row by row."""
    header = _header(data)
    odd = data.startswith(b"\xef\xbb\xbf") or b"\0" in data
    if header is None or odd or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n")):
        return None
    if data.count(b'"') > _MOST_QUOTES or data.count(b"\n") * len(header) > len(data):
        return None  # rows too short to have all cells: blank lines, most likely
    parts = data.split(b'"')
    if not _quotes_enclose_cells(parts):
        return None
    try:
        table = csv.read_csv(
            pa.BufferReader(data),
            csv.ReadOptions(column_names=header, skip_rows=1, block_size=1 << 22),
            csv.ParseOptions(
                newlines_in_values=b"\n" in b"".join(parts[1::2]),
                ignore_empty_lines=False,
            ),
            csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowException:  # rows of several lengths, blank ones, no UTF-8
        return None
    found = {name: joined(table[name]).dictionary_encode() for name in header}
    # Arrow takes a blank line for a row of empty cells.
    empty = pc.any(pc.equal(found[header[0]].dictionary, ""), min_count=0).as_py()
    return None if empty and any(map(_has_blank_line, parts[0::2])) else found


def joined_columns(tables: Sequence[Columns]) -> Columns:
    """The columns of several tables with the same header, one below the other."""
    first, *_ = tables
    return {name: joined_chunks([one[name] for one in tables]) for name in first}


def joined_chunks(chunks: Sequence[Any]) -> Any:
    """Columns one below the other; an empty one where there are none."""
    if not chunks:
        return encoded(())
    return pa.chunked_array(chunks).unify_dictionaries().combine_chunks()


def joined(column: Any) -> Any:
    """The chunks of a column as one array."""
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def encoded(texts: Iterable[str]) -> Any:
    """Texts as a column."""
    return pa.array(texts, pa.string()).dictionary_encode()


def texts_of(column: Any) -> list[str]:
    """The text of each row; rows with the same text share it."""
    distinct = column.dictionary.to_pylist()
    return [distinct[code] for code in column.indices.to_pylist()]
