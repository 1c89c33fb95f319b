"""The explorer in a real Chromium, its totals set against awards.csv worked out by pandas."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests import long_list
from tests.conftest import build
from tests.crawler.crawl import crawl
from tests.serving import serving

pytestmark = pytest.mark.browser

BANDS = {
    "under-500": (0, 500),
    "500-to-999": (500, 1000),
    "1000-to-4999": (1000, 5000),
    "5000-to-9999": (5000, 10_000),
    "10000-to-99999": (10_000, 100_000),
    "100000-to-999999": (100_000, 1_000_000),
    "1000000-and-over": (1_000_000, 10**18),
}
AT_ONCE = 100
"""Rows that are shown before a reader asks for more."""
COLUMNS = {"year": "financial_year", "recipient": "recipients", "area": "areas"}
APPLY = """async (queries) => {
  const base = new URL("../assets/explorer/", document.baseURI);
  const take = (name) => import(new URL(name, base));
  const [{ Store }, { apply }, { parse }] = await Promise.all(
    ["data.js", "filter.js", "state.js"].map(take));
  const store = await Store.load(new URL("head.json", base));
  const words = await store.words();
  const names = {
    facets: store.awards.facets.map((one) => one.name),
    dates: store.awards.dates.map((one) => one.name),
    columns: [],
  };
  return queries.map((query) => {
    const result = apply(store.awards, parse(query, names), words);
    const choices = {};
    for (const one of query.includes("&") ? [] : store.awards.facets) {
      const counts = result.counts.get(one.name);
      choices[one.name] = Object.fromEntries(one.choices.map(({ id }, i) => [id, counts[i]]));
    }
    return { count: result.count, total: String(result.total), choices };
  });
}"""


@pytest.fixture(scope="module")
def west_mercia_address(west_mercia_site: Path) -> Iterator[str]:
    with serving(west_mercia_site) as address:
        yield address


@pytest.fixture(scope="module")
def anyshire_address(anyshire_site: Path) -> Iterator[str]:
    with serving(anyshire_site) as address:
        yield address


@pytest.fixture(scope="module")
def trafford_address(trafford_site: Path) -> Iterator[str]:
    with serving(trafford_site) as address:
        yield address


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a package with several pages of awards."""
    folder = tmp_path_factory.mktemp("long")
    return build(long_list.package(folder / "package"), folder / "site")


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    """A page that must meet no fault."""
    page = reader.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert not faults


def open_list(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/awards/{query}")
    page.wait_for_selector("#explorer[data-step]")


def after(page: Page, action: str, *arguments: Any) -> None:
    """Do something to the page, and wait until the explorer has answered."""
    step = page.get_attribute("#explorer", "data-step")
    getattr(page, action)(*arguments)
    page.wait_for_selector(f"#explorer:not([data-step='{step}'])")


def tick(page: Page, facet: str, id: str) -> None:
    if page.get_attribute(f"[data-facet={facet}]", "open") is None:
        page.click(f"[data-facet={facet}] > summary")
    after(page, "click", f'[data-facet={facet}] input[value="{id}"]')


def shown(page: Page) -> list[str]:
    """The ids of the rows that are shown."""
    ids: list[str] = page.eval_on_selector_all(
        "tr[data-row]", "rows => rows.map((row) => row.dataset.row)"
    )
    return ids


def status(page: Page) -> str:
    return page.inner_text(".explorer-status")


@dataclass(frozen=True)
class Published:
    """A site's awards as the files beside its pages have them."""

    awards: pd.DataFrame
    facets: Mapping[str, Mapping[str, str]]
    """For each facet, the title of each choice."""
    links: Mapping[str, pd.DataFrame]
    """For each facet that awards can have several of, which award has which."""

    @classmethod
    def of(cls, site: Path) -> Published:
        awards = pd.read_csv(site / "awards" / "awards.csv", dtype=str, keep_default_na=False)
        awards["pounds"] = awards["amount"].map(Decimal)
        head = json.loads((site / "assets" / "explorer" / "head.json").read_text(encoding="utf-8"))
        (data,) = (site / "data" / "v1").glob("*/award_recipients.csv")
        links = {
            facet: pd.read_csv(data.with_name(f"award_{facet}s.csv"), dtype=str)
            for facet in ("recipient", "area")
        }
        return cls(awards, {one["name"]: dict(one["choices"]) for one in head["facets"]}, links)

    def having(self, facet: str, id: str) -> pd.Series[bool]:
        """Which rows have a choice."""
        if facet == "band":
            least, below = BANDS.get(id, (0, 0))
            return self.awards["pounds"].map(lambda pounds: least <= pounds < below)
        if facet not in self.links or id == "not published":
            return self.awards[COLUMNS.get(facet, facet)] == id
        links = self.links[facet]
        return self.awards["id"].isin(links["award"][links[facet] == id])

    def result(self, rows: pd.Series[bool]) -> tuple[int, str]:
        """How many awards, and what they come to in pence."""
        chosen = self.awards[rows]
        return len(chosen), str(int(sum(chosen["pounds"], Decimal(0)) * 100))

    def words(self) -> str:
        """What the explorer says of all awards."""
        count, pence = self.result(self.awards["amount"] != "")
        return f"All {count} awards, worth £{Decimal(pence) / 100:,.2f}."

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(facet, id) for facet, titles in self.facets.items() for id in titles]


