"""The explorer's columns say what awards.csv says, and the list goes on over several pages."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from generator import checks, explorer, ledger, package
from generator.bands import band_of
from generator.checks.values import reserved_ids
from generator.missing import Missing
from generator.pages import Site, award_lists, groups
from generator.pages import search as search_page
from generator.pages.page import Renderer
from generator.tables import PublishedTable
from tests import long_list
from tests.conftest import ANYSHIRE, LITTLEHAM, ROOT, WEST_MERCIA

SCRIPTS = sorted((ROOT / "generator" / "theme" / "explorer").glob("*.js"))
OWN_COLUMNS = ("programme", "fund", "theme", "instrument", "status", "attribution")


def site_of(folder: Path) -> Site:
    book = ledger.build(package.read(folder))
    return Site(book, checks.run(book), (), ())


def documents(site: Site) -> Mapping[str, Any]:
    """The files by name, read as JSON."""
    return {path.rpartition("/")[2]: json.loads(content) for path, content in explorer.data(site)}


def rows_of(table: PublishedTable) -> list[dict[str, str]]:
    """The rows as a reader of the CSV has them."""
    return list(csv.DictReader(io.StringIO(table.csv().decode(), newline="")))


def all_rows(site: Site) -> list[dict[str, str]]:
    withdrawn = site.listing("awards/withdrawn/", site.withdrawn).table
    return rows_of(site.all_awards) + rows_of(withdrawn)


def chosen(facet: Mapping[str, Any], row: int) -> list[tuple[str, str]]:
    """An award's choices in a facet, as (id, title)."""
    codes = facet["codes"][row]
    choices = [tuple(choice) for choice in facet["choices"]]
    return [choices[code] for code in (codes if isinstance(codes, list) else [codes])]


@pytest.mark.parametrize("folder", [WEST_MERCIA, ANYSHIRE, LITTLEHAM], ids=lambda path: path.name)
def test_columns_equal_the_rows_of_the_csv(folder: Path) -> None:
    site = site_of(folder)
    found, rows = documents(site), all_rows(site)
    head, texts = found["head.json"], found["titles-0.json"]
    facets = {facet["name"]: facet for facet in head["facets"]}
    amounts = head["amounts"].split(" ")
    assert head["standing"] == len(rows_of(site.all_awards))
    assert len(amounts) == len(rows) == len(texts["ids"])
    for place, row in enumerate(rows):
        assert (texts["ids"][place], texts["titles"][place]) == (row["id"], row["title"])
        assert Decimal(amounts[place]) == Decimal(row["amount"]) * 100
        assert chosen(facets["year"], place)[0][0] == row["financial_year"]
        for name in OWN_COLUMNS:
            (choice,) = chosen(facets[name], place)
            assert choice[0] == row[name]
            if f"{name}_title" in row:
                assert choice[1].casefold() == row[f"{name}_title"].casefold()
        for name in ("recipient", "area"):
            joined = "; ".join(title for _, title in chosen(facets[name], place))
            assert joined.replace("Not published", "not published") == row[f"{name}s"]


def test_dates_equal_the_published_ones() -> None:
    site = site_of(ANYSHIRE)
    head, table = documents(site)["head.json"], site.resource("awards")
    assert table
    published = {cells["id"]: cells for cells in table.rows}
    labels = [one.value for one in explorer.MISSING]
    for column in head["dates"]:
        for row, day in zip(all_rows(site), column["days"], strict=True):
            cell = published[row["id"]][column["name"]]
            assert (labels[day] if day < len(labels) else day) == (
                cell if cell in labels else int(cell.replace("-", ""))
            )


@pytest.mark.parametrize("folder", [WEST_MERCIA, ANYSHIRE, LITTLEHAM], ids=lambda path: path.name)
def test_not_published_is_a_choice_of_every_facet(folder: Path) -> None:
    for facet in documents(site_of(folder))["head.json"]["facets"]:
        assert ["not published", "Not published"] in facet["choices"]


def test_withdrawn_awards_come_last_and_have_their_own_table() -> None:
    site = site_of(ANYSHIRE)
    head = documents(site)["head.json"]
    status = next(facet for facet in head["facets"] if facet["name"] == "status")
    states = [chosen(status, row)[0][0] for row in range(len(status["codes"]))]
    assert states[head["standing"] :] == ["withdrawn"]
    assert "withdrawn" not in states[: head["standing"]]
    assert head["tables"] == ["awards.csv", "withdrawn/awards.csv"]


