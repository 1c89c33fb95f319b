"""Whatever a file holds, every row of it is imported or refused with a reason: through real files.

The rows are counted here, from what was drawn, and not by the reader.
"""

import csv
import io
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator import importing, package
from generator.draft import files, of_package
from generator.errors import PurseError
from generator.findings import Severity
from generator.imports import account_text, choosing, reading
from generator.imports.account import Account
from tests import workbooks
from tests.conftest import LITTLEHAM
from tests.imports.files import TITLES, csv_text

_PLAIN = settings(
    suppress_health_check=[*HealthCheck],
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
FEW, MANY = settings(_PLAIN, max_examples=3), settings(_PLAIN, max_examples=150)
MAPPING = """\
columns: {Identifier: source_id, Title: title, Description: purpose, Currency: currency, \
"Amount Awarded": amount, "Award Date": decided_on, "Recipient Org:Name": recipient, \
"Recipient Org:Identifier": charity_number, "Funding Org:Name": funder, \
"Funding Org:Identifier": funder_id}
fixed: {currency: GBP, funder: Pond Trust, instrument: grant, amount_basis: total-value}
"""
_LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
_TEXT = st.text(_LETTERS, max_size=12) | st.sampled_from(
    [
        "",
        " ",
        "x",
        "not published",
        "=1+1",
        "<b>",
        "a;b",
        'say "so"',
        "a\nb",
        "Ann Smith",
        "x" * 300,
    ]
)
_CELLS = {
    "Identifier": st.sampled_from(["", "360G-pond-1", "360G-pond-2", "A/1", "  "]) | _TEXT,
    "Currency": st.sampled_from(["GBP", "GBP", "GBP", "EUR", "", "pounds"]),
    "Amount Awarded": st.sampled_from(
        [*("100", "1,000.50", "£5", "", "0", "-5", "1e3", "five", "0.001", "9" * 20, "NaN", "12.3")]
    ),
    "Award Date": st.sampled_from(
        ["2031-05-01", "01/05/2031", "31/12/2031", "12/31/2031", "2031", "", "x", "48000"]
    ),
    "Recipient Org:Identifier": st.sampled_from(["GB-CHC-9000002", "360G-x", "", "../x"]),
    "Funding Org:Identifier": st.sampled_from(["GB-CHC-9000001", "", "GB-CHC-9000003"]),
}
ROW = st.fixed_dictionaries({title: _CELLS.get(title, _TEXT) for title in TITLES})
ROWS = st.lists(ROW, min_size=1, max_size=6)
_BUYERS = ("Pond Force", "B", "")
MONEY: st.SearchStrategy[Any] = st.decimals(-10, 10**9, places=2) | st.sampled_from(
    ["100", None, "", True, [], {}]
)


def accounted(path: Path, options: choosing.Options, rows: int) -> Account | None:
    """Read a file as `purse import` does, and hold its account to the rows that there are.

    None when the file as a whole is refused in plain words.
    """
    try:
        found = choosing.read(reading.read(path), options)
        made, proposals = importing.propose(found, path.parent / "data" / "pond", {}, None)
    except PurseError as problem:
        assert type(problem).__name__ != "Unaccounted", problem
        assert problem.advice
        return None
    told = list(csv.DictReader(io.StringIO(account_text.rows_csv(made, None).decode())))
    assert len(told) == len(made.lines) == rows
    assert made.rows_imported + made.rows_refused == rows
    written = Counter(
        (one.folder.name, row["id"]) for one in proposals for row in one.draft.rows("awards")
    )
    assert set(written.values()) <= {1}
    for line in made.lines:
        assert (line.outcome == "imported") == ((line.package, line.award) in written)
        assert line.outcome == "imported" or "To mend:" in line.words
    given = sum(
        (Decimal(row["amount"]) for one in proposals for row in one.draft.rows("awards")),
        Decimal(0),
    )
    assert given == sum(one.imported for one in made.sums)
    return made


def of_table(folder: Path, rows: list[dict[str, str]]) -> None:
    """The same rows as CSV, workbook and JSON, as 360Giving and by a mapping."""
    table = [TITLES, *(tuple(row.values()) for row in rows)]
    filled = sum(any(cell.strip() for cell in row.values()) for row in rows)
    (folder / "a.csv").write_bytes(csv_text(table).encode())
    book = openpyxl.Workbook()
    for row in table:
        book.active.append([cell if cell.isprintable() else repr(cell) for cell in row])
        for cell in book.active[book.active.max_row]:
            cell.data_type = "s" if cell.value is not None else cell.data_type
    book.save(folder / "a.xlsx")
    for name in ("a.csv", "a.xlsx"):
        accounted(folder / name, choosing.Options(), filled)
        accounted(folder / name, choosing.Options(mapping=MAPPING, mapping_file="m.yml"), filled)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accounted")


@FEW
@given(ROWS)
def test_every_row_of_a_table(room: Path, rows: list[dict[str, str]]) -> None:
    of_table(room, rows)


@pytest.mark.torture
@MANY
@given(ROWS)
def test_every_row_of_many_tables(room: Path, rows: list[dict[str, str]]) -> None:
    of_table(room, rows)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Any, int]:
    """A JSON document of grants or releases, and how many rows it has."""
    if draw(st.booleans()):
        grants = [
            {
                "id": row["Identifier"],
                "title": row["Title"],
                "description": row["Description"],
                "currency": row["Currency"],
                "amountAwarded": _number(draw(MONEY)),
                "awardDate": row["Award Date"],
                "recipientOrganization": [{"id": "x", "name": row["Recipient Org:Name"]}],
                "fundingOrganization": [{"id": "GB-CHC-9000001", "name": "Pond Trust"}],
            }
            for row in draw(ROWS)
        ]
        return {"grants": grants}, len(grants)
    releases, count = [], 0
    for number, row in enumerate(draw(ROWS)):
        awards = [
            {
                "id": f"{number}-{at}",
                "title": row["Title"],
                "date": row["Award Date"],
                "status": draw(st.sampled_from(["active", "cancelled", "pending", None, ""])),
                "value": {"amount": _number(draw(MONEY)), "currency": row["Currency"]},
                "suppliers": [{"id": "s", "name": row["Recipient Org:Name"]}],
            }
            for at in range(draw(st.integers(0, 2)))
        ]
        count += max(1, len(awards))
        releases.append(
            {
                "ocid": f"ocds-x-{number}",
                "id": str(number),
                "date": "2031-05-01T00:00:00Z",
                "tag": ["award"],
                "buyer": {
                    "id": "GB-LAC-E1",
                    "name": draw(st.sampled_from(["Pond Force", "B", ""])),
                },
                "awards": awards,
            }
        )
    return {"releases": releases}, count


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def of_document(folder: Path, document: tuple[Any, int]) -> None:
    said, rows = document
    (folder / "a.json").write_text(json.dumps(said), encoding="utf-8")
    accounted(folder / "a.json", choosing.Options(), rows)


