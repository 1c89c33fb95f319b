"""The site of a fictional funder that uses everything, beside what its CSVs say."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

from tests.anyshire import (
    DOWNLOADS,
    FEWEST,
    HELD_BACK,
    PACKAGE,
    TODAY,
    WITHDRAWN,
    Rows,
    data,
    standing,
    texts,
    words,
)
from tests.crawler.crawl import survey
from tests.crawler.rows import Sheets, select
from tests.crawler.site import Site
from tests.reading import Reading, rows
from tests.test_link_tables import check_every_award_is_published


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
