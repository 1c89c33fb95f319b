"""Stamped pages are byte for byte those that the site builder would make of their Markdown."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown
from markupsafe import escape

from generator import builder, safety, stamping
from generator.errors import BuilderFailed
from generator.pages import frame
from generator.pages.page import Rendered
from tests import changing
from tests.conftest import ANYSHIRE, LITTLEHAM, build
from tests.hostile import stuffing
from tests.test_site import tree

AWKWARD = (
    '<script>alert("1")</script>',
    "Ends with a backslash \\ and *stars* _lines_ `ticks`",
    "[link](https://x.example) ![x](y) {#anchor} {: .x } {{ page.title }} {% raw %}",
    "Señor Ὀδυσσεύς 𝒜 ﬁ \u2028end",
    "A\ttab, and\n\n## A heading {#services}\n\n    code",
    "&amp; &#35; &nbsp; ]]> --> <!-- \ue000title\ue001",
    "PurseSlotTitle purse-slot PurseSlotBody",
    "# 1. - + > ~~~ ``` --- ===",
    "$&\\1\\g<0>%s{}",
)
LIKE_LISTS = (4, 5)
"""Those that a check takes for a list where one name belongs."""


def _awkward(folder: Path) -> Path:
    """Anyshire with titles, purposes and names that are hard to write into a page."""
    package = Path(shutil.copytree(ANYSHIRE, folder))
    stuffing.describe(package, str)
    for name, columns in (
        ("awards", ("title", "purpose", "source_ref")),
        ("recipients", ("name",)),
        ("award_services", ("title",)),
        ("duties", ("title",)),
    ):
        path = package / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows):
            for column in columns:
                listed = name != "awards" and number in LIKE_LISTS
                if column in row and number < len(AWKWARD) and not listed:
                    row[column] = f"{AWKWARD[number]} {number}"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return package


@pytest.mark.parametrize(
    "base_url",
    [pytest.param(None, marks=pytest.mark.torture), "https://funder.example/open/"],
)
def test_the_site_is_the_same_stamped_or_not(tmp_path: Path, base_url: str | None) -> None:
    package = _awkward(tmp_path / "package")
    stamped = build(package, tmp_path / "stamped", base_url=base_url)
    whole = build(package, tmp_path / "whole", base_url=base_url, stamp=False)
    assert tree(stamped) == tree(whole)
    told = (stamped / "awards" / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(" in told, "the awkward titles are not on the site"


def test_the_shells_are_kept_until_what_they_are_made_of_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator import site

    runs: list[Path] = []
    run = builder.run_builder

    def counted(source: Path, into: Path, created: str | None) -> None:
        runs.append(source)
        run(source, into, created)

    monkeypatch.setattr(site, "run_builder", counted)
    package = Path(shutil.copytree(LITTLEHAM, tmp_path / "package"))
    first = tree(build(package, tmp_path / "site"))
    assert len(runs) == 2, "one for pages with sections, one for those with none"
    assert tree(build(package, tmp_path / "site")) == first
    awards = package / "awards.csv"
    awards.write_text(awards.read_text(encoding="utf-8").replace("99.99", "99.98"), "utf-8")
    assert tree(build(package, tmp_path / "site")) != first
    assert len(runs) == 2, "an award has nothing to do with the shells"
    (package / "pages").mkdir()
    (package / "pages" / "pond.md").write_text("# The pond\n\nIt is wet.\n", encoding="utf-8")
    build(package, tmp_path / "site")
    assert len(runs) == 4


def _linking(folder: Path, *links: str) -> Path:
    """A package with a page of its own that links to these."""
    package = Path(shutil.copytree(LITTLEHAM, folder))
    (package / "pages").mkdir()
    text = "".join(f"[Look]({link}).\n" for link in links)
    (package / "pages" / "pond.md").write_text(f"# The pond\n\n{text}", encoding="utf-8")
    return package


def test_links_of_prose_to_generated_pages_lead_somewhere(tmp_path: Path) -> None:
    links = [
        "../money/index.md",
        "../money/index.md#questions",
        "../awards/awards.csv",
        "../awards/2031-32-1/index.md",
    ]
    site = build(_linking(tmp_path / "package", *links), tmp_path / "site")
    page = (site / "how-it-works" / "pond" / "index.html").read_text(encoding="utf-8")
    found = re.findall(r'<a href="([^"]*)">Look</a>', page)
    assert found == [f"../{link.replace('index.md', '')}" for link in links]


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("../money/index.md#no-such-section", "no-such-section"),
        ("../awards/2031-32-99/index.md", "2031-32-99"),
        ("../awards/other.csv", "other.csv"),
        ("nowhere.md", "nowhere.md"),
    ],
)
def test_a_link_of_prose_that_leads_nowhere_stops_the_build(
    tmp_path: Path, link: str, fault: str
) -> None:
    with pytest.raises(BuilderFailed, match="pond") as told:
        build(_linking(tmp_path / "package", link), tmp_path / "site")
    assert fault in str(told.value)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("stamp", [True, False])
def test_a_duty_that_is_met_nowhere_stops_the_build(tmp_path: Path, *, stamp: bool) -> None:
    package = changing.copy_of(ANYSHIRE, tmp_path / "package")
    changing.set_cell(package, "duties", "promise-recipient", "where_met", "no-such/page/")
    place = r"duties.csv, row 2, column where_met links to no-such/page/"
    with pytest.raises(BuilderFailed, match=place):
        build(package, tmp_path / "site", stamp=stamp)
    assert not (tmp_path / "site").exists()


words = (
    st.text(st.sampled_from("ab é&<>\"'*_`[](){}#!|~\\-+=:.0"), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)


CHROME = 6_000
"""The most bytes of an award's page around its own words: a register has it 100,000 times."""