@FEW
@given(documents())
def test_every_row_of_a_document(room: Path, document: tuple[Any, int]) -> None:
    of_document(room, document)


@pytest.mark.torture
@MANY
@given(documents())
def test_every_row_of_many_documents(room: Path, document: tuple[Any, int]) -> None:
    of_document(room, document)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["awards", "funds", "recipients", "award_services", "award_recipients"]),
        st.integers(2, 7),
        st.integers(1, 34),
        st.sampled_from(["", "x", "=1+1", "2031-05-06", "12.50", "-1", "not published", "a;b", 7]),
    ),
    min_size=1,
    max_size=4,
)


def of_own_workbook(folder: Path, edits: list[tuple[str, int, int, Any]]) -> None:
    """Each filled row of our own workbook is in the draft, or nothing is taken and it is told."""

    def edit(book: Any) -> None:
        for name, row, column, value in edits:
            sheet = book[name]
            cell = sheet.cell(row, 1 + (column - 1) % sheet.max_column)
            cell.value = value
            cell.data_type = "s" if isinstance(value, str) else "n"

    path = workbooks.saved(LITTLEHAM, folder / "own.xlsx", edit)
    draft, findings = workbooks.read(path, package.read(LITTLEHAM))
    if any(one.severity is Severity.ERROR for one in findings):
        assert dict(files(draft)) == dict(files(of_package(package.read(LITTLEHAM))))
        return
    for sheet in reading.read(path).sheets:
        if sheet.name in draft.tables:
            assert len(draft.rows(sheet.name)) == len(sheet.rows), sheet.name


@FEW
@given(EDITS)
def test_every_row_of_our_own_workbook(room: Path, edits: Any) -> None:
    of_own_workbook(room, edits)


@pytest.mark.torture
@MANY
@given(EDITS)
def test_every_row_of_many_workbooks(room: Path, edits: Any) -> None:
    of_own_workbook(room, edits)
