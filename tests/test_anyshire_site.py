"""The site of a fictional funder that uses everything, beside what its CSVs say.

Every figure here is worked out anew from the CSVs of the package, by other means than the
program that builds the site.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from tests.conftest import ROOT, build
from tests.crawler.crawl import survey
from tests.crawler.rows import MISSING, Sheets, select
from tests.crawler.site import Site
from tests.reading import Reading, rows
from tests.test_link_tables import check_every_award_is_published

PACKAGE = ROOT / "tests" / "packages" / "anyshire"
DOWNLOADS = "data/v1/anyshire"
TODAY = date(2031, 11, 15)
"""The package's own day, against which everything is judged."""
WITHDRAWN = "2031-32-p14"
FEWEST = 5
TENDERS = ("open-tender", "limited-tender")
HELD_BACK = "fewer than five: withheld"

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def anyshire_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the fictional funder."""
    return build(PACKAGE, tmp_path_factory.mktemp("sites") / "anyshire")


@cache
def data(resource: str) -> Rows:
    """The rows of a CSV of the package."""
    return rows(PACKAGE / f"{resource}.csv")


def standing() -> Rows:
    """The awards that were not withdrawn."""
    return [one for one in data("awards") if one["status"] != "withdrawn"]


def day(text: str) -> date | None:
    """The date in a cell, if there is one."""
    return None if text in MISSING else date.fromisoformat(text)


def words(text: str) -> str:
    """A date as pages show it."""
    shown = date.fromisoformat(text)
    return f"{shown.day} {shown:%B %Y}"


def rounded(number: Decimal, like: str) -> str:
    return str(number.quantize(Decimal(like), rounding=ROUND_HALF_UP))


def texts(site: Path) -> Iterator[tuple[str, str]]:
    """Every file that a reader or a machine could read, those in the zip included."""
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".csv", ".json", ".xml", ".txt", ".md"):
            yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}:{name}", archive.read(name).decode()


# The whole site.


def test_the_stated_day_is_the_one_that_these_tests_judge_by() -> None:
    descriptor = json.loads((PACKAGE / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["purse"]["as_of"] == TODAY.isoformat()


def test_the_crawler_finds_no_problem(anyshire_site: Path) -> None:
    found = survey(anyshire_site)
    assert [str(problem) for problem in found.problems[:40]] == []
    assert found.pages > len(data("awards")) + len(data("recipients"))
    assert found.figures > found.pages


def test_the_first_publisher_is_never_mentioned(anyshire_site: Path) -> None:
    assert [
        name for name, text in texts(anyshire_site) if re.search("(?i)mercia|campion", text)
    ] == []


def test_every_award_is_published(anyshire_site: Path) -> None:
    check_every_award_is_published(anyshire_site, "anyshire")


# Counts of few people.


def few() -> Rows:
    """The measures that count fewer than five people."""
    return [
        one
        for one in data("outcome_measures")
        if one["count_of_people"] == "yes" and Decimal(one["value"]) < FEWEST
    ]


def test_the_package_has_small_counts_to_hold_back() -> None:
    assert [one["value"] for one in few()] == ["4", "3", "1", "2"]


def check_held_back(published: Rows) -> None:
    """Assert that a table of measures is the package's own, without the small counts."""
    small = {one["id"] for one in few()}
    expected = [
        {**one, "value": "withheld"} if one["id"] in small else one
        for one in data("outcome_measures")
    ]
    assert published == expected


def test_small_counts_are_not_in_the_download(anyshire_site: Path) -> None:
    check_held_back(rows(anyshire_site / DOWNLOADS / "outcome_measures.csv"))


