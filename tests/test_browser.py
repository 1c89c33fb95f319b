"""The built site in a real Chromium: without script, narrow, by keyboard, below a sub-path."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Response

from tests.conftest import WEST_MERCIA, build
from tests.kinds import SPECIAL, kinds
from tests.serving import serving

pytestmark = pytest.mark.browser

FAMILIES = (
    "",
    "awards/",
    "awards/2020-21-p06/",
    "awards/2020-21-v10/",
    "funds/",
    "funds/coronavirus-response/",
    "funds/not-published/",
    "recipients/",
    "recipients/west-mercia-police/",
    "programmes/prevention/",
    "themes/",
    "areas/telford-wrekin/",
    "topics/domestic-abuse/",
    "objectives/",
    "years/2020-21/",
    "money/",
    "quality/",
    "data/",
    "how-it-works/",
    "how-it-works/glossary/",
    "how-to-read/",
    "404.html",
)


OVER = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const words = [...document.querySelectorAll("article svg text")];
  const edges = words.map((one) => one.getBoundingClientRect().right);
  const page = document.documentElement;
  return Math.max(page.scrollWidth, ...edges) - page.clientWidth;
}"""
"""How far a page reaches beyond the screen, with everything unfolded."""


@pytest.fixture(scope="module")
def anyshire_address(anyshire_site: Path) -> Iterator[str]:
    with serving(anyshire_site) as url:
        yield url


@pytest.fixture(scope="module")
def address(west_mercia_site: Path) -> Iterator[str]:
    with serving(west_mercia_site) as url:
        yield url


def _watch(page: Page) -> tuple[list[str], list[str]]:
    requests: list[str] = []
    faults: list[str] = []

    def asked(request: Request) -> None:
        requests.append(request.url)

    def answered(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{response.status} {response.url}")

    page.on("request", asked)
    page.on("response", answered)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    return requests, faults


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_pages_stay_on_their_host_and_within_the_screen(
    browser: Browser, address: str, anyshire_address: str, anyshire_site: Path, width: int
) -> None:
    """As 320 pixels is what is left of a screen of 1280 at a zoom of 400%."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    requests, faults = _watch(page)
    wide = []
    pages = [f"{address}/{path}" for path in FAMILIES]
    pages += [f"{anyshire_address}/{path}" for path in (*kinds(anyshire_site), *SPECIAL)]
    for path in pages:
        page.goto(path)
        over = page.evaluate(OVER)
        if over > 0:
            wide.append(f"{path}: {over} px")
    page.close()
    assert not wide, f"pages wider than {width} px: {wide}"
    assert not faults
    own = (address, anyshire_address, "data:")
    assert [url for url in requests if not url.startswith(own)] == []


def test_home_answers_first_on_a_wide_screen_and_on_a_phone(browser: Browser, address: str) -> None:
    for width, height in ((1280, 900), (360, 760)):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(f"{address}/")
        wanted = ["8175577.39", "7713019.51", "462557.88", "3967590.63"]
        if width > 1000:
            assert page.locator(".doors a").last.bounding_box()["y"] < height  # type: ignore[index]
        for value in wanted:
            box = page.locator(f'.cards data[value="{value}"]').first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= height, f"{value} is below the first screen"
        page.close()


def test_pages_read_fully_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/programmes/victims/")
    assert "£3,549,244.02" in page.inner_text("main")
    assert page.locator("tbody tr").count() == 11
    page.goto(f"{address}/")
    page.click("text=Browse the awards")
    page.wait_for_url(f"{address}/awards/")
    assert page.locator("h1").inner_text() == "Awards"
    assert page.locator("tr[data-row]").count() == 27
    context.close()


def test_keyboard_reaches_wide_tables_and_links_show_focus(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}/programmes/prevention/")
    region = page.locator(".scroll").first
    assert region.get_attribute("role") == "region"
    assert region.get_attribute("aria-label")
    region.focus()
    page.keyboard.press("ArrowRight")
    # Not wait_for_function, which the page's policy for content stops: it looks by eval.
    region.evaluate(
        "async (box) => { while (!box.scrollLeft) await new Promise(requestAnimationFrame) }"
    )
    page.goto(f"{address}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to content"
    page.close()


def test_site_works_below_a_sub_path_and_its_404_page_too(browser: Browser, tmp_path: Path) -> None:
    site = build(WEST_MERCIA, tmp_path / "site", base_url="https://funder.example/open/money/")
    below = tmp_path / "host" / "open" / "money"
    shutil.copytree(site, below)
    with serving(tmp_path / "host") as address:
        page = browser.new_page()
        requests, faults = _watch(page)
        for path in ("", "awards/2020-21-v01/", "404.html"):
            page.goto(f"{address}/open/money/{path}")
        page.close()
    assert not faults
    assert all(url.startswith((f"{address}/open/money/", "data:")) for url in requests)


def test_data_cannot_become_script(browser: Browser, littleham_site: Path) -> None:
    with serving(littleham_site) as address:
        page = browser.new_page()
        _, faults = _watch(page)
        page.on("dialog", lambda dialog: faults.append("a title ran as a script"))
        for path in ("", "awards/", "awards/2031-32-1/", "recipients/friends-of-the-pond/"):
            page.goto(f"{address}/{path}")
        page.goto(f"{address}/awards/2031-32-1/")
        title = page.locator("h1").inner_text()
        page.close()
    assert not faults
    assert title == 'Reeds *and* "rushes" <script>alert(1)</script> | 50% off: [link](x)'
