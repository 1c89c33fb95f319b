"""Any table by a mapping: drafted, corrected, read; its errors name the line and the mend."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.cli import cli
from generator.errors import PurseError, UsageProblem
from generator.imports import mapping, mapping_draft
from generator.imports.base import (
    Heading,
    Incoming,
    Party,
    Place,
    Reading,
    Sheet,
    SourceFile,
    SourceRow,
)
from generator.imports.mapping_targets import TARGETS, proposed
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "publish" / "mapping.md"
FIXED = {
    "currency": "GBP",
    "funder": "Littleham Parish Council",
    "instrument": "grant",
    "amount_basis": "total-value",
}
PLAIN = {"Ref": "source_id", "Name": "title", "Sum": "amount", "Day": "decided_on"}
CELLS = {"Ref": "A1", "Name": "New drums", "Sum": "£1,200.50", "Day": "2031-05-14"}


def sheet(*rows: dict[str, str], name: str = "") -> Sheet:
    header = tuple(dict.fromkeys(column for row in rows for column in row))
    filled = ({column: row.get(column, "") for column in header} for row in rows)
    return Sheet(
        name, header, tuple(SourceRow(line, cells) for line, cells in enumerate(filled, 2))
    )


def source(*sheets: Sheet) -> SourceFile:
    return SourceFile("grants.csv", "0" * 64, "csv", sheets)


def text_of(columns: dict[str, str], **more: Any) -> str:
    return yaml.safe_dump({"columns": columns, "fixed": FIXED, **more}, allow_unicode=True)


def read(
    *rows: dict[str, str], columns: dict[str, str] | None = None, given: Any = (), **more: Any
) -> Reading:
    """Rows read by a mapping of these columns beside the plain ones."""
    text = text_of({**PLAIN, **(columns or {})}, **more)
    whole = [{**CELLS, **row} for row in rows]
    found = mapping.read(source(sheet(*whole)), mapping.parse(text, "mapping.yml"), **dict(given))
    assert len(found.awards) + len(found.refused) == found.rows
    return found


def only(reading: Reading) -> Incoming:
    assert not reading.refused
    (award,) = reading.awards
    return award


def test_a_plain_row() -> None:
    found = only(read({}))
    assert found.cells == {
        "source_id": "A1",
        "title": "New drums",
        "decided_on": "2031-05-14",
        "financial_year": "2031-32",
        "instrument": "grant",
        "contract": "not applicable",
        "amount_basis": "total-value",
    }
    assert (found.amount, found.currency, found.lines) == (Decimal("1200.50"), "GBP", (2,))
    assert found.funder == Party("Littleham Parish Council")
    assert (found.recipients, found.kept) == ((), ())


def test_who_where_and_under_what() -> None:
    columns = {
        "Band": "recipient",
        "Charity": "charity_number",
        "Firm": "company_number",
        "Web": "recipient_url",
        "Ward": "area",
        "Code": "area_code",
        "Scheme": "fund",
        "Short": "fund_code",
        "Kind": "theme",
        "Bids": "bids_received",
    }
    cells = {
        "Band": "Brass  Band",
        "Charity": "1000147",
        "Firm": "123456",
        "Web": "https://band.example",
        "Ward": "East",
        "Code": "E05000001",
        "Scheme": "Small Grants",
        "Short": "SG",
        "Kind": "Music",
        "Bids": "4",
    }
    told = read(cells, columns=columns)
    found = only(told)
    numbers = (("GB-CHC", "1000147"), ("GB-COH", "00123456"))
    assert found.recipients == (Party("Brass  Band", "", numbers, url="https://band.example"),)
    assert found.places == (Place("East", "E05000001"),)
    assert (found.fund, found.theme) == (Heading("Small Grants", "SG"), Heading("Music"))
    assert found.cells["bids_received"] == "4"
    assert [(one.found, one.taken) for one in told.corrections] == [("123456", "00123456")]


def test_what_is_not_as_it_should_be_is_kept() -> None:
    columns = {
        "Band": "recipient",
        "Charity": "charity_number",
        "Web": "recipient_url",
        "Code": "area_code",
        "Bids": "bids_received",
        "End": "end_on",
    }
    cells = {"Band": "Band", "Charity": "none yet", "Web": "www.band.example", "Code": "East"}
    told = read({**cells, "Bids": "a few", "End": "n/a"}, columns=columns)
    assert set(only(told).kept) == {
        *(("Charity", "none yet"), ("Web", "www.band.example"), ("Code", "East")),
        *(("Bids", "a few"), ("End", "n/a")),
    }
    assert {one.column for one in told.corrections} == {"Charity", "Bids"}


def test_several_recipients_share_one_amount_and_own_no_number() -> None:
    columns = {"One": "recipient", "Two": "recipient", "Charity": "charity_number"}
    told = read({"One": "Alpha", "Two": "Beta", "Charity": "1000147"}, columns=columns)
    assert only(told).recipients == (Party("Alpha"), Party("Beta"))
    assert ("Charity", "1000147") in only(told).kept


def test_a_private_persons_name_never_leaves_the_reader() -> None:
    columns = {"Who": "recipient", "Person": "individual", "Surname": "ignore", "Name": "keep"}
    cells = {"Who": "Pat Example", "Person": "Y", "Surname": "Example", "Name": ""}
    told = read(cells, columns=columns, title_from="{Who} ({Surname})")
    found = only(told)
    assert found.recipients == (Party("", individual=True),)
    assert found.cells["title"] == "an individual (an individual)"
    assert "Example" not in repr((told.awards, told.corrections, told.refused))
    unknown = read({**cells, "Person": "perhaps"}, columns=columns, title_from="{Who}")
    assert "private person" in unknown.refused[0].reason


def test_codes_translate_the_words_of_the_file() -> None:
    columns = {"Kind": "instrument", "State": "status"}
    codes = {"instrument": {"Gift": "grant", "?? ": "not published"}, "status": {"Done": "ended"}}
    told = read(
        *({"Ref": "1", "Kind": "gift", "State": "Under way"}, {"Ref": "2", "Kind": "??"}),
        *({"Ref": "3", "Kind": "Contract", "State": "done"}, {"Ref": "4", "Kind": "Loan"}),
        columns=columns,
        codes=codes,
    )
    words = [(one.cells.get("instrument"), one.cells.get("status")) for one in told.awards]
    assert words == [("grant", "under-way"), (None, None), ("contract", "ended")]
    assert "Loan" in told.refused[0].reason
    assert "grant, contract or other" in told.refused[0].mend


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Sum": ""}, "no amount"),
        ({"Sum": "tbc"}, "no amount"),
        ({"Sum": "0"}, "nought"),
        ({"Sum": "(5.00)"}, "below nought"),
        ({"Sum": "€5"}, "EUR"),
        ({"Sum": "lots"}, "can't be read"),
        ({"Name": ""}, "no title"),
        ({"Day": ""}, "no date"),
        ({"Day": "soon"}, "can't be read"),
        ({"Day": "03/04/2031"}, "two days"),
    ],
)
def test_refused_with_a_reason(cells: dict[str, str], reason: str) -> None:
    (found,) = read(cells).refused
    assert reason in found.reason
    assert found.mend.endswith(".")
    assert found.source_id == "A1"


def test_days_and_years_as_the_user_settles_them() -> None:
    day = {"Day": "03/04/2031"}
    assert only(read(day, given={"day_first": True})).cells["decided_on"] == "2031-04-03"
    assert only(read({"Day": ""}, given={"year": "2030-31"})).cells["financial_year"] == "2030-31"
    for cell in ("2030/31", "2030-2031", "FY 2030/31"):
        told = read({"Year": cell}, columns={"Year": "financial_year"})
        assert only(told).cells["financial_year"] == "2030-31"
    wrong = read({"Year": "2030-32"}, columns={"Year": "financial_year"})
    assert "2030-32" in wrong.refused[0].reason


def test_a_copy_is_refused_and_a_shared_reference_is_kept_beside() -> None:
    told = read({}, {}, {"Sum": "5"}, {"Ref": "", "Sum": "6"}, {"Ref": "", "Sum": "6"})
    assert [one.lines for one in told.awards] == [(2,), (4,), (5,), (6,)]
    assert told.refused[0].reason == "It is a copy of row 2."
    assert [one.cells.get("source_id") for one in told.awards] == [None] * 4
    assert [one.kept for one in told.awards] == [(("Ref", "A1"),)] * 2 + [()] * 2


def test_every_column_has_its_fate() -> None:
    cells = {"Note": "x", "Empty": "", "E-mail": "a@b.example", "Left": "y", "New": "z"}
    columns = {"Note": "keep", "Left": "ignore"}
    told = read(cells, columns=columns, title_from="{Name}")
    assert {one.column: (one.fate, one.filled) for one in told.columns} == {
        **dict.fromkeys(PLAIN, ("mapped", 1)),
        "Note": ("kept", 1),
        "Empty": ("ignored", 0),
        "E-mail": ("ignored", 1),
        "Left": ("ignored", 1),
        "New": ("kept", 1),
    }
    assert only(told).kept == (("Note", "x"), ("New", "z"))


def test_one_sheet_of_several_is_read() -> None:
    text = text_of(PLAIN, sheet="Grants")
    file = source(sheet(CELLS, name="Grants"), sheet({"Key": "1"}, {"Key": "2"}, name="Notes"))
    told = mapping.read(file, mapping.parse(text, "m.yml"))
    assert only(told).sheet == "Grants"
    assert told.columns[-1].words == "on another sheet than the mapping reads"
    with pytest.raises(UsageProblem, match="Awards"):
        mapping.read(file, mapping.parse(text.replace("Grants", "Awards"), "m.yml"))


def test_a_column_that_is_not_there_is_met_with_a_near_one() -> None:
    found = mapping.parse(text_of({**PLAIN, "Summ": "keep"}), "m.yml")
    with pytest.raises(UsageProblem) as caught:
        mapping.read(source(sheet(CELLS)), found)
    assert "Sum" in caught.value.advice
    with pytest.raises(UsageProblem):
        mapping.read(replace(source(), document={}), found)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("amount_basis: total-value", "amount_basis: '?'", "amount_basis (line "),
        ("Sum: amount", "Sum: amonut", "did you mean amount?"),
        ("Sum: amount", "Sum: keep", "no column is the amount"),
        ("Name: title", "Name: keep", "no column is the title"),
        ("Day: decided_on", "Day: amount", "both"),
        ("funder: Littleham Parish Council", "funder: ''", "funder is missing"),
        ("instrument: grant", "instrument: gift", "is no word for instrument"),
        ("instrument: grant\n", "instrumnt: grant\n", "did you mean instrument?"),
        ("currency: GBP", "currency: pounds", "three letters"),
        ("fixed:", "fixd:", "did you mean fixed?"),
        ("Ref: source_id", "Ref: [source_id]", "a single word"),
        ("Ref: source_id", "Sum: source_id", "stands twice"),
        ("Ref: source_id", 'Ref: "source_id', "YAML"),
        ("columns:", "columns: 5\nfixed2:", "part of a mapping"),
    ],
)
def test_a_wrong_mapping_is_told_with_its_line(old: str, new: str, words: str) -> None:
    text = text_of(PLAIN)
    assert old in text
    with pytest.raises(UsageProblem) as caught:
        mapping.parse(text.replace(old, new), "mapping.yml")
    assert words in f"{caught.value.message} {caught.value.advice}"
    assert "mapping.yml" in caught.value.message


def test_a_draft_proposes_and_asks_for_the_rest() -> None:
    rows = [
        {
            "Supplier Name": "Mow Ltd",
            "Contract value": "£1,000",
            "Start date": "01/04/2031",
            "Contact": "Pat Example",
            "Ward": "East",
            "Signed date": "2031-03-01",
            "Note": "call 07700 900123",
            "Contract type": "Call-off",
            "VAT": "5",
        }
    ]
    text = mapping_draft.draft(
        source(sheet(*rows, name="Register"), sheet({"Key": "1"}, name="Key"))
    )
    for hidden in ("Pat Example", "07700 900123"):
        assert hidden not in text
    drafted = yaml.safe_load(text)
    assert drafted["sheet"] == "Register"
    assert drafted["columns"] == {
        "Supplier Name": "recipient",
        "Contract value": "amount",
        "Start date": "start_on",
        "Contact": "ignore",
        "Ward": "area",
        "Signed date": "decided_on",
        "Note": "keep",
        "Contract type": "instrument",
        "VAT": "keep",
    }
    assert drafted["fixed"] == {
        "currency": "GBP",
        "funder": "?",
        "funder_id": "",
        "amount_basis": "?",
    }
    assert drafted["title_from"] == "{Supplier Name}"
    assert drafted["codes"] == {"instrument": {"call-off": "?"}}
    with pytest.raises(UsageProblem) as caught:
        mapping.parse(text, "mapping.yml")
    for name in ("funder", "amount_basis", "call-off"):
        assert name in caught.value.message
    funder = text.replace('funder: "?"', 'funder: "Any Council"')
    found = mapping.parse(
        funder.replace('basis: "?"', 'basis: "total-value"').replace('off": "?"', 'off": contract'),
        "mapping.yml",
    )
    told = mapping.read(source(sheet(*rows, name="Register")), found, day_first=True)
    assert only(told).cells["start_on"] == "2031-04-01"


@pytest.mark.parametrize(
    ("cells", "targets"),
    [
        (
            {
                "Reference number": "C1",
                "Title of agreement": "Mowing",
                "Local authority department responsible": "Parks",
                "Description of the goods and/or services being provided": "Grass",
                "Supplier name and details": "Mow Ltd",
                "Sum to be paid over the length of the contract or estimated annual spending": "5",
                "VAT that cannot be recovered": "0",
                "Start, end and review dates": "1/4/2031 to 31/3/2032",
            },
            "source_id title keep purpose recipient amount keep keep",
        ),
        (
            {
                "Body Name": "Any Council",
                "Date": "02/01/2031",
                "Transaction Number": "7",
                "Amount": "500.10",
                "Supplier Name": "Acme",
                "Supplier ID": "S1",
                "Expense Area": "Parks",
                "Expense Type": "Seeds",
            },
            "funder decided_on source_id amount recipient keep keep theme",
        ),
        (
            {
                "Date the grant was awarded": "2031-01-02",
                "Beneficiary": "Band",
                "Beneficiary's registration number": "5",
                "Summary of the purpose": "Drums",
                "Amount (£)": "",
                "Amount Applied For": "9",
            },
            "decided_on recipient keep purpose amount keep",
        ),
        ({"Organisation": "Band", "Grant": "£5", "Year": "2030/31", "Project": "Drums"},
         "recipient amount financial_year title"),
        ({"Amount": "large", "Award date": "long ago"}, "keep keep"),
        (
            {"Address": "", "Supplier post code": "x", "PostalCode": "x", "Web address": "x"},
            "ignore ignore ignore recipient_url",
        ),
    ],
)  # fmt: skip
def test_usual_titles_are_known(cells: dict[str, str], targets: str) -> None:
    assert list(proposed(sheet(cells)).values()) == targets.split()


def test_a_table_is_needed_and_titles_that_are_titles() -> None:
    with pytest.raises(UsageProblem, match="no table"):
        mapping_draft.draft(source())
    with pytest.raises(UsageProblem, match="column title"):
        mapping_draft.draft(source(sheet({"long " * 200: "x", "b": "y"})))


CELL = st.text(max_size=12) | st.sampled_from(["£5", "2031-05-06", "?", "yes", "gift", "{a}"])
TABLES = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=4)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=3, max_size=3, unique=True), TABLES)
def test_any_table_has_a_draft_that_is_yaml(titles: list[str], cells: list[list[str]]) -> None:
    table = sheet(*(dict(zip(titles, row, strict=True)) for row in cells))
    drafted = yaml.compose(mapping_draft.draft(source(table)), Loader=yaml.SafeLoader)
    assert isinstance(drafted, yaml.MappingNode)
    columns = {str(key.value): value for key, value in drafted.value}["columns"]
    assert [key.value for key, _ in columns.value] == titles


@given(st.text(max_size=80))
def test_wild_text_raises_nothing_but_our_own_errors(text: str) -> None:
    with pytest.raises(PurseError):
        mapping.parse(text, "mapping.yml")


@given(TABLES, st.lists(st.sampled_from(sorted(TARGETS)), min_size=3, max_size=3))
def test_every_row_ends_in_an_award_or_is_refused(
    cells: list[list[str]], targets: list[str]
) -> None:
    rows = [dict(zip("abc", row, strict=True)) for row in cells]
    text = text_of(dict(zip("abc", targets, strict=True)), title_from="{a}")
    try:
        told = mapping.read(source(sheet(*rows)), mapping.parse(text, "mapping.yml"))
    except PurseError as problem:
        assert problem.advice
        return
    ends = [one.lines for one in told.awards] + [one.lines for one in told.refused]
    assert sorted(line for lines in ends for line in lines) == [
        row.line for row in sheet(*rows).rows
    ]


@pytest.mark.parametrize("text", ["a: &a {b: *a}", "[" * 5000, "!!python/object:x {}", "a: b: c"])
def test_strange_yaml_is_told_in_words(text: str) -> None:
    with pytest.raises(UsageProblem):
        mapping.parse(text, "mapping.yml")


def blocks(kind: str) -> Iterator[str]:
    yield from re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)


def test_the_pages_own_example_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (table,) = blocks("csv")
    (corrected,) = blocks("yaml")
    (tmp_path / "grants.csv").write_text(table, encoding="utf-8")
    draft, dry = (block.strip().split()[1:] for block in blocks("sh"))
    assert cli.main(draft, standalone_mode=False) == 0
    drafted = (tmp_path / "mapping.yml").read_text(encoding="utf-8")
    assert list(yaml.safe_load(drafted)["columns"]) == list(yaml.safe_load(corrected)["columns"])
    with pytest.raises(UsageProblem, match="there already"):
        cli.main(draft, standalone_mode=False)
    with pytest.raises(UsageProblem, match="question mark"):
        cli.main(dry, standalone_mode=False)
    (tmp_path / "mapping.yml").write_text(corrected, encoding="utf-8")
    assert cli.main(dry, standalone_mode=False) == 0
    assert not (tmp_path / "data").exists()
    assert cli.main(dry[:-1], standalone_mode=False) == 0
    kept = tmp_path / "data" / "littleham" / "imports" / "mapping.yml"
    assert kept.read_text(encoding="utf-8") == corrected
    awards = (tmp_path / "data" / "littleham" / "awards.csv").read_text(encoding="utf-8")
    assert awards.count("\n") == 3
    assert "Littleham Brass Band: New drums" in awards


def test_the_page_names_every_word() -> None:
    named = set(re.findall(r"`([\w-]+)`", PAGE.read_text("utf-8")))
    assert set(TARGETS) <= named
