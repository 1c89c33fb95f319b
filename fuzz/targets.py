"""What is fuzzed: each reader as a function of bytes.

Whatever the bytes, a reader ends in a value or in one of the project's own errors. Anything else
that is raised is a fault of ours; so is `Unaccounted`, an import that loses a row.
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from generator import importing, ledger, manifest, package, parquet_columns, site, verify
from generator.body import NotRead, TooLarge, by_row
from generator.body import read as read_body
from generator.descriptor import DESCRIPTOR
from generator.errors import PurseError, Unaccounted
from generator.findings import RENDERERS, Finding
from generator.imports import account_text, choosing, grids, own_workbook, reading
from generator.imports.base import SourceFile
from generator.verify_figures import FiguresOf
from generator.verify_rows import Effort, Weary, table_of
from generator.verify_sources import open_source
from generator.verify_tables import Tables
from generator.verify_verdict import as_text
from tests.hostile import workbooks

Target = Callable[[bytes], None]
PACKAGE = Path(__file__).parent.parent / "tests" / "packages" / "littleham"
GRANTS = {
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "grants": [
        {
            "id": "360G-pond-1",
            "title": "Ducks",
            "description": "Ponds.",
            "currency": "GBP",
            "amountAwarded": 100.5,
            "awardDate": "2031-05-01",
            "recipientOrganization": [{"id": "GB-CHC-9000002", "name": "Frog Choir"}],
            "fundingOrganization": [{"id": "GB-CHC-9000001", "name": "Pond Trust"}],
            "plannedDates": [{"startDate": "2031-06-01", "duration": 12}],
            "beneficiaryLocation": [{"name": "Pond", "geoCode": "E05000001"}],
            "grantProgramme": [{"code": "p", "title": "Ponds"}],
        }
    ],
}
RELEASES = {
    "license": "CC0",
    "releases": [
        {
            "ocid": "ocds-x-1",
            "id": "1",
            "date": "2031-05-01T00:00:00Z",
            "tag": ["award"],
            "buyer": {"id": "GB-LAC-E1", "name": "Pond Force"},
            "parties": [
                {"id": "s", "name": "Frog Ltd", "identifier": {"scheme": "GB-COH", "id": "1"}}
            ],
            "tender": {"title": "Ducks", "procurementMethod": "open"},
            "awards": [
                {
                    "id": "a",
                    "title": "Ducks",
                    "date": "2031-05-01T00:00:00Z",
                    "status": "active",
                    "value": {"amount": 100, "currency": "GBP"},
                    "suppliers": [{"id": "s", "name": "Frog Ltd"}],
                }
            ],
            "contracts": [
                {"id": "c", "awardID": "a", "period": {"startDate": "2031-06-01T00:00:00Z"}}
            ],
        }
    ],
}
PARTED = b"\0"
"""What parts the two files of a target that reads two."""
TABLES = tuple(sorted(path.name for path in PACKAGE.glob("*.csv")))


@cache
def _room() -> Path:
    """A folder of this process, in memory where the machine has such a place."""
    memory = Path("/dev/shm")  # noqa: S108 - a random name below it
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() else None))


@cache
def _copy() -> Path:
    return Path(shutil.copytree(PACKAGE, _room() / "littleham"))


@contextmanager
def _plainly_told() -> Iterator[None]:
    try:
        yield
    except Unaccounted:
        raise
    except PurseError as problem:
        assert problem.advice


def _written(name: str, data: bytes) -> Path:
    path = _room() / name
    path.write_bytes(data)
    return path


def _render(findings: tuple[Finding, ...]) -> None:
    for render in RENDERERS.values():
        render(findings)


def edited(base: Mapping[str, Any], data: bytes) -> bytes:
    """A JSON document with some members changed: a line of the data is `a/0/b=JSON`, or `a/0/b`.

    Without a value the member is taken out. What leads nowhere changes nothing. So the fuzzer
    spends its time on what members say, not on how JSON is written.
    """
    document = json.loads(json.dumps(base))
    for line in data.decode(errors="replace").split("\n"):
        path, mark, said = line.partition("=")
        *above, last = path.split("/")
        owner: Any = document
        with suppress(KeyError, IndexError, ValueError, TypeError, RecursionError):
            for name in above:
                owner = owner[int(name) if isinstance(owner, list) else name]
            place: Any = int(last) if isinstance(owner, list) else last
            if not mark:
                del owner[place]
            else:
                owner[place] = _value(said)
    return json.dumps(document).encode()


def _value(said: str) -> Any:
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return said


def table(data: bytes) -> None:
    """A CSV of a package: read in columns, it has the very cells that it has row by row."""
    with suppress(TooLarge):
        body, decoded = read_body(data)
        again = by_row(data, "strict" if decoded else "replace")
        assert (body.header, list(body.rows)) == (again.header, list(again.rows))
        assert list(body.lines) == list(again.lines)


def parquet(data: bytes) -> None:
    """A Parquet file of a package: its columns are of one length, and each text stands once."""
    with suppress(NotRead):
        columns = parquet_columns.read_columns(data, {}, parquet_columns.Room(len(data)))
        assert len({len(one) for one in columns.values()}) == 1
        for one in columns.values():
            texts = one.dictionary.to_pylist()
            assert len({*texts}) == len(texts) == len({*one.indices.to_pylist()})


def checked(data: bytes) -> None:
    """A table of a package, named by the first byte, through all checks."""
    name = TABLES[data[0] % len(TABLES)] if data else TABLES[0]
    path = _copy() / name
    before = path.read_bytes()
    path.write_bytes(data[1:])
    try:
        with _plainly_told():
            _render(site.check(_copy()).report.findings)
    finally:
        path.write_bytes(before)


def descriptor(data: bytes) -> None:
    """A package's descriptor: it is read and its tables are linked, or it is told."""
    path = _copy() / DESCRIPTOR
    before = path.read_bytes()
    path.write_bytes(data if data[:1] == b"{" else edited(_descriptor(), data))
    try:
        with _plainly_told():
            book = ledger.build(package.read(_copy()))
            assert book.package.folder == _copy()
    finally:
        path.write_bytes(before)


