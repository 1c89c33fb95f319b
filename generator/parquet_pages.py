"""How many bytes the pages of a Parquet file become, read from their headers before any is opened.

What a file says of itself at its end may be untrue, and a page of a few bytes may become 2 GB. Its
header says how many, and no reader takes more: so the headers are added up first. They are written
in Thrift's compact protocol, of which this reads just what page headers are made of.
"""

from collections.abc import Iterator
from typing import Any

_I32, _STRUCT = 5, 12
_BECOMES, _TAKES = 2, 3
"""The fields of a page's header that say its bytes, unpacked and packed."""
_ENCODINGS = {5: 2, 8: 4}
"""The fields that tell of a page of values, in either version, and in them the encoding."""
_VALUES = 1
"""The field in those that says how many values there are."""
_SHARED_BEGINNINGS = 7
"""An encoding in which each text may repeat the one before: a byte could become a long text."""
_MOST_PAGES = 200_000
_DEEPEST, _LONGEST = 4, 10
_MORE = 100
"""Some programs write less than a column's length: readers take so many bytes more."""


class Damaged(ValueError):
    """The headers can't be followed."""


class Unsure(ValueError):
    """Nobody can tell how much the pages become."""


class _Thrift:
    """Bytes of which values are taken, one after another."""

    def __init__(self, data: bytes, place: int, end: int) -> None:
        self.data, self.place, self.end = data, place, end

    def byte(self) -> int:
        if self.place >= self.end:
            raise Damaged
        self.place += 1
        return self.data[self.place - 1]

    def varint(self) -> int:
        value = 0
        for place in range(_LONGEST):
            byte = self.byte()
            value |= (byte & 0x7F) << (7 * place)
            if byte < 0x80:
                return value
        raise Damaged

    def integer(self) -> int:
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def skip(self, count: int) -> None:
        self.place += count
        if self.place > self.end:
            raise Damaged

    def value(self, kind: int, depth: int) -> Any:
        """A value of a kind: an integer or a struct; of others only the end is looked for."""
        if kind in (4, _I32, 6):
            return self.integer()
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind in (3, 7, 8):  # a byte, a number of eight bytes, a text
            self.skip({3: 1, 7: 8}.get(kind) or self.varint())
        elif kind not in (1, 2):  # a truth is said by its kind alone
            raise Damaged  # no page's header has lists or the like
        return None

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """The whole numbers and structs in a struct, by the numbers of their fields."""
        found, field = dict[int, Any](), 0
        if depth > _DEEPEST:
            raise Damaged
        while head := self.byte():
            field = field + (head >> 4) if head >> 4 else self.integer()
            value = self.value(kind := head & 0x0F, depth)
            if kind in (_I32, _STRUCT):
                found[field] = value
        return found


def _pages(data: bytes, chunk: Any) -> Iterator[dict[int, Any]]:
    """The headers of the pages of a column's chunk, as its reader comes upon them."""
    start, first = chunk.data_page_offset, chunk.dictionary_page_offset
    if first and 0 < first < start:
        start = first
    size, seen = chunk.total_compressed_size, 0
    if min(start, size) < 0:
        raise Damaged
    at = _Thrift(data, start, min(len(data), start + size + _MORE))
    while seen < chunk.num_values:
        page = at.struct()
        values = [page[one].get(_VALUES, -1) for one in _ENCODINGS if one in page]
        if min([page.get(_BECOMES, -1), page.get(_TAKES, -1), *values]) < 0:
            raise Damaged
        yield page
        at.skip(page[_TAKES])
        seen += sum(values)


def bytes_of(data: bytes, metadata: Any) -> int:
    """How many bytes all pages become. `metadata` is the file's own, as pyarrow read it.

    Raises Damaged or Unsure.
    """
    whole = count = 0
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for chunk in map(group.column, range(group.num_columns)):
            for page in _pages(data, chunk):
                whole, count = whole + page[_BECOMES], count + 1
                encoded = [page[one].get(at) for one, at in _ENCODINGS.items() if one in page]
                if count > _MOST_PAGES or _SHARED_BEGINNINGS in encoded:
                    raise Unsure
    return whole
