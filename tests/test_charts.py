"""Pictures: what is drawn is what the rows say, and everybody can read it."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import sync_playwright

from generator import draft, ledger
from generator import site as sites
from generator.charts import bars, flow
from generator.charts.bars import Bar
from generator.charts.flow_layout import HAIRLINE, WHOLE, Strand, layout
from generator.charts.svg import length, wrapped
from generator.missing import Missing
from generator.money import shown
from generator.pages import flow_table, picture_tables, pictures
from generator.pages.flow_picture import flow_picture
from generator.pages.site import Site
from tests import browser as chromium
from tests.conftest import ANYSHIRE, LITTLEHAM, WEST_MERCIA
from tests.serving import serving

BARS = (
    Bar("Otters <& sons>, who mend riverbanks and teach\x0b swimming", Decimal("843083.73"), "£1"),
    Bar("Ducks", Decimal("84308.37"), "£2", missing=True),
    Bar("Nobody", Decimal(0), "£0", head="Others"),
)


def site_of(package: Path) -> Site:
    checked = sites.check(package)
    return Site(checked.ledger, checked.report, (), ())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Found:
    """A figure of a built page: its markup, its drawings and where its CSV is."""

    markup: str
    drawings: tuple[Element, ...]
    rows: list[dict[str, str]]


def pictures_of(site: Path, page: str) -> Iterator[Found]:
    """The pictures of a page, read without any help of the code that makes them."""
    markup = (site / page / "index.html").read_text(encoding="utf-8")
    for figure in re.findall(r'<figure class="picture".*?</figure>', markup, re.DOTALL):
        drawings = re.findall(r"<svg.*?</svg>", figure, re.DOTALL)
        (name,) = re.findall(r'class="download"><a href="([^"]+)"', figure)
        yield Found(
            figure, tuple(map(ElementTree.fromstring, drawings)), rows_of(site / page / name)
        )


def widths(drawing: Element) -> list[tuple[Decimal, Decimal]]:
    """Each bar's stated value and its width in percent."""
    return [
        (Decimal(bar.attrib["data-value"]), Decimal(bar.attrib["width"].rstrip("%")))
        for bar in drawing.iter("rect")
    ]


def texts(drawing: Element, kind: str) -> list[str]:
    return [
        "".join(text.itertext()) for text in drawing.iter("text") if text.attrib["class"] == kind
    ]


def assert_in_proportion(drawing: Element) -> None:
    """Every bar begins at nought and is as long as its value, to the hundredth of a percent."""
    most, longest = max(widths(drawing))
    for value, width in widths(drawing):
        assert abs(width - longest * value / most) <= Decimal("0.011")
    assert {bar.attrib["x"] for bar in drawing.iter("rect")} == {"0%"}


# The drawing


def test_bars_are_drawn_from_zero_in_the_order_given() -> None:
    drawing = ElementTree.fromstring(bars.draw("otters", "Title", "Words", BARS))
    assert [value for value, _ in widths(drawing)] == [bar.value for bar in BARS]
    assert_in_proportion(drawing)
    assert texts(drawing, "mark-figure") == ["£1", "£2", "£0"]
    assert texts(drawing, "mark-head") == ["Others"]
    assert texts(drawing, "mark-label")[1:] == ["Ducks", "Nobody"]
    assert [bar.attrib["class"] for bar in drawing.iter("rect")] == [
        *("mark", "mark mark-missing", "mark")
    ]


def test_labels_are_data_and_never_markup() -> None:
    drawing = ElementTree.fromstring(bars.draw("otters", "<b>", "</svg>", BARS))
    words = "Otters <& sons>, who mend riverbanks and teach swimming"
    assert texts(drawing, "mark-label")[0] == words
    assert not list(drawing.iter("b"))


def test_a_picture_has_a_name_and_a_description() -> None:
    drawing = ElementTree.fromstring(bars.draw("otters", "Title", "Words", BARS))
    assert drawing.attrib["role"] == "img"
    named = [one for one in drawing if one.tag in ("title", "desc")]
    assert [one.text for one in named] == ["Title", "Words"]
    assert drawing.attrib["aria-labelledby"].split() == [one.attrib["id"] for one in named]


def test_the_look_is_left_to_classes_and_lengths_are_short() -> None:
    drawing = bars.draw("otters", "Title", "Words", BARS)
    for word in ("fill", "style", "font", "#0", "xmlns", "aria-label=", "transform", "://"):
        assert word not in drawing
    assert not re.search(r"\d\.\d{3}", re.sub(r'data-value="[^"]*"', "", drawing))


