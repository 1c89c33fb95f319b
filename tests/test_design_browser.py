"""The look in a real Chromium: line lengths, long tables, cards, keyboard, paper, lost readers."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ANYSHIRE, build
from tests.serving import serving

pytestmark = pytest.mark.browser

LONGEST_LINE = 75
"""Characters of a line of prose."""
LINES = """() => {
  const long = [];
  for (const p of document.querySelectorAll("article p:not(.report), article dd, article li")) {
    if (p.closest("table, nav, svg, .forms, .search-results")) continue;
    const words = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let top = null;
    let line = "";
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      for (let at = 0; at < node.length; at += 1) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (!box || !box.width) continue;
        if (top !== null && Math.abs(box.bottom - top) > 8) {
          long.push(line);
          line = "";
        }
        top = box.bottom;
        line += node.data[at];
      }
    }
    long.push(line);
  }
  return long.filter((line) => line.trim().length > LONGEST);
}""".replace("LONGEST", str(LONGEST_LINE))


def go(page: Page, url: str) -> None:
    """Open a page; the list of awards is done when its script has put its own table there."""
    page.goto(url)
    if url.endswith("/awards/"):
        page.wait_for_selector("#explorer[data-step]")


@pytest.fixture(scope="module")
def address(west_mercia_site: Path) -> Iterator[str]:
    with serving(west_mercia_site) as url:
        yield url


def test_prose_has_short_lines(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    long = {}
    for path in ("", "awards/", "awards/2020-21-p06/", "money/", "how-to-read/", "glossary/"):
        page.goto(f"{address}/{path}")
        if found := page.evaluate(LINES):
            long[path] = found
    page.close()
    assert not long


def test_a_long_tables_head_stays_in_sight(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    for path, table in (
        ("recipients/", "table.as-cards:visible >> nth=0"),
        ("awards/", "table.awards"),
    ):
        go(page, f"{address}/{path}")
        row = page.locator(f"{table} >> tbody tr >> nth=20")
        row.wait_for()
        row.evaluate("row => scrollTo(0, row.getBoundingClientRect().top + scrollY - 400)")
        head = page.locator(f"{table} >> thead th >> nth=0").bounding_box()
        band = page.locator(".md-header").bounding_box()
        assert head is not None
        assert band is not None
        assert band["y"] + band["height"] - 2 <= head["y"] < 100
    page.close()


def test_on_a_telephone_rows_are_cards_and_the_table_keeps_its_roles(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for path, label in (("recipients/", "At least"), ("awards/", "Amount"), ("funds/", "Awards")):
        go(page, f"{address}/{path}")
        table = page.locator("table.as-cards:visible").first
        cell = table.locator("tbody td").first
        assert cell.evaluate("cell => getComputedStyle(cell).display") == "flex"
        shown = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
        assert label in shown
        roles = {
            "columnheader": "thead th",
            "row": "tbody tr",
            "cell": "td",
            "rowheader": "tbody th",
        }
        for role, selector in roles.items():
            count = table.locator(selector).count()
            extra = 1 if role == "row" else 0
            assert table.get_by_role(role).count() == count + extra, (path, role)  # type: ignore[arg-type]
    page.close()


def test_the_sections_can_be_reached_by_keyboard_on_a_telephone(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}/awards/2020-21-p06/")
    page.keyboard.press("Tab")
    skip = page.locator(".purse-skip")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    seen = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"Awards", "Funds", "Recipients", "Money", "How it works", "Data"} <= seen
    assert page.locator(".md-tabs a:focus-visible, :focus-visible").count() == 1
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.goto(f"{address}/awards/2020-21-p06/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.trail') !== null")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_a_readers_own_colours_what_unfolds_still_shows_it(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(forced_colors="active", color_scheme=scheme)
    go(page, f"{address}/awards/")
    mark = "getComputedStyle(document.querySelector('[data-facet=fund] > summary'), '::after')"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate(f"{mark}.backgroundColor") not in (paper, "rgba(0, 0, 0, 0)")
    page.close()


def test_paper_shows_the_words_alone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 720, "height": 1000}, color_scheme="dark")
    page.goto(f"{address}/programmes/prevention/")
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".md-header", ".md-tabs", ".trail", ".download", ".purse-skip"):
        assert not page.locator(gone).first.is_visible(), gone
    assert "Unofficial" in page.locator(".purse-banner").inner_text()
    assert page.locator(".md-footer").is_visible()
    body = "getComputedStyle(document.body)"
    assert page.evaluate(f"{body}.backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"{body}.color") == "rgb(23, 33, 29)"
    assert (
        page.locator(".scroll").first.evaluate("box => getComputedStyle(box).overflow") == "visible"
    )
    page.close()


SCHEME = "document.documentElement.dataset.mdColorScheme"


def test_colours_are_the_screens_until_the_reader_changes_them(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    # Before the body is there, so before anything is painted.
    page.add_init_script(
        """new MutationObserver(() => {
          if (document.body) window.early ??= document.documentElement.dataset.mdColorScheme;
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.goto(f"{address}/awards/2020-21-p06/")
    assert page.evaluate(f"[early, {SCHEME}]") == ["slate", "slate"]
    page.get_by_role("button", name="Switch to light colours").press("Enter")
    assert page.evaluate(SCHEME) == "default"
    page.goto(f"{address}/funds/")
    assert page.evaluate(f"[early, {SCHEME}]") == ["default", "default"]
    page.get_by_role("button", name="Switch to dark colours").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 26, 23)"
    context.close()


def test_without_script_pages_are_light_and_nothing_is_there_to_press(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/awards/2020-21-p06/")
    assert page.locator(".purse-scheme").is_hidden()
    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Funds").click()
    page.wait_for_url(f"{address}/funds/")
    assert page.locator("h1").inner_text() == "Funds"
    context.close()


def test_the_list_of_sections_says_where_one_is(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto(f"{address}/awards/2020-21-p06/")
    sections = page.get_by_role("navigation", name="On this page").get_by_role("link")
    active = page.locator(".md-nav__link--active")
    assert sections.all_inner_texts()[:2] == ["Services and recipients", "The facts"]
    assert active.count() == 0
    sections.nth(1).click()
    page.wait_for_selector(".md-nav__link--active")
    assert active.all_inner_texts() == ["The facts"]
    page.close()


def test_a_lost_reader_finds_the_way_also_below_a_sub_path(
    browser: Browser, tmp_path: Path
) -> None:
    site = build(ANYSHIRE, tmp_path / "site", base_url="https://funder.example/open/money/")
    shutil.copytree(site, tmp_path / "host" / "open" / "money")
    with serving(tmp_path / "host") as address:
        page = browser.new_page()
        page.goto(f"{address}/open/money/404.html")
        assert page.locator("h1").inner_text() == "There is no page at this address"
        assert page.title().startswith("Page not found")
        page.click("article >> text=Recipients")
        page.wait_for_url(f"{address}/open/money/recipients/")
        assert page.locator("h1").inner_text() == "Recipients"
        page.close()
