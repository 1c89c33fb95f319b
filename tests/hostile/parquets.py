"""Parquet files that claim what isn't so, hold what no cell can, or become far larger."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench.parquet import list_parquet, table_of
from tests.hostile.base import case, descriptor, resource

AWARDS = "awards.parquet"


def write(folder: Path, content: bytes) -> None:
    """The awards as a Parquet file of these bytes."""

    def change(found: dict[str, Any]) -> None:
        (one,) = [one for one in found["resources"] if one["name"] == "awards"]
        list_parquet(one, [AWARDS])

    descriptor(folder, change)
    (folder / "awards.csv").unlink()
    (folder / AWARDS).write_bytes(content)


def packed(table: pa.Table, **options: Any) -> bytes:
    """A table as a Parquet file."""
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def awards(folder: Path) -> pa.Table:
    """The awards with typed columns."""
    listed = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    (schema,) = [one["schema"] for one in listed if one["name"] == "awards"]
    return table_of(folder / "awards.csv", schema)


def _with(folder: Path, name: str, make: Callable[[int], Any], **options: Any) -> None:
    """Another column in the place of one; `make` is told the number of rows."""
    table = awards(folder)
    column = make(table.num_rows)
    changed = table.set_column(table.column_names.index(name), name, column)
    write(folder, packed(changed, **options))


def _cut(folder: Path, change: Callable[[bytes], bytes]) -> None:
    write(folder, change(packed(awards(folder))))


@case(code=None)
def parquet_as_it_should_be(folder: Path) -> None:
    """Nothing: the awards are a Parquet file, and right."""
    write(folder, packed(awards(folder)))


@case(code=None)
def parquet_with_dictionaries(folder: Path) -> None:
    """Columns that Arrow calls dictionaries: they hold texts like any other."""
    table = awards(folder)
    texts = {name: table[name].cast(pa.string()).dictionary_encode() for name in ("status", "id")}
    for name, column in texts.items():
        table = table.set_column(table.column_names.index(name), name, column)
    write(folder, packed(table))


@case(code=None)
def parquet_amounts_with_noughts(folder: Path) -> None:
    """Decimals with ten places, of which eight are noughts."""
    wide = pa.decimal128(38, 10)
    _with(folder, "amount", lambda rows: pa.array([Decimal("12.5")] * rows, wide))


@case(file=AWARDS, row=2, says="is not a plain number")
def parquet_amounts_with_ten_places(folder: Path) -> None:
    """A decimal with ten places that all say something."""
    amount, wide = Decimal("12.5000000001"), pa.decimal128(38, 10)
    _with(folder, "amount", lambda rows: pa.array([amount] * rows, wide))


@case(file=AWARDS, says="“amount” holds floating-point numbers")
def parquet_float_money(folder: Path) -> None:
    """Money as floats, some of which are no number or without end."""
    odd = [float("nan"), float("inf"), 0.1]
    _with(folder, "amount", lambda rows: pa.array((odd * rows)[:rows]))


@case(file=AWARDS, says="“decided_on” holds moments of time")
def parquet_moment_in_a_zone(folder: Path) -> None:
    """A moment in a time zone where a day belongs: which day is it?"""
    moment, kind = datetime(2031, 5, 1, 23, 30, tzinfo=UTC), pa.timestamp("us", "Europe/London")
    _with(folder, "decided_on", lambda rows: pa.array([moment] * rows, kind))


@case(file=AWARDS, says="“purpose” holds lists")
def parquet_list(folder: Path) -> None:
    """A column of lists."""
    _with(folder, "purpose", lambda rows: pa.array([["a", "b"]] * rows))


@case(file=AWARDS, says="“purpose” holds lists")
def parquet_record(folder: Path) -> None:
    """A column of records in records."""
    _with(folder, "purpose", lambda rows: pa.array([{"a": {"b": [1]}}] * rows))


@case(file=AWARDS, says="“purpose” holds lists")
def parquet_bytes(folder: Path) -> None:
    """A column of bytes."""
    _with(folder, "purpose", lambda rows: pa.array([b"a\x00b"] * rows))


@case(file=AWARDS, row=3, says="“purpose” holds a text that is not UTF-8")
def parquet_no_utf_8(folder: Path) -> None:
    """A text that isn't UTF-8, though the file says so."""

    def texts(rows: int) -> Any:
        found = pa.array([b"fine", b"\xff\xfe", *[b"fine"] * (rows - 2)])
        return pa.Array.from_buffers(pa.string(), rows, found.buffers())

    _with(folder, "purpose", texts)


@case(file=AWARDS, says="“title” stands there twice")
def parquet_name_twice(folder: Path) -> None:
    """Two columns of one name."""
    table = awards(folder)
    write(folder, packed(table.append_column("title", table["title"])))


