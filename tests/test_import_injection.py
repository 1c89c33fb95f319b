"""Files to import that carry hostile texts: what is made of them is a package that is safe.

Each text of `tests/hostile/injections.py` stands in every column, in each form that is read. The
package that comes of it lies in its own folder, its ids and files have plain names, its texts are
as they were found, and a build of it runs nothing.
"""

import csv
import json
import re
import shutil
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator import package, site
from generator.cli import cli
from generator.descriptor import DESCRIPTOR
from generator.errors import PurseError
from generator.findings import Finding, Severity
from tests import workbooks
from tests.conftest import LITTLEHAM, build
from tests.hostile.injections import GROUPS
from tests.hostile.markup import Read
from tests.imports.files import TITLES, csv_text, grant, of_xlsx, table
from tests.test_hostile import OBEYED
from tests.test_injection import _wrong as wrong_links

TEXTS = tuple(
    text for name, group in GROUPS.items() if name != "unseen" for text in group if "\0" not in text
)
FREE = ("Title", "Description", "Recipient Org:Name", "Funding Org:Name", "Notes & <b>more</b>")
MAPPING = """\
columns: {Identifier: source_id, Title: title, Description: purpose, Currency: currency, \
"Amount Awarded": amount, "Award Date": decided_on, "Recipient Org:Name": recipient, \
"Recipient Org:Identifier": keep, "Funding Org:Name": funder, "Funding Org:Identifier": keep, \
"Notes & <b>more</b>": keep}
fixed: {instrument: grant, amount_basis: total-value}
"""
_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_FILE = re.compile("[a-z0-9_.-]+")


def rows(without: Collection[int] = ()) -> list[dict[str, str]]:
    """A row for each text, which stands in all columns that take words; and in one that doesn't."""
    made = []
    for number, text in enumerate(TEXTS):
        if number in without:
            continue
        cells = dict.fromkeys(FREE, f"{text} {number}")
        cells["Funding Org:Name"] = TEXTS[0]  # or each would be a package of its own
        one = grant(number, **cells)
        odd = TITLES[number % len(TITLES)]
        made.append({**one, odd: text} if number % 7 == 0 and odd not in FREE else one)
    return made


def as_csv(folder: Path, without: Collection[int] = ()) -> Path:
    path = folder / "grants.csv"
    path.write_bytes(csv_text(table(*rows(without))).encode())
    return path


def as_xlsx(folder: Path, without: Collection[int] = ()) -> Path:
    plain: list[Sequence[Any]] = [
        [f"'{cell}" if cell[:1] == "=" else re.sub("[\x00-\x1f]", " ", cell) for cell in row]
        for row in table(*rows(without))
    ]
    of_xlsx(folder, {"grants": plain})
    return folder / "grants.xlsx"


def as_json(folder: Path) -> Path:
    grants = [
        {
            "id": row["Identifier"],
            "title": row["Title"],
            "description": row["Description"],
            "currency": row["Currency"],
            "amountAwarded": 100,
            "awardDate": "2031-05-01",
            "recipientOrganization": [{"id": row["Title"], "name": row["Recipient Org:Name"]}],
            "fundingOrganization": [{"id": "GB-CHC-9000001", "name": TEXTS[0]}],
            row["Title"]: row["Title"],
            "grantProgramme": [{"code": row["Title"], "title": row["Title"], "url": row["Title"]}],
            "relatedDocument": [{"title": row["Title"], "webAddress": row["Title"]}],
        }
        for row in rows()
    ]
    path = folder / "grants.json"
    path.write_text(json.dumps({"license": TEXTS[3], "grants": grants}), encoding="utf-8")
    return path


def as_ocds(folder: Path) -> Path:
    releases = [
        {
            "ocid": text,
            "id": text,
            "date": "2031-05-01T00:00:00Z",
            "buyer": {"id": "GB-LAC-E1", "name": TEXTS[0]},
            "parties": [{"id": text, "name": text, "identifier": {"scheme": text, "id": text}}],
            "tender": {"title": text, "description": text, "procurementMethodDetails": text},
            "awards": [
                {
                    "id": text,
                    "title": text,
                    "description": text,
                    "date": "2031-05-01T00:00:00Z",
                    "status": "active",
                    "value": {"amount": 100, "currency": "GBP"},
                    "suppliers": [{"id": text, "name": text}],
                    "documents": [{"title": text, "url": text, "documentType": text}],
                }
            ],
        }
        for text in TEXTS
    ]
    path = folder / "contracts.json"
    path.write_text(json.dumps({"license": TEXTS[3], "releases": releases}), encoding="utf-8")
    return path


def imported(path: Path, to: Path, *options: str) -> str:
    """Import a file; what was said."""
    command = ["import", str(path), "--to", str(to), "--yes", *options]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert done.exception is None or isinstance(done.exception, PurseError), done.exception
    assert done.exception is None, str(done.exception)
    return done.output


def packages(room: Path) -> list[Path]:
    """The packages that an import made: one for each funder and currency that it saw."""
    return sorted(path.parent for path in (room / "data").glob(f"*/{DESCRIPTOR}"))


