"""Files so large, or that claim to be so large, that they are read in a process of their own."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.hostile import parquets, workbooks
from tests.hostile.base import resource

_MB = 1_000_000


@dataclass(frozen=True)
class Large:
    """A case for a process of its own: what it makes, and what must be said of it."""

    tries: str
    make: Callable[[Path], object]
    """Breaks a copy of the package in the folder, or writes a file to import beside it."""
    file: str
    """The file that must be named; one outside of the package is imported."""
    says: str


def awards(content: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Write awards.csv anew, made of its header."""

    def make(folder: Path) -> None:
        path = folder / "awards.csv"
        path.write_bytes(content(path.read_bytes().partition(b"\n")[0]))

    return make


def sparse(file: str, megabytes: int) -> Callable[[Path], object]:
    """A file of NULs that takes no room on the disk."""
    return lambda folder: os.truncate(folder / file, megabytes * _MB)


def beside(name: str, content: Callable[[], bytes]) -> Callable[[Path], object]:
    """A file to import, beside the package."""
    return lambda folder: (folder.parent / name).write_bytes(content())


def _pipe(folder: Path) -> None:
    os.mkfifo(folder.parent / "pipe.csv")


def _listed_often(folder: Path) -> None:
    """A file of 900 MB that is listed under three paths."""
    for number, name in enumerate(("funds", "awards", "recipients")):
        (folder / f"{name}{number}.csv").touch()
        os.truncate(folder / f"{name}{number}.csv", 900 * _MB)
        resource(folder, name, path=f"{name}{number}.csv")


def _parquet_bomb(folder: Path) -> None:
    """Twenty pages of 2 KB, each of which becomes 40 MB."""
    table, out = pa.table({"id": ["x" * 40 * _MB]}), io.BytesIO()
    options = {"compression": "zstd", "use_dictionary": False, "write_statistics": False}
    with pq.ParquetWriter(out, table.schema, **options) as writer:
        for _ in range(20):
            writer.write_table(table)
    parquets.write(folder, out.getvalue())


_FAR = f'<row r="1048576">{workbooks.text_cell("XFD1048576", "x")}</row>'
_BOMB = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50}">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 50}">' for at in range(8)
)
_ENTITY = f'<row r="1">{workbooks.text_cell("A1", "&i;")}{workbooks.text_cell("B1", "x")}</row>'

LARGE = {
    "million_columns": Large(
        "A header of a million columns.",
        awards(lambda head: b",".join(b"c%d" % at for at in range(_MB)) + b"\n"),
        "awards.csv",
        "more than 1,000 columns",
    ),
    "parquet_bomb": Large(
        "A Parquet file of some kilobytes that becomes 800 MB.",
        _parquet_bomb,
        parquets.AWARDS,
        "far larger than its file",
    ),
    "million_cells_in_a_row": Large(
        "A row of a million cells under a header of few.",
        awards(lambda head: head + b"\n" + b"," * _MB + b"\n"),
        "awards.csv",
        "more than 1,000 columns",
    ),
    "long_cell": Large(
        "A cell of a hundred megabytes.",
        awards(lambda head: head + b"\n" + b"x" * 100 * _MB),
        "awards.csv",
        "more than 10,000,000 characters",
    ),
    "long_quoted_cell": Large(
        "A cell of a hundred megabytes that never closes its quotation mark, on many lines.",
        awards(lambda head: head + b'\n"' + (b"x" * 99 + b"\n") * _MB),
        "awards.csv",
        "ell has more than 100,000 characters",
    ),
    "many_blank_lines": Large(
        "Six million blank lines.",
        awards(lambda head: head + b"\n" * 6 * _MB),
        "awards.csv",
        "more than 5,000,000 rows",
    ),
    "many_marks": Large(
        "Thirty megabytes of quotation marks.",
        awards(lambda head: head + b"\n" + b'"' * 30 * _MB),
        "awards.csv",
        "characters",
    ),
    "sparse_table": Large(
        "A table of two thousand gigabytes that takes no room on the disk.",
        sparse("awards.csv", 2 * _MB),
        "awards.csv",
        "at most 1,000 MB",
    ),
    "sparse_descriptor": Large(
        "A descriptor of two gigabytes.",
        sparse("datapackage.json", 2_000),
        "datapackage.json",
        "at most 10 MB",
    ),
    "large_together": Large(
        "Three tables, each just below the limit.",
        _listed_often,
        "datapackage.json",
        "at most 2,000 MB",
    ),
    "import_a_far_cell": Large(
        "A workbook of a kilobyte with a cell in the last column and row.",
        beside("far.xlsx", lambda: workbooks.xlsx(workbooks.ROWS + _FAR)),
        "far.xlsx",
        "17,179,869,184 cells",
    ),
    "import_repeated_cells": Large(
        "An ODS workbook of a kilobyte in which a cell is repeated two thousand million times.",
        beside(
            "repeated.ods",
            lambda: workbooks.ods(
                f"<table:table-row>{workbooks.ods_cell('x', 2_000_000_000)}</table:table-row>"
            ),
        ),
        "repeated.ods",
        "2,000,000,000 cells",
    ),
    "import_a_bomb": Large(
        "A workbook with a part that says it unpacks to three gigabytes.",
        beside(
            "bomb.xlsx",
            lambda: workbooks.lying(workbooks.xlsx(workbooks.ROWS), workbooks.SHEET, 3_000_000_000),
        ),
        "bomb.xlsx",
        "more than 1000 MB",
    ),
    "import_a_lying_bomb": Large(
        "A workbook with a part that unpacks to 200 MB and says it is 100 bytes.",
        beside(
            "lying.xlsx",
            lambda: workbooks.lying(
                workbooks.xlsx(workbooks.ROWS, more={workbooks.STRINGS: b" " * 200 * _MB}),
                workbooks.STRINGS,
                100,
            ),
        ),
        "lying.xlsx",
        "damaged",
    ),
    "import_entities": Large(
        "Entities within entities in a workbook's XML: a billion laughs.",
        beside("laughs.xlsx", lambda: workbooks.xlsx(_ENTITY, head=f"{_BOMB}]>")),
        "laughs.xlsx",
        "damaged",
    ),
    "import_an_external_entity": Large(
        "A workbook whose XML asks for a file of the machine.",
        beside(
            "outside.xlsx",
            lambda: workbooks.xlsx(
                _ENTITY, head='<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
            ),
        ),
        "outside.xlsx",
        "damaged",
    ),
    "import_entries_that_climb": Large(
        "A workbook with entries whose names lead out of any folder; nothing is unpacked.",
        beside(
            "climbing.xlsx",
            lambda: workbooks.xlsx(workbooks.ROWS, more={"../../evil": "x", "/tmp/evil": "x"}),
        ),
        "climbing.xlsx",
        "neither a 360Giving file",
    ),
    "import_many_columns": Large(
        "A CSV file of a million columns.",
        beside("wide.csv", lambda: b",".join(b"c%d" % at for at in range(_MB)) + b"\n1,2\n"),
        "wide.csv",
        "more than 1,000 cells",
    ),
    "import_deep_json": Large(
        "JSON of a hundred thousand lists in each other.",
        beside("deep.json", lambda: b"[" * 100_000 + b"]" * 100_000),
        "deep.json",
        "more than 50 deep",
    ),
    "import_a_pipe": Large(
        "A pipe that nobody writes to.",
        _pipe,
        "pipe.csv",
        "There is no file",
    ),
}
