"""What every page shares: colours that can be told apart, the way back, words explained."""

import re
import struct
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from mkdocs.utils import meta

from generator import handwritten
from generator.pages import frame
from generator.pages.site import HandWritten
from tests.conftest import ANYSHIRE, ROOT, build

PALETTE = (ROOT / "generator" / "theme" / "style" / "1-palette.css").read_text(encoding="utf-8")
TEXT, LARGE = 7.0, 3.0
"""Contrast ratios: WCAG's strictest for text (AAA), and what bars and lines must have (AA)."""


def _scheme(name: str) -> dict[str, str]:
    """A scheme's own colours, with those of the band, which both have."""
    blocks = re.findall(rf'data-md-color-scheme(?:="{name}")?\] {{(.*?)}}', PALETTE, re.DOTALL)
    return dict(re.findall(r"(--purse-[\w-]+): (#[0-9a-f]{6});", "".join(blocks)))


def _light(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["default", "slate"])
def test_colours_contrast_with_room_to_spare(name: str) -> None:
    colours = _scheme(name)
    pairs = [
        (f"--purse-{word}", f"--purse-{ground}", TEXT)
        for word in ("ink", "quiet", "accent", "warn")
        for ground in ("paper", "soft")
    ]
    pairs += [(f"--purse-{number}", "--purse-paper", LARGE) for number in range(1, 6)]
    pairs += [("--purse-on-band", "--purse-band", TEXT), ("--purse-focus", "--purse-paper", TEXT)]
    pairs += [("--purse-focus", "--purse-soft", TEXT)]
    pairs += [("--purse-focus-on-band", "--purse-band", TEXT)]
    weak = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for one, other, least in pairs
        if contrast(colours[one], colours[other]) < least
    }
    assert not weak


def _pages(*sites: Path) -> Iterator[tuple[str, str]]:
    for site in sites:
        for path in sorted(site.rglob("*.html")):
            yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


def _page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def _words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def test_every_page_but_home_has_its_way_back(west_mercia_site: Path, anyshire_site: Path) -> None:
    seen = 0
    for path, page in _pages(west_mercia_site, anyshire_site):
        if path in ("index.html", "404.html"):
            assert 'class="trail"' not in page
            continue
        (trail,) = re.findall(r'<nav class="trail" aria-label="Breadcrumb">(.*?)</nav>', page, re.S)
        items = re.findall(r"<li[^>]*>(.*?)</li>", trail, re.S)
        assert _words(items[0]) == "Home", path
        assert items[-1] in trail.partition('aria-current="page">')[2], path
        assert all("<a href=" in one for one in items[:-1]), path
        if "how-it-works/" not in path and path.count("/") > 1:
            (title,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.S)
            assert _words(items[-1]) == _words(title), path
        seen += 1
    assert seen > 100


def test_an_award_stands_below_the_awards_and_a_theme_too(west_mercia_site: Path) -> None:
    expected = {
        "awards/2020-21-p06/": ["../..", ".."],
        "themes/road-safety/": ["../..", "../../awards", ".."],
        "quality/": ["..", "../how-it-works"],
        "how-to-read/": ["..", "../how-it-works"],
        "how-it-works/principles/": ["../..", ".."],
    }
    for path, links in expected.items():
        page = _page(west_mercia_site, path)
        trail = page.partition('aria-label="Breadcrumb"')[2].partition("</nav>")[0]
        assert [one.rstrip("/") for one in re.findall(r'href="([^"]+)"', trail)] == links


