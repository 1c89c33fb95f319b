"""Visit every page of a built site and say what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.crawler import figures, links, tables
from tests.crawler.page import Page
from tests.crawler.rows import Sheets
from tests.crawler.site import Problem, Site

__all__ = ["Problem", "Survey", "crawl", "survey"]


@dataclass(frozen=True)
class Survey:
    """How much was looked at, and what was found."""

    pages: int
    figures: int
    problems: tuple[Problem, ...]


def check_page(page: Page) -> Iterator[Problem]:
    """What every page must have, and must not have twice."""
    if page.headings != 1:
        yield Problem(page.path, "page", f"has {page.headings} <h1>, not one")
    if not page.title:
        yield Problem(page.path, "page", "has no <title>")
    if not page.lang:
        yield Problem(page.path, "page", "<html> has no lang")
    for name, times in Counter(page.ids).items():
        if times > 1:
            yield Problem(page.path, "id", f"{times} elements have the id {name!r}")


def survey(site_dir: Path, base_path: str = "/", one_in: int = 1) -> Survey:
    """Crawl a site folder that is to be served under ``base_path``.

    Of the profiles, one in so many is looked at; of all other pages each.
    """
    site = Site.open(site_dir, base_path)
    pages = site.pages(one_in)
    sheets = Sheets(site_dir)
    problems: list[Problem] = []
    for page in pages.values():
        problems += check_page(page)
        problems += links.check(page, site, pages)
        problems += figures.check(page, site, sheets)
        problems += tables.check(page, site, sheets)
    problems += links.check_styles(site)
    problems += links.check_reach(site, pages)
    return Survey(len(pages), sum(len(page.figures) for page in pages.values()), tuple(problems))


def crawl(site_dir: Path, base_path: str = "/") -> list[Problem]:
    """Every problem of a built site."""
    return list(survey(site_dir, base_path).problems)
