"""Long lists go on page by page."""

from pathlib import Path

import pytest

from bench.packages import make
from generator.pages.paging import places
from tests.conftest import build
from tests.crawler.crawl import survey

MANY = 620
"""Awards enough for several pages of recipients, who are a fifth as many."""


@pytest.mark.parametrize(("lines", "last"), [(0, 1), (1, 1), (100, 1), (101, 2), (250, 3)])
def test_a_hundred_lines_a_page(lines: int, last: int) -> None:
    found = list(places("recipients", lines))
    assert [one.number for one in found] == list(range(1, last + 1))
    assert all(one.last == last for one in found)
    assert found[-1].start < max(lines, 1) <= found[-1].end
    assert found[0].url == "recipients/"


def test_ways_lead_on_and_back() -> None:
    first, second, third = places("recipients", 250)
    assert [words for words, _ in first.ways] == ["Next page", "Last page"]
    assert dict(second.ways)["Previous page"] == "recipients/"
    assert dict(third.ways)["First page"] == "recipients/"
    assert dict(second.ways)["Next page"] == "recipients/page-3/"


def test_a_site_with_many_recipients_lists_each_once_and_is_sound(tmp_path: Path) -> None:
    site = build(make(MANY, tmp_path / "package"), tmp_path / "site")
    pages = [site / "recipients" / "index.html", site / "recipients" / "page-2" / "index.html"]
    told = [page.read_text(encoding="utf-8") for page in pages]
    for number in range(MANY // 5):
        links = [f'href="recipient-{number}/"', f'href="../recipient-{number}/"']
        assert sum(link in page for link, page in zip(links, told, strict=True)) == 1
    assert not survey(site, one_in=5).problems, "every list, and one profile in five"
