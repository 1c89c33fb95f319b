"""360Giving: every award is a grant or left out with reasons; JSON and CSV say the same."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator import ledger, package
from generator.errors import UnreadablePackage
from generator.exports import threesixtygiving
from generator.exports.threesixtygiving_csv import flattened
from generator.ledger import Ledger
from tests.conftest import LITTLEHAM, ROOT, WEST_MERCIA, edit, edit_descriptor

ANYSHIRE = ROOT / "tests" / "packages" / "anyshire"
PEERS = ROOT / ".venv-peers" / "bin" / "python"
PREFIX = "360G-anyshire-"
DAY = re.compile(r"\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])")
AWKWARD = ('=SUM(A1)"', "-1+1", "@x", "\tTab", "two\nlines", "a;b,c", "Ünïcödé ☕", " padded ")


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.content for one in threesixtygiving.downloads(book(folder))}


def grants_of(folder: Path) -> list[dict[str, Any]]:
    document = json.loads(files(folder)["360giving.json"], parse_float=Decimal)
    return list(document["grants"])


@pytest.fixture
def anyshire(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ANYSHIRE, tmp_path / "anyshire"))


def test_west_mercia_is_honestly_empty() -> None:
    found = files(WEST_MERCIA)
    left_out = rows(found["360giving-excluded.csv"])
    assert json.loads(found["360giving.json"])["grants"] == []
    assert rows(found["360giving.csv"]) == []
    assert len({row["id"] for row in left_out}) == 27
    said = Counter(row["reason"] for row in left_out)
    assert said["Whether it is a grant or a contract is not published."] == 27
    assert said["The date of the decision is not published."] == 27
    assert said["The publisher has stated no 360Giving prefix to make identifiers from."] == 27
    assert said["The publisher has stated no identifier of its own."] == 27
    assert all(row["title"] and row["reason"].endswith(".") for row in left_out)


def hand_checked(folder: Path) -> set[str]:
    """The awards that qualify, worked out from the CSV files alone."""
    given: dict[str, set[tuple[str, str]]] = {}
    for row in rows((folder / "award_recipients.csv").read_bytes()):
        if row["role"] != "route":
            given.setdefault(row["award"], set()).add((row["naming"], row["recipient"]))
    missing = ("", "not published", "not applicable", "withheld")
    return {
        row["id"]
        for row in rows((folder / "awards.csv").read_bytes())
        if row["instrument"] == "grant"
        and row["status"] != "withdrawn"
        and row["amount_basis"] != "allocation"
        and row["decided_on"] not in missing
        and row["purpose"] not in missing
        and [naming for naming, _ in given.get(row["id"], ())] == ["named"]
    }


def test_anyshires_grants_are_those_that_its_files_tell() -> None:
    expected = hand_checked(ANYSHIRE)
    found = grants_of(ANYSHIRE)
    assert {one["id"].removeprefix(PREFIX) for one in found} == expected
    assert len(found) == len(expected) == 41
    left_out = {row["id"] for row in rows(files(ANYSHIRE)["360giving-excluded.csv"])}
    assert len(left_out) == 24
    assert {"2031-32-p14", "2031-32-p16", "2029-30-m01", "2030-31-p08"} <= left_out


@pytest.mark.parametrize("folder", [ANYSHIRE, WEST_MERCIA, LITTLEHAM], ids=lambda one: one.name)
def test_each_award_is_in_or_out_and_the_totals_add_up(folder: Path) -> None:
    awards = {row["id"]: row for row in rows((folder / "awards.csv").read_bytes())}
    found = files(folder)
    grants = grants_of(folder)
    held = {one["id"].removeprefix(PREFIX): one["amountAwarded"] for one in grants}
    left_out = {row["id"] for row in rows(found["360giving-excluded.csv"])}
    assert not set(held) & left_out
    assert set(held) | left_out == set(awards)
    assert len(held) == len(grants)
    assert sum(held.values()) + sum(Decimal(awards[id]["amount"]) for id in left_out) == sum(
        Decimal(row["amount"]) for row in awards.values()
    )
    in_csv = sum(Decimal(row["Amount Awarded"]) for row in rows(found["360giving.csv"]))
    assert in_csv == sum(held.values())


def test_each_grant_has_what_the_standard_requires() -> None:
    for one in grants_of(ANYSHIRE):
        for name in ("id", "title", "description", "currency", "awardDate", "dateModified"):
            assert isinstance(one[name], str)
            assert one[name]
        assert isinstance(one["amountAwarded"], Decimal)
        assert DAY.fullmatch(one["awardDate"])
        for period in one.get("plannedDates", ()):
            assert all(DAY.fullmatch(day) for day in period.values())
        assert one["fundingOrganization"] == [
            {
                "id": "360G-anyshire-pcc",
                "name": "Anyshire Police and Crime Commissioner (fictional)",
            }
        ]
        assert ("recipientOrganization" in one) != ("recipientIndividual" in one)
        for organisation in one.get("recipientOrganization", ()):
            assert organisation["id"].startswith(PREFIX)
            assert organisation["name"]
    assert len({one["id"] for one in grants_of(ANYSHIRE)}) == 41


def test_recipients_without_a_number_and_individuals_get_ids_from_the_prefix() -> None:
    by_id = {one["id"].removeprefix(PREFIX): one for one in grants_of(ANYSHIRE)}
    owls = by_id["2029-30-n02"]["recipientOrganization"][0]
    assert owls["id"] == "360G-anyshire-ORG-evening-owls"
    person = by_id["2029-30-n04"]["recipientIndividual"]
    assert person == {"id": "360G-anyshire-IND-individual-1", "name": "Individual 1"}


def test_register_numbers_become_charity_and_company_numbers(anyshire: Path) -> None:
    path = anyshire / "recipient_identifiers.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    mine = [
        f"odd-socks,{scheme},{number},x"
        for scheme, number in (("GB-COH", "00000001"), ("GB-CHC", "900000001"))
    ]
    others = [line for line in lines if not line.startswith("odd-socks,")]
    path.write_text("\n".join([header, *mine, *others]) + "\n", encoding="utf-8")
    socks = next(
        one["recipientOrganization"][0]
        for one in grants_of(anyshire)
        if one["id"].endswith("2029-30-v04")
    )
    assert socks["id"] == "GB-COH-00000001"
    assert (socks["companyNumber"], socks["charityNumber"]) == ("00000001", "900000001")


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("threesixtygiving_prefix", "stated no 360Giving prefix"),
        ("publisher", "stated no identifier of its own"),
    ],
)
def test_without_prefix_or_number_nothing_is_invented(
    anyshire: Path, key: str, reason: str
) -> None:
    def without(descriptor: dict[str, Any]) -> None:
        if key == "publisher":
            del descriptor["purse"]["publisher"]["identifiers"]
        else:
            del descriptor["purse"][key]

    edit_descriptor(anyshire, without)
    assert grants_of(anyshire) == []
    left_out = rows(files(anyshire)["360giving-excluded.csv"])
    assert len({row["id"] for row in left_out if reason in row["reason"]}) == 65


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("36750.00,funded-in-year", "36750.00,allocation", "a budget set aside"),
        (
            "Evenings for parents and children who have left a violent home.",
            "withheld",
            "purpose, which 360Giving calls the description, is withheld",
        ),
        ("Family evenings,2029-30", "not published,2029-30", "The title is not published"),
    ],
)
def test_what_a_grant_needs(anyshire: Path, old: str, new: str, reason: str) -> None:
    edit(anyshire, "awards.csv", old, new)
    left_out = rows(files(anyshire)["360giving-excluded.csv"])
    assert [row["reason"] for row in left_out if row["id"] == "2029-30-v04"]
    assert all(reason in row["reason"] for row in left_out if row["id"] == "2029-30-v04")


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_survives(anyshire: Path, text: str) -> None:
    path = anyshire / "awards.csv"
    table = rows(path.read_bytes())
    next(row for row in table if row["id"] == "2029-30-v04")["purpose"] = text
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, table[0])
        writer.writeheader()
        writer.writerows(table)
    found = files(anyshire)
    id = f"{PREFIX}2029-30-v04"
    grants = json.loads(found["360giving.json"])["grants"]
    assert next(one["description"] for one in grants if one["id"] == id) == text
    lines = rows(found["360giving.csv"])
    assert next(row["Description"] for row in lines if row["Identifier"] == id) == text


def test_several_places_are_numbered_and_one_is_not() -> None:
    one = {"id": "a", "beneficiaryLocation": [{"name": "X"}]}
    two = {"id": "b", "beneficiaryLocation": [{"name": "X"}, {"name": "Y", "geoCode": "E1"}]}
    header, cells = flattened([one])
    assert "Beneficiary Location:Name" in header
    assert cells[0]["Beneficiary Location:Name"] == "X"
    header, cells = flattened([one, two])
    assert "Beneficiary Location:Name" not in header
    assert cells[1]["Beneficiary Location:1:Geographic Code"] == "E1"
    assert set(cells[1]) <= set(header)


TEXT = {"type": "string"}


def _object(titles: dict[str, str]) -> dict[str, Any]:
    members = {name: {**TEXT, "title": title} for name, title in titles.items()}
    return {"type": "object", "properties": members}


def _list(title: str, titles: dict[str, str], *, rolled_up: bool = True) -> dict[str, Any]:
    roll = {"rollUp": list(titles)} if rolled_up else {}
    return {"type": "array", "title": title, "items": _object(titles), **roll}


TITLES = {
    "type": "object",
    "properties": {
        "id": {**TEXT, "title": "Identifier"},
        "title": {**TEXT, "title": "Title"},
        "description": {**TEXT, "title": "Description"},
        "currency": {**TEXT, "title": "Currency"},
        "amountAwarded": {"type": "number", "title": "Amount Awarded"},
        "awardDate": {**TEXT, "title": "Award Date"},
        "url": {**TEXT, "title": "URL"},
        "plannedDates": _list("Planned Dates", {"startDate": "Start Date", "endDate": "End Date"}),
        "recipientOrganization": _list(
            "Recipient Org",
            {
                "id": "Identifier",
                "name": "Name",
                "charityNumber": "Charity Number",
                "companyNumber": "Company Number",
                "url": "Web Address",
            },
        ),
        "recipientIndividual": {
            **_object({"id": "Identifier", "name": "Name"}),
            "title": "Recipient Ind",
        },
        "fundingOrganization": _list("Funding Org", {"id": "Identifier", "name": "Name"}),
        "grantProgramme": _list(
            "Grant Programme", {"code": "Code", "title": "Title", "url": "URL"}
        ),
        "beneficiaryLocation": _list(
            "Beneficiary Location",
            {"name": "Name", "geoCode": "Geographic Code", "geoCodeType": "Geographic Code Type"},
        ),
        "classifications": _list(
            "Classifications",
            {"vocabulary": "Vocabulary", "code": "Code", "title": "Title"},
            rolled_up=False,
        ),
        "relatedDocument": _list(
            "Related Document",
            {
                "id": "Identifier",
                "title": "Title",
                "url": "Web Address",
                "documentType": "Document Type",
            },
            rolled_up=False,
        ),
        "dateModified": {**TEXT, "title": "Last Modified"},
        "dataSource": {**TEXT, "title": "Data Source"},
    },
}
"""The standard's titles of the columns used, so that no schema need be fetched or shipped."""


