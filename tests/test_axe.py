"""axe-core finds no breach of WCAG 2.2, level AA, on any kind of page."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.kinds import SPECIAL, kinds
from tests.serving import serving

pytestmark = pytest.mark.browser

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="module")
def anyshire_address(anyshire_site: Path) -> Iterator[str]:
    with serving(anyshire_site) as url:
        yield url


@pytest.fixture(scope="module")
def address(west_mercia_site: Path) -> Iterator[str]:
    with serving(west_mercia_site) as url:
        yield url


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 360),
        ("dark", 1280),
        # Colours hang on the scheme and places on the width, so the other pairs are for `torture`.
        pytest.param("dark", 360, marks=pytest.mark.torture),
        pytest.param("light", 1280, marks=pytest.mark.torture),
    ],
)
def test_axe_finds_no_breach_of_wcag_22_aa(
    browser: Browser,
    address: str,
    anyshire_address: str,
    anyshire_site: Path,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = kinds(anyshire_site)
    assert len(found) > 40
    breaches = _breaches(page, anyshire_address, (*found, *SPECIAL))
    own = (
        "",
        "awards/",
        "awards/2020-21-v10/",
        "programmes/prevention/",
        "how-it-works/six-funds/",
    )
    breaches += _breaches(page, address, own)
    page.close()
    assert not breaches, "\n".join(breaches)


def test_axe_finds_no_breach_on_a_site_without_awards(browser: Browser, empty_site: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    with serving(empty_site) as address:
        breaches = _breaches(page, address, ("", "awards/"))
    page.close()
    assert not breaches, "\n".join(breaches)


def _breaches(page: Page, address: str, paths: Iterable[str]) -> list[str]:
    """What axe finds against WCAG 2.2, level AA, on these pages."""
    breaches = []
    for path in paths:
        page.goto(f"{address}/{path}", wait_until="networkidle" if "?" in path else "load")
        if path == "awards/" and page.locator("#explorer").count():
            page.wait_for_selector("#explorer[data-step]")
        found = Axe().run(page, options=OPTIONS)
        breaches += [
            f"{path or 'home'}: {one['id']} {one['nodes'][0]['html'][:120]}"
            for one in found.response["violations"]
        ]
    return breaches