def test_a_long_figure_still_fits_beside_its_bar_on_a_phone() -> None:
    long = Bar("Otters", Decimal("912345678901234.56"), "£912,345,678,901,234.56")
    ((_, width),) = widths(ElementTree.fromstring(bars.draw("a", "T", "W", [long])))
    assert 33 <= width < 45


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Early Intervention/Prevention", ["Early", "Intervention/", "Prevention"]),
        ("one two three four five six seven", ["one two three", "four five six", "seven"]),
        ("a" * 50, ["a" * 14, "a" * 14, "…"]),
        ("\x00", ["–"]),
        ("2030/31", ["2030/31"]),
    ],
)
def test_labels_are_broken_where_words_end(text: str, lines: list[str]) -> None:
    assert wrapped(text, 14) == lines


def test_lengths_are_rounded() -> None:
    assert [length(Decimal(one)) for one in ("0", "10", "1.005", "33.3333")] == [
        *("0", "10", "1.01", "33.33")
    ]


# The flow


def strands() -> list[Strand]:
    return [
        Strand(("a", "x"), (False,), Decimal(60)),
        Strand(("a", "(not published)"), (True,), Decimal(15)),
        Strand(("b", "x"), (False,), Decimal(25)),
    ]


def test_each_column_shows_the_same_whole_and_strands_add_up_to_their_stops() -> None:
    placed = layout(strands(), [{"a": 1, "b": 1}, {"x": 1, "(not published)": 1}])
    for column in (0, 1):
        boxes = [box for box in placed.boxes if box.column == column]
        assert sum(box.height for box in boxes) == WHOLE
    for box in placed.boxes:
        mine = [one for one in placed.ribbons if box.id in (one.start, one.end)]
        assert sum(one.height for one in mine) == box.height
        side = 0 if box.column == 0 else 1
        tops = sorted((one.top[side], one.height) for one in mine)
        assert tops[0][0] == box.top
        assert tops[-1][0] + tops[-1][1] == box.top + box.height


def test_stops_do_not_overlap_and_what_is_not_published_comes_last() -> None:
    placed = layout(strands(), [{"a": 9, "b": 1}, {"x": 1, "(not published)": 1}])
    first, second, third, last = placed.boxes
    assert (first.id, second.id, third.id, last.id) == ("a", "b", "x", "(not published)")
    assert second.top >= first.top + 9 * 15
    assert placed.height >= second.top + second.height


def test_what_is_tiny_is_seen() -> None:
    tiny = [*strands(), Strand(("c", "x"), (False,), Decimal("0.01"))]
    placed = layout(tiny, [dict.fromkeys("abc", 1), {"x": 1, "(not published)": 1}])
    assert min(box.height for box in placed.boxes) == HAIRLINE


def test_an_inferred_link_is_told_by_its_edge() -> None:
    columns = [
        flow.Column("From", (flow.Stop("a", "Otters", "£75"), flow.Stop("b", "Ducks", "£25"))),
        flow.Column("To", (flow.Stop("x", "X", "£85"), flow.Stop("(not published)", "N", "£15"))),
    ]
    drawing = ElementTree.fromstring(flow.draw("f", "Title", "Words", columns, strands()))
    kinds = {one.attrib["data-value"]: one.attrib["class"] for one in drawing.iter("path")}
    assert kinds == {"60": "ribbon", "15": "ribbon ribbon-inferred", "25": "ribbon"}
    assert texts(drawing, "mark-label") == ["Otters £75", "Ducks £25", "X £85", "N £15"]


# The tables behind


@pytest.mark.parametrize("package", [WEST_MERCIA, ANYSHIRE], ids=lambda path: path.name)
def test_tables_hold_every_award_once(package: Path) -> None:
    site = site_of(package)
    amounts = [one.award.amount for one in site.awards if isinstance(one.award.amount, Decimal)]
    for table in (
        picture_tables.by_area(site),
        picture_tables.by_year(site),
        picture_tables.by_size(site),
        flow_table.flow(site).table,
    ):
        assert table.figure("sum:awards").value == len(amounts)
        assert table.figure("sum:amount").value == sum(amounts)


def test_awards_for_several_areas_stand_apart() -> None:
    data = defaultdict(set)
    for row in rows_of(WEST_MERCIA / "award_areas.csv"):
        data[row["award"]].add(row["area"])
    expected = Counter(
        "(several areas)" if len(areas) > 1 else areas.pop() for areas in data.values()
    )
    expected["(not published)"] = 27 - len(data)
    table = picture_tables.by_area(site_of(WEST_MERCIA))
    assert {row["id"]: int(row["awards"]) for row in table.rows} == expected
    assert [row["id"] for row in table.rows][-2:] == ["(several areas)", "(not published)"]


