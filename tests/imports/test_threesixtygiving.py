"""360Giving files as publishers write them: every row and column accounted for, nothing guessed."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.errors import UsageProblem
from generator.imports import threesixtygiving
from generator.imports.base import (
    Attachment,
    Heading,
    Incoming,
    Party,
    Place,
    Reading,
)
from tests.imports.files import csv_text, grant, of_bytes, of_json, of_ods, of_rows, of_xlsx, table

PONDS = Party("Pond Trust", "GB-CHC-9000001", (("GB-CHC", "9000001"),))
FROGS = Party("Frog Choir", "GB-CHC-9000002", (("GB-CHC", "9000002"),))


def read(folder: Path, *rows: Mapping[str, str], **options: Any) -> Reading:
    found = threesixtygiving.read(of_rows(folder, *rows), **options)
    balanced(found)
    return found


def balanced(found: Reading) -> None:
    """Every row ends in exactly one award or refusal."""
    ended = [(one.sheet, line) for one in found.awards for line in one.lines]
    ended += [(one.sheet, line) for one in found.refused for line in one.lines]
    assert len(ended) == len(set(ended)) == found.rows


def only(found: Reading) -> Incoming:
    assert not found.refused, found.refused
    return found.awards[0]


def reasons(found: Reading) -> list[str]:
    return [one.reason for one in found.refused]


def whys(found: Reading) -> list[tuple[str, str]]:
    return [(one.column, one.why) for one in found.corrections]


def fates(found: Reading) -> dict[str, str]:
    return {one.column: one.fate for one in found.columns}


def test_a_grant_becomes_an_award(tmp_path: Path) -> None:
    more = {
        "Planned Dates:Start Date": "2031-06-01",
        "Planned Dates:End Date": "2032-05-31",
        "Grant Programme:Code": "P1",
        "Grant Programme:Title": "Ponds",
        "Beneficiary Location:Name": "Newtown",
        "Beneficiary Location:Geographic Code": "E05000001",
        "Recipient Org:Web Address": "https://frogs.example",
        "Amount Applied For": "200",
        "Funding Org:Department": "Water",
        "Amount Disbursed": "",
    }
    found = read(tmp_path, grant(1, **more))
    award = only(found)
    assert award.lines == (2,)
    assert (award.amount, award.currency) == (Decimal(100), "GBP")
    assert award.cells == {
        "title": "Grant 1",
        "decided_on": "2031-05-01",
        "financial_year": "2031-32",
        "start_on": "2031-06-01",
        "end_on": "2032-05-31",
        "source_id": "360G-pond-001",
        "purpose": "Ponds for all.",
        "instrument": "grant",
        "amount": "100",
        "amount_basis": "total-value",
        "contract": "not applicable",
    }
    assert award.funder == PONDS
    assert award.recipients == (
        Party("Frog Choir", "GB-CHC-9000002", FROGS.numbers, url="https://frogs.example"),
    )
    assert award.fund == Heading("Ponds", "P1")
    assert award.places == (Place("Newtown", "E05000001"),)
    assert award.kept == (("Amount Applied For", "200"), ("Funding Org:Department", "Water"))
    assert found.corrections == ()
    assert (found.standard, found.rows) == ("360Giving", 1)
    by_title = fates(found)
    assert by_title["Amount Awarded"] == "mapped"
    assert by_title["Funding Org:Department"] == "kept"
    assert by_title["Amount Disbursed"] == "ignored"
    assert "April to March" in next(
        one.words for one in found.columns if one.column == "Award Date"
    )


@pytest.mark.parametrize(
    "titles",
    [
        "identifier,TITLE,AMOUNT AWARDED,currency,award date,RECIPIENT ORG:NAME",
        " Identifier,Title ,Amount  Awarded,Currency,Award Date,Recipient Org : Name",
        "Identifier,Title,Amount Awarded,Currency,Award Date,Recipient Org:0:Name",
        "Identifier,Title,Amount Awarded,Currency,Award Date,Recipient Organisation:Name",
        "id,title,amountAwarded,currency,awardDate,recipientOrganization/0/name",
    ],
)
def test_titles_in_every_form(tmp_path: Path, titles: str) -> None:
    row = "360G-pond-1,Grant,100,GBP,2031-05-01,Frog Choir"
    source = of_bytes(tmp_path, "a.csv", f"{titles}\n{row}\n")
    assert threesixtygiving.reads(source)
    award = only(threesixtygiving.read(source))
    assert award.cells["source_id"] == "360G-pond-1"
    assert award.recipients == (Party("Frog Choir"),)
    assert award.kept == ()


def test_other_files_are_not_taken_for_it(tmp_path: Path) -> None:
    for source in (
        of_bytes(tmp_path, "a.csv", "Supplier,Amount\nFrogs,1\n"),
        of_bytes(tmp_path, "a.csv", "Amount Awarded,Supplier\n1,Frogs\n"),
        of_json(tmp_path, {"releases": []}),
        of_json(tmp_path, {"grants": {"id": "1"}}),
        of_json(tmp_path, "grants"),
        of_json(tmp_path, [1, "two", None]),
    ):
        assert not threesixtygiving.reads(source)
        with pytest.raises(UsageProblem, match="not in the 360Giving form"):
            threesixtygiving.read(source)


def test_numbered_columns_give_several(tmp_path: Path) -> None:
    more = {
        "Recipient Org:1:Identifier": "360G-pond-newts",
        "Recipient Org:1:Name": "Newt Club",
        "Beneficiary Location:0:Name": "Newtown",
        "Beneficiary Location:1:Name": "Oldtown",
        "Beneficiary Location:1:Geographic Code": "somewhere",
        "Classifications:0:Vocabulary": "theme",
        "Classifications:0:Code": "water",
        "Classifications:0:Title": "Water",
        "Classifications:1:Vocabulary": "topic",
        "Classifications:1:Code": "frogs",
        "Classifications:2:Vocabulary": "Theme",
        "Classifications:2:Title": "Second theme",
        "Classifications:3:Vocabulary": "house style",
        "Classifications:3:Title": "Blue",
        "Related Document:0:Title": "Plan",
        "Related Document:0:Web Address": "https://ponds.example/plan",
        "Related Document:0:Document Type": "decision notice",
        "Related Document:1:Title": "On paper",
        "Related Document:1:Web Address": "in the cupboard",
    }
    award = only(read(tmp_path, grant(1, **more)))
    newts = Party("Newt Club", "360G-pond-newts", (("360G", "pond-newts"),))
    assert award.recipients == (FROGS, newts)
    assert award.places == (Place("Newtown"), Place("Oldtown"))
    assert award.theme == Heading("Water", "water")
    assert award.topics == (Heading("frogs", "frogs"),)
    plan = Attachment("Plan", "https://ponds.example/plan", "decision notice")
    assert award.documents == (plan,)
    assert dict(award.kept) == {
        "Beneficiary Location:1:Geographic Code": "somewhere",
        "Classifications:2:Vocabulary": "Theme",
        "Classifications:2:Title": "Second theme",
        "Classifications:3:Vocabulary": "house style",
        "Classifications:3:Title": "Blue",
        "Related Document:1:Title": "On paper",
        "Related Document:1:Web Address": "in the cupboard",
    }


def test_several_programmes_are_no_fund(tmp_path: Path) -> None:
    more = {"Grant Programme:0:Title": "Ponds", "Grant Programme:1:Title": "Lakes"}
    found = read(tmp_path, grant(1, **more))
    assert only(found).fund is None
    assert dict(only(found).kept) == more
    assert {why for _, why in whys(found)} == {
        "several grant programmes: none is the fund. All kept"
    }


TEMPLATE: dict[str, list[list[Any]]] = {
    "Meta": [
        ["Version", "1.3"],
        ["Title", "Pond Trust grants"],
        ["Publisher:Name", "Pond Trust"],
        ["Publisher:Identifier", "GB-CHC-9000001"],
        ["License", "https://creativecommons.org/licenses/by/4.0/"],
        ["Logo", None],
    ],
    "grants": [
        ["Identifier", "Title", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Name"],
        ["g1", "One", "GBP", 100.5, datetime(2031, 5, 1), "Frog Choir"],
        ["g2", "Two", "GBP", 200, datetime(2032, 3, 31), None],
    ],
    "Recipient Org": [
        ["Identifier", "Recipient Org:Name", "Recipient Org:Charity Number", "Recipient Org:Email"],
        ["g1", "Frog Choir", 9000002, "frogs@example.org"],
        ["g1", "Newt Club", None, None],
        ["g9", "Nobody's", None, None],
    ],
    "Beneficiary Location": [
        ["Identifier", "Beneficiary Location:Name", "Beneficiary Location:Geographic Code"],
        ["g2", "Newtown", "E05000001"],
        ["g2", "Oldtown", "E05000002"],
    ],
    "Planned Dates": [
        ["Identifier", "Planned Dates:Start Date", "Planned Dates:Duration (months)"],
        ["g1", datetime(2031, 6, 1), 12],
    ],
    "Lookup": [["Identifier", "Colour"], ["x", "blue"]],
}  # fmt: skip


@pytest.mark.parametrize("form", [of_xlsx, of_ods])
def test_the_templates_sheets_are_joined(tmp_path: Path, form: Any) -> None:
    rows = {
        name: [[cell for cell in row if cell is not None or form is of_xlsx] for row in sheet]
        for name, sheet in TEMPLATE.items()
        if form is of_xlsx or name != "Recipient Org"
    }
    found = threesixtygiving.read(form(tmp_path, rows))
    balanced(found)
    one, two = found.awards
    assert (one.sheet, one.lines, two.lines) == ("grants", (2,), (3,))
    assert [one.amount, two.amount] == [Decimal("100.5"), Decimal(200)]
    assert (one.cells["start_on"], one.cells["financial_year"]) == ("2031-06-01", "2031-32")
    assert one.kept == (("Planned Dates:Duration (months)", "12"),)
    assert two.places == (Place("Newtown", "E05000001"), Place("Oldtown", "E05000002"))
    assert one.funder == two.funder == PONDS
    assert found.title == "Pond Trust grants"
    assert found.licence is not None
    assert found.licence["name"] == "CC-BY-4.0"
    if form is of_xlsx:
        assert [party.name for party in one.recipients] == ["Frog Choir", "Newt Club"]
        assert one.recipients[0].numbers == FROGS.numbers
        assert reasons(found) == ["No grant has the Identifier “g9”."]
        assert found.refused[0].sheet == "Recipient Org"
        assert found.rows == 3
    words = {(one.sheet, one.column): (one.fate, one.words) for one in found.columns}
    assert words["Meta", "Title"] == ("mapped", "title of the publication")
    assert words["Meta", "Version"] == ("ignored", "about the file, not about a grant")
    assert words["Lookup", "Colour"] == ("ignored", "the sheet lists no grants and names none")


def test_two_sheets_may_list_grants(tmp_path: Path) -> None:
    header = list(TEMPLATE["grants"][0])
    first = ["g1", "One", "GBP", 100, "2031-05-01", "Frog Choir"]
    sheets = {"2030": [header, first], "2031": [header, first, ["g2", *first[1:]], ["g1", "Other"]]}
    found = threesixtygiving.read(of_xlsx(tmp_path, sheets))
    balanced(found)
    assert [(one.sheet, one.lines) for one in found.awards] == [("2030", (2,)), ("2031", (3,))]
    assert reasons(found) == [
        "The row is a copy of row 2 of sheet 2030.",
        "Identifier “g1” stands twice: in row 2 of sheet 2030 too.",
    ]


def test_rows_with_one_identifier_are_one_award(tmp_path: Path) -> None:
    again = {"Recipient Org:Identifier": "", "Recipient Org:Name": "Newt Club", "Extra": "more"}
    bare = {"Identifier": "360G-pond-001", "Beneficiary Location:Name": "Newtown"}
    found = read(tmp_path, grant(1), grant(2), grant(1, **again), bare)
    one, two = found.awards
    assert (one.lines, two.lines) == ((2, 4, 5), (3,))
    assert one.recipients == (FROGS, Party("Newt Club"))
    assert one.funder == PONDS
    assert one.places == (Place("Newtown"),)
    assert one.kept == (("Extra", "more"),)
    assert one.amount == 100


def test_copies_and_contradictions_are_refused(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        grant(1),
        grant(1),
        grant(1, **{"Amount Awarded": "£200.00"}),
        grant(1, **{"Amount Awarded": "£100.00", "Title": "Another"}),
        grant(1, **{"Award Date": "2031-05-02"}),
    )
    assert len(found.awards) == 1
    assert reasons(found) == [
        "The row is a copy of row 2.",
        "Identifier “360G-pond-001” stands twice with different amounts: in row 2 too.",
        "Identifier “360G-pond-001” stands twice with different titles: in row 2 too.",
        "Identifier “360G-pond-001” stands twice with different award dates: in row 2 too.",
    ]
    assert [one.amount for one in found.refused] == [Decimal(a) for a in (100, 200, 100, 100)]
    assert all(one.mend for one in found.refused)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Amount Awarded": ""}, "It has no amount."),
        ({"Amount Awarded": "tbc"}, "The amount “tbc” can't be read as a number."),
        ({"Amount Awarded": "0"}, "The amount is nought: 0."),
        ({"Amount Awarded": "(500)"}, "The amount is below nought: (500)."),
        ({"Amount Awarded": "€5"}, "The amount “€5” is in EUR, but the currency is GBP."),
        ({"Title": " "}, "It has no title."),
        ({"Currency": ""}, "It has no currency."),
        ({"Currency": "pounds"}, "The currency “pounds” is no three-letter code."),
        (
            {"Award Date": ""},
            "It has no award date and no planned start, so its year is not known.",
        ),
        ({"Award Date": "soon"}, "The date “soon” can't be read."),
        (
            {"Award Date": "03/04/2031"},
            "The date “03/04/2031” could mean two days: its column does not settle whether the "
            "day or the month stands first.",
        ),
    ],
)
def test_what_is_not_sure_is_refused(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    found = read(tmp_path, grant(1, **cells), grant(2))
    assert reasons(found) == [reason]
    assert (found.refused[0].source_id, found.refused[0].lines) == ("360G-pond-001", (2,))
    assert found.refused[0].mend
    assert len(found.awards) == 1


def test_refused_amounts_are_counted_where_they_can_be_read(tmp_path: Path) -> None:
    found = read(tmp_path, grant(1, **{"Award Date": "soon"}), grant(2, **{"Amount Awarded": "x"}))
    assert [(one.amount, one.currency) for one in found.refused] == [
        (Decimal(100), "GBP"),
        (None, "GBP"),
    ]


def test_the_user_may_state_what_the_file_does_not(tmp_path: Path) -> None:
    bare = grant(1, **{"Currency": "", "Award Date": ""})
    found = read(tmp_path, bare, currency="EUR", year="2030-31")
    award = only(found)
    assert (award.currency, award.cells["financial_year"]) == ("EUR", "2030-31")
    assert "decided_on" not in award.cells
    assert [(one.column, one.taken) for one in found.corrections] == [
        ("Currency", "EUR"),
        ("Award Date", "2030-31"),
    ]
    dates = read(tmp_path, grant(1, **{"Award Date": "03/04/2031"}), day_first=True)
    assert only(dates).cells["decided_on"] == "2031-04-03"


def test_the_planned_start_tells_the_year_where_no_award_date_does(tmp_path: Path) -> None:
    cells = {"Award Date": "", "Planned Dates:Start Date": "2032-02-01"}
    found = read(tmp_path, grant(1, **cells))
    assert only(found).cells["financial_year"] == "2031-32"
    assert whys(found) == [("Award Date", "the year of the planned start")]


def test_a_planned_day_that_cannot_be_read_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path, grant(1, **{"Planned Dates:End Date": "to be agreed"}))
    assert only(found).kept == (("Planned Dates:End Date", "to be agreed"),)
    assert "end_on" not in only(found).cells
    assert whys(found) == [
        ("Planned Dates:End Date", "The date “to be agreed” can't be read. Kept as found")
    ]


def test_days_are_read_by_their_own_column(tmp_path: Path) -> None:
    rows = [
        grant(1, **{"Award Date": "03/04/2031", "Planned Dates:Start Date": "04/13/2031"}),
        grant(2, **{"Award Date": "13/04/2031", "Planned Dates:Start Date": "05/04/2031"}),
    ]
    first, second = read(tmp_path, *rows).awards
    assert (first.cells["decided_on"], first.cells["start_on"]) == ("2031-04-03", "2031-04-13")
    assert (second.cells["decided_on"], second.cells["start_on"]) == ("2031-04-13", "2031-05-04")


def test_a_trace_of_a_penny_is_dropped_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, grant(1, **{"Amount Awarded": "1357.9500000000003"}))
    assert (only(found).amount, only(found).cells["amount"]) == (Decimal("1357.95"), "1357.95")
    assert whys(found) == [("Amount Awarded", "a trace beyond the penny was dropped")]


def test_numbers_of_recipients(tmp_path: Path) -> None:
    cells = {
        "Recipient Org:Identifier": "360G-pond-frogs",
        "Recipient Org:Charity Number": "SC090001",
        "Recipient Org:Company Number": "962245",
        "Recipient Org:Web Address": "www.frogs.example",
    }
    found = read(tmp_path, grant(1, **cells))
    (party,) = only(found).recipients
    assert party.identifier == "360G-pond-frogs"
    assert party.numbers == (
        ("360G", "pond-frogs"),
        ("GB-SC", "SC090001"),
        ("GB-COH", "00962245"),
    )
    assert party.url == ""
    assert only(found).kept == (("Recipient Org:Web Address", "www.frogs.example"),)
    correction = found.corrections[0]
    assert (correction.found, correction.taken) == ("962245", "00962245")
    assert "noughts" in correction.why


def test_numbers_that_contradict_or_are_none_are_kept(tmp_path: Path) -> None:
    cells = {"Recipient Org:Charity Number": "9000003", "Recipient Org:Company Number": "tbc"}
    found = read(tmp_path, grant(1, **cells), grant(2, **{"Recipient Org:Company Number": "odd 1"}))
    assert found.awards[0].recipients == (FROGS,)
    assert dict(found.awards[0].kept) == cells
    assert whys(found) == [
        (
            "Recipient Org:Charity Number",
            "the identifier says GB-CHC-9000002, which was taken. This one is kept",
        ),
        ("Recipient Org:Company Number", "no register writes its numbers so. Kept"),
    ]


def test_no_recipient_and_no_identifier_refuse_nothing(tmp_path: Path) -> None:
    bare = {"Identifier": "", "Recipient Org:Identifier": "", "Recipient Org:Name": ""}
    found = read(tmp_path, grant(1, **bare), grant(1, **bare))
    assert [one.recipients for one in found.awards] == [(), ()]
    assert not any("source_id" in one.cells for one in found.awards)
    assert whys(found) == [("Identifier", "the source gives no reference")] * 2


def test_a_second_funder_is_kept(tmp_path: Path) -> None:
    more = {"Funding Org:1:Identifier": "GB-CHC-9000009", "Funding Org:1:Name": "Lake Trust"}
    found = read(tmp_path, grant(1, **more))
    assert only(found).funder == PONDS
    assert dict(only(found).kept) == more
    assert "a second funder" in whys(found)[0][1]


def test_private_persons_never_leave_the_reader(tmp_path: Path) -> None:
    cells = {
        "Title": "Grant to Jane \n Doe for a pond",
        "Recipient Org:Identifier": "",
        "Recipient Org:Name": "",
        "Recipient Ind:Identifier": "360G-pond-IND-7",
        "Recipient Ind:Name": "Jane Doe",
        "To Individuals Details:Grant Purpose": "GTIP010",
        "Contact Name": "Rick Roe",
        "Recipient Org:Email": "roe@example.org",
        "Remarks": "jane doe called",
    }
    found = read(tmp_path, grant(1, **cells))
    award = only(found)
    assert award.recipients == (Party("", "360G-pond-IND-7", individual=True),)
    assert award.cells["title"] == "Grant to REDACTED PERSONAL DATA for a pond"
    assert award.kept == (
        ("To Individuals Details:Grant Purpose", "GTIP010"),
        ("Remarks", "REDACTED PERSONAL DATA called"),
    )
    everything = repr((found.awards, found.corrections, found.refused, found.columns))
    assert "doe" not in everything.lower() and "roe" not in everything.lower()
    for title in ("Recipient Ind:Name", "Contact Name", "Recipient Org:Email"):
        fate = next(one for one in found.columns if one.column == title)
        assert (fate.fate, fate.words, fate.filled) == (
            "ignored",
            "may name a private person; left out",
            1,
        )


def test_garbled_text_is_kept_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, grant(1, Description="CafÃ© for frogs", Remarks="CafÃ©"))
    assert only(found).cells["purpose"] == "CafÃ© for frogs"
    assert [(one.column, one.found, one.taken) for one in found.corrections] == [
        ("Description", "CafÃ© for frogs", "Café for frogs"),
        ("Remarks", "CafÃ©", "Café"),
    ]


def test_line_breaks_leave_titles_and_stay_in_prose(tmp_path: Path) -> None:
    found = read(tmp_path, grant(1, Title=" A\r\ngrant ", Description="One.\r\nTwo."))
    assert only(found).cells["title"] == "A grant"
    assert only(found).cells["purpose"] == "One.\nTwo."
    assert whys(found) == [("Title", "line breaks inside became spaces")]


GRANT = {
    "id": "360G-pond-1",
    "title": "Grant 1",
    "currency": "GBP",
    "amountAwarded": 1234.10,
    "awardDate": "2031-05-01T00:00:00+00:00",
    "recipientOrganization": [
        {"id": "GB-CHC-9000002", "name": "Frog Choir", "location": [{"name": "Newtown"}]}
    ],
    "fundingOrganization": [{"id": "GB-CHC-9000001", "name": "Pond Trust"}],
    "plannedDates": [{"startDate": "2031-06-01", "duration": 12}],
    "fromOpenCall": True,
    "empty": None,
}


@pytest.mark.parametrize("packaged", [True, False])
def test_json_in_both_forms(tmp_path: Path, packaged: bool) -> None:
    about = {
        "version": "1.4",
        "title": "Ponds",
        "license": "CC BY 4.0",
        "publisher": {"name": "Pond Trust"},
    }
    others = [{}, "text", {"amountAwarded": 5, "title": "no currency"}]
    grants: list[Any] = [GRANT, *others]
    found = threesixtygiving.read(
        of_json(tmp_path, {**about, "grants": grants} if packaged else grants)
    )
    balanced(found)
    (award,) = found.awards
    assert award.lines == (1,)
    assert award.amount == Decimal("1234.1")
    assert (award.recipients, award.funder) == ((FROGS,), PONDS)
    assert award.cells["start_on"] == "2031-06-01"
    assert award.kept == (
        ("recipientOrganization/0/location/0/name", "Newtown"),
        ("plannedDates/0/duration", "12"),
        ("fromOpenCall", "true"),
    )
    assert [one.lines for one in found.refused] == [(2,), (3,), (4,)]
    if packaged:
        assert found.title == "Ponds"
        assert found.licence is not None
        assert found.licence["title"] == "Creative Commons Attribution 4.0"
        assert fates(found)["license"] == "mapped"
        assert fates(found)["version"] == "ignored"


def test_a_file_with_columns_only_says_so(tmp_path: Path) -> None:
    found = threesixtygiving.read(of_bytes(tmp_path, "a.csv", csv_text(table(grant(1))[:1])))
    assert (found.rows, found.awards, found.refused) == (0, (), ())
    assert found.source.notes == ("it has the columns of 360Giving, and no grant in them",)
