"""The fictional funder's contracts, rounds, reports and needs, worked out anew."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest

from tests.anyshire import TODAY, data, standing, status, words
from tests.crawler.rows import MISSING
from tests.reading import Reading

# Commissioning.

STAGES = {
    "Signed, not begun": ["gate-mentors"],
    "Running": ["night-line", "court-companions", "case-link"],
    "Running, in an extension": ["safer-locks"],
    "Ended": ["marmalade-beds", "resident-survey", "interpreters", "second-look"],
}
"""Read from the dates of contracts.csv by hand, for the package's day."""
ENDING = {
    "night-line": "31 March 2032",
    "court-companions": "31 March 2032",
    "safer-locks": "30 June 2032",
    "case-link": "31 March 2032",
}
"""What ends by 15 November 2032; Safer Locks a year later than at first, by its extension."""


def test_contracts_stand_at_their_stage(anyshire_site: Path) -> None:
    page = Reading.open(anyshire_site, "commissioning/")
    part = page.part("pipeline")
    shown = {
        re.sub("<[^>]+>", "", row.partition("</th>")[0]): re.findall(r'href="#contract-(.+?)"', row)
        for row in re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", part, re.DOTALL)
    }
    assert shown == STAGES
    assert sorted(chain.from_iterable(STAGES.values())) == sorted(
        one["id"] for one in data("contracts")
    )
    assert f"on {words(TODAY.isoformat())}" in page.section("pipeline")


def test_direct_awards_have_one_of_the_two_reasons(anyshire_site: Path) -> None:
    page = Reading.open(anyshire_site, "commissioning/")
    lines = page.section("single-tender").splitlines()
    assert lines[2:] == [
        "Link to the case system: Only one supplier can do it, for technical reasons (class a).",
        "Beds at Marmalade House: The existing supplier goes on, so that supply is not broken "
        "(class b).",
    ]
    for one in data("contracts"):
        section = page.section(f"contract-{one['id']}")
        if one["procedure"] == "single-tender":
            assert f"(class {one['single_tender_reason']})" in section
            assert one["single_tender_evidence"] in section
        else:
            assert "Why without competition" not in section


def test_what_ends_within_a_year_is_listed(anyshire_site: Path) -> None:
    titles = {one["id"]: one["title"] for one in data("contracts")}
    lines = Reading.open(anyshire_site, "commissioning/").section("ending").splitlines()
    listed = [line for line in lines[1:] if not line.startswith("Report a mistake")]
    assert listed == [f"{titles[id]} ends on {ends}." for id, ends in ENDING.items()]


@pytest.mark.parametrize("contract", data("contracts"), ids=lambda one: one["id"])
def test_a_contract_has_its_term_weights_and_envelope(
    anyshire_site: Path, contract: dict[str, str]
) -> None:
    section = Reading.open(anyshire_site, "commissioning/").section(f"contract-{contract['id']}")
    original, extension, used = (
        int(contract[name])
        for name in ("original_months", "extension_months", "extensions_used_months")
    )
    dates = f"{words(contract['start_on'])} to {words(contract['end_on'])}"
    assert f"{dates}: {original} months, with {extension} more" in section
    assert f"{used} used, {extension - used} left" in section
    assert f"£{Decimal(contract['total_value']):,.2f}" in section
    assert "both parties" in section
    if contract["envelope"] not in MISSING:
        assert f"envelope was £{Decimal(contract['envelope']):,.2f}" in section
        assert f"{contract['quality_weight']}% and {contract['price_weight']}%" in section
    else:
        assert "envelope" not in section
        assert "Quality and price" not in section
    for award in data("awards"):
        assert (award["title"] in section) is (award["contract"] == contract["id"])


def test_rounds_are_listed_with_what_was_asked_and_given(anyshire_site: Path) -> None:
    table = Reading.open(anyshire_site, "commissioning/").table("Rounds of applications")[1:]
    funds = {one["id"]: one["title"] for one in data("funds")}
    expected = [
        [
            f"{one['title']} / {one['status']} · {funds[one['fund']]}",
            f"{words(one['opens_on'])} to {words(one['closes_on'])}",
            f"£{Decimal(one['budget']):,.2f}",
            *(one[name].capitalize() for name in ("applications_received", "applications_funded")),
        ]
        for one in data("rounds")
    ]
    assert table == expected
    assert {one["status"] for one in data("rounds")} == {"planned", "open", "closed"}


# Outcomes.


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("2029-30-v01-q1", "received"),
        ("2031-32-v10-q1", "late"),
        ("2031-32-p10-q2", "missing"),
        ("2031-32-v10-q3", "not yet due"),
    ],
)
def test_reports_of_each_status_are_in_the_package(report: str, expected: str) -> None:
    (found,) = (one for one in data("outcome_reports") if one["id"] == report)
    assert status(found) == expected


def test_reports_are_counted_by_fund_and_status(anyshire_site: Path) -> None:
    fund_of = {one["id"]: one["fund"] for one in data("awards")}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in data("outcome_reports"):
        counts[fund_of[report["award"]]][status(report)] += 1
    expected = [
        [
            one["title"],
            *map(str, (held.total(), held["received"], held["late"], held["missing"])),
            str(held["not yet due"]),
        ]
        for one in data("funds")
        if (held := counts[one["id"]])
    ]
    table = Reading.open(anyshire_site, "outcomes/").table("Reports by fund")
    assert table[0] == ["Fund", "Reports", "Received", "Late", "Missing", "Not yet due"]
    assert table[1:] == expected
    section = Reading.open(anyshire_site, "outcomes/").section("reports")
    assert "reports quarterly, unless an agreement says otherwise" in section


def test_needs_are_set_against_indicators(anyshire_site: Path) -> None:
    of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for link in data("award_terms"):
        of[link["scheme"]][link["term"]].add(link["award"])
    alive = {one["id"] for one in standing()}
    terms = {
        scheme: [one for one in data("terms") if one["scheme"] == scheme]
        for scheme in ("need", "indicator")
    }
    assert (len(terms["need"]), len(terms["indicator"])) == (8, 5)
    expected = [
        [
            need["title"],
            *(
                str(len(of["need"][need["id"]] & of["indicator"][one["id"]] & alive))
                for one in terms["indicator"]
            ),
        ]
        for need in terms["need"]
    ]
    table = Reading.open(anyshire_site, "outcomes/").table("Awards by need and indicator")
    assert table[1:] == expected
