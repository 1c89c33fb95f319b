"""Hostile texts in every field of a publication run nowhere: in no page, file or comment.

Anyshire is stuffed with the texts of `tests/hostile/injections.py`. What the checks refuse is a
finding. What they let through is built, opened in a real browser, and set against the same site
with harmless texts of the same shape: it must not have one element more.
"""

from __future__ import annotations

import contextlib
import csv
import html
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import openpyxl
import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Dialog, Page

from generator import package, site
from generator.commenting import comment
from generator.commenting.difference import differences
from generator.descriptor import name_of, settings_of, sources_of
from generator.descriptor_shape import must_fit
from generator.errors import UnreadablePackage, UsageProblem
from generator.project import Project
from generator.starting import base_url
from tests.conftest import ANYSHIRE, ROOT, build
from tests.hostile.injections import GROUPS, UNSEEN
from tests.hostile.markup import Read
from tests.hostile.stuffing import Stuffed, descriptor, errors, is_free, twins
from tests.kinds import SPECIAL, kinds
from tests.serving import serving

TAKEN = re.compile(r"(https?://|mailto:|[#?.\w/])|$")
"""How an address of a page may begin."""
SCHEME = re.compile(r"\s*(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SKELETON = """() => {
  const seen = {}, links = [];
  for (const one of document.querySelectorAll("*")) {
    if (one.localName === "tspan") continue;
    const key = [one.namespaceURI.slice(-4), one.localName, ...one.getAttributeNames().sort()];
    seen[key] = (seen[key] ?? 0) + 1;
    for (const name of ["href", "src", "action", "xlink:href"])
      if (one.hasAttribute(name)) links.push(one.getAttribute(name));
  }
  return {seen, links, hit: window.__hit ?? null};
}"""
"""What a page is made of: how many elements with the same attributes; where its links lead."""
QUERIES = (
    "<img src=x onerror=__hit=1>",
    '"><script>__hit=2</script>',
    "javascript:__hit=3",
    "{{7*7}} ${__hit=4} __proto__",
    "script onerror svg",
)
"""What readers may be sent to search for, by a link."""


@dataclass(frozen=True)
class Twins:
    """A site of hostile texts, and one of harmless texts."""

    stuffed: Stuffed
    package: Path
    hostile: Path
    harmless: Path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    folder = tmp_path_factory.mktemp("injection")
    stuffed, hostile, harmless = twins(folder)
    return Twins(
        stuffed, hostile, build(hostile, folder / "hostile"), build(harmless, folder / "calm")
    )


def _read(path: Path) -> Read:
    return Read(path.read_text(encoding="utf-8"))


def _pages(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def _wrong(links: Iterable[str]) -> list[str]:
    return [link for link in links if SCHEME.match(link) or not TAKEN.match(link)]


# --- What the checks refuse ----------------------------------------------------------------------


def test_what_nobody_sees_is_refused_in_every_field(tmp_path: Path) -> None:
    made = Stuffed.copy(tmp_path / "anyshire")
    for number, (name, column) in enumerate(made.columns(is_free)):
        row = number % len(made.tables[name])
        made.texts[name, row, column] = f"x{UNSEEN[number % len(UNSEEN)]}y"
    made.write()
    read = package.read(made.folder)
    found = [one for one in errors(made.folder) if one.code == "unseen-characters"]
    told = {cell for one in found for cell in made.cells_of(one, read)}
    assert len(made.texts) > 90
    assert told == made.texts.keys()


def test_what_does_not_fit_a_field_is_refused(tmp_path: Path) -> None:
    """Ids, codes, numbers, days, addresses: a finding at each place, and no traceback."""
    made = Stuffed.copy(tmp_path / "anyshire")
    texts = [
        text for name, group in GROUPS.items() if name not in ("links", "unseen") for text in group
    ]
    texts = [text for text in texts if not re.fullmatch(r"https?://\S+|true|1E5|0012|\s*", text)]
    for number, (name, column) in enumerate(made.columns(lambda one: not is_free(one))):
        if column not in ("where", "covers_where"):  # a value in them may be any text
            row = number % len(made.tables[name])
            made.texts[name, row, column] = texts[number * 7 % len(texts)]
    made.write()
    read = package.read(made.folder)
    found = [
        one for one in errors(made.folder) if one.code in ("structure", "values", "list-in-cell")
    ]
    told = {cell for one in found for cell in made.cells_of(one, read)}
    assert len(made.texts) > 150
    assert not made.texts.keys() - told


EVERY = tuple(text for group in GROUPS.values() for text in group)
PLAIN = re.compile(r"[\w.:/%=@+,~-]+")
"""What names and addresses may be made of: nothing that any place obeys."""


@pytest.mark.parametrize(
    "member", ["base_url", "repository", "corrections_email", "ocid_prefix", "as_of", "first_year"]
)
def test_settings_that_become_addresses_hold_nothing_odd(member: str) -> None:
    found = descriptor(ANYSHIRE)
    taken = 0
    for text in EVERY:
        found["purse"][member] = text
        try:
            value = getattr(settings_of(found, "x"), member)
        except UnreadablePackage:
            continue
        assert PLAIN.fullmatch(value), value
        assert not _wrong([value])
        taken += 1
    assert taken < 5


def test_the_address_that_is_given_to_a_command_holds_nothing_odd() -> None:
    for text in EVERY:
        try:
            assert PLAIN.fullmatch(base_url(text)) or not text.strip()
        except UsageProblem:
            continue


def test_names_sources_and_paths_hold_nothing_odd() -> None:
    plain = descriptor(ANYSHIRE)
    for text in EVERY:
        with contextlib.suppress(UnreadablePackage):
            assert PLAIN.fullmatch(name_of(text, "x"))
        try:
            (source,) = sources_of({"sources": [{"title": "x", "path": text}]}, "x")
            assert not _wrong([source.path or ""])
        except UnreadablePackage:
            pass
        try:
            must_fit({**plain, "resources": [{**plain["resources"][0], "path": text}]}, "x")
            assert not re.search(r"^/|\.\.|[<>:|*?\"\\\0\n$`;]", text)
        except UnreadablePackage:
            pass


def test_names_of_prose_pages(littleham: Path) -> None:
    pages = littleham / "pages"
    pages.mkdir()
    for text in EVERY:
        if "/" in text or "\0" in text or len(text.encode()) > 200:
            continue
        file = pages / f"{text}.md"
        file.write_text("# A page\n", encoding="utf-8")
        try:
            (read,) = package.read(littleham).prose or (None,)
        except UnreadablePackage:
            read = None
        assert read is None or re.fullmatch(r"[\w-][\w .-]*", read.name)
        file.unlink()


# --- What is built -------------------------------------------------------------------------------


def test_nearly_all_is_let_through_and_stands_on_the_pages(both: Twins) -> None:
    assert len(both.stuffed.texts) > 2500
    assert sum(both.stuffed.refused.values()) < 150
    page = (both.hostile / "awards" / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;__hit=1&lt;/script&gt;" in page


def test_no_page_has_an_element_more(both: Twins) -> None:
    assert _pages(both.hostile) == _pages(both.harmless)
    for name in _pages(both.hostile):
        hostile, harmless = _read(both.hostile / name), _read(both.harmless / name)
        assert hostile.skeleton == harmless.skeleton, name
        assert not _wrong(hostile.links), name


def test_the_publishers_words_stand_on_each_page_as_they_are(both: Twins) -> None:
    """No template of theirs was run, and no mark of ours was found in them."""
    found = descriptor(both.package)
    name, title = found["purse"]["publisher"]["name"], found["purse"]["site_name"]
    for page in _pages(both.hostile):
        text = (both.hostile / page).read_text(encoding="utf-8")
        (banner,) = re.findall(r'<p class="purse-banner"><strong>(.*?)</strong>', text, re.DOTALL)
        assert html.unescape(banner) == name, page
        (head,) = re.findall(r"<title>(.*?)</title>", text, re.DOTALL)
        assert html.unescape(head).endswith(title), page


def test_xml_and_json_are_strict(both: Twins) -> None:
    for path in both.hostile.rglob("*"):
        if path.suffix in (".xml", ".svg"):
            ElementTree.parse(path)
        if path.suffix in (".json", ".jsonld"):
            json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    page = (both.hostile / "data" / "index.html").read_text(encoding="utf-8")
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<" not in block
    assert (
        json.loads(block)["about"]["name"] == descriptor(both.package)["purse"]["publisher"]["name"]
    )


def test_pictures_are_xml(both: Twins) -> None:
    pictures = 0
    for name in _pages(both.hostile):
        text = (both.hostile / name).read_text(encoding="utf-8")
        for picture in re.findall(r"<svg .*?</svg>", text, re.DOTALL):
            ElementTree.fromstring(picture)
            pictures += 1
    assert pictures > 30


def test_tables_hold_the_texts(both: Twins) -> None:
    folder = both.hostile / "data" / "v1" / "anyshire"
    with zipfile.ZipFile(folder / "anyshire.zip") as archive:
        assert all(re.fullmatch(r"[\w./-]+", name) for name in archive.namelist())
    book = openpyxl.load_workbook(folder / "anyshire.xlsx", read_only=True)
    kinds_of_cell = {
        cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    }
    assert kinds_of_cell <= {"s", "n", "d", "b"}, "no formula, no error"
    for name in {cell[0] for cell in both.stuffed.texts}:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for (table, row, column), text in both.stuffed.texts.items():
            if table == name:
                assert rows[row][column] == text


def test_llms_txt_has_our_links_alone(both: Twins) -> None:
    render = MarkdownIt("commonmark", {"html": True}).render
    made, calm = (
        Read(render((folder / "llms.txt").read_text(encoding="utf-8"))).skeleton
        for folder in (both.hostile, both.harmless)
    )
    assert made == calm


# --- The comment on a pull request ---------------------------------------------------------------


@pytest.mark.parametrize("new", [True, False], ids=["to see", "to mend"])
def test_the_comment_holds_nothing_of_theirs_but_words(both: Twins, new: bool) -> None:
    before = {} if new else {"anyshire": site.check(ANYSHIRE)}
    found = differences(Project(ROOT), before, {"anyshire": site.check(both.package)})
    said = comment.as_markdown(found)
    assert comment.must_be_mended(found) is not new
    assert "__hit".replace("_", "\\_") in said
    read = Read(_github(said))
    assert {tag for tag, _ in read.tags} <= OURS
    assert not [attrs for _, attrs in read.tags if attrs]
    assert not re.search(r"(?<!\w)@\w|://|\bwww\.", said.replace("&#8203;", " "))


OURS = {"h2", "h3", "p", "strong", "code", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"}
OURS |= {"br", "wbr", "span"}
"""What the comment is made of: no link, no picture, and no attribute on anything."""


def _github(text: str) -> str:
    body = text.removeprefix(f"{comment.MARKER}\n")
    github = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(github.render(body))


# --- In a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def addresses(both: Twins) -> Iterator[tuple[str, str]]:
    with serving(both.hostile) as hostile, serving(both.harmless) as harmless:
        yield hostile, harmless


@pytest.fixture
def page(browser: Browser, addresses: tuple[str, str]) -> Iterator[Page]:
    """A page that must ask nobody else, show no dialog and meet no fault."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []

    def shown(dialog: Dialog) -> None:
        faults.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", shown)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda one: None if _ours(one.url, addresses) else faults.append(one.url))
    page.on("popup", lambda one: faults.append(f"popup {one.url}"))
    yield page
    page.close()
    assert not faults


def _ours(url: str, addresses: tuple[str, str]) -> bool:
    return url.startswith((*(f"{one}/" for one in addresses), "data:image/svg+xml"))


def _skeleton(page: Page) -> dict[str, int]:
    """What the page is made of; nothing of theirs has run, and all links lead to plain places."""
    found = page.evaluate(SKELETON)
    assert found["hit"] is None, page.url
    assert not _wrong(found["links"]), page.url
    seen: dict[str, int] = found["seen"]
    return seen


@pytest.mark.browser
def test_every_kind_of_page_runs_nothing(
    page: Page, both: Twins, addresses: tuple[str, str]
) -> None:
    found = [one for one in (*kinds(both.hostile), *SPECIAL) if "?" not in one]
    assert len(found) > 40
    for path in found:
        made = []
        for address in addresses:
            page.goto(f"{address}/{path}")
            if path == "awards/":
                page.wait_for_selector("#explorer[data-step]")
            made.append(_skeleton(page))
        assert made[0] == made[1], path


@pytest.mark.browser
def test_the_explorer_makes_no_element_of_a_text(page: Page, addresses: tuple[str, str]) -> None:
    made = []
    for address in addresses:
        page.goto(f"{address}/awards/")
        page.wait_for_selector("#explorer[data-step]")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        for box in page.locator("#explorer input[type=checkbox]").all()[:3]:
            box.click(force=True)
        page.wait_for_timeout(100)
        made.append(_skeleton(page))
    assert made[0] == made[1]
    for query in QUERIES:
        page.goto(f"{addresses[0]}/awards/")
        page.wait_for_selector("#explorer[data-step]")
        page.locator("#explorer input[type=search]").first.fill(query)
        page.wait_for_timeout(400)
        assert not {one for one in _skeleton(page) if ",script" in one and "src" not in one}
        page.goto(page.url)
        page.wait_for_selector("#explorer[data-step]")
        _skeleton(page)


@pytest.mark.browser
def test_the_search_makes_no_element_of_a_text(page: Page, addresses: tuple[str, str]) -> None:
    known = None
    for query in QUERIES:
        page.goto(f"{addresses[0]}/search/?q={quote(query)}")
        page.wait_for_selector("#search[data-done]")
        seen = {one.split(",")[1] for one in _skeleton(page)}
        known = known or {one.split(",")[1] for one in _plain(page, addresses[1])}
        assert seen <= known, query
    assert page.locator(".search-result").count() > 5, "the hostile words are found"


def _plain(page: Page, address: str) -> dict[str, int]:
    page.goto(f"{address}/search/?q=night")
    page.wait_for_selector("#search[data-done]")
    return _skeleton(page)
