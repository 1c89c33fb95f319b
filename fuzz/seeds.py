"""What fuzzing begins with: small true files, and the words that such files are made of."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from fuzz.targets import GRANTS, PACKAGE, PARTED, RELEASES, TABLES
from generator import manifest, package, schemas, workbook_form
from generator.descriptor import DESCRIPTOR
from generator.imports import reading
from generator.missing import LABELS
from tests.hostile import parquets, texts, workbooks
from tests.hostile.base import CASES

FOUND = Path(__file__).parent.parent / "tests" / "hostile" / "found"
"""Inputs that once made a reader fail, in a folder for each target."""

_MAPPING = """\
columns: {Ref: source_id, Title: title, Amount: amount, Day: decided_on, To: recipient}
fixed: {currency: GBP, funder: Pond Trust, instrument: grant, amount_basis: total-value}
"""
_MAPPED = """\
Ref,Title,Amount,Day,To
1,Ducks,"1,200.50",2031-05-01,Frog Choir
2,Bread,99.99,01/06/2031,
"""
_GRANTS = """\
Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Identifier,\
Recipient Org:Name,Funding Org:Identifier,Funding Org:Name
360G-pond-1,Ducks,Ponds.,GBP,100,2031-05-01,GB-CHC-9000002,Frog Choir,GB-CHC-9000001,Pond Trust
360G-pond-2,Bread,Ponds.,GBP,"1,000",05/04/2031,360G-x,Frog Choir,GB-CHC-9000001,Pond Trust
"""
_EDITS = {
    "descriptor": b"purse/first_year=2031-32\nresources/0/schema/fields/1/type=date\nversion",
    "grants": b"ggrants/0/amountAwarded=1e9\ngrants/0/recipientOrganization/0/id",
    "releases": b"rreleases/0/awards/0/value/amount=-1\nreleases/0/tag",
}
_UNPARTED = str.maketrans(",\n\f", "   ")
_PAGE = """\
<p><data id="a" value="3.50" data-rows="t.csv" data-measure="sum:n">3.50</data>
<data id="b" value="2" data-rows="t.csv" data-measure="count:n" data-where="id!=c">2</data>
<data value="42.9" data-rows="t.csv" data-measure="share:n" data-where="id=a">42.9%</data>
<data value="1.50" data-op="difference" data-from="a b">1.50</data>
<data value="175.0" data-op="percent" data-from="a b">175.0%</data>
"""
_ROWS = b"id,n\na,1.50\nb,2\nc,not published\n"


def _tables() -> Iterator[bytes]:
    for name in TABLES:
        yield (PACKAGE / name).read_bytes()
    with tempfile.TemporaryDirectory() as room:
        for name in vars(texts):
            if name in CASES:
                folder = Path(room) / name
                folder.mkdir()
                path = folder / "awards.csv"
                path.write_bytes((PACKAGE / "awards.csv").read_bytes())
                CASES[name].make(folder)
                yield path.read_bytes()


def _workbook() -> Iterator[bytes]:
    sheet = b"s" + workbooks.ROWS.encode()
    yield from (sheet, b"x" + workbooks.xlsx(workbooks.ROWS))
    yield b"t" + b'<sst count="1"><si><t>Pond</t></si></sst>'
    yield b"o<table:table-row>" + workbooks.ods_cell("x", 2).encode() + b"</table:table-row>"


def _own() -> bytes:
    """The little package's workbook."""
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "littleham.xlsx"
        path.write_bytes(workbook_form.workbook(package.read(PACKAGE)))
        source = reading.read(path)
    sheets = []
    for one in source.sheets:
        rows = [list(one.header), *([*row.cells.values()] for row in one.rows[:6])]
        lines = [
            ",".join(cell.replace(",", " ").replace("\n", " ") for cell in row) for row in rows
        ]
        sheets.append("\n".join([one.name, *lines]))
    return "\f".join(sheets).encode()


def _site() -> dict[str, bytes]:
    files = {"a/index.html": _PAGE.encode(), "a/t.csv": _ROWS, "index.html": b"<p>x"}
    return {**files, manifest.NAME: manifest.of_files(files.items())}


def _json() -> Iterator[bytes]:
    yield from (json.dumps(GRANTS).encode(), json.dumps(RELEASES).encode())
    compiled = {"ocid": "x", "compiledRelease": RELEASES["releases"][0]}
    yield json.dumps({"records": [compiled]}).encode()
    yield from (_EDITS["grants"], _EDITS["releases"])


def _descriptors() -> Iterator[bytes]:
    whole = (PACKAGE / DESCRIPTOR).read_bytes()
    small = json.loads(whole)
    small["resources"] = small["resources"][:1]
    yield from (whole, json.dumps(small).encode(), _EDITS["descriptor"])


def _checked() -> Iterator[bytes]:
    for number, name in enumerate(TABLES):
        yield bytes([number]) + (PACKAGE / name).read_bytes()


def _zipped() -> Iterator[bytes]:
    yield workbooks.zipped(_site())
    yield workbooks.zipped({f"site/{name}": data for name, data in _site().items()})


def _parquets() -> Iterator[bytes]:
    table = parquets.awards(PACKAGE)
    yield parquets.packed(table)
    yield parquets.packed(table, compression="none", data_page_version="2.0", row_group_size=2)
    yield parquets.packed(table, compression="zstd", use_dictionary=False, store_schema=False)


_SEEDS: Mapping[str, Callable[[], Iterable[bytes]]] = {
    "table": _tables,
    "parquet": _parquets,
    "checked": _checked,
    "descriptor": _descriptors,
    "json_file": _json,
    "csv_file": lambda: (_GRANTS.encode(), _GRANTS.replace(",", ";").encode("utf-16")),
    "mapped": lambda: (_MAPPING.encode() + PARTED + _MAPPED.encode(),),
    "workbook": _workbook,
    "own": lambda: (_own(),),
    "zipped": _zipped,
    "listed": lambda: (_site()[manifest.NAME],),
    "figures": lambda: (_PAGE.encode() + PARTED + _ROWS,),
}


def seeds(target: str) -> Iterator[bytes]:
    """The inputs that a target begins with; those that once made it fail are among them."""
    yield from _SEEDS[target]()
    for path in sorted((FOUND / target).glob("*")):
        yield path.read_bytes()


def words() -> Iterator[str]:
    """Names and signs that the files are made of, for the fuzzer to put in."""
    yield from filter(None, LABELS)
    for name in schemas.names():
        yield name
        for field in (schemas.load(name) or {})["fields"]:
            yield field["name"]
    yield from ("data-rows", "data-where", "data-of", "sum:n", "share", "max:n", "id!=a", "../")
    yield from ("<data ", "</data>", '"id":', '"awards":', '"value":', "null", "[]", "1e999")
    yield from ("9" * 40, "NaN", "-0", "\r\n", '""', "£1,000.00", "31/12/2031", "\ufeff", "&a=b")
    yield from ("columns:", "title_from:", "fixed:", "codes:", "ignore", "GB-CHC-", "360G-")
