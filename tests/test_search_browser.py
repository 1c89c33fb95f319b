"""The search in a real Chromium: mistyped names, by keyboard, narrow, without script or index."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.serving import serving

pytestmark = pytest.mark.browser

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MISTYPED = {
    "umbrela stand": "Umbrella Stand Counselling",
    "custrad lane": "Custard Lane Youth Project",
    "mangelwurzle": "Mangelwurzel Allotment Society",
    "Zebra & Lolipop": "Zebra & Lollipop",
    "pidgeon post": "Pigeon Post Radio",
}


@pytest.fixture(scope="module")
def host(anyshire_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below a sub-path, as on any plain static server."""
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(anyshire_site, folder / "open" / "money")
    with serving(folder) as address:
        yield f"{address}/open/money"


@pytest.fixture
def page(reader: BrowserContext, host: str) -> Iterator[Page]:
    """A page that must meet no fault and ask no other host."""
    page = reader.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda one: faults.append(one.url) if _elsewhere(one.url, host) else None)
    yield page
    page.close()
    assert not faults


def _elsewhere(url: str, host: str) -> bool:
    return not url.startswith((f"{host}/", "data:", "blob:"))


def ask(page: Page, host: str, query: str) -> None:
    page.goto(f"{host}/search/?q={query}")
    page.wait_for_selector("#search[data-done]")


def titles(page: Page) -> list[str]:
    return page.locator(".search-result h3").all_inner_texts()


@pytest.mark.parametrize("typed", MISTYPED)
def test_a_mistyped_name_finds_the_recipient_with_its_kind_and_figures(
    page: Page, host: str, typed: str
) -> None:
    page.goto(f"{host}/awards/2029-30-v01/")
    page.get_by_label("Search this site").fill(typed)
    page.get_by_role("search").get_by_role("button").click()
    page.wait_for_selector("#search[data-done]")
    assert titles(page)[0] == MISTYPED[typed]
    facts = page.locator(".search-result .meta").first.inner_text()
    assert facts.startswith("Recipient · at least £")
    assert "named in awards worth £" in facts
    assert f"Nothing here says “{typed}”." in page.inner_text("[role=status]")
    assert page.get_by_label("Search this site").input_value() == typed


def test_results_say_what_they_are_and_can_be_had_by_kind(page: Page, host: str) -> None:
    ask(page, host, "night line")
    facts = page.locator(".search-result .meta").all_inner_texts()
    assert "Award · £298,000.00 · 2029/30 · Victims' Care Fund" in facts
    assert page.locator(".search-quotation mark").count() > 0
    page.get_by_role("link", name="Recipients", exact=True).last.click()
    page.wait_for_selector("#search[data-done] .search-kinds [aria-current]")
    assert "kind=recipient" in page.url
    page.wait_for_selector(".search-results h2")
    kinds = page.locator(".search-result .meta").all_inner_texts()
    assert all(one.startswith("Recipient") for one in kinds)
    page.go_back()
    page.wait_for_selector("#search[data-done]")
    assert page.locator(".search-result .meta").all_inner_texts() == facts
    ask(page, host, "care&kind=fund")
    assert titles(page) == ["Victims' Care Fund"]


def test_the_keyboard_alone_finds_and_opens(page: Page, host: str) -> None:
    page.goto(f"{host}/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("wobbly bycicle")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search[data-done]")
    assert "results for “wobbly bicycle”" in page.inner_text("[role=status] h2")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('.search-result'))"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/recipients/wobbly-bicycle-club/")
    assert page.locator("h1").inner_text() == "Wobbly Bicycle Club"


def test_more_results_are_a_press_away(page: Page, host: str) -> None:
    ask(page, host, "award")
    before = titles(page)
    assert len(before) == 20
    page.get_by_role("button", name="Show more results").click()
    page.locator(".search-result").nth(20).wait_for()
    after = titles(page)
    assert after[:20] == before
    assert page.evaluate("document.activeElement.textContent") == after[20]


def test_what_is_nowhere_is_said_to_be_nowhere(page: Page, host: str) -> None:
    ask(page, host, "qqqqqqqq")
    assert "No results for “qqqqqqqq”" in page.inner_text("[role=status]")
    assert page.get_by_role("link", name="Funds", exact=True).last.is_visible()
    page.goto(f"{host}/search/?q=%20")
    assert "Type words into the box" in page.inner_text("main")


def test_what_shares_a_letter_or_two_does_not_come_close(page: Page, host: str) -> None:
    ask(page, host, "rape")  # the library would give whatever has a word with an R
    assert "No results for “rape”" in page.inner_text("[role=status]")
    assert titles(page) == []


def test_words_are_compared_as_python_made_them(page: Page, host: str) -> None:
    page.goto(f"{host}/search/")
    found = page.evaluate(
        """async () => {
          const { split, mistakes, mend } = await import("../assets/search/words.js");
          const known = ["safety", "safer", "council", "counsel", "lane"];
          return [split("Café O’Neill & Sons-1a"), mistakes("abcd", "abdc", 2),
            mistakes("lane", "line", 1), mistakes("abc", "xyz", 1),
            mend(["counsil", "saf", "2031", "cil", "saxaty"], known)];
        }"""
    )
    assert found == [
        ["cafe", "oneill", "sons", "1a"],
        *(1, 1, 2),
        ["council", "saf", "2031", "cil", "saxaty"],
    ]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_breach_and_nothing_is_too_wide(
    browser: Browser, host: str, scheme: Literal["light", "dark"], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for query in ("umbrela", "award", "qqqqqqqq", ""):
        page.goto(f"{host}/search/?q={query}")
        if query:
            page.wait_for_selector("#search[data-done]")
        found = Axe().run(page, options={"runOnly": LEVELS})
        assert found.violations_count == 0, found.generate_report()
        over = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0
    page.close()


def test_nothing_moves_when_the_results_come(page: Page, host: str) -> None:
    page.set_viewport_size({"width": 412, "height": 823})
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver((list) => {
          for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    ask(page, host, "rape")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.moved") < 0.1


def test_without_script_the_box_leads_to_the_lists(browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{host}/funds/")
    page.get_by_label("Search this site").fill("owls")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host}/search/?q=owls")
    assert "The search needs JavaScript." in page.inner_text("main")
    page.locator("main").get_by_role("link", name="Recipients", exact=True).click()
    page.wait_for_url(f"{host}/recipients/")
    assert page.locator("h1").inner_text() == "Recipients"
    context.close()


def test_where_the_index_cannot_be_loaded_the_page_says_so(browser: Browser, host: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind/*", lambda route: route.abort())
    ask(page, host, "owls")
    assert "The search doesn’t work here" in page.inner_text("[role=status]")
    assert page.locator("main").get_by_role("link", name="Recipients", exact=True).is_visible()
    page.close()


def test_words_of_the_data_never_become_markup(browser: Browser, littleham_site: Path) -> None:
    faults: list[str] = []
    with serving(littleham_site) as address:
        page = browser.new_page()
        page.on("dialog", lambda dialog: faults.append("a title ran as a script"))
        ask(page, address, "reeds")
        assert (
            titles(page)[0] == 'Reeds *and* "rushes" <script>alert(1)</script> | 50% off: [link](x)'
        )
        ask(page, address, "ducks")
        assert "Friends of the Pond <b>& Ducks</b>" in titles(page)
        ask(page, address, "<img src=x onerror=alert(1)>")
        page.close()
    assert not faults