def test_a_long_page_lists_its_sections_and_a_short_one_does_not() -> None:
    heads = [f"## Part {number} {{#part-{number}}}\n\nText.\n" for number in range(5)]
    assert frame.with_sections("\n".join(heads[:4])) == "\n".join(heads[:4])
    long = frame.with_sections("Lead.\n\n" + "\n".join(heads))
    before, _, after = long.partition("## Part 0")
    assert before.startswith("Lead.\n\n<nav")
    assert re.findall(r'<a href="#(part-\d)">(Part \d)</a>', before) == [
        (f"part-{number}", f"Part {number}") for number in range(5)
    ]
    assert after.count("##") == 4


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("---\ntitle: A\n---\n\n# A\n", {"title": "A"}),
        ("\ufeff---\r\ntitle: A\r\n---\r\n\r\n# A\r\n", {"title": "A"}),
        ("# A\n", {}),
        ("---\n- a list\n---\n\n# A\n", {}),
    ],
)
def test_prose_asks_for_its_way_back_in_the_front_matter(text: str, head: dict[str, str]) -> None:
    page = HandWritten("a/", "A", "", 1)
    made = handwritten.with_trail(handwritten.CopiedFile("a.md", text.encode(), page)).decode()
    body, found = meta.get_data(made)
    assert body.endswith("# A\n")
    assert found == {**head, "trail": True}


def _explained() -> set[str]:
    """The short forms that the glossary has an entry for, or spells out in one."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    entries = {head for head, body in pairwise(text.splitlines()) if body.startswith(":   ")}
    spelt = re.findall(r"\b([A-Z]{2,}) stands for|\(([A-Z]{2,})\)", text)
    return {word for one in (*entries, *map("".join, spelt)) for word in _short_forms(one)}


def _short_forms(text: str) -> list[str]:
    return re.findall(r"\b[A-Z]{2,}\b", text)


def test_every_short_form_of_the_site_is_in_its_glossary(
    west_mercia_site: Path, anyshire_site: Path, littleham_site: Path
) -> None:
    explained = _explained() | {"AA"}
    unknown: dict[str, str] = {}
    assert {"CSV", "OCID", "GSS", "SHA"} <= explained
    for path, page in _pages(west_mercia_site, anyshire_site, littleham_site):
        if path.startswith("how-it-works/") and path.count("/") > 1:
            continue  # the publisher's own text
        code = re.compile(r"<(code|pre|title|script|style|svg)\b.*?</\1>", re.DOTALL)
        main = code.sub("", page.partition("<article")[2].partition("</article>")[0])
        own = re.sub(r'<span class="(?:[\w-]+ )?as-published">.*?</span>', "", main, flags=re.S)
        for word in _short_forms(_words(own)):
            if word not in explained:
                unknown.setdefault(word, path)
    assert not unknown, "explain them in docs/glossary.md"


def test_terms_lead_to_the_glossary(west_mercia_site: Path) -> None:
    glossary = _page(west_mercia_site, "glossary/")
    entries = set(re.findall(r'<dt id="([\w-]+)"', glossary))
    found = set()
    for path in ("", "awards/2020-21-p06/", "recipients/", "recipients/yss/", "data/", "money/"):
        page = _page(west_mercia_site, path)
        found |= set(re.findall(r'<a class="term" href="[./]*glossary/#([\w-]+)"', page))
    assert {"at-least", "named-in", "allocation", "fund", "parquet"} <= found <= entries


def test_shared_links_show_the_page_and_the_publisher(tmp_path: Path) -> None:
    address = "https://funder.example/open/"
    site = build(ANYSHIRE, tmp_path / "site", base_url=address)
    page = _page(site, "awards/")
    named = r'<meta (?:name="description" )?(?:property|name)="((?:og|twitter):[^"]+)"'
    said = dict(re.findall(rf'{named} content="(.*?)">', page))
    assert said["og:title"] == "Awards"
    assert said["og:url"] == f"{address}awards/"
    assert said["og:image"] == f"{address}assets/social.png"
    assert said["twitter:card"] == "summary_large_image"
    assert said["og:description"].startswith("Every award of")
    for name, size in (("social.png", (1200, 630)), ("icon.png", (192, 192))):
        image = (site / "assets" / name).read_bytes()
        assert image[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", image[16:24]) == size


def test_without_an_address_no_picture_is_promised(west_mercia_site: Path) -> None:
    page = _page(west_mercia_site, "")
    assert "og:title" in page
    assert "og:image" not in page
    assert not (west_mercia_site / "assets" / "social.png").exists()