def test_amounts_are_exact_at_any_size() -> None:
    for amount, pence in (
        *(("999999999999999.99", "99999999999999999"), ("0.5", "50")),
        *(("-0.5", "-50"), ("0.000000", "0")),
    ):
        assert explorer.hundredths(Decimal(amount)) == pence


@pytest.mark.parametrize(
    ("amount", "band"),
    [
        *(("0.01", "Under £500"), ("499.99", "Under £500"), ("500.00", "£500 to under £1,000")),
        *(("99999.99", "£10,000 to under £100,000"), ("1000000.00", "£1,000,000 and over")),
    ],
)
def test_bands_take_in_their_smallest_amount(amount: str, band: str) -> None:
    facet = next(one for one in explorer.facets(site_of(LITTLEHAM)) if one.name == "band")
    assert facet.titles[band_of(Decimal(amount))] == band


def test_searched_words_hold_what_people_look_for() -> None:
    site = site_of(LITTLEHAM)
    words = documents(site)["words-0.json"]["words"]
    assert words[0].split("\n") == ["Planting at £2 a reed.", "PC/1", "Planting reeds"]
    assert words[1].split("\n") == ["PC/2", "Posters"]
    assert Missing.NOT_PUBLISHED.value not in "".join(words)


def test_the_same_data_gives_the_same_bytes_and_all_files_one_mark() -> None:
    first, again = (list(explorer.data(site_of(ANYSHIRE))) for _ in range(2))
    assert first == again
    assert len({json.loads(content)["build"] for _, content in first}) == 1
    other = documents(site_of(LITTLEHAM))["head.json"]["build"]
    assert other not in {json.loads(content)["build"] for _, content in first}


def test_texts_are_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explorer, "CHUNK", 10)
    found = documents(site_of(WEST_MERCIA))
    assert [len(found[f"titles-{n}.json"]["ids"]) for n in range(3)] == [10, 10, 7]
    assert found["head.json"]["chunk"] == 10


def test_pages_of_the_list_hold_every_award_once(tmp_path: Path) -> None:
    site = site_of(long_list.package(tmp_path / "long"))
    further = chain.from_iterable(some() for some in award_lists.further(site))
    pages = [*award_lists.pages(site), *further]
    assert [page.url for page in pages] == ["awards/", "awards/page-2/", "awards/page-3/"]
    tables = [page.tables[0] for page in pages]
    assert list(tables[0].rows) == list(site.all_awards.rows)
    shown = [row["id"] for row in (*tables[0].rows[:100], *tables[1].rows, *tables[2].rows)]
    assert shown == [one.award.id for one in site.awards]
    assert len(shown) == long_list.AWARDS


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        (ANYSHIRE, "recipient, fund, programme, theme, area, year, objective or topic"),
        (LITTLEHAM, "recipient, fund or year"),
    ],
    ids=["anyshire", "littleham"],
)
def test_lists_with_nothing_in_them_are_not_offered_or_say_so(folder: Path, words: str) -> None:
    site = site_of(folder)
    page = next(iter(award_lists.pages(site)))
    text = re.sub("<[^>]+>", "", Renderer("GBP").render(page).markdown().decode())
    assert f"Look at them by {words}." in text
    (search,) = search_page.pages(site)
    lists = {url: title for title, url in search.context["lists"]}  # type: ignore[attr-defined]
    assert lists["themes/"] == ("Themes" if "theme" in words else "Themes (none published)")
    assert "themes/" in {page.url for page in groups.pages("themes", site)}


def test_an_award_can_not_take_the_address_of_a_page_of_the_list(littleham: Path) -> None:
    for name in ("awards", "award_services", "award_recipients"):
        path = littleham / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("2031-32-2", "page-2"))
    found = list(reserved_ids(ledger.build(package.read(littleham))))
    assert [one.value for one in found if hasattr(one, "value")] == ["page-2"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_load_nothing_but_each_other(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sources = re.findall(r'^(?:import|\} from|.*\bfrom) "([^"]+)";', text, re.MULTILINE)
    names = {f"./{script.name}" for script in SCRIPTS}
    assert set(sources) <= names
    assert "http" not in text
    assert "innerHTML" not in text
