"""A Parquet file read into columns of the very texts that the cells of a CSV would hold.

A number with decimals keeps its digits and is never a float; a day is as ISO writes it; what is
null is an empty cell. So all that follows reading is the same for both kinds of file.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator import parquet_pages
from generator.body import NotRead, TooLarge, too_many
from generator.csv_columns import Columns, joined_chunks
from generator.limits import limit

ENDING = ".parquet"
_MB = 1_000_000
_LONGEST_FOOTER = 2 * _MB
"""What a file says of itself takes fifty times as much memory."""
_MOST_LISTED = 100_000
_SHOWN = 100
"""Letters of a column's name."""
_KEPT_PLACES = 2
"""Noughts beyond these decimals say nothing, and aren't written."""
_DAMAGED = (
    "this is no Parquet file, or one that is damaged",
    "write it anew with the program that made it, or take it from where it came from again.",
)
_UNSURE = (
    "its pages are packed so that nobody can tell how large they become",
    "write its texts plainly or with dictionaries, not as DELTA_BYTE_ARRAY or "
    "DELTA_LENGTH_BYTE_ARRAY, and in pages of about 1 MB.",
)
_FLOATS = (
    "holds floating-point numbers, which are not exact",
    "write it as decimal, such as decimal(18, 2) for money, as a whole number, or as text.",
)
_MOMENTS = (
    "holds moments of time, and a day is wanted",
    "write it as date, or as text such as 2031-04-05.",
)
_OTHERS = (
    "holds lists, records, bytes or the like, and a cell is one value",
    "write it as text, whole numbers, decimals, days or true and false.",
)


class Room:
    """How much text the Parquet files of a package may still become, counted as a CSV has it.

    Few bytes can stand for any number of cells, so what counts is what they become: at most so
    many times the bytes of the files, or what does no harm anyway.
    """

    def __init__(self, size: int) -> None:
        wanted = max(limit("parquet_megabytes") * _MB, size * limit("parquet_times"))
        self.left = min(wanted, limit("package_megabytes") * _MB)

    def must_hold(self, size: int) -> None:
        """Raise TooLarge where so many bytes are more than are left."""
        if size > self.left:
            raise TooLarge(
                "the table becomes far larger than its file, or than what is read",
                "take out columns and rows that hold nothing, or split the publication.",
            )

    def take(self, size: int) -> None:
        """Count so many bytes. Raises TooLarge where there is no room for them."""
        self.must_hold(size)
        self.left -= size


def is_parquet(name: str) -> bool:
    """Whether a file is Parquet, by its name."""
    return name.lower().endswith(ENDING)


def read_columns(data: bytes, schema: Mapping[str, Any], room: Room) -> Columns:
    """The columns of a file, each as Arrow dictionary array of texts; `schema` is the table's.

    Raises NotRead, or TooLarge before much memory is taken.
    """
    import pyarrow.parquet as pq  # slow to load, and seldom needed

    if int.from_bytes(data[-8:-4], "little") > _LONGEST_FOOTER:
        raise NotRead(*_DAMAGED)
    open_file = partial(
        pq.ParquetFile,
        pre_buffer=False,
        thrift_string_size_limit=_LONGEST_FOOTER,
        thrift_container_size_limit=_MOST_LISTED,
    )
    try:
        file = open_file(pa.BufferReader(data))
        kinds = _kinds(file, room, data)
        texts = [name for name, kind in kinds.items() if _is_text(kind)]
        file = open_file(pa.BufferReader(data), metadata=file.metadata, read_dictionary=texts)
        rows = file.metadata.num_rows
        fields = {str(one.get("name")): one for one in schema.get("fields") or ()}
        return {name: _column(file, name, fields.get(name, {}), rows, room) for name in kinds}
    except parquet_pages.Unsure as fault:
        raise NotRead(*_UNSURE) from fault
    except (pa.ArrowException, OSError, ValueError, LookupError, OverflowError) as fault:
        raise NotRead(*_DAMAGED) from fault


