"""Several publishers in a real Chromium: the search of all, a publisher's own, wrong addresses."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests import several
from tests.test_publishers import built, project_in
from tests.test_search_browser import LEVELS

pytestmark = pytest.mark.browser
MOUNT = "publishers/southmoor/south/"


class _Host(SimpleHTTPRequestHandler):
    """Shows the site's own page for a wrong address, as hosts of static sites do."""

    def send_error(self, code: int, *_: object) -> None:
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three packages as one site; the awards and recipients of one are rows of lists."""
    project = project_in(tmp_path_factory.mktemp("browsed"))
    _, second_year, *_ = several.four(project / "data")
    shutil.rmtree(second_year)  # the fewer, the sooner
    path = project / "data" / "south" / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["purse"] |= {"award_pages": "listing", "recipient_pages": "listing"}
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    folder = built(project, "--no-formats")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[1280, 360])
def page(request: pytest.FixtureRequest, reader: BrowserContext) -> Iterator[Page]:
    shown = reader.new_page()
    shown.set_viewport_size({"width": request.param, "height": 800})
    faults: list[str] = []
    shown.on("pageerror", lambda fault: faults.append(str(fault)))
    yield shown
    shown.close()
    assert not faults


def _results(page: Page) -> list[str]:
    page.wait_for_selector("#search[data-done]")
    return page.locator(".search-result").all_inner_texts()


def test_the_search_of_all_can_be_narrowed_to_a_publisher(page: Page, host: str) -> None:
    page.goto(host)
    page.fill("#purse-search", "friends pond")
    page.press("#purse-search", "Enter")
    found = _results(page)
    owners = ("Northmoor Council (fictional)", "Ballymoor Trust (fictional)")
    assert all(any(owner in one for one in found) for owner in owners)
    page.select_option("#search-publisher", "ballymoor")
    page.wait_for_url("**publisher=ballymoor*")
    narrowed = _results(page)
    assert narrowed
    assert len(narrowed) < len(found)
    assert all("Ballymoor" in one for one in narrowed)
    page.click(".search-result a")
    page.wait_for_url("**/publishers/ballymoor/eire/**")


def test_a_publishers_own_search_says_where_it_looks(page: Page, host: str) -> None:
    page.goto(f"{host}{MOUNT}search/?q=pond")
    found = _results(page)
    assert found
    assert not any("Northmoor" in one for one in found)
    page.goto(f"{host}{MOUNT}search/")
    assert "of Southmoor Council (fictional) alone" in page.inner_text(".search-asks")
    page.click("text=Search all publishers")
    page.wait_for_url(f"{host}search/")


def test_the_way_up_leads_to_all_publishers(page: Page, host: str) -> None:
    page.goto(f"{host}{MOUNT}awards/")
    page.click(".purse-banner a")
    page.wait_for_url(host)


def test_a_permanent_address_leads_to_its_row(page: Page, host: str) -> None:
    page.goto(f"{host}{MOUNT}awards/a-1/")
    page.wait_for_url(f"**/{MOUNT}awards/#award-a-1")
    page.goto(f"{host}publishers/nobody/awards/a-1/")
    assert page.inner_text("h1") == "There is no page at this address"


@pytest.mark.parametrize(
    "path", ["", "publishers/", "publishers/northmoor/", "recipients/", "compare/", "data/"]
)
def test_shared_pages_can_be_used_by_all(page: Page, host: str, path: str) -> None:
    page.goto(host + path)
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
    assert found.violations_count == 0, found.generate_report()