@cache
def _descriptor() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PACKAGE / DESCRIPTOR).read_bytes())
    return found


def _imported(path: Path, options: choosing.Options) -> None:
    """Read a file as `purse import` does; its account adds up, or `Unaccounted` is raised."""
    with _plainly_told():
        found = choosing.read(reading.read(path), options)
        made, proposals = importing.propose(found, _room() / "data" / "pond", {}, None)
        account_text.as_text(made)
        account_text.as_markdown(made)
        account_text.rows_csv(made, None)
        for one in proposals:
            assert one.folder.parent == _room() / "data"


def json_file(data: bytes) -> None:
    """A JSON file, 360Giving or OCDS: as it is, or edits of a true one."""
    base = {b"g": GRANTS, b"r": RELEASES}.get(data[:1])
    made = data if base is None else edited(base, data[1:])
    _imported(_written("x.json", made), choosing.Options(currency="GBP", year="2030-31"))


def csv_file(data: bytes) -> None:
    """A CSV file in the form of 360Giving."""
    _imported(_written("x.csv", data), choosing.Options(currency="GBP", year="2030-31"))


def mapped(data: bytes) -> None:
    """A mapping and the CSV that it maps."""
    said, _, rows = data.partition(PARTED)
    _imported(
        _written("y.csv", rows),
        choosing.Options(mapping=said.decode(errors="replace"), mapping_file="mapping.yml"),
    )


def workbook(data: bytes) -> None:
    """A workbook: as it is, or the bytes as the XML of its one sheet or its texts."""
    kind, rest = data[:1], data[1:]
    if kind == b"s":
        rest = workbooks.xlsx(rest.decode(errors="replace"))
    elif kind == b"t":
        rest = workbooks.xlsx(workbooks.ROWS, more={workbooks.STRINGS: rest})
    elif kind == b"o":
        rest = workbooks.ods(rest.decode(errors="replace"))
    _imported(_written("x.xlsx", rest), choosing.Options(currency="GBP"))


def own(data: bytes) -> None:
    """Our own workbook, each sheet as its name and its rows as CSV, parted by a form feed."""
    sheets = []
    for one in data.decode(errors="replace").split("\f"):
        name, _, rows = one.partition("\n")
        cells = ((line, row.split(",")) for line, row in enumerate(rows.split("\n"), 1))
        made, _ = grids.sheet(name, cells)
        sheets += [made] if made else []
    source = SourceFile("x.xlsx", "0" * 64, "spreadsheet", tuple(sheets))
    with _plainly_told():
        draft, findings = own_workbook.read(source, package.read(PACKAGE))
        _render(findings)
        if not findings:
            assert draft.rows("awards")


def zipped(data: bytes) -> None:
    """A zip that is to be verified."""
    with _plainly_told(), open_source(str(_written("x.zip", data))) as source:
        as_text(verify.verify(source))


def listed(data: bytes) -> None:
    """A manifest."""
    with suppress(ValueError):
        entries = manifest.parse(data)
        assert manifest.as_json(entries) == data


def figures(data: bytes) -> None:
    """A page, and the table that its figures name."""
    markup, _, rows = data.partition(PARTED)
    parts = 1 + len(rows) % 2
    tables = Tables(lambda path: (path,) * parts, lambda _: table_of(rows), Effort(10_000))
    page = FiguresOf(markup.decode(errors="replace"), "a/index.html", tables)
    with suppress(Weary):
        assert all(page.problems())


TARGETS: dict[str, Target] = {
    one.__name__: one
    for one in (
        *(table, parquet, checked, descriptor, json_file, csv_file, mapped, workbook, own),
        *(zipped, listed, figures),
    )
}