def _kinds(file: Any, room: Room, data: bytes) -> dict[str, Any]:
    """The type of each column, after a look at all that can be known before values are read."""
    metadata, kinds = file.metadata, {one.name: one.type for one in file.schema_arrow}
    names = [one.name for one in file.schema_arrow]
    columns = max(metadata.num_columns, len(names))  # columns of records count their parts
    for count, what in ((columns, "columns"), (metadata.num_rows, "rows")):
        if count > (most := limit(f"table_{what}")):
            raise too_many(what, most)
    if not names:
        raise NotRead("the file has no columns", "write the table's columns into it.")
    if twice := next((one for one in names if names.count(one) > 1), None):
        raise _of_column(twice, "stands there twice", "give each column its own name.")
    for name, kind in kinds.items():
        if not _is_text(kind) and (words := _unfit(kind)):
            raise _of_column(name, *words)
    room.must_hold(metadata.num_rows * len(names))
    room.must_hold(parquet_pages.bytes_of(data))
    return kinds


def _of_column(name: str, said: str, mend: str, row: int | None = None) -> NotRead:
    shown = name[:_SHOWN]
    return NotRead(f"the column “{shown}” {said}", mend, row, shown)


def _value_type(kind: Any) -> Any:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_text(kind: Any) -> bool:
    kind = _value_type(kind)
    known = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(one(kind) for one in known)


def _unfit(kind: Any) -> tuple[str, str] | None:
    """Why a type of column can't be read, and the mend, if it can't."""
    kind = _value_type(kind)
    if pa.types.is_floating(kind):
        return _FLOATS
    if pa.types.is_temporal(kind) and not pa.types.is_date(kind):
        return _MOMENTS
    known = (pa.types.is_date, pa.types.is_integer, pa.types.is_decimal, pa.types.is_boolean)
    return None if pa.types.is_null(kind) or any(one(kind) for one in known) else _OTHERS


def _column(file: Any, name: str, field: Mapping[str, Any], rows: int, room: Room) -> Any:
    """A column as texts: each distinct one once, in the order of their first rows."""
    chunks, before = list[Any](), 0
    for chunk in file.read(columns=[name], use_threads=False).column(name).chunks:
        found = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        chunks.append(_as_texts(found, name, field, before))
        before += len(chunk)
        lengths = pc.binary_length(chunks[-1].dictionary).take(chunks[-1].indices)
        room.take(len(chunk) + (pc.sum(lengths).as_py() or 0))
    if before != rows:
        raise NotRead(*_DAMAGED)
    return joined_chunks(chunks)


def _as_texts(column: Any, name: str, field: Mapping[str, Any], before: int) -> Any:
    """The values of a column as texts. What no row has is left out, and what is null is empty."""
    used = column.indices.dictionary_encode(null_encoding="encode")
    values = column.dictionary.take(used.dictionary)
    if _is_text(values.type):
        _must_be_unicode(values, used.indices, name, before)
    texts = _texts(values, field).fill_null("").dictionary_encode()
    return pa.DictionaryArray.from_arrays(texts.indices.take(used.indices), texts.dictionary)


def _must_be_unicode(values: Any, codes: Any, name: str, before: int) -> None:
    try:
        values.validate(full=True)
    except pa.ArrowInvalid as fault:
        texts = values.cast(pa.large_binary()).to_pylist()
        bad = next(code for code, text in enumerate(texts) if not _is_unicode(text))
        row = before + pc.index(codes, bad).as_py() + 2
        said = "holds a text that is not UTF-8"
        raise _of_column(name, said, "write it anew, as UTF-8.", row) from fault


def _is_unicode(text: bytes | None) -> bool:
    try:
        (text or b"").decode()
    except UnicodeDecodeError:
        return False
    return True


def _texts(values: Any, field: Mapping[str, Any]) -> Any:
    """Distinct values as the texts that cells of a field hold."""
    if pa.types.is_boolean(values.type):
        true, false = (field.get(one) or () for one in ("trueValues", "falseValues"))
        return pc.if_else(values, next(iter(true), "true"), next(iter(false), "false"))
    texts = values.cast(pa.string())
    if not pa.types.is_decimal(values.type):
        return texts
    if pc.any(pc.match_substring(texts, "E"), min_count=0).as_py():
        plain = (None if one is None else f"{one:f}" for one in values.to_pylist())
        texts = pa.array(plain, pa.string())
    return pc.replace_substring_regex(texts, rf"(\.\d{{{_KEPT_PLACES}}}\d*?)0+$", r"\1")
