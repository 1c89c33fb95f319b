"""The crawler finds each kind of defect, and finds none where there is none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.crawler.__main__ import main
from tests.crawler.crawl import crawl, survey
from tests.crawler.figures import MONEY, text_says
from tests.crawler.page import parse
from tests.crawler.rows import CannotTellError, Sheet, half_up, select
from tests.crawler.tables import AWARD_COLUMNS

HEAD = (
    '<!doctype html><html lang="en"><head><title>A page</title>'
    '<link rel="stylesheet" href="UPlook.css"><link rel="canonical" href="https://purse.test/">'
    "</head><body>"
)
HOME = """<h1>Home</h1>
<a href="awards/#list">Awards</a> <a href="https://elsewhere.test/">Elsewhere</a>
<a href="mailto:us@purse.test">Write</a> <a href="#all">All</a> <img src="mark.svg" alt="">
<p>Shown in awards: <data id="all" value="600.50" data-rows="awards/awards.csv"
 data-measure="sum:amount">£600.50</data></p>
<p class="as-published">The source says £5 million<p>and no more.
"""
AWARDS = """<h1>Awards</h1><a href="..">Home</a>
<table id="list" data-csv="awards.csv"><thead><tr><th>Title<th>Amount</thead>
<tr data-row="a"><td>One<td><data value="100.25" data-rows="awards.csv" data-measure="sum:amount"
 data-where="id=a">£100.25</data></tr>
<tr data-row="b"><td>Two<td><data value="500.25" data-rows="awards.csv" data-measure="sum:amount"
 data-where="title=Two%20%26+more&amp;fund!=x">£500.25</data></tr>
<tr data-row="c"><td>Three<td>Not published</table>
<p><data value="3" data-rows="awards.csv" data-measure="count">3</data> awards in
<data value="2" data-rows="awards.csv" data-measure="count:fund">2</data> funds,
<data value="2" data-rows="awards.csv" data-measure="filled:amount">2</data> with an amount;
<data id="least" value="100.25" data-rows="awards.csv" data-measure="min:amount">£100.25</data>
<data id="most" value="500.25" data-rows="awards.csv" data-measure="max:amount">£500.25</data>
<data value="300.25" data-rows="awards.csv" data-measure="median:amount">£300.25</data>
<data value="83.3" data-rows="awards.csv" data-measure="share:amount" data-where="id=b">83.3%</data>
<data value="33" data-rows="awards.csv" data-measure="share" data-where="id=b">33%</data>
<data value="50" data-rows="awards.csv" data-measure="share" data-where="id=b"
 data-of="awards.csv" data-of-where="fund=x">50%</data>
