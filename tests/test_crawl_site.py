"""The built West Mercia site, visited page by page."""

from __future__ import annotations

from pathlib import Path

from tests.crawler.crawl import survey

MOST_SHOWN = 40


def test_the_built_site_has_no_problem(west_mercia_site: Path) -> None:
    found = survey(west_mercia_site)
    lines = [str(problem) for problem in found.problems[:MOST_SHOWN]]
    if len(found.problems) > MOST_SHOWN:
        lines.append(f"… and {len(found.problems) - MOST_SHOWN} more")
    assert not lines, f"{len(found.problems)} problems:\n" + "\n".join(lines)


def test_the_crawler_saw_the_whole_site(west_mercia_site: Path) -> None:
    found = survey(west_mercia_site)
    assert found.pages == len(list(west_mercia_site.rglob("*.html")))
    assert found.pages > 27 + 32 + 6  # awards, recipients and funds have a page each
    assert found.figures > found.pages
