"""What the search finds: its records, its index among the site's files, its words."""

import csv
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator import ledger, manifest, package, search
from generator.checks import run
from generator.errors import BuilderFailed
from generator.indexing import index
from generator.pages import search as search_page
from generator.pages.site import HandWritten, Site
from generator.search import Record
from tests.conftest import ANYSHIRE

ENGINE = "assets/search/pagefind"


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(site: Path) -> dict[str, dict[str, Any]]:
    """What Pagefind keeps of each page, by the page's address on the site."""
    found = {}
    for path in (site / ENGINE / "fragment").iterdir():
        text = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
        one = json.loads(text)
        found[one["url"].lstrip("/")] = one
    return found


@pytest.fixture(scope="module")
def anyshire() -> Site:
    book = ledger.build(package.read(ANYSHIRE))
    return Site(book, run(book), (), ())


def test_every_award_recipient_and_fund_is_found_with_its_facts(anyshire_site: Path) -> None:
    found = records(anyshire_site)
    awards = csv_rows(ANYSHIRE / "awards.csv")
    for row in awards:
        meta = found[f"awards/{row['id']}/"]["meta"]
        assert meta["title"] == " ".join(row["title"].split())
        assert meta["kind"] == ("Withdrawn award" if row["status"] == "withdrawn" else "Award")
        assert meta["amount"].replace(",", "") == f"£{row['amount']}"
        assert meta["year"] == row["financial_year"].replace("-", "/")
    for row in csv_rows(ANYSHIRE / "recipients.csv"):
        meta = found[f"recipients/{row['id']}/"]["meta"]
        assert meta["kind"] == "Recipient"
        assert re.fullmatch("at least £[0-9,.]+; named in awards worth £[0-9,.]+", meta["amount"])
    for row in csv_rows(ANYSHIRE / "funds.csv"):
        assert found[f"funds/{row['id']}/"]["meta"]["kind"] == "Fund"
    assert found["awards/2029-30-v01/"]["meta"]["fund"] == "Victims' Care Fund"


def test_a_recipients_two_figures_are_those_of_its_page(anyshire_site: Path) -> None:
    said = records(anyshire_site)["recipients/umbrella-stand/"]["meta"]["amount"]
    page = (anyshire_site / "recipients" / "umbrella-stand" / "index.html").read_text("utf-8")
    cards = re.findall(r"<strong><data[^>]*>(£[0-9,.]+)</data>", page)
    assert said == f"at least {cards[0]}; named in awards worth {cards[1]}"


def test_every_page_is_found_but_lists_of_what_is_found_itself(anyshire_site: Path) -> None:
    found = records(anyshire_site)
    pages = {
        path.parent.relative_to(anyshire_site).as_posix() + "/"
        for path in anyshire_site.rglob("index.html")
    } - {"./", "search/"}
    assert found.keys() <= pages
    left = pages - found.keys()
    assert all(
        re.fullmatch(r"[a-z]+/not-published/|awards/(withdrawn|page-\d+)/", one) for one in left
    )


def test_the_index_is_in_the_manifest_and_the_themes_own_is_gone(littleham_site: Path) -> None:
    listed = {one.path for one in manifest.parse((littleham_site / "manifest.json").read_bytes())}
    made = {
        path.relative_to(littleham_site).as_posix()
        for path in (littleham_site / "assets" / "search").rglob("*")
        if path.is_file()
    }
    assert f"{ENGINE}/pagefind.js" in made
    assert made <= listed
    assert not any("search_index" in path for path in listed)
    assert not any("-ui." in path for path in made), "Pagefind's own search boxes are not ours"
    for page in littleham_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert text.count('role="search"') == 1, page
        assert 'data-md-component="search"' not in text, page


def test_the_same_records_give_the_same_bytes() -> None:
    kinds = ("award", "recipient", "fund", "page")
    made = [
        Record(
            f"{kinds[i % 4]}s/x{i}/", kinds[i % 4], "Kind", f"Title {i}", f"words {i * 7} of {i}"
        )
        for i in range(200)
    ]
    first = list(index(made))
    assert [list(index(made)) for _ in range(3)] == [first] * 3


def test_above_a_number_of_awards_the_search_leaves_them_to_their_list(
    anyshire: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_kinds = {one.kind for one in search.profiles(anyshire)}
    monkeypatch.setattr(search_page, "MOST_AWARDS", 3)
    (page,) = search_page.pages(anyshire)
    assert all_kinds == {"award", "recipient", "fund", "page"}
    assert {one.kind for one in search.profiles(anyshire)} == all_kinds - {"award"}
    assert page.context["finds_awards"] is False


def test_a_failure_of_pagefind_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/no/such/pagefind")
    with pytest.raises(BuilderFailed, match="index of the search could not be made") as told:
        list(index([Record("a/", "page", "Page", "A", "text")]))
    assert "Traceback" not in str(told.value)


def test_a_page_is_searched_by_its_words_alone() -> None:
    content = (
        '---\ntitle: "Not this"\n---\n\n# Heading {#anchor}\n\n<p class="no">One &amp; two</p>\n'
        '<table class="x" data-csv="a.csv"><tr><td>An award</td></tr></table>\n'
        "| three | [four](nowhere.md) |\n<svg><text>none</text></svg><td>5</td><td>6</td>"
    )
    page = HandWritten("prose/", "Prose", "What it says.", 1)
    found = search.other_page(page, content, frozenset({"awards"}))
    assert found is not None
    assert found.text == "Heading One & two three four 5 6"


@pytest.mark.parametrize("url", ["awards/x/", "awards/page-2/", "search/", ""])
def test_what_has_a_record_or_nothing_to_find_is_left_out(url: str) -> None:
    page = HandWritten(url, "Title", "Description.", 1)
    assert search.other_page(page, "words", frozenset({"awards"})) is None


def test_a_list_is_found_by_its_description() -> None:
    page = HandWritten("awards/", "Awards", "Every award.", 1)
    found = search.other_page(page, "words", frozenset({"awards"}))
    assert found is not None
    assert found.text == "Every award."


def test_words_are_folded_and_the_most_frequent_come_first() -> None:
    made = [
        Record("a/", "page", "Page", "Café O’Neill", "pond pond it"),
        Record("b/", "page", "Page", "Pond’s edge", "CAFE pond"),
    ]
    assert json.loads(search.words(made)) == ["pond", "cafe", "edge", "oneill", "ponds"]


def test_texts_of_the_data_stay_texts_in_the_index() -> None:
    made = search.document(Record("a/", "page", "Page", "<b>&", '</p><script>"'))
    assert b"<b>" not in made
    assert b"<script>" not in made