def test_flatten_tool_reads_the_csv_as_the_json(tmp_path: Path) -> None:
    assert PEERS.is_file(), "the validators of other standards are missing; run: make test"
    found = files(ANYSHIRE)
    folder = tmp_path / "csv"
    folder.mkdir()
    (folder / "grants.csv").write_bytes(found["360giving.csv"])
    schema, out = tmp_path / "schema.json", tmp_path / "out.json"
    schema.write_text(json.dumps(TITLES), encoding="utf-8")
    told = subprocess.run(
        [
            PEERS.with_name("flatten-tool"),
            "unflatten",
            folder,
            "-f",
            "csv",
            "-m",
            "grants",
            "--root-id",
            "",
            "-s",
            schema,
            "--convert-titles",
            "-o",
            out,
        ],
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    assert "Warning" not in told.stderr, told.stderr
    read = json.loads(out.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    assert read["grants"] == grants_of(ANYSHIRE)


@pytest.mark.parametrize("prefix", ["360G-anyshire", "any shire", "any/shire"])
def test_a_prefix_that_cant_be_one_is_said(anyshire: Path, prefix: str) -> None:
    def change(descriptor: dict[str, Any]) -> None:
        descriptor["purse"]["threesixtygiving_prefix"] = prefix

    edit_descriptor(anyshire, change)
    with pytest.raises(UnreadablePackage, match="threesixtygiving_prefix"):
        package.read(anyshire)


@pytest.mark.parametrize("listed", ["360G-x", [1], [{"scheme": "360G"}], {"scheme": "a"}, 5])
def test_numbers_of_the_publisher_that_are_none_are_said(anyshire: Path, listed: object) -> None:
    def change(descriptor: dict[str, Any]) -> None:
        descriptor["purse"]["publisher"]["identifiers"] = listed

    edit_descriptor(anyshire, change)
    with pytest.raises(UnreadablePackage, match="identifiers"):
        package.read(anyshire)


def test_the_same_data_gives_the_same_bytes() -> None:
    assert files(ANYSHIRE) == files(ANYSHIRE)