def test_a_source_too_small_for_its_awards_is_not_drawn_as_theirs() -> None:
    """The Ministry of Defence gave 75,000; the award that names it is of 300,500."""
    by_source = {
        row["source"]: row["amount"]
        for row in flow_table.flow(site_of(WEST_MERCIA)).table.rows
        if row["source"] != "(not published)"
    }
    assert by_source == {"moj-covid-19": "341363.39", "(source in part)": "300500.00"}


def test_a_stage_of_which_nothing_is_published_is_left_out() -> None:
    site = site_of(ANYSHIRE)
    package = site.ledger.package
    whole = draft.of_package(package)
    awards = [{**one, "theme": Missing.NOT_PUBLISHED.value} for one in whole.rows("awards")]
    bare = draft.as_package(
        whole.with_rows("awards", awards).with_rows("award_sources", ()), package
    )
    found = flow_table.flow(Site(ledger.build(bare), site.report, (), ()))
    assert [stage.name for stage in found.stages] == ["fund", "programme"]
    assert found.absent == ("Source", "Theme")


def test_stops_beyond_the_most_stand_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow_table, "MOST_STOPS", 3)
    table = flow_table.flow(site_of(WEST_MERCIA)).table
    themes = {row["theme"] for row in table.rows}
    assert themes == {"road-safety", "cce", "(smaller ones)", "(not published)"}
    assert table.figure("sum:amount").value == Decimal("7713019.51")


@pytest.mark.parametrize(("years", "form"), [(3, "picture"), (2, "sentence"), (1, "nothing")])
def test_few_bars_are_a_sentence(monkeypatch: pytest.MonkeyPatch, years: int, form: str) -> None:
    site = site_of(ANYSHIRE)
    table = picture_tables.by_year(site)
    kept = [row["id"] for row in table.rows][:years]
    few = table.slice("years/by-year.csv", lambda cells: cells["id"] in kept)
    monkeypatch.setattr(picture_tables, "by_year", lambda site: few)
    picture = pictures.years(site)
    assert (picture is not None) is (form != "nothing")
    assert (picture is not None and picture.drawing is not None) is (form == "picture")


def test_too_little_for_a_flow_is_no_picture() -> None:
    assert flow_picture(site_of(LITTLEHAM)) is None


# The built pages

PAGES = {
    "west_mercia_site": ("recipients/", "areas/", "awards/", "money/"),
    "anyshire_site": ("recipients/", "areas/", "awards/", "money/", "years/"),
}
CASES = [(site, page) for site, pages in PAGES.items() for page in pages]


@pytest.mark.parametrize(("site", "page"), CASES)
def test_bars_are_the_rows_of_the_csv(request: pytest.FixtureRequest, site: str, page: str) -> None:
    (found,) = pictures_of(request.getfixturevalue(site), page)
    for drawing in found.drawings:
        if drawing.attrib["class"] != "bars":
            continue
        assert_in_proportion(drawing)
        values = [value for value, _ in widths(drawing)]
        if page == "money/":
            assert values == stops_of(found.rows)
            continue
        column = {"awards/": "awards", "recipients/": "at_least"}.get(page, "amount")
        rows = [row for row in found.rows if row["bar"] == "yes"]
        assert values == [Decimal(row[column]) for row in rows]
        said = [
            row[column] if column == "awards" else shown(Decimal(row[column]), "GBP")
            for row in rows
        ]
        assert texts(drawing, "mark-figure") == said
        for label, row in zip(texts(drawing, "mark-label"), rows, strict=True):
            assert row["title"].startswith(label.removesuffix(" …"))


def stops_of(rows: list[dict[str, str]]) -> list[Decimal]:
    """The sums of a flow's stops, stage by stage, largest first, those in brackets last."""
    found = []
    for stage in ("source", "fund", "programme", "theme"):
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in rows:
            sums[row[stage]] += Decimal(row["amount"])
        order = sorted(sums, key=lambda id: (id.startswith("("), -sums[id], id))
        found += [sums[id] for id in order]
    return found


