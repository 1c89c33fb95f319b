"""A package's CSV files written as Parquet, typed as far as their cells allow."""

import csv
import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from generator.csv_columns import read_columns, texts_of

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"(?!-0\.00)-?(0|[1-9][0-9]{0,14})\.[0-9]{2}")
_FLAGS = {"yes": True, "no": False}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def typed(texts: Sequence[str], kind: str) -> Any:
    """A column of the type of its field where each cell is plainly so or empty, else of texts."""
    filled = {one for one in texts if one}
    if kind == "integer" and all(map(_WHOLE.fullmatch, filled)):
        return pa.array([int(one) if one else None for one in texts], pa.int64())
    if kind == "number" and all(map(_DECIMAL.fullmatch, filled)):
        return pa.array([Decimal(one) if one else None for one in texts], pa.decimal128(18, 2))
    if kind == "date" and all(map(_is_day, filled)):
        days = [date.fromisoformat(one) if one else None for one in texts]
        return pa.array(days, pa.date32())
    if kind == "boolean" and filled <= _FLAGS.keys():
        return pa.array([_FLAGS.get(one) for one in texts], pa.bool_())
    return pa.array(texts, pa.string())


def _cells(path: Path) -> Mapping[str, Sequence[str]]:
    if found := read_columns(path.read_bytes()):
        return {name: texts_of(column) for name, column in found.items()}
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return {name: [row[at] for row in rows] for at, name in enumerate(header)}


def table_of(path: Path, schema: Mapping[str, Any]) -> pa.Table:
    """A CSV file as a table with typed columns."""
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    return pa.table({name: typed(texts, kinds[name]) for name, texts in _cells(path).items()})


def list_parquet(resource: dict[str, Any], paths: Sequence[str]) -> None:
    """Let a descriptor's resource name Parquet files."""
    resource.update(path=list(paths) if len(paths) > 1 else paths[0], format="parquet")
    if "mediatype" in resource:
        resource["mediatype"] = "application/vnd.apache.parquet"


def as_parquet(
    folder: Path, rows_in_group: int | None = None, tables: Collection[str] | None = None
) -> Path:
    """Write the CSV files of a package's tables, or of some, as Parquet in their place.

    Returns the folder.
    """
    found = folder / "datapackage.json"
    descriptor = json.loads(found.read_text(encoding="utf-8"))
    for one in descriptor["resources"]:
        if tables is not None and one["name"] not in tables:
            continue
        paths = one["path"] if isinstance(one["path"], list) else [one["path"]]
        for path in (folder / name for name in paths):
            made = path.with_suffix(".parquet")
            pq.write_table(table_of(path, one["schema"]), made, row_group_size=rows_in_group)
            path.unlink()
        list_parquet(one, [f"{name.removesuffix('.csv')}.parquet" for name in paths])
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    found.write_text(text, encoding="utf-8")
    return folder