def test_small_counts_are_not_in_the_zip(anyshire_site: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(anyshire_site / DOWNLOADS / "anyshire.zip") as archive:
        archive.extractall(tmp_path)
    check_held_back(rows(tmp_path / "anyshire" / "outcome_measures.csv"))


def test_small_counts_are_on_no_page(anyshire_site: Path) -> None:
    reports = {one["id"]: one["award"] for one in data("outcome_reports")}
    on_page = Counter(reports[one["report"]] for one in few())
    outcomes = Reading.open(anyshire_site, "outcomes/")
    assert outcomes.text.count(HELD_BACK) == len(few())
    for award, count in on_page.items():
        page = Reading.open(anyshire_site, f"awards/{award}/")
        assert page.section("reports").count(HELD_BACK) == count
    small = {f"id={one['id']}" for one in few()}
    for path, crawled in Site.open(anyshire_site).pages().items():
        assert not small & {figure.get("data-where") for figure in crawled.figures}, path
        pointing = [one for one in crawled.figures if "outcome_measures" in one.get("data-rows")]
        if path not in ("data/index.html", "data/dictionary/index.html"):  # they count rows
            assert all(one.get("data-where").startswith("id=") for one in pointing), path


def test_other_counts_are_shown(anyshire_site: Path) -> None:
    outcomes = Reading.open(anyshire_site, "outcomes/")
    shown = [row[2] for row in outcomes.table("Measures that recipients reported")[1:]]
    small = {one["id"] for one in few()}
    expected = [
        HELD_BACK if one["id"] in small else f"{Decimal(one['value']).normalize():f} {one['unit']}"
        for one in data("outcome_measures")
    ]
    assert [text.replace(",", "") for text in shown] == expected


# The withdrawn award.


def test_the_withdrawn_award_keeps_its_page_which_says_when_and_why(anyshire_site: Path) -> None:
    (change,) = (one for one in data("revisions") if one["kind"] == "withdrawal")
    assert change["row"] == WITHDRAWN
    page = Reading.open(anyshire_site, f"awards/{WITHDRAWN}/")
    _, notice, after = page.text.partition("This award was withdrawn.")
    assert notice
    said = after.splitlines()[0]
    assert "It is in no total of this site." in said
    assert f"On {words(change['date'])}: {change['reason']}" in said
    listed = Reading.open(anyshire_site, "awards/withdrawn/")
    assert "says when and why" in listed.text
    assert f"awards/{WITHDRAWN}/index.html" in listed.links(Site.open(anyshire_site))
    assert "awards/withdrawn/index.html" in Reading.open(anyshire_site, "awards/").links(
        Site.open(anyshire_site)
    )


def test_the_withdrawn_award_is_in_no_list_of_awards(anyshire_site: Path) -> None:
    holding = {
        path.parent.relative_to(anyshire_site).as_posix()
        for path in anyshire_site.rglob("awards.csv")
        if WITHDRAWN in {one["id"] for one in rows(path)}
    }
    assert holding == {"awards/withdrawn", DOWNLOADS}  # the second is the whole table


def test_the_withdrawn_award_is_in_no_figure_but_its_own(anyshire_site: Path) -> None:
    site, sheets = Site.open(anyshire_site), Sheets(anyshire_site)
    own = {f"awards/{WITHDRAWN}/index.html", "awards/withdrawn/index.html"}
    own |= {"data/index.html", "data/dictionary/index.html"}  # they count the rows of a file
    for path, page in site.pages().items():
        for figure in page.figures:
            target = site.locate(page.url, figure.get("data-rows")).path
            if path in own or not target.endswith("/awards.csv") or not figure.get("data-rows"):
                continue
            counted = select(sheets.sheet(target), figure.get("data-where"))
            assert WITHDRAWN not in {row["id"] for row in counted}, f"{path}: {figure}"


def test_the_total_is_of_the_awards_that_stand(anyshire_site: Path) -> None:
    total = sum(Decimal(one["amount"]) for one in standing())
    lead = Reading.open(anyshire_site, "awards/").text
    assert f"{len(standing())} awards" in lead
    assert f"£{total:,.2f}" in lead


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
    assert lines[1:] == [f"{titles[id]} ends on {ends}." for id, ends in ENDING.items()]


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


def status(report: dict[str, str]) -> str:
    """How a report stands on the package's day."""
    due, received = date.fromisoformat(report["due_on"]), day(report["received_on"])
    if received is not None:
        return "received" if received <= due else "late"
    return "missing" if due < TODAY else "not yet due"


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


# Indicators.


def alone() -> dict[str, list[Decimal]]:
    """The amounts that each recipient holds alone."""
    printed: dict[str, Rows] = defaultdict(list)
    for row in data("award_recipients"):
        if row["role"] != "route":
            printed[row["award"]].append(row)
    held: dict[str, list[Decimal]] = defaultdict(list)
    for award in standing():
        who = printed[award["id"]]
        names = {row["recipient"] for row in who}
        if len(names) == 1 and all(row["naming"] == "named" for row in who):
            held[names.pop()].append(Decimal(award["amount"]))
    return held


def indicator(site: Path, title: str) -> list[str]:
    """The value, cases and denominator of an indicator as the page shows them."""
    table = Reading.open(site, "quality/").table("Descriptive figures")[1:]
    (row,) = (one for one in table if one[0].split(" / ")[0] == title)
    assert len(row[0].split(" / ")[1]) > 20, "no method"
    return row[1:]


def test_the_largest_share_and_the_effective_number(anyshire_site: Path) -> None:
    sums = {name: sum(amounts) for name, amounts in alone().items()}
    whole, count = Decimal(sum(sums.values())), sum(map(len, alone().values()))
    largest = rounded(100 * max(sums.values()) / whole, "0.1")
    effective = rounded(1 / sum(((one / whole) ** 2 for one in sums.values()), Decimal(0)), "0.1")
    cases = [str(len(sums)), str(count)]
    share = indicator(anyshire_site, "Largest share of one recipient")
    number = indicator(anyshire_site, "Effective number of recipients")
    assert share == [f"{largest}%", *cases]
    assert number == [effective, *cases]


def test_who_comes_back(anyshire_site: Path) -> None:
    year = {one["id"]: one["financial_year"] for one in standing()}
    years: dict[str, set[str]] = defaultdict(set)
    for row in data("award_recipients"):
        if row["naming"] == "named" and row["role"] != "route" and row["award"] in year:
            years[row["recipient"]].add(year[row["award"]])
    again = sum(len(found) > 1 for found in years.values())
    share = rounded(Decimal(100 * again) / len(years), "0.1")
    shown = indicator(anyshire_site, "Recipients named in more than one year")
    assert shown == [f"{share}%", str(again), str(len(years))]


def test_direct_awards_and_single_bids(anyshire_site: Path) -> None:
    contracts = [one for one in data("contracts") if one["procedure"] != "framework"]
    direct = [one for one in contracts if one["procedure"] == "single-tender"]
    share = rounded(Decimal(100 * len(direct)) / len(contracts), "0.1")
    shown = indicator(anyshire_site, "Contracts awarded without competition")
    assert shown == [f"{share}%", str(len(direct)), str(len(contracts))]
    tendered = {one["id"] for one in contracts if one["procedure"] in TENDERS}
    bids = {
        one["contract"]: one["bids_received"]
        for one in data("awards")
        if one["contract"] in tendered and one["bids_received"] not in MISSING
    }
    single = sum(count == "1" for count in bids.values())
    share = rounded(Decimal(100 * single) / len(bids), "0.1")
    assert indicator(anyshire_site, "Tenders with one bid") == [
        f"{share}%",
        str(single),
        str(len(bids)),
    ]


def test_large_changes_are_too_few_for_a_share(anyshire_site: Path) -> None:
    both = [
        (Decimal(one["original_amount"]), Decimal(one["amount"]))
        for one in standing()
        if one["original_amount"] not in MISSING
    ]
    over = [one for one in both if abs(one[1] / one[0] - 1) > Decimal("0.2")]
    assert len(both) < FEWEST
    value, *cases = indicator(anyshire_site, "Awards changed by more than a fifth")
    assert value == "not computable / fewer than 5 cases"
    assert cases == [str(len(over)), str(len(both))]


def test_days_from_decision_to_publication(anyshire_site: Path) -> None:
    days = sorted(
        (published - decided).days
        for one in standing()
        if (decided := day(one["decided_on"])) and (published := day(one["published_on"]))
    )
    assert len(days) % 2 == 1
    cases = [str(len(days)), str(len(standing()))]
    median = days[len(days) // 2]
    ninety = next(one for one in days if sum(other <= one for other in days) * 10 >= len(days) * 9)
    first = indicator(anyshire_site, "Median days from decision to publication")
    second = indicator(anyshire_site, "Days within which nine in ten were published")
    assert first == [str(median), *cases]
    assert second == [str(ninety), *cases]


def test_reports_that_are_missing(anyshire_site: Path) -> None:
    due = [found for one in data("outcome_reports") if (found := status(one)) != "not yet due"]
    missing = due.count("missing")
    share = rounded(Decimal(100 * missing) / len(due), "0.1")
    shown = indicator(anyshire_site, "Outcome reports missing")
    assert shown == [f"{share}%", str(missing), str(len(due))]


def test_indicators_say_their_period_and_name_nobody(anyshire_site: Path) -> None:
    section = Reading.open(anyshire_site, "quality/").section("indicators")
    assert "for 2029/30 to 2031/32" in section
    names = {one["name"] for one in data("recipients")}
    assert not [name for name in names if name in section]
    assert "suspicious" not in Reading.open(anyshire_site, "quality/").text.lower()


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
