"""Parquet: one file a table, with exact decimals, days as days, and what is absent as null.

The extra column `missing` says of each row which columns have no value, and why, as a JSON
object with the words of the CSV's cell: `{"fund": "not published"}`.
"""

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator import urls
from generator.exports.about import About, about
from generator.exports.base import Download
from generator.exports.tabular import TypedTable
from generator.ledger import Ledger

MISSING = (
    'A value that isn\'t there is null. The column "missing" says which columns those are and why, '
    'as a JSON object such as {"fund": "not published"}. "" is a cell left blank.'
)


def _types() -> dict[str, Any]:
    import pyarrow as pa

    return {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.decimal128(21, 6),
        "money": pa.decimal128(18, 2),
        "date": pa.date32(),
        "flag": pa.bool_(),
    }


def as_json(absent: dict[str, str]) -> str:
    """What is absent in a row, as Parquet and SQLite have it."""
    return json.dumps(absent, ensure_ascii=False)


def _parquet(facts: About, table: TypedTable) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = _types()
    arrays, fields = [], []
    for place, column in enumerate(table.columns):
        kind = types[column.kind]
        arrays.append(pa.array([values[place] for values in table.values], kind))
        words = {"title": column.title, "description": column.description}
        fields.append(pa.field(column.name, kind, metadata=words))
    arrays.append(pa.array([as_json(table.absent(cells)) for cells in table.table.rows]))
    words = {"title": "Missing", "description": MISSING}
    fields.append(pa.field(table.absence_name, pa.string(), nullable=False, metadata=words))
    said = {name.lower(): words for name, words in facts.facts}
    metadata = {
        **said,
        "publication": facts.title,
        "title": table.title,
        "description": table.description,
        "missing": MISSING,
    }
    out = io.BytesIO()
    # Not compressed: the same bytes from every compression library.
    data = pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=metadata))
    pq.write_table(data, out, compression="NONE", version="2.6")
    return out.getvalue()


def parquets(ledger: Ledger, tables: Sequence[TypedTable]) -> Iterator[Download]:
    """Each table as Parquet."""
    facts = about(ledger)
    for table in tables:
        yield Download(
            path=urls.parquet(facts.name, table.name),
            name=f"{table.name}.parquet",
            title=table.title,
            description=table.description,
            given=_parquet(facts, table),
            of=table.name,
        )
