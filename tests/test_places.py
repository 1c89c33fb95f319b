"""Awards and recipients that are rows of a list: where their addresses lead."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from generator import package, urls
from generator.errors import UnreadablePackage
from generator.pages.places import hashed
from generator.project import Project
from tests.conftest import ANYSHIRE, ROOT, build, edit_descriptor
from tests.crawler.crawl import crawl
from tests.test_on_demand import differing, on_demand

AWARD = "2029-30-n01"


def _purse(descriptor: dict[str, object]) -> dict[str, object]:
    purse = descriptor["purse"]
    assert isinstance(purse, dict)
    return purse


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anyshire as a site without a page for each award and recipient."""
    folder = tmp_path_factory.mktemp("listing")
    data = Path(shutil.copytree(ANYSHIRE, folder / "anyshire"))
    policy = {"award_pages": "listing", "recipient_pages": "listing", "feeds": "listing"}
    edit_descriptor(data, lambda found: _purse(found).update(policy, base_url=None))
    return build(data, folder / "site")


class _Host(SimpleHTTPRequestHandler):
    """Serves a site as hosts do: with its own page for what isn't found."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's page, at the address that was asked for."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        content = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_site_holds_and_every_figure_is_traced(site: Path) -> None:
    assert not crawl(site)


def test_no_award_or_recipient_has_a_page_and_the_site_has_one_feed(site: Path) -> None:
    assert {path.name for path in (site / "awards").iterdir() if path.is_dir()} == {"withdrawn"}
    assert {path.name for path in (site / "recipients").iterdir() if path.is_dir()} == {
        "not-published"
    }
    feeds = [path.relative_to(site).as_posix() for path in site.rglob("feed.xml")]
    assert feeds == ["changes/feed.xml"]


def test_every_link_to_an_award_leads_to_its_row(site: Path) -> None:
    rows = re.findall(r'id="(award-[^"]+)"', (site / "awards" / "index.html").read_text("utf-8"))
    assert f"award-{AWARD}" in rows
    home = (site / "index.html").read_text("utf-8")
    links = re.findall(r'href="awards/#(award-[^"]+)"', home)
    assert links
    assert set(links) <= set(rows)


@pytest.mark.parametrize(
    ("at", "row"),
    [
        (f"awards/{AWARD}/", f"awards/#award-{AWARD}"),
        (f"awards/{AWARD}", f"awards/#award-{AWARD}"),
        (f"find/#awards/{AWARD}/", f"awards/#award-{AWARD}"),
        ("recipients/anyshire-pcc/", "recipients/#recipient-anyshire-pcc"),
    ],
)
def test_a_permanent_address_leads_to_its_row(
    browser: Browser, address: str, at: str, row: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/{at}")
    page.wait_for_url(f"{address}/{row}")
    assert page.locator(f"#{row.partition('#')[2]}").count() == 1
    page.close()


@pytest.mark.parametrize("at", ["awards/no-such-award/", "nowhere/", "find/#javascript:alert(1)"])
def test_another_address_stays_where_it_is(browser: Browser, address: str, at: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/{at}", wait_until="networkidle")
    assert page.url == f"{address}/{at}"
    page.close()


def test_the_explorer_leads_to_rows_as_well(site: Path) -> None:
    head = json.loads((site / "assets" / "explorer" / "head.json").read_text("utf-8"))
    assert head["links"]["award"] == "../find/#awards/{id}/"


def test_the_script_and_the_index_number_addresses_alike(site: Path) -> None:
    index = json.loads((site / urls.found_in(0)).read_text("utf-8"))
    assert f"awards/{AWARD}/" in index
    assert hashed("") == 0x811C9DC5
    assert hashed("a") == 0xE40C292C, "as the makers of FNV-1a give it"


def test_a_policy_that_is_none_is_told(littleham: Path) -> None:
    edit_descriptor(littleham, lambda found: _purse(found).update(award_pages="some"))
    with pytest.raises(UnreadablePackage, match="award_pages") as told:
        package.read(littleham)
    assert "all or listing" in told.value.advice


def test_each_file_is_the_same_when_it_is_asked_for(site: Path) -> None:
    build = site.with_name("site-build")
    files = on_demand(Project(ROOT), [site.parent / "anyshire"], build)
    assert files.content("find/0.json")
    assert not differing(site, files)
    assert files.content("awards/page-1/index.html") is None
    ids = re.findall('id="award-([^"]+)"', (site / "awards" / "index.html").read_text("utf-8"))
    assert ids
    assert not [id for id in ids if files.content(f"awards/{id}/index.html") is not None]