def test_what_surrounds_an_awards_page_is_small(
    west_mercia_site: Path, littleham_site: Path, anyshire_site: Path
) -> None:
    sizes = {}
    for site in (west_mercia_site, littleham_site, anyshire_site):
        for path in site.glob("awards/*/index.html"):
            before, trail, rest = path.read_bytes().partition(b'<nav class="trail"')
            _, end, after = rest.partition(b"</article>")
            assert trail, path
            assert end, path
            sizes[path] = len(before) + len(end) + len(after)
    assert len(sizes) > 40
    assert not {path: size for path, size in sizes.items() if size >= CHROME}


@given(st.lists(st.tuples(words, words), max_size=4))
def test_a_body_is_the_html_that_markdown_makes(parts: list[tuple[str, str]]) -> None:
    blocks = ["<h1>Title</h1>"]
    for number, (heading, text) in enumerate(parts):
        blocks.append(f"## {safety.heading(heading)} {{#a-{number}}}")
        blocks.append(f"<p>{escape(text)}</p>")
    body = "\n\n".join(blocks)
    extensions = ["attr_list", "def_list", "tables", "fenced_code", "toc"]
    assert frame.html(body) == markdown(body, extensions=extensions)


def test_a_page_that_lacks_the_stubs_text_is_no_shell() -> None:
    with pytest.raises(ValueError, match="not once"):
        stamping.cut("<html></html>", "awards/purse-slot/", stamping.stub(sections=True))


def test_words_go_into_their_places_as_they_are() -> None:
    stub = stamping.stub(sections=True)
    finished = (
        f"<title>{stub.title} - x</title><a href='#purse-slot-section-1'>skip</a>"
        "<li>#purse-slot-section-1>PurseSlotWords1</li><li>#purse-slot-section-2>PurseSlotWords2</li>"
        f"<main>{frame.html(stub.body)}</main><i>awards/purse-slot/</i>"
    )
    shell = stamping.cut(finished, "awards/purse-slot/", stub)
    body = "<h1>x</h1>\n\n## One {#o}\n\n## Two {#t}\n\n## Three {#h}\n\n<p>y</p>"
    page = Rendered("A\\1", "B", body)
    assert shell.stamp(stamping.words_of("awards/a/", page)).decode() == (
        "<title>A\\1 - x</title><a href='#o'>skip</a>"
        "<li>#o>One</li><li>#t>Two</li><li>#h>Three</li>"
        '<main><h1>x</h1>\n\n<h2 id="o">One</h2>\n<h2 id="t">Two</h2>\n<h2 id="h">Three</h2>\n'
        "<p>y</p></main><i>awards/a/</i>"
    )
