"""How many bytes the pages of a Parquet file become, read from their headers before any is opened.

What a file says of itself at its end may be untrue, and a page of a few bytes may become 2 GB. Its
header says how many, and no reader takes more: so the headers are added up first. They are written
in Thrift's compact protocol, of which this reads what such files are made of. (pyarrow shows where
columns begin, too, but some broken files end the whole process when it is asked.)
"""

from collections.abc import Iterator
from typing import Any

_ROW_GROUPS, _COLUMNS, _ABOUT = 4, 1, 3
"""The fields of a file's own description that lead to what it says about a column's chunk."""
_HAS, _LENGTH, _VALUES_AT, _DICTIONARY_AT = 5, 7, 9, 11
"""Fields of that: how many values, how many bytes, and where the pages begin."""
_BECOMES, _TAKES = 2, 3
"""The fields of a page's header that say its bytes, unpacked and packed."""
_ENCODINGS = {5: 2, 8: 4}
"""The fields that tell of a page of values, in either version, and in them the encoding."""
_VALUES = 1
"""The field in those that says how many values there are."""
_DELTAS = {6, 7}
"""Encodings of texts by their lengths, or by what each has in common with the one before: then a
byte could become a long text. Arrow reads neither into dictionaries.
"""
_FOOTER = 8
"""Bytes at the end: how long the description is, and a mark."""
_MOST_PAGES = 200_000
_DEEPEST, _LONGEST = 8, 10
_MORE = 100
"""Some programs write less than a column's length: readers take so many bytes more."""
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _TEXT, _LIST, _SET, _, _STRUCT = range(1, 13)
_MANY = 15


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
            if byte <= 0x7F:
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
        """A value of a kind; of texts and the like only the end is looked for."""
        if kind in (_I16, _I32, _I64):
            return self.integer()
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind in (_LIST, _SET):
            return self.several(depth + 1)
        if kind in (_BYTE, _DOUBLE, _TEXT):
            self.skip({_BYTE: 1, _DOUBLE: 8}.get(kind) or self.varint())
        elif kind not in (_TRUE, _FALSE):
            raise Damaged
        return None

    def several(self, depth: int) -> list[Any]:
        head = self.byte()
        count = head >> 4 if head >> 4 < _MANY else self.varint()
        if depth > _DEEPEST or count > self.end - self.place:
            raise Damaged
        kind = head & 0x0F
        kind = _BYTE if kind in (_TRUE, _FALSE) else kind
        return [self.value(kind, depth) for _ in range(count)]

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """The values in a struct by the numbers of their fields, none of which comes twice."""
        found, field = dict[int, Any](), 0
        if depth > _DEEPEST:
            raise Damaged
        while head := self.byte():
            field = field + (head >> 4) if head >> 4 else self.integer()
            if field in found:
                raise Damaged
            found[field] = self.value(head & 0x0F, depth)
        return found


def _pages(data: bytes, about: dict[int, Any]) -> Iterator[dict[int, Any]]:
    """The headers of the pages of a column's chunk, as its reader comes upon them."""
    start, first = about[_VALUES_AT], about.get(_DICTIONARY_AT) or 0
    if 0 < first < start:
        start = first
    size, seen = about[_LENGTH], 0
    if min(start, size) < 0:
        raise Damaged
    at = _Thrift(data, start, min(len(data), start + size + _MORE))
    while seen < about[_HAS]:
        page = at.struct()
        values = [page[one][_VALUES] for one in _ENCODINGS if one in page]
        if min([page[_BECOMES], page[_TAKES], *values]) < 0:
            raise Damaged
        yield page
        at.skip(page[_TAKES])
        seen += sum(values)


def bytes_of(data: bytes) -> int:
    """How many bytes all pages of a file become. Raises Damaged or Unsure."""
    end = len(data) - _FOOTER
    start = end - int.from_bytes(data[end : end + 4], "little")
    if start < 0:
        raise Damaged
    whole = count = 0
    try:
        described = _Thrift(data, start, end).struct()
        chunks = [one[_ABOUT] for group in described[_ROW_GROUPS] for one in group[_COLUMNS]]
        for page in (page for chunk in chunks for page in _pages(data, chunk)):
            whole, count = whole + page[_BECOMES], count + 1
            encoded = {page[one].get(at) for one, at in _ENCODINGS.items() if one in page}
            if count > _MOST_PAGES or encoded & _DELTAS:
                raise Unsure
    except (LookupError, TypeError, AttributeError) as fault:  # not what stands in such a place
        raise Damaged from fault
    return whole
