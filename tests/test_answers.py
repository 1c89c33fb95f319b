"""Known answers, read from the built pages and worked out anew from the downloaded CSVs.

Nothing here comes from the program that builds the site. The answers were worked out by hand
from the published strategy; a page must show each, and the rows must give it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.crawler.downloads import Downloads, total
from tests.crawler.page import Figure, Page
from tests.crawler.rows import MISSING
from tests.crawler.site import Site

DOWNLOADS = "data/v1/west-mercia-pcc"

VICTIMS = Decimal("3549244.02")
PREVENTION = Decimal("4163775.49")
AVAILABLE = Decimal("8175577.39")
AWARDED = Decimal("7713019.51")
NOT_SHOWN = Decimal("462557.88")
PARTNERSHIPS = frozenset(
    f"{place}-csp"
    for place in (
        "north-worcestershire",
        "south-worcestershire",
        "shropshire",
        "telford-wrekin",
        "herefordshire",
    )
)
_PERCENTAGES = (
    *("6.1", "8.2", "16", "0.2", "4.4", "7.2", "16.6", "0.1"),
    *("3.5", "8.7", "0.5", "1.7", "7.8", "14.2", "3.6", "1.1"),
)
PRINTED = {
    f"2020-21-p{number:02}": Decimal(percentage)
    for number, percentage in enumerate(_PERCENTAGES, start=1)
}


def percent(part: Decimal, whole: Decimal, like: str) -> Decimal:
    """A percentage, halves rounded up, to as many digits as ``like`` has."""
    return (100 * part / whole).quantize(Decimal(like), rounding=ROUND_HALF_UP)


@pytest.fixture(scope="module")
def downloads(west_mercia_site: Path) -> Downloads:
    """The downloads of the built site."""
    return Downloads(west_mercia_site / DOWNLOADS)


def figures_with(page: Page, value: Decimal) -> list[Figure]:
    """The figures of a page that have exactly this value."""
    return [figure for figure in page.figures if Decimal(figure.get("value") or "NaN") == value]


def open_page(site: Path, url: str) -> Page:
    """The page at a URL of the built site."""
    return Site.open(site).page(url.removeprefix("/") + "index.html")


# What each page must show.

SHOWN = [
    ("/programmes/victims/", "3549244.02"),
    ("/programmes/victims/", "43"),
    ("/programmes/victims/", "8175577.39"),
    ("/programmes/prevention/", "4163775.49"),
    ("/programmes/prevention/", "51"),
    ("/", "8175577.39"),
    ("/", "7713019.51"),
    ("/", "462557.88"),
    ("/", "5.66"),
    ("/", "13"),
    ("/", "3967590.63"),
    ("/", "51.44"),
    ("/", "40.9"),
    ("/recipients/west-mercia-police/", "1365650.00"),
    ("/recipients/west-mercia-police/", "2313735.78"),
    ("/recipients/west-mercia-police/", "543643.33"),
    ("/recipients/telford-wrekin-council/", "35000.00"),
    ("/recipients/", "917050.00"),
    ("/recipients/not-published/", "538643.33"),
    ("/funds/coronavirus-response/", "2720.06"),
    ("/money/", "341363.39"),
    ("/money/", "1529750.63"),
    ("/topics/domestic-abuse/", "1017635.92"),
    ("/topics/sexual-violence/", "1646541.88"),
]


@pytest.mark.parametrize(("url", "value"), SHOWN)
def test_a_page_shows_the_answer(west_mercia_site: Path, url: str, value: str) -> None:
    page = open_page(west_mercia_site, url)
    assert figures_with(page, Decimal(value)), f"no figure on {url} has the value {value}"


def test_home_counts_the_awards_with_one_named_recipient(west_mercia_site: Path) -> None:
    found = figures_with(open_page(west_mercia_site, "/"), Decimal(13))
    assert any(figure.get("data-measure").startswith("count") for figure in found)


@pytest.mark.parametrize("partnership", sorted(PARTNERSHIPS))
def test_no_partnership_is_shown_to_hold_anything_alone(
    west_mercia_site: Path, partnership: str
) -> None:
    page = open_page(west_mercia_site, f"/recipients/{partnership}/")
    found = figures_with(page, Decimal(0))
    assert any(figure.get("data-measure") == "sum:amount" for figure in found)
    assert figures_with(page, Decimal("917050.00")), "the awards that name it are worth 917,050.00"


def test_the_money_page_sets_the_covid_lines_beside_the_grant(west_mercia_site: Path) -> None:
    found = figures_with(open_page(west_mercia_site, "/money/"), Decimal("341363.39"))
    pointed = {figure.get("data-rows").rpartition("/")[2] for figure in found}
    assert {"funding_sources.csv", "awards.csv"} <= pointed or any(
        figure.get("data-op") == "sum" for figure in found
    )


def test_the_victims_top_up_is_derived(west_mercia_site: Path) -> None:
    found = figures_with(open_page(west_mercia_site, "/money/"), Decimal("1529750.63"))
    assert found
    assert all(figure.derived for figure in found)


def test_the_programme_page_prints_the_sixteen_percentages(west_mercia_site: Path) -> None:
    page = open_page(west_mercia_site, "/programmes/prevention/")
    rows = {row.id: row for table in page.tables for row in table.rows}
    assert list(rows) == list(PRINTED)
    for award, percentage in PRINTED.items():
        values = [Decimal(figure.get("value") or "NaN") for figure in rows[award].figures]
        assert percentage in values, f"{award} does not show {percentage}%"


# What the downloaded rows must give.


def stated_base(downloads: Downloads, percentage: str) -> Decimal:
    """The amount that a stated percentage is truly of."""
    stated = {row["id"]: row for row in downloads.rows("stated_figures")}
    bases = {
        Decimal(stated[row["base"]]["amount"])
        for row in stated.values()
        if row["kind"] == "percentage" and Decimal(row["percentage"]) == Decimal(percentage)
    }
    assert len(bases) == 1, f"one stated figure is {percentage}%, of one base"
    return bases.pop()


@pytest.mark.parametrize(
    ("programme", "amount", "stated"),
    [("victims", VICTIMS, "43"), ("prevention", PREVENTION, "51")],
)
def test_rows_give_the_stated_totals(
    downloads: Downloads, programme: str, amount: Decimal, stated: str
) -> None:
    assert downloads.total(programme=programme) == amount
    assert amount in downloads.amounts("stated_figures")
    assert stated_base(downloads, stated) == AVAILABLE
    assert percent(amount, AVAILABLE, "1") == Decimal(stated)


def test_rows_give_the_sixteen_percentages(downloads: Downloads) -> None:
    bases = {row["id"]: row["amount"] for row in downloads.rows("stated_figures")}
    printed = {
        row["id"]: row
        for row in downloads.rows("awards")
        if row["published_percentage"] not in MISSING
    }
    assert {name: Decimal(row["published_percentage"]) for name, row in printed.items()} == PRINTED
    for row in printed.values():
        assert Decimal(bases[row["percentage_base"]]) == PREVENTION
        shown = row["published_percentage"]
        assert percent(Decimal(row["amount"]), PREVENTION, shown) == Decimal(shown)


def test_rows_give_what_is_shown_and_what_is_not(downloads: Downloads) -> None:
    assert len(downloads.awards) == 27
    assert total(downloads.awards) == AWARDED == VICTIMS + PREVENTION
    assert AVAILABLE - AWARDED == NOT_SHOWN
    assert percent(NOT_SHOWN, AVAILABLE, "0.01") == Decimal("5.66")


def test_rows_give_how_sure_one_can_be(downloads: Downloads) -> None:
    by_attribution: Mapping[str, str] = {
        "sole": "3967590.63",
        "shared": "2510504.55",
        "partial": "691281.00",
        "unnamed": "538643.33",
        "none": "5000.00",
    }
    for attribution, amount in by_attribution.items():
        assert downloads.total(attribution=attribution) == Decimal(amount), attribution
    alone = [award for award in downloads.awards if award.attribution == "sole"]
    assert len(alone) == 13
    assert percent(total(alone), AWARDED, "0.01") == Decimal("51.44")


def test_rows_give_what_the_police_force_gets(downloads: Downloads) -> None:
    assert downloads.at_least("west-mercia-police") == Decimal("1365650.00")
    assert downloads.named_in("west-mercia-police") == Decimal("2313735.78")
    nameless = [award for award in downloads.awards if not award.named]
    assert total(nameless) == Decimal("543643.33")


def test_rows_give_what_the_council_gets(downloads: Downloads) -> None:
    assert downloads.at_least("telford-wrekin-council") == Decimal("35000.00")


def test_rows_give_what_the_partnerships_get_together(downloads: Downloads) -> None:
    known = {row["id"] for row in downloads.rows("recipients")}
    assert known >= PARTNERSHIPS
    inside = [award for award in downloads.awards if award.named & PARTNERSHIPS]
    assert all(award.named == PARTNERSHIPS for award in inside)
    assert all(award.attribution == "shared" for award in inside)
    assert total(inside) == Decimal("917050.00")
    assert [downloads.at_least(name) for name in PARTNERSHIPS] == [Decimal(0)] * 5


def test_rows_give_what_goes_to_multiple_organisations(downloads: Downloads) -> None:
    assert downloads.total(attribution="unnamed") == Decimal("538643.33")


def test_rows_give_what_is_left_of_the_coronavirus_fund(downloads: Downloads) -> None:
    set_aside = [
        Decimal(row["amount"])
        for row in downloads.rows("allocations")
        if row["fund"] == "coronavirus-response"
    ]
    assert set_aside == [Decimal(50000)]
    left = set_aside[0] - downloads.total(fund="coronavirus-response")
    assert left == Decimal("2720.06")


def test_rows_give_the_two_grants_from_the_ministry(downloads: Downloads) -> None:
    covid, main = Decimal("341363.39"), Decimal(1678130)
    lines = [award for award in downloads.awards if award.id in {"2020-21-v10", "2020-21-v11"}]
    assert total(lines) == covid
    assert {covid, main} <= set(downloads.amounts("funding_sources"))
    assert downloads.total(programme="victims") - (main + covid) == Decimal("1529750.63")


def test_rows_give_the_five_largest(downloads: Downloads) -> None:
    largest = sorted((award.amount for award in downloads.awards), reverse=True)[:5]
    assert percent(sum(largest, Decimal(0)), AWARDED, "0.1") == Decimal("40.9")


def test_rows_give_what_names_a_topic(downloads: Downloads) -> None:
    assert downloads.on_topic("domestic-abuse") == Decimal("1017635.92")
    assert downloads.on_topic("sexual-violence") == Decimal("1646541.88")