@pytest.mark.parametrize("site", PAGES)
def test_the_flow_draws_what_its_rows_add_up_to(request: pytest.FixtureRequest, site: str) -> None:
    (found,) = pictures_of(request.getfixturevalue(site), "money/")
    (drawing,) = [one for one in found.drawings if one.attrib["class"] == "flow"]
    stages = [one for one in ("source", "fund", "programme", "theme") if one in found.rows[0]]
    sums: Counter[tuple[str, str, str, bool]] = Counter()
    for row in found.rows:
        for here, there in pairwise(stages):
            unsure = "inferred" in (row[f"{here}_basis"], row.get(f"{there}_basis"))
            pence = int(Decimal(row["amount"]) * 100)
            sums[here, row[here], row[there], unsure] += pence
    drawn = Counter(
        (int(Decimal(one.attrib["data-value"]) * 100), "inferred" in one.attrib["class"])
        for one in drawing.iter("path")
    )
    assert drawn == Counter((pence, unsure) for (*_, unsure), pence in sums.items())


@pytest.mark.parametrize(("site", "page"), CASES)
def test_every_picture_has_what_a_reader_needs(
    request: pytest.FixtureRequest, site: str, page: str
) -> None:
    markup = (request.getfixturevalue(site) / page / "index.html").read_text(encoding="utf-8")
    (found,) = pictures_of(request.getfixturevalue(site), page)
    assert "<figcaption>" in found.markup
    assert "<data" in found.markup.split("<svg")[0]
    table = found.markup.split("<details")[1]
    assert table.count('<th scope="row"') >= 3
    for drawing in found.drawings:
        for name in drawing.attrib["aria-labelledby"].split():
            assert markup.count(f'id="{name}"') == 1
        for label in texts(drawing, "mark-figure"):
            assert f">{label}</data>" in table


def test_what_is_not_drawn_is_said(west_mercia_site: Path) -> None:
    (found,) = pictures_of(west_mercia_site, "recipients/")
    awards = rows_of(west_mercia_site / "awards/awards.csv")
    left = [row for row in awards if row["attribution"] != "sole"]
    worth = shown(sum((Decimal(row["amount"]) for row in left), Decimal(0)), "GBP")
    caption = re.sub(r"<[^>]+>", "", found.markup.split("</figcaption>")[0])
    assert f"Left out: {len(left)} awards worth {worth}" in caption


def test_the_bars_of_recipients_are_what_each_holds_alone(anyshire_site: Path) -> None:
    alone: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows_of(anyshire_site / "awards/awards.csv"):
        if row["attribution"] == "sole":
            alone[row["recipients"]] += Decimal(row["amount"])
    (found,) = pictures_of(anyshire_site, "recipients/")
    assert {row["title"]: Decimal(row["at_least"]) for row in found.rows} == alone
    most = sorted(alone.values(), reverse=True)[: picture_tables.MOST_BARS]
    assert [value for value, _ in widths(found.drawings[0])] == most


@pytest.mark.browser
def test_pictures_can_be_read_on_a_phone_in_the_dark_and_on_paper(west_mercia_site: Path) -> None:
    path = chromium.find()
    assert path, chromium._HELP
    with serving(west_mercia_site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS])
        page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme="dark")
        for url in PAGES["west_mercia_site"]:
            page.goto(f"{address}/{url}")
            assert page.evaluate(TOO_WIDE) == [], url
            assert page.evaluate(SMALLEST_TEXT) >= 12, url
        page.goto(f"{address}/money/")
        narrow, wide = page.locator(".picture .narrow svg"), page.locator(".picture .wide svg")
        assert narrow.is_visible() and not wide.is_visible()
        page.set_viewport_size({"width": 1280, "height": 800})
        assert wide.is_visible() and not narrow.is_visible()
        assert page.evaluate(SMALLEST_TEXT) >= 12
        page.emulate_media(media="print")
        assert wide.is_visible()
        assert page.locator(".picture details table").first.is_visible()
        ink = page.locator(".picture .mark-label").first.evaluate("it => getComputedStyle(it).fill")
        assert ink == "rgb(0, 0, 0)"
        page.emulate_media(media="screen", forced_colors="active")
        bar = page.locator(".picture .mark").first.evaluate("it => getComputedStyle(it).fill")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert bar != paper
        browser.close()


TOO_WIDE = """[...document.querySelectorAll('.picture svg')]
  .filter(it => it.getClientRects().length)
  .flatMap(svg => [...svg.querySelectorAll('text, rect')]
    .filter(it => it.getBoundingClientRect().right > svg.getBoundingClientRect().right + 1)
    .map(it => it.textContent))"""
SMALLEST_TEXT = """Math.min(...[...document.querySelectorAll('.picture svg text')]
  .filter(it => it.getClientRects().length)
  .map(it => parseFloat(getComputedStyle(it).fontSize) * it.getScreenCTM().a))"""