def must_be_plain(room: Path, brought: Path) -> None:
    """Nothing lies but in packages; names are plain; ids are ids; paths stay inside."""
    files = [one for one in room.rglob("*") if one.is_file() and one != brought]
    assert all(one.is_relative_to(room / "data") for one in files)
    assert not [one for one in files if not _FILE.fullmatch(one.name)]
    for to in packages(room):
        assert _ID.fullmatch(to.name)
        found = json.loads((to / DESCRIPTOR).read_text(encoding="utf-8"))
        assert _ID.fullmatch(found["name"])
        assert {one["path"] for one in found["resources"]} == {
            f"{one['name']}.csv" for one in found["resources"]
        }
        for path in to.glob("*.csv"):
            for row in cells_of(path):
                assert _ID.fullmatch(row.get("id", "x")), row["id"]
                assert re.match("https?://|not |$", row.get("url", "")), row["url"]


def cells_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers_in(one: Finding) -> set[int]:
    """The numbers of the texts in a row that the checks refuse."""
    path = Path(one.file)
    lines = package.read(path.parent).tables[path.stem].rows if path.suffix == ".csv" else ()
    cells = [cell for row in lines if row.line == one.row for cell in row.cells.values()]
    return {int(number) for cell in cells for number in re.findall(r" (\d+)$", cell)}


FORMS = (
    as_ocds,
    *(pytest.param(one, marks=pytest.mark.torture) for one in (as_csv, as_xlsx, as_json)),
)


@pytest.mark.parametrize("make", FORMS)
def test_what_an_import_makes_is_plain(make: Callable[..., Path], tmp_path: Path) -> None:
    brought = make(tmp_path)
    said = imported(brought, tmp_path / "data" / "pond")
    assert not OBEYED.search(said)
    must_be_plain(tmp_path, brought)
    for to in packages(tmp_path):
        awards = cells_of(to / "awards.csv")
        assert awards
        for one in site.check(to).report.findings:
            assert one.mend
            assert Path(one.file).is_relative_to(to)


def test_a_mapped_table_is_plain_and_keeps_its_words(tmp_path: Path) -> None:
    (tmp_path / "mapping.yml").write_text(MAPPING, encoding="utf-8")
    brought = as_csv(tmp_path)
    options = ("--mapping", str(tmp_path / "mapping.yml"))
    said = imported(brought, tmp_path / "data" / "pond", *options)
    assert not OBEYED.search(said)
    (tmp_path / "mapping.yml").unlink()
    must_be_plain(tmp_path, brought)
    titles = {row["title"] for to in packages(tmp_path) for row in cells_of(to / "awards.csv")}
    kept = sum(" ".join(f"{text} {n}".split()) in titles for n, text in enumerate(TEXTS))
    assert kept > 0.8 * len(TEXTS), "texts are kept as they were found"


def test_our_own_workbook_takes_no_text_for_a_path_or_a_formula(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(LITTLEHAM, tmp_path / "data" / "littleham"))

    def edit(book: Any) -> None:
        for number, text in enumerate(TEXTS[::10]):
            plain = re.sub("[\x00-\x1f]", " ", text)
            sheet = book["awards" if number % 2 else "funds"]
            line = workbooks.add(sheet, title=f"{plain} {number}")
            for cell in sheet[line]:
                cell.data_type = "s" if cell.value is not None else cell.data_type
        book.create_sheet("x").append(["id", "../../x"])

    path = workbooks.saved(folder, tmp_path / "own.xlsx", edit)
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    done = CliRunner().invoke(
        cli, ["import", str(path), "--to", str(folder), "--yes"], standalone_mode=False
    )
    assert done.exception is None, done.exception
    assert not OBEYED.search(done.output)
    assert done.return_value == 1, "rows without an amount are findings"
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


@pytest.mark.torture
@pytest.mark.parametrize("make", [as_csv, as_xlsx], ids=lambda one: one.__name__)
def test_what_the_checks_let_through_runs_nothing(
    make: Callable[..., Path], tmp_path: Path
) -> None:
    """What they refuse is taken out of the file, until the rest is published."""
    without: set[int] = set()
    for tried in range(8):
        room = tmp_path / str(tried)
        room.mkdir()
        imported(make(room, without), room / "data" / "pond")
        (to,) = [one for one in packages(room) if len(cells_of(one / "awards.csv")) > 50]
        checked = site.check(to)
        errors = [one for one in checked.report.findings if one.severity is Severity.ERROR]
        if not errors:
            break
        found = {number for one in errors for number in numbers_in(one)}
        assert found, errors[:3]
        without |= found
    assert len(cells_of(to / "awards.csv")) > 200
    built = build(to, room / "site")
    for page in built.rglob("*.html"):
        read = Read(page.read_text(encoding="utf-8"))
        assert not wrong_links(read.links), page
        for tag, attributes in read.tags:
            assert tag not in ("iframe", "object", "embed", "base", "marquee", "applet")
            assert not [name for name, _ in attributes if name.startswith("on")], page
            assert tag != "script" or dict(attributes).keys() & {"src", "type"}