<data id="gap" value="400.00" data-op="difference" data-from="most least">£400.00</data>
<data id="sum" value="600.50" data-op="sum" data-from="most least">£600.50 (£0.6 thousand)</data>
<data id="part" value="20.0" data-op="percent" data-from="least most">20%</data>
<data id="times" value="4.99" data-op="ratio" data-from="most least">4.99</data>
"""
ROWS = (
    "a,One,2020-21,p,x,t,grant,100.25,sole,r,s,w,awarded,v",
    "b,Two & more,2020-21,p,y,t,grant,500.25,sole,r,s,w,awarded,v",
    "c,Three,2020-21,p,x,t,grant,not published,none,r,s,w,awarded,v",
)
FILES = {
    "index.html": HEAD.replace("UP", "") + HOME,
    "awards/index.html": HEAD.replace("UP", "../") + AWARDS,
    "404.html": HEAD.replace("UP", "/") + "<h1>Not here</h1><a href='/.'>Home</a>",
    "awards/awards.csv": "\n".join((",".join(AWARD_COLUMNS), *ROWS, "")),
    "look.css": '/* url(gone.png) */ @import "more.css"; b { background: url(data:image/png,A) }',
    "more.css": "b { color: red }",
    "mark.svg": "<svg/>",
}
PAGE, LIST, SHEET = "index.html", "awards/index.html", "awards/awards.csv"
MARK = '<img src="mark.svg" alt="">'
ELSEWHERE = "https://elsewhere.test/x"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with nothing wrong."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def change(site: Path, name: str, old: str, new: str) -> None:
    """Change one thing in one file, which must be there exactly once."""
    text = (site / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (site / name).write_text(text.replace(old, new), encoding="utf-8")


def test_a_good_site_has_no_problem(site: Path) -> None:
    found = survey(site)
    assert [str(problem) for problem in found.problems] == []
    assert (found.pages, found.figures) == (3, 16)


def test_a_good_site_may_be_served_under_a_path(site: Path) -> None:
    absolute = FILES["404.html"].replace("/look.css", "/x/look.css").replace("'/.'", "'/x/.'")
    (site / "404.html").write_text(absolute, encoding="utf-8")
    assert crawl(site, "/x/") == []
    assert {problem.kind for problem in crawl(site, "/y")} == {"link"}


DEFECTS = [
    # links
    ("link", PAGE, 'href="awards/#list"', 'href="awrds/">A</a><a href="awards/#list"'),
    ("link", PAGE, 'href="awards/#list"', 'href="awards">A</a><a href="awards/#list"'),
    ("link", LIST, 'href=".."', 'href="../../">A</a><a href=".."'),
    ("link", PAGE, "mailto:", "javascript:"),
    ("link", PAGE, MARK, '<img src="marks.svg" alt="">'),
    ("link", PAGE, MARK, '<img srcset="mark.svg 1x, marks.svg 2x" alt="">'),
    ("link", PAGE, "look.css", "looks.css"),
    ("link", "look.css", "more.css", "less.css"),
    ("link", PAGE, MARK, "<b style='background: url(\"gone.png\")'></b>"),
    ("link", PAGE, "https://elsewhere.test/", "https://[elsewhere/"),
    ("anchor", PAGE, "awards/#list", "awards/#lists"),
    ("anchor", PAGE, 'href="#all"', 'href="#al"'),
    ("orphan", PAGE, '<a href="awards/#list">Awards</a>', ""),
    # requests to other hosts
    ("host", PAGE, MARK, f'<script src="{ELSEWHERE}.js"></script>'),
    ("host", PAGE, MARK, '<img src="//elsewhere.test/x.png" alt="">'),
    ("host", PAGE, MARK, f'<img srcset="mark.svg, {ELSEWHERE}.png 2x" alt="">'),
    ("host", PAGE, MARK, f'<iframe src="{ELSEWHERE}"></iframe>'),
    ("host", PAGE, MARK, f'<form action="{ELSEWHERE}"></form>'),
    ("host", PAGE, MARK, f'<object data="{ELSEWHERE}"></object>'),
    ("host", PAGE, MARK, f"<style>b {{ background: url( '{ELSEWHERE}' ) }}</style>"),
    ("host", PAGE, MARK, f'<b style="background: url({ELSEWHERE})"></b>'),
    ("host", PAGE, "</head>", f'<link rel="icon" href="{ELSEWHERE}"></head>'),
    ("host", PAGE, "</head>", f'<link rel="preload" href="{ELSEWHERE}"></head>'),
    ("host", PAGE, "</head>", f'<meta http-equiv="refresh" content="0; url={ELSEWHERE}"></head>'),
    ("host", PAGE, 'href="look.css"', f'href="{ELSEWHERE}.css"'),
    ("host", "look.css", '@import "more.css"', f'@import "{ELSEWHERE}.css"'),
    ("host", "more.css", "color: red", "background: url(//elsewhere.test/x.png)"),
    # pages
    ("page", PAGE, "<h1>Home</h1>", "<h2>Home</h2>"),
    ("page", PAGE, "<h1>Home</h1>", "<h1>Home</h1><h1>Again</h1>"),
    ("page", PAGE, "<title>A page</title>", "<title> </title>"),
    ("page", PAGE, "<title>A page</title>", "<svg><title>A page</title></svg>"),
    ("page", PAGE, '<html lang="en">', "<html>"),
    ("page", "404.html", '<html lang="en">', "<html>"),
    ("id", LIST, '<p><data value="3"', '<p id="list"><data value="3"'),
    # figures from rows
    ("figure", PAGE, 'value="600.50"', 'value="600.51"'),
    ("figure", PAGE, "£600.50", "£600.51"),
    ("figure", PAGE, "£600.50", "£600"),
    ("figure", PAGE, "£600.50", "£0.6 thousand"),
    ("figure", PAGE, "£600.50", "about six hundred pounds"),
    ("figure", PAGE, 'value="600.50"', 'value="6.005e2"'),
    ("figure", PAGE, 'value="600.50"', ""),
    ("figure", PAGE, 'data-measure="sum:amount"', ""),
    ("figure", PAGE, "sum:amount", "sum:amounts"),
    ("figure", PAGE, "sum:amount", "mean:amount"),
    ("figure", PAGE, "sum:amount", "sum:title"),
    ("figure", PAGE, 'data-rows="awards/awards.csv"', 'data-rows="awards.csv"'),
    ("figure", PAGE, 'data-rows="awards/awards.csv"', 'data-rows="mark.svg"'),
    ("figure", PAGE, 'data-rows="awards/awards.csv"', ""),
    ("figure", PAGE, 'id="all"', 'id="all" data-op="sum" data-from="all all"'),
    ("figure", LIST, 'data-where="id=a"', 'data-where="id=b"'),
    ("figure", LIST, 'data-where="id=a"', 'data-where="ids=a"'),
    ("figure", LIST, 'data-where="id=a"', 'data-where="a"'),
    ("figure", LIST, "count:fund", "count:theme"),
    ("figure", LIST, "filled:amount", "filled:id"),
    ("figure", LIST, "median:amount", "max:amount"),
    ("figure", LIST, '"max:amount"', '"max:amount" data-where="id=c"'),
    ("figure", LIST, 'value="83.3"', 'value="83.31"'),
    ("figure", LIST, "fund=x", "fund=z"),
    ("figure", SHEET, ",100.25,", ",100.26,"),
    ("figure", SHEET, ",100.25,", ',"100,25",'),
    ("figure", SHEET, "c,Three,", "c,Three,more,"),
    # figures from figures
    ("figure", LIST, "difference", "sum"),
    ("figure", LIST, "difference", "product"),
    ("figure", LIST, 'op="ratio" data-from="most least"', 'op="ratio" data-from="most leest"'),
    ("figure", LIST, 'op="ratio" data-from="most least"', 'op="ratio" data-from="most"'),
    ("figure", LIST, 'op="sum" data-from="most least"', 'op="sum" data-from="sum zero"'),
    ("figure", LIST, 'value="20.0"', 'value="20.1"'),
    # money that points at nothing
    ("money", PAGE, "<h1>Home", "<p>£5 was spent<h1>Home"),
    ("money", PAGE, "<h1>Home", "<p>£<b>5</b> was spent<h1>Home"),
    ("money", PAGE, "<h1>Home", "<p>5,000 pounds<h1>Home"),
    ("money", PAGE, "and no more.", "and no more than £6 million."),
    ("money", PAGE, MARK, "<figure><svg><text>£600.51</text></svg></figure>"),
    ("money", PAGE, MARK, "<svg><text>£600.50</text></svg>"),
    # tables and their CSVs
    ("table", LIST, 'data-csv="awards.csv"', 'data-csv="award.csv"'),
    ("table", LIST, 'data-csv="awards.csv"', 'data-csv="../awards/awards.csv"'),
    ("table", LIST, 'data-csv="awards.csv"', ""),
    ("table", LIST, 'data-row="c"', 'data-row="d"'),
    ("table", LIST, '<tr data-row="c">', "<tr>"),
    ("table", LIST, "</table>", '<tr data-row="d"><td>Four</table>'),
    ("table", SHEET, ",recipients,", ",recipient,"),
    ("table", SHEET, "\nc,Three", "\nd,Three"),
]


@pytest.mark.parametrize(("kind", "name", "old", "new"), DEFECTS)
def test_one_defect_is_found(site: Path, kind: str, name: str, old: str, new: str) -> None:
    change(site, name, old, new)
    assert kind in {problem.kind for problem in crawl(site)}


def test_a_picture_may_show_the_figures_beside_it(site: Path) -> None:
    beside = '<data value="600.50" data-rows="awards/awards.csv" data-measure="sum:amount">'
    drawn = "<text>Otters £600.50</text>"
    change(site, PAGE, MARK, f"<figure><svg>{drawn}</svg>{beside}£600.50</data></figure>")
    assert crawl(site) == []
    change(site, PAGE, drawn, "<text>£1,600.50</text><text>£600.500</text><text>£600.5</text>")
    assert [problem.kind for problem in crawl(site)] == ["money"] * 3


def test_a_row_shows_its_own_amount(site: Path) -> None:
    change(site, LIST, 'data-where="id=a">£100.25', 'data-where="id=b">£500.25')
    change(site, LIST, '<td>One<td><data value="100.25"', '<td>One<td><data value="500.25"')
    assert {problem.kind for problem in crawl(site)} == {"table"}


def test_a_long_table_may_show_the_first_hundred(site: Path) -> None:
    more = [f"m{n},More,2020-21,p,x,t,grant,,none,r,s,w,awarded,v" for n in range(120)]
    text = "\n".join((",".join(AWARD_COLUMNS), *ROWS, *more, ""))
    (site / SHEET).write_text(text, encoding="utf-8")
    for shown, sound in ((97, True), (96, False), (98, False), (120, True)):
        rows = "".join(f'<tr data-row="m{n}"><td>More' for n in range(shown))
        page = FILES[LIST].replace("</table>", rows + "</table>")
        (site / LIST).write_text(page, encoding="utf-8")
        kinds = {problem.kind for problem in crawl(site)}
        assert ("table" not in kinds) is sound


def test_two_tables_may_share_a_csv_in_turn(site: Path) -> None:
    change(
        site, LIST, '<tr data-row="b">', '</table><table data-csv="awards.csv"><tr data-row="b">'
    )
    assert crawl(site) == []


def test_an_empty_folder_has_no_home_page(tmp_path: Path) -> None:
    assert [problem.kind for problem in crawl(tmp_path)] == ["page"]


@pytest.mark.parametrize(
    ("text", "value", "same"),
    [
        ("£7,713,019.51", "7713019.51", True),
        ("£7,713,019.51 (£7.7 million)", "7713019.51", True),
        ("£7,713,019.51 (£7.8 million)", "7713019.51", False),
        ("£7.7 million", "7713019.51", False),
        ("£77,130,19.51", "7713019.51", False),
        ("-£5.00", "-5", True),
        ("\u2212£5.00", "-5", True),
        ("51.44%", "51.44", True),
        ("51.4%", "51.44", False),
        ("27 awards", "27", True),
        ("27 of 28", "27", False),
        ("27", "127", False),
        ("", "0", False),
    ],
)
def test_the_text_is_the_value(text: str, value: str, same: bool) -> None:
    assert text_says(text, Decimal(value)) is same


@pytest.mark.parametrize("text", ["£5", "€ 5", "$5", "GBP 5", "5 pounds", "5 million pounds"])
def test_money_is_seen(text: str) -> None:
    assert MONEY.search(text)


@pytest.mark.parametrize("text", ["£\n5", "Amount (£)", "5 pages", "2020-21", "£\ufffc"])
def test_what_is_not_money(text: str) -> None:
    assert not MONEY.search(text)


def test_halves_round_away_from_nought() -> None:
    assert [half_up(Decimal(text), 1) for text in ("0.25", "-0.25")] == [
        Decimal("0.3"),
        Decimal("-0.3"),
    ]


def test_filters_compare_the_text_of_cells() -> None:
    sheet = Sheet("s.csv", ("a",), ({"a": "1.0"}, {"a": "not published"}, {"a": "x&y"}))
    assert [len(select(sheet, where)) for where in ("", "a=1.0", "a=1", "a!=1.0")] == [3, 1, 0, 2]
    assert len(select(sheet, "a=x%26y")) == 1
    with pytest.raises(CannotTellError, match="no column 'b'"):
        select(sheet, "b=1")


def test_published_text_ends_with_its_element() -> None:
    markup = "<div><p class='a as-published'>£1 <b>£2</b> <data value='3'>£3</data><p>£4</div>£5"
    page = parse(markup, "index.html", "/")
    assert [match.group() for match in MONEY.finditer(page.text)] == ["£4", "£5"]
    assert [figure.text for figure in page.figures] == ["£3"]


def test_the_command_prints_problems_and_counts(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(site)]) == 0
    assert capsys.readouterr().out == "3 pages and 16 figures checked: no problems\n"
    change(site, PAGE, "£600.50", "£600.51")
    assert main([str(site), "--base", "/"]) == 1
    assert "index.html: figure: '£600.51'" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="2"):
        main([str(site / "nowhere")])
