"""The fictional funder's award pages: status, documents, reports, revisions."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tests.anyshire import data, status, words
from tests.crawler.rows import MISSING
from tests.reading import Reading

# Award pages.


def money(cell: str) -> tuple[str, ...]:
    """The ways in which a page may show a cell that perhaps holds an amount."""
    is_amount = re.fullmatch(r"\d+\.\d\d", cell)
    return (cell, f"£{Decimal(cell):,.2f}") if is_amount else (cell,)


@pytest.mark.parametrize("revision", data("revisions"), ids=lambda one: one["id"])
def test_a_revision_is_on_the_page_of_its_award(
    anyshire_site: Path, revision: dict[str, str]
) -> None:
    section = Reading.open(anyshire_site, f"awards/{revision['row']}/").section("changes")
    (line,) = (one for one in section.splitlines() if revision["reason"] in one)
    assert words(revision["date"]) in line
    assert revision["kind"] in line
    if revision["kind"] == "correction":
        for cell in (revision["old"], revision["new"]):
            assert any(shown in line for shown in money(cell))


@pytest.mark.parametrize("award", data("awards"), ids=lambda one: one["id"])
def test_an_award_page_lists_its_documents_and_reports(
    anyshire_site: Path, award: dict[str, str]
) -> None:
    page = Reading.open(anyshire_site, f"awards/{award['id']}/")
    owners = {award["id"], award["contract"]} - MISSING
    documents = [one for one in data("documents") if {one["award"], one["contract"]} & owners]
    reports = [one for one in data("outcome_reports") if one["award"] == award["id"]]
    assert ('id="documents"' in page.main) is bool(documents)
    assert ('id="reports"' in page.main) is bool(reports)
    for one in documents:
        (line,) = (
            text
            for text in page.section("documents").splitlines()
            if text.startswith(f"{one['title']} (")
        )
        assert words(one["date"]) in line
        if one["url"] in MISSING:
            assert f"not published, {one['exemption']}" in line
        else:
            assert f'href="{one["url"]}"' in page.part("documents")
    for report in reports:
        section = page.section("reports")
        period = f"{words(report['period_start'])} to {words(report['period_end'])}"
        assert f"{period}: {status(report)}" in section
        received = report["received_on"]
        shown = words(received) if received not in MISSING else received.capitalize()
        assert f"{words(report['due_on'])}, {shown}" in section
        for part in ("activity", "outputs", "impact"):
            assert report[part] in section or report[part] in MISSING


@pytest.mark.parametrize("award", data("awards"), ids=lambda one: one["id"])
def test_an_award_page_says_its_status_period_and_where_it_comes_from(
    anyshire_site: Path, award: dict[str, str]
) -> None:
    page = Reading.open(anyshire_site, f"awards/{award['id']}/")
    facts = page.facts()
    for label, column in (("Starts", "start_on"), ("Ends", "end_on"), ("Decided on", "decided_on")):
        cell = award[column]
        assert facts[label].startswith("Not published" if cell in MISSING else words(cell))
    state = award["status"].replace("-", " ")
    assert facts["Status"].lower().replace("-", " ").startswith(state)
    for label, column in (("Conditions", "conditions"), ("Reasons", "reasons")):
        cell = award[column]
        assert facts[label].startswith(cell.capitalize() if cell in MISSING else cell)
    assert award["source_ref"] == facts["Place in the source"]
    assert f"awards.csv, id {award['id']}" == facts["Row in the data"]
    assert facts["Something wrong?"] == "Propose a correction"
