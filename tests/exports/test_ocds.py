"""OCDS: every contract is a release or left out with reasons; peers read the package."""

import csv
import io
import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator import ledger, package
from generator.errors import UnreadablePackage
from generator.exports import ocds
from generator.ledger import Ledger
from tests.conftest import LITTLEHAM, ROOT, WEST_MERCIA, edit, edit_descriptor

ANYSHIRE = ROOT / "tests" / "packages" / "anyshire"
PEERS = ROOT / ".venv-peers" / "bin"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
CODES = {
    "procurementMethod": {"open", "selective", "limited", "direct"},
    "awardCriteria": {"priceOnly", "costOnly", "qualityOnly", "ratedCriteria"},
    "initiationType": {"tender"},
}


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.content for one in ocds.downloads(book(folder))}


def document(folder: Path) -> Any:
    return json.loads(files(folder)["ocds.json"], parse_float=Decimal)


def release(folder: Path, contract: str) -> Any:
    (found,) = [
        one for one in document(folder)["releases"] if one["contracts"][0]["id"] == contract
    ]
    return found


@pytest.fixture
def anyshire(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ANYSHIRE, tmp_path / "anyshire"))


def test_each_contract_is_in_or_out() -> None:
    held = [one["contracts"][0]["id"] for one in document(ANYSHIRE)["releases"]]
    left_out = rows(files(ANYSHIRE)["ocds-excluded.csv"])
    contracts = [row["id"] for row in rows((ANYSHIRE / "contracts.csv").read_bytes())]
    assert held == contracts
    assert len(contracts) == 9
    assert left_out == []


def test_amounts_are_those_of_the_files() -> None:
    contracts = rows((ANYSHIRE / "contracts.csv").read_bytes())
    awards = rows((ANYSHIRE / "awards.csv").read_bytes())
    releases = document(ANYSHIRE)["releases"]
    by_contract = [one["contracts"][0]["value"]["amount"] for one in releases]
    assert sum(by_contract) == sum(Decimal(row["total_value"]) for row in contracts)
    by_award = {
        award["id"]: award["value"]["amount"] for one in releases for award in one["awards"]
    }
    assert by_award == {
        row["id"]: Decimal(row["amount"]) for row in awards if row["instrument"] == "contract"
    }
    budgets = [
        one["planning"]["budget"]["amount"]["amount"] for one in releases if "planning" in one
    ]
    stated = [row["envelope"] for row in contracts if row["envelope"][0].isdigit()]
    assert budgets == [Decimal(amount) for amount in stated]


def test_ids_are_those_stated_or_made_from_the_prefix() -> None:
    ocids = [one["ocid"] for one in document(ANYSHIRE)["releases"]]
    assert len(set(ocids)) == len(ocids)
    assert release(ANYSHIRE, "night-line")["ocid"] == "ocds-any000-2028-03"
    assert release(ANYSHIRE, "safer-locks")["ocid"] == "ocds-any000-safer-locks"


def test_a_direct_award_says_why() -> None:
    tender = release(ANYSHIRE, "case-link")["tender"]
    assert tender["procurementMethod"] == "direct"
    assert tender["procurementMethodRationale"].startswith("Only one supplier can do it")
    assert "on file" in tender["procurementMethodRationale"]
    assert "planning" not in release(ANYSHIRE, "case-link")


def test_a_framework_claims_no_method() -> None:
    tender = release(ANYSHIRE, "interpreters")["tender"]
    assert "procurementMethod" not in tender
    assert tender["procurementMethodDetails"] == "framework"


def test_a_tender_has_its_dates_budget_and_weights() -> None:
    found = release(ANYSHIRE, "night-line")
    assert [one["type"] for one in found["planning"]["milestones"]] == [
        "preProcurement",
        "engagement",
    ]
    assert found["tender"]["tenderPeriod"] == {"startDate": "2028-09-03T00:00:00Z"}
    assert found["tender"]["awardCriteriaDetails"].startswith("Quality weighs 60%, price 40%.")
    assert found["tender"]["numberOfTenderers"] == 4
    assert [one["id"] for one in found["awards"]] == ["2029-30-v01", "2030-31-v05", "2031-32-v10"]
    assert found["contracts"][0]["awardID"] == "2029-30-v01"


def test_an_extension_and_a_correction_are_amendments(anyshire: Path) -> None:
    contract = release(ANYSHIRE, "safer-locks")["contracts"][0]
    assert contract["period"]["endDate"] == "2032-06-30T23:59:59Z"
    assert "12 months" in contract["amendments"][0]["description"]
    path = anyshire / "revisions.csv"
    line = "x,contracts,safer-locks,total_value,correction,1.00,84600.00,Mistyped.,2031-01-02\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    amended = release(anyshire, "safer-locks")["contracts"][0]["amendments"][1]
    assert amended["description"] == "total_value: from 1.00 to 84600.00"
    assert amended["date"] == "2031-01-02T00:00:00Z"


def test_a_withheld_document_has_its_reason_and_no_address() -> None:
    (held,) = release(ANYSHIRE, "safer-locks")["contracts"][0]["documents"]
    assert "url" not in held
    assert "safety" in held["description"]