@dataclass(frozen=True)
class Site:
    """A built site, where it is served, and what it publishes."""

    folder: Path
    address: str
    published: Published


@pytest.fixture(params=["west_mercia", "anyshire", "trafford"])
def site(request: pytest.FixtureRequest) -> Site:
    """The first publisher's, the fictional one that uses everything, and a council's grants."""
    folder = request.getfixturevalue(f"{request.param}_site")
    address = request.getfixturevalue(f"{request.param}_address")
    return Site(folder, address, Published.of(folder))


def ask(page: Page, queries: list[list[tuple[str, str]]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(APPLY, [urlencode(query) for query in queries])
    return found


def test_every_facet_alone_and_in_pairs(page: Page, site: Site) -> None:
    published = site.published
    open_list(page, site.address)
    has = {choice: published.having(*choice).to_numpy() for choice in published.choices}
    pence = (published.awards["pounds"] * 100).astype(int).to_numpy()
    alone = [[choice] for choice in has if choice != ("status", "withdrawn")]
    pairs = [[one, other] for [one], [other] in combinations(alone, 2) if one[0] != other[0]]
    pairs += [[one, other] for [one], [other] in pairwise(alone) if one[0] == other[0]]
    found = ask(page, alone + pairs)
    assert len(found) > 1000
    for query, result in zip(alone + pairs, found, strict=True):
        wanted: dict[str, Any] = {}
        for facet, id in query:
            wanted[facet] = wanted.get(facet, False) | has[facet, id]
        both = np.logical_and.reduce(list(wanted.values()))
        assert (result["count"], int(result["total"])) == (both.sum(), pence[both].sum()), query
    for [(facet, id)], result in zip(alone, found, strict=False):
        for (other, choice), rows in has.items():
            if (other, choice) != ("status", "withdrawn"):
                both = rows if other == facet else rows & has[facet, id]
                assert result["choices"][other][choice] == both.sum()


def test_each_facet_by_its_tick_boxes(page: Page, site: Site) -> None:
    published = site.published
    every = len(published.awards)
    open_list(page, site.address)
    for facet in published.facets:
        page.click(f"[data-facet={facet}] > summary")
        boxes = page.locator(f"[data-facet={facet}] .explorer-choices input")
        id = str(boxes.first.get_attribute("value"))
        tick(page, facet, id)
        rows = published.having(facet, id)
        count, pence = published.result(rows)
        values = page.eval_on_selector_all(
            ".explorer-status data", "all => all.map((one) => one.value)"
        )
        if 0 < count < every:
            assert values == [str(count), str(every), f"{Decimal(pence) / 100:.2f}"]
        assert shown(page) == list(published.awards[rows]["id"])[:AT_ONCE]
        tick(page, facet, id)
    assert status(page) == published.words()


def test_words_amounts_and_dates(page: Page, anyshire_site: Path, anyshire_address: str) -> None:
    published = Published.of(anyshire_site)
    awards = published.awards
    own = pd.read_csv(
        anyshire_site / "data/v1/anyshire/awards.csv", dtype=str, keep_default_na=False
    )
    awards = awards.merge(own[["id", "purpose", "source_id", "decided_on"]], on="id", sort=False)
    read = ["id", "title", "recipients", "services", "purpose", "source_id"]
    texts = awards[read].agg("\n".join, axis=1).str.lower().str.replace("[’']", "", regex=True)
    open_list(page, anyshire_address)
    cases: list[tuple[list[tuple[str, str]], pd.Series[bool]]] = [
        ([("words", "night LINE")], texts.str.contains("night") & texts.str.contains("line")),
        ([("words", "2030-31-v")], texts.str.contains("2030-31-v")),
        ([("words", "stay beside")], texts.str.contains("stay") & texts.str.contains("beside")),
        ([("least", "£10,000"), ("most", "20000.50")], awards["pounds"].between(10000, 20000.5)),
        (
            [("from", "2030-01-01"), ("to", "2030-12-31")],
            awards["decided_on"].str.startswith("2030"),
        ),
        (
            [("from", "2031-06-12"), ("undated", "yes")],
            (awards["decided_on"] >= "2031-06-12") | (awards["decided_on"] == "not published"),
        ),
    ]
    for (query, rows), result in zip(cases, ask(page, [case[0] for case in cases]), strict=True):
        assert 0 < result["count"] < 64, query
        assert (result["count"], result["total"]) == published.result(rows), query


def test_awards_without_the_date_are_told_and_can_be_shown(
    page: Page, west_mercia_address: str
) -> None:
    open_list(page, west_mercia_address, "?from=2020-04-01")
    assert "No award matches." in status(page)
    assert "Left out because this date isn’t published: 27 awards." in status(page)
    after(page, "click", "text=Show them too")
    assert status(page) == "All 27 awards, worth £7,713,019.51."


def test_a_recipient_has_two_figures(
    page: Page, west_mercia_site: Path, west_mercia_address: str
) -> None:
    published = Published.of(west_mercia_site)
    open_list(page, west_mercia_address, "?recipient=west-mercia-police")
    rows = published.having("recipient", "west-mercia-police")
    held = rows & (published.awards["attribution"] == "sole")
    values = page.eval_on_selector_all(
        ".explorer-bar > p:nth-child(2) data", "all => all.map((one) => one.value)"
    )
    nobody = published.having("recipient", "not published")
    figures = [f"{Decimal(published.result(one)[1]) / 100:.2f}" for one in (held, rows, nobody)]
    assert values == figures
    assert len(set(figures)) == 3


def test_withdrawn_awards_only_when_asked_and_in_no_total(
    page: Page, anyshire_address: str
) -> None:
    open_list(page, anyshire_address)
    assert "2031-32-p14" not in shown(page)
    tick(page, "status", "withdrawn")
    assert shown(page) == ["2031-32-p14"]
    assert status(page) == "No award matches. And 1 withdrawn award, in no total."
    assert "Withdrawn, in no total." in page.inner_text("tr[data-row]")
    tick(page, "status", "under-way")
    assert status(page).endswith("And 1 withdrawn award, in no total.")
    assert "2031-32-p14" in shown(page)


def test_the_address_holds_the_state_and_back_restores_it(
    browser: Browser, page: Page, site: Site
) -> None:
    open_list(page, site.address)
    fund = next(iter(site.published.facets["fund"]))
    tick(page, "fund", fund)
    first = (page.url, status(page), shown(page))
    assert page.url.endswith(f"/awards/?fund={fund}")
    tick(page, "theme", "not published")
    page.select_option(".explorer-bar select >> nth=0", "title")
    page.click("text=Columns")
    after(page, "check", 'input[value="decided_on"]')
    last = (page.url, status(page), shown(page))
    assert "sort=title" in page.url
    assert "columns=decided_on" in page.url

    other = browser.new_page()
    other.goto(last[0])
    other.wait_for_selector("#explorer[data-step]")
    assert (other.url, status(other), shown(other)) == last
    assert other.is_checked('input[value="decided_on"]')
    other.close()

    for _ in range(3):
        after(page, "go_back")
    assert (page.url, status(page), shown(page)) == first
    assert not page.is_checked('[data-facet=theme] input[value="not published"]')
    after(page, "go_back")
    assert status(page) == site.published.words()
    for _ in range(4):
        after(page, "go_forward")
    assert (page.url, status(page), shown(page)) == last


def test_a_long_facet_has_a_box_to_find_choices(page: Page, anyshire_address: str) -> None:
    open_list(page, anyshire_address)
    page.click("[data-facet=recipient] > summary")
    boxes = "[data-facet=recipient] .explorer-choices input"
    page.wait_for_selector(boxes)
    assert 10 <= page.locator(boxes).count() <= 11
    assert "more can be found" in page.inner_text("[data-facet=recipient]")
    page.fill("[data-facet=recipient] input[type=search]", "umbrella")
    assert page.locator(boxes).count() == 1
    after(page, "click", boxes)
    assert page.is_checked(boxes)
    assert "(1 chosen)" in page.inner_text("[data-facet=recipient] > summary")


def test_typing_is_one_step_back(page: Page, anyshire_address: str) -> None:
    open_list(page, anyshire_address)
    after(page, "type", ".explorer-panel input[type=search]", "night")
    page.wait_for_url("**/?words=night")
    after(page, "type", ".explorer-panel input[type=search]", " line")
    page.wait_for_url("**/?words=night+line")
    after(page, "go_back")
    assert page.url.endswith("/awards/")
    assert page.input_value(".explorer-panel input[type=search] >> nth=0") == ""


def downloaded(page: Page, words: str) -> bytes:
    with page.expect_download() as waiting:
        page.click(f"text={words}")
    return Path(waiting.value.path()).read_bytes()


def test_the_download_is_the_very_rows(page: Page, site: Site) -> None:
    whole = (site.folder / "awards" / "awards.csv").read_bytes()
    open_list(page, site.address)
    assert downloaded(page, "Download these rows") == whole
    rows = pd.Series(data=True, index=site.published.awards.index)
    query = []
    for facet in ("year", "fund"):
        id = site.published.awards[COLUMNS.get(facet, facet)].iloc[0]
        rows &= site.published.having(facet, id)
        query.append((facet, id))
    open_list(page, site.address, f"?{urlencode(query)}&sort=title")
    text = downloaded(page, "Download these rows").decode()
    found = [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert found[:AT_ONCE] == shown(page)
    assert sorted(found) == sorted(site.published.awards[rows]["id"])
    assert set(text.splitlines(keepends=True)) <= set(whole.decode().splitlines(keepends=True))


def test_the_download_has_withdrawn_rows_when_they_are_shown(
    page: Page, anyshire_site: Path, anyshire_address: str
) -> None:
    whole = (anyshire_site / "awards" / "awards.csv").read_bytes()
    open_list(page, anyshire_address, "?status=withdrawn&status=under-way&sort=title")
    header, *lines = downloaded(page, "Download these rows").decode().splitlines(keepends=True)
    assert [line.split(",")[0] for line in lines] == shown(page)
    withdrawn = (anyshire_site / "awards" / "withdrawn" / "awards.csv").read_text("utf-8")
    published = whole.decode() + withdrawn
    assert whole.decode().startswith(header)
    assert all(line in published for line in lines)


def test_rows_of_a_table_in_parts_are_downloaded_from_their_files(
    page: Page, parts_site: Path, anyshire_site: Path
) -> None:
    whole = (anyshire_site / "awards" / "awards.csv").read_bytes()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    with serving(parts_site) as address:
        open_list(page, address)
        assert downloaded(page, "Download these rows") == whole
        asked.clear()
        open_list(page, address, "?status=withdrawn")
        withdrawn = (anyshire_site / "awards" / "withdrawn" / "awards.csv").read_bytes()
        assert downloaded(page, "Download these rows") == withdrawn
    files = [one.rpartition("/awards/")[2] for one in asked if one.endswith(".csv")]
    assert files == ["withdrawn/awards.csv"]


def test_cells_with_quotes_and_line_breaks_are_downloaded_whole(
    page: Page, littleham_site: Path
) -> None:
    with serving(littleham_site) as address:
        open_list(page, address, "?fund=pond-fund")
        assert page.inner_text("tr[data-row] a").startswith('Reeds *and* "rushes" <script>')
        found = list(csv.reader(io.StringIO(downloaded(page, "Download these rows").decode())))
    assert [row[0] for row in found] == ["id", "2031-32-1"]
    assert found[1][1].startswith('Reeds *and* "rushes" <script>')


def test_choices_of_the_same_name_are_told_apart(page: Page, anyshire_address: str) -> None:
    open_list(page, anyshire_address)
    names = [["mill-a", "Mill Club"], ["mill-b", "Mill Club"], ["weir", "Weir Club"]]
    facet = {"name": "recipient", "title": "Recipient", "choices": names, "codes": [0, [1, 2]]}
    found = page.evaluate(
        """async ([script, facet]) => {
          const { decode } = await import(script);
          const [{ choices }] = decode({ amounts: "1 2", facets: [facet], dates: [] }).facets;
          return choices.map((one) => one.label);
        }""",
        [f"{anyshire_address}/assets/explorer/data.js", facet],
    )
    assert found == ["Mill Club (mill-a)", "Mill Club (mill-b)", "Weir Club"]


def test_a_line_break_in_quotes_ends_no_row(page: Page, anyshire_address: str) -> None:
    open_list(page, anyshire_address)
    rows = ["a,b\n", '1,"x\n""y"",z"\n', "2,\r\n"]
    found = page.evaluate(
        "async ([script, text]) => (await import(script)).lines(text)",
        [f"{anyshire_address}/assets/explorer/csv.js", "".join(rows)],
    )
    assert found == rows


def test_the_summary_by_any_facet_is_of_the_awards_shown(page: Page, site: Site) -> None:
    published = site.published
    year = published.awards["financial_year"].iloc[0]
    rows = published.having("year", year)
    open_list(page, site.address, f"?year={year}")
    for by, choices in published.facets.items():
        page.select_option(".explorer-bar select >> nth=1", by)
        text = downloaded(page, "Download the summary").decode()
        found = {line["id"]: line for line in csv.DictReader(io.StringIO(text, newline=""))}
        assert set(found) == {id for id in choices if (rows & published.having(by, id)).any()}
        for id, line in found.items():
            own = rows & published.having(by, id)
            alone = own & (published.awards["attribution"] == "sole")
            pounds, held = (
                f"{Decimal(published.result(one)[1]) / 100:.2f}" for one in (own, alone)
            )
            if by != "recipient":
                wanted = [choices[id], pounds]
            elif id == "not published":
                wanted = [choices[id], "not applicable", "not applicable", pounds]
            else:
                wanted = [choices[id], held, pounds, "not applicable"]
            count = str(own.sum())
            _, title, awards, *figures = line.values()
            assert (awards, [title, *figures]) == (count, wanted), (by, id)


def test_nothing_found_says_which_filter_to_remove(page: Page, anyshire_address: str) -> None:
    open_list(page, anyshire_address, "?fund=quiet-roads&theme=young-people&fund=gone")
    assert "No award matches." in status(page)
    assert not page.is_visible(".scroll")
    assert "gone (not in this publication)" in page.inner_text(".explorer-chips")
    after(page, "click", ".explorer-status >> text=/^Remove “Theme: Young people”/")
    assert page.url.endswith("?fund=quiet-roads&fund=gone")
    assert len(shown(page)) > 0
    assert page.evaluate("document.activeElement.className") == "explorer-status"


def test_the_keyboard_alone_reaches_and_uses_everything(page: Page, anyshire_address: str) -> None:
    open_list(page, anyshire_address)
    page.focus("main a >> nth=0")
    # Unfold every part of the panel from the keyboard, then walk through all of it.
    reached: list[str] = []
    for _ in range(150):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
              const here = document.activeElement;
              const words = (here.closest("label") ?? here).textContent.trim();
              return here.closest("#explorer") ? `${here.tagName}|${words}` : "";
            }"""
        )
        if here.startswith("SUMMARY") and "Filter" not in here and "Download" not in here:
            page.keyboard.press("Enter")
            page.wait_for_timeout(30)  # a browser tells of the unfolding a moment later
        if here:
            reached.append(here)
        if "tr" in page.evaluate("document.activeElement.closest('tr') ? 'tr' : ''"):
            break
    walked = "\n".join(reached)
    for part in (
        "INPUT|Words in",
        "SUMMARY|Fund",
        "INPUT|Quiet Roads Fund",
        "INPUT|From",
        "SELECT|",
    ):
        assert part in walked
    for part in ("Which date", "Also awards whose date", "Decided on", "Download these rows"):
        assert part in walked
    for part in ("Copy link", "Sum up by", "Download the summary", "DIV|"):
        assert part in walked

    page.focus('[data-facet=fund] input[value="quiet-roads"]')
    step = page.get_attribute("#explorer", "data-step")
    page.keyboard.press("Space")
    page.wait_for_selector(f"#explorer:not([data-step='{step}'])")
    assert page.url.endswith("?fund=quiet-roads")
    assert page.evaluate("document.activeElement.value") == "quiet-roads"


@pytest.mark.parametrize("width", [320, 360])
def test_a_phone_has_no_sideways_scroll_and_large_targets(
    browser: Browser, anyshire_address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740})
    open_list(page, anyshire_address, "?columns=fund,decided_on,programme&year=2030-31")
    assert not page.is_visible("[data-facet=fund]")
    page.click("text=Filter the awards")
    page.click("text=Download or share")
    for summary in page.locator(".explorer-facet > summary").all():
        summary.click()
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) <= 0
    edges = page.eval_on_selector_all(
        "#explorer :is(button, select, label, summary)",
        "all => all.map((one) => one.getBoundingClientRect().right)",
    )
    assert max(edges) <= width
    small = page.eval_on_selector_all(
        "#explorer :is(summary, button, select, .explorer-choices label, label > input:last-child)",
        """all => all.filter((one) => one.checkVisibility())
          .filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)""",
    )
    assert small == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_breach_with_the_panel_in_use(
    browser: Browser, anyshire_address: str, scheme: Literal["light", "dark"], width: int
) -> None:
    levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    breaches = []
    for query in (
        "?recipient=lantern-kettle&columns=fund,theme&least=x",
        "?fund=gone&year=2030-31",
    ):
        open_list(page, anyshire_address, query)
        page.eval_on_selector_all(
            "#explorer details", "all => all.forEach((one) => one.open = true)"
        )
        found = Axe().run(page, options={"runOnly": levels})
        breaches += [
            f"{one['id']} {one['nodes'][0]['html']}" for one in found.response["violations"]
        ]
    page.close()
    assert not breaches, "\n".join(breaches)


@pytest.mark.parametrize("name", ["long", "trafford"])
def test_without_script_the_list_goes_on_page_by_page(
    browser: Browser, name: str, request: pytest.FixtureRequest
) -> None:
    site = request.getfixturevalue(f"{name}_site")
    assert crawl(site) == []
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    seen: list[str] = []
    with serving(site) as address:
        page.goto(f"{address}/awards/")
        assert not page.is_visible(".explorer-panel")
        assert page.is_visible("text=Download these awards")
        while True:
            seen += shown(page)
            if not page.is_visible("text=Next page"):
                break
            with page.expect_navigation():
                page.click("text=Next page")
    context.close()
    with (site / "awards" / "awards.csv").open(encoding="utf-8", newline="") as file:
        assert seen == [row["id"] for row in csv.DictReader(file)]
    assert len(seen) > 2 * AT_ONCE


def test_a_long_list_shows_a_hundred_at_once_below_a_sub_path(
    page: Page, long_site: Path, tmp_path: Path
) -> None:
    shutil.copytree(long_site, tmp_path / "open" / "money")
    with serving(tmp_path) as host:
        address = f"{host}/open/money"
        open_list(page, address, "?attribution=sole")
        assert len(shown(page)) == 100
        assert not page.is_visible("text=Next page")
        page.click("text=/^Show 100 more/")
        page.wait_for_selector("tr[data-row] >> nth=199")
        assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 101
        page.click("text=/^Show 29 more/")
        page.wait_for_selector("tr[data-row] >> nth=228")
        assert len(set(shown(page))) == long_list.ALONE
        page.click("tr[data-row] a >> nth=0")
        assert page.url.startswith(f"{address}/awards/2031-32-")
        page.wait_for_load_state("networkidle")


def test_files_of_two_builds_are_never_mixed(
    browser: Browser, anyshire_site: Path, tmp_path: Path
) -> None:
    site = Path(shutil.copytree(anyshire_site, tmp_path / "site"))
    titles = site / "assets" / "explorer" / "titles-0.json"
    titles.write_text(titles.read_text(encoding="utf-8").replace('"build":"', '"build":"old'))
    page = browser.new_page()
    with serving(site) as address:
        open_list(page, address)
        assert "Load this page again" in page.inner_text(".explorer-bar")
        assert len(shown(page)) == 64
        page.close()
        (site / "assets" / "explorer" / "head.json").unlink()
        page = browser.new_page()
        page.goto(f"{address}/awards/")
        page.wait_for_selector("text=The filters can’t be loaded now")
        assert len(shown(page)) == 64
        page.close()


MADE = """async ([base, count]) => {
  const { decode } = await import(base + "data.js");
  const { apply } = await import(base + "filter.js");
  const { parse } = await import(base + "state.js");
  let seed = 1;
  const some = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const names = ["year", "fund", "theme", "area", "recipient", "status", "attribution", "band"];
  const facets = names.map((name, place) => {
    const size = [8, 40, 30, 300, count / 5, 5, 5, 7][place];
    const many = name === "area" || name === "recipient";
    return {
      name, title: name,
      choices: [...Array(size).keys()].map((i) => [`${name}-${i}`, `${name} ${i}`]),
      codes: Array.from({ length: count }, () => many ? [some(size), some(size)] : some(size)),
    };
  });
  const days = Array.from({ length: count }, () => 20200101 + some(28));
  const awards = decode({
    currency: "£", standing: count, facets, dates: [{ name: "decided_on", title: "", days }],
    amounts: Array.from({ length: count }, () => some(90000000)).join(" "),
  });
  const words = Array.from({ length: count }, () => `roads ${some(900)} youth `.repeat(12));
  const known = { facets: names, dates: ["decided_on"], columns: [] };
  const queries = [
    "", "fund=fund-1", "fund=fund-1&fund=fund-2&year=year-3", "recipient=recipient-9",
    "least=1000&most=500000", "from=2020-01-05&to=2020-01-20", "words=roads+899",
  ];
  return queries.map((query) => {
    const begun = performance.now();
    apply(awards, parse(query, known), words);
    return performance.now() - begun;
  });
}"""


@pytest.mark.parametrize(("count", "most"), [(10_000, 50), (100_000, 200)])
def test_a_step_is_quick(page: Page, anyshire_address: str, count: int, most: int) -> None:
    page.goto(f"{anyshire_address}/awards/")
    base = f"{anyshire_address}/assets/explorer/"
    times = page.evaluate(MADE, [base, count])
    assert len(times) == 7
    assert sorted(times)[3] < most
