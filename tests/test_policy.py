"""The policy for content on every page: it forbids what isn't the site's, and nothing that is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator import preview, urls
from generator.project import Project
from tests.conftest import ROOT
from tests.serving import serving

POLICY = (
    "default-src 'none'; script-src 'self'{more}; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'"
)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_TAG = re.compile(r"<[a-z][^<>]*>")


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Each page of a site with its HTML, those without a frame left out."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("site", ["anyshire_site", "littleham_site", "west_mercia_site"])
def test_every_page_has_it_before_all_that_it_is_about(
    site: str, request: pytest.FixtureRequest
) -> None:
    for name, text in pages(request.getfixturevalue(site)):
        more = " 'wasm-unsafe-eval'" if name == urls.page_file(urls.SEARCH) else ""
        before, _, _ = text.partition("<script")
        assert _META.findall(text) == [POLICY.format(more=more)], name
        assert _META.search(before.partition("<link")[0]), name


@pytest.mark.parametrize("site", ["anyshire_site", "littleham_site", "west_mercia_site"])
def test_no_page_needs_what_it_forbids(site: str, request: pytest.FixtureRequest) -> None:
    for name, text in pages(request.getfixturevalue(site)):
        for tag in _TAG.findall(text):
            assert not re.search(r"\s(style|on[a-z]+)=|<(style|iframe|object|embed|base)\b", tag), (
                f"{name}: {tag}"
            )
            if tag.startswith("<script"):
                assert "src=" in tag or 'type="application/ld+json"' in tag, f"{name}: {tag}"


@pytest.mark.browser
def test_what_gets_onto_a_page_all_the_same_does_nothing(
    browser: Browser, anyshire_site: Path
) -> None:
    """As if our escaping had a hole."""
    page = browser.new_page()
    asked: dict[str, str | None] = {}
    page.on("request", lambda one: asked.update({one.url: None}))
    page.on("requestfailed", lambda one: asked.update({one.url: one.failure}))
    with serving(anyshire_site) as address:
        page.goto(f"{address}/awards/2029-30-v01/")
        page.evaluate(
            """() => {
              const add = (name, more) => document.body.append(
                Object.assign(document.createElement(name), more));
              add("script", {textContent: "window.__hit = 1"});
              add("script", {src: "https://evil.example/a.js"});
              add("img", {src: "https://evil.example/a.png"});
              add("base", {href: "https://evil.example/"});
              add("iframe", {src: "https://evil.example/"});
              document.body.insertAdjacentHTML("beforeend",
                "<img src=x onerror=window.__hit=2><p id=p style='position:fixed'>x</p>");
              return fetch("https://evil.example/").catch(() => null);
            }"""
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.__hit ?? null") is None
        assert page.evaluate("getComputedStyle(document.querySelector('#p')).position") == "static"
        elsewhere = {url: why for url, why in asked.items() if not url.startswith(f"{address}/")}
        assert elsewhere, "nothing was tried"
        assert set(elsewhere.values()) == {"csp"}, "the browser stops it before it is sent"
    page.close()


@pytest.mark.browser
def test_the_preview_may_load_itself_anew_and_nothing_else(
    browser: Browser, anyshire_site: Path, tmp_path: Path
) -> None:
    server = preview._Server(preview.Shown(Project(ROOT), (), tmp_path), "127.0.0.1", 0)
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    asked: list[str] = []
    made = server._inject_js_into_html((anyshire_site / "index.html").read_bytes(), 1)
    server.server_close()
    (tmp_path / "index.html").write_bytes(made)
    (tmp_path / "assets").symlink_to(anyshire_site / "assets")
    page.on("request", lambda one: asked.append(one.url))
    with serving(tmp_path) as address:
        page.goto(address)
        page.wait_for_timeout(300)
    page.close()
    assert [url for url in asked if "/livereload/1/" in url], "its script did not run"
    assert not [one for one in faults if "Security" in one]
    assert made.count(b"'sha256-") == 1