@case(file=AWARDS, row=1, says="The column “reporting_note” is missing")
def parquet_column_missing(folder: Path) -> None:
    """A column of the schema isn't there."""
    write(folder, packed(awards(folder).drop_columns("reporting_note")))


@case(file=AWARDS, row=1, says="The schema has no column “more”")
def parquet_column_too_many(folder: Path) -> None:
    """A column that the schema doesn't have."""
    table = awards(folder)
    write(folder, packed(table.append_column("more", table["title"])))


@case(file=AWARDS, row=1, says="The header has “source_id” where the schema has “id”")
def parquet_columns_in_another_order(folder: Path) -> None:
    """The first two columns have changed places."""
    table = awards(folder)
    write(folder, packed(table.select([1, 0, *range(2, table.num_columns)])))


@case(file=AWARDS, says="has no columns")
def parquet_without_columns(folder: Path) -> None:
    """A table of nothing."""
    write(folder, packed(pa.table({})))


@case(file=AWARDS, says="no Parquet file")
def parquet_in_name_alone(folder: Path) -> None:
    """The CSV file, renamed."""
    write(folder, (folder / "awards.csv").read_bytes())


@case(file=AWARDS, says="no Parquet file")
def parquet_of_nothing(folder: Path) -> None:
    """An empty file."""
    write(folder, b"")


@case(file=AWARDS, says="no Parquet file")
def parquet_cut_short(folder: Path) -> None:
    """A file whose second half was lost on the way."""
    _cut(folder, lambda whole: whole[: len(whole) // 2])


@case(file=AWARDS, says="no Parquet file")
def parquet_without_a_middle(folder: Path) -> None:
    """A file whose pages are gone, though its end is there."""
    _cut(folder, lambda whole: whole[:4] + bytes(len(whole) - 4 - 9000) + whole[-9000:])


@case(file=AWARDS, says="no Parquet file")
def parquet_endless_description(folder: Path) -> None:
    """A file that says its description has 4 GB."""
    _cut(folder, lambda whole: whole[:-8] + b"\xff" * 4 + b"PAR1")


@case(file=AWARDS, says="nobody can tell how large")
def parquet_deltas(folder: Path) -> None:
    """Texts that repeat the one before, so that a byte may become any text."""
    packing = {"use_dictionary": False, "column_encoding": {"purpose": "DELTA_BYTE_ARRAY"}}
    _with(folder, "purpose", lambda rows: pa.array(["x" * 999] * rows), **packing)


@case(code="limits", file=AWARDS, says="far larger than its file")
def parquet_of_nulls(folder: Path) -> None:
    """A million rows of nothing in some kilobytes."""
    write(folder, packed(pa.table({f"c{at}": pa.nulls(1_000_000) for at in range(40)})))


@case(code="limits", file=AWARDS, says="far larger than its file")
def parquet_page_like_a_bomb(folder: Path) -> None:
    """A page of 2 KB that becomes 40 MB."""
    table = pa.table({"id": ["x" * 40_000_000]})
    write(folder, packed(table, compression="zstd", use_dictionary=False, write_statistics=False))


@case(code="limits", file=AWARDS, says="far larger than its file")
def parquet_text_without_end(folder: Path) -> None:
    """One text of 50 KB, a million times."""
    codes = pa.array([0] * 1_000_000, pa.int32())
    write(folder, packed(pa.table({"id": pa.DictionaryArray.from_arrays(codes, ["x" * 50_000])})))


@case(code="limits", file=AWARDS, says="more than 1,000 columns")
def parquet_of_columns(folder: Path) -> None:
    """A thousand columns and one."""
    write(folder, packed(pa.table({f"c{at}": ["x"] for at in range(1001)})))


@case(code="limits", file=AWARDS, says="A cell has more than 100,000 characters")
def parquet_long_cell(folder: Path) -> None:
    """A cell too long for any table."""
    _with(folder, "purpose", lambda rows: pa.array(["x" * 200_000] * rows))


@case(file="datapackage.json", says="has CSV and Parquet files")
def parquet_and_csv(folder: Path) -> None:
    """A table in a CSV and a Parquet file."""
    (folder / AWARDS).write_bytes(packed(awards(folder)))
    resource(folder, "awards", path=["awards.csv", AWARDS])


@case(file="datapackage.json", says='"format" of the resource')
def parquet_called_csv(folder: Path) -> None:
    """A Parquet file that the descriptor calls CSV."""
    write(folder, packed(awards(folder)))
    resource(folder, "awards", format="csv")


@case(file="datapackage.json", says="not compared for Parquet")
def parquet_with_a_hash(folder: Path) -> None:
    """A hash in the descriptor that nobody would compare."""
    write(folder, packed(awards(folder)))
    resource(folder, "awards", hash="sha256:" + "0" * 64)