def _walk(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _walk(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _walk(one, name)
    else:
        yield name, value


def test_structure() -> None:
    whole = document(ANYSHIRE)
    assert {"uri", "publisher", "publishedDate", "releases", "version"} <= set(whole)
    assert whole["version"] == "1.1"
    for one in whole["releases"]:
        assert {"ocid", "id", "date", "tag", "initiationType"} <= set(one)
        assert set(one["tag"]) <= {"planning", "tender", "award", "contract"}
        parties = {party["id"] for party in one["parties"]}
        named = [one["buyer"], *(each for award in one["awards"] for each in award["suppliers"])]
        assert {each["id"] for each in named} == parties
        assert {each["awardID"] for each in one["contracts"]} <= {
            award["id"] for award in one["awards"]
        }
        for name, value in _walk(one):
            assert value is not None
            assert value != ""
            assert name not in CODES or value in CODES[name]
            if name in ("date", "startDate", "endDate", "maxExtentDate", "dateSigned", "dateMet"):
                assert MOMENT.fullmatch(value), (name, value)


@pytest.mark.parametrize("folder", [WEST_MERCIA, LITTLEHAM], ids=lambda one: one.name)
def test_a_package_without_contracts_has_no_file(folder: Path) -> None:
    assert files(folder) == {}


def _without(name: str) -> Any:
    def change(descriptor: dict[str, Any]) -> None:
        del descriptor["purse"][name]

    return change


def test_without_a_prefix_only_stated_ids_are_used(anyshire: Path) -> None:
    edit_descriptor(anyshire, _without("ocid_prefix"))
    listed = {
        row["contract"]
        for row in rows((anyshire / "awards.csv").read_bytes())
        if row["ocid"].startswith("ocds-")
    }
    held = {one["contracts"][0]["id"] for one in document(anyshire)["releases"]}
    left_out = rows(files(anyshire)["ocds-excluded.csv"])
    assert held == listed
    assert {row["id"] for row in left_out} == {
        row["id"] for row in rows((anyshire / "contracts.csv").read_bytes())
    } - listed
    assert all("no prefix" in " ".join(row["reason"].split()) for row in left_out)


def test_without_an_address_nothing_qualifies(anyshire: Path) -> None:
    edit_descriptor(anyshire, _without("base_url"))
    assert document(anyshire)["releases"] == []
    assert len(rows(files(anyshire)["ocds-excluded.csv"])) == 9


def test_awards_of_no_contract_and_contracts_of_no_award_are_listed(anyshire: Path) -> None:
    edit(anyshire, "awards.csv", "quotations,3,resident-survey,", "quotations,3,not published,")
    left_out = rows(files(anyshire)["ocds-excluded.csv"])
    assert [(row["resource"], row["id"]) for row in left_out] == [
        ("contracts", "resident-survey"),
        ("awards", "2029-30-p04"),
    ]


def test_two_stated_ids_are_not_chosen_between(anyshire: Path) -> None:
    path = anyshire / "awards.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace("ocds-any000-2028-03", "ocds-any000-other", 1)
    path.write_text(text, encoding="utf-8")
    (left_out,) = rows(files(anyshire)["ocds-excluded.csv"])
    assert left_out["id"] == "night-line"
    assert "several" in left_out["reason"]


@pytest.mark.parametrize("text", ['=1+1"', "@x", "two\nlines", "Ünïcödé ☕", "\tTab"])
def test_awkward_text_survives(anyshire: Path, text: str) -> None:
    path = anyshire / "contracts.csv"
    table = rows(path.read_bytes())
    table[0]["title"] = text
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, table[0])
        writer.writeheader()
        writer.writerows(table)
    assert release(anyshire, "night-line")["tender"]["title"] == text


def _ocdskit(*command: str, given: bytes) -> bytes:
    assert (PEERS / "ocdskit").is_file(), "the validators are missing; run: make test"
    told = subprocess.run([PEERS / "ocdskit", *command], input=given, capture_output=True)
    assert told.returncode == 0, told.stderr.decode()
    return told.stdout


def test_ocdskit_reads_the_package(tmp_path: Path) -> None:
    """The structure only: the official schema isn't shipped, and tests ask no network."""
    content = files(ANYSHIRE)["ocds.json"]
    path = tmp_path / "ocds.json"
    path.write_bytes(content)
    kind = _ocdskit("detect-format", str(path), given=b"").decode()
    assert "release package" in kind
    split = _ocdskit("split-release-packages", "1", given=content).splitlines()
    assert len(split) == 9
    joined = json.loads(_ocdskit("combine-release-packages", given=b"\n".join(split)))
    assert joined["releases"] == json.loads(content)["releases"]


@pytest.mark.parametrize("prefix", ["ocds-anyshire", "any000", "ocds-ANY000", "ocds-"])
def test_a_prefix_that_cant_be_one_is_said(anyshire: Path, prefix: str) -> None:
    def change(descriptor: dict[str, Any]) -> None:
        descriptor["purse"]["ocid_prefix"] = prefix

    edit_descriptor(anyshire, change)
    with pytest.raises(UnreadablePackage, match="ocid_prefix"):
        package.read(anyshire)
