"""The fictional funder's indicators, worked out anew from its CSVs."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from tests.anyshire import FEWEST, TENDERS, Rows, data, day, rounded, standing, status
from tests.crawler.rows import MISSING
from tests.reading import Reading

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
