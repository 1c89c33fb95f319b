"""A built page as a reader sees it: its words, its sections, its tables, and the ways on from it.

Unlike the crawler, which leaves out what is shown as published, this keeps every word.
"""

from __future__ import annotations

import csv
import html
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.crawler.page import Figure, parse
from tests.crawler.site import INDEX, Site

_BLOCK = re.compile(
    r"</?(?:article|caption|dd|details|div|dl|dt|h\d|li|nav|ol|p|section|summary|table|tbody|td|th"
    r'|thead|tr|ul)\b[^>]*>|<br[^>]*>|<span class="(?:meta|note|who|basis)\b[^>]*>'
)
_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h(\d)\b[^>]*>")


def plain(markup: str) -> str:
    """The words of a piece of markup, a line for each block."""
    text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", markup)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class Reading:
    """The main part of one page, and every link of it but those of the foot."""

    path: str
    markup: str

    @classmethod
    def open(cls, site: Path, url: str) -> Reading:
        """The page at a path of a built site: `duties/`, or `` for the home page."""
        path = url + INDEX
        return cls(path, (site / path).read_text(encoding="utf-8"))

    @cached_property
    def main(self) -> str:
        """The markup of the page's own part."""
        _, _, after = self.markup.partition("<article")
        return "<article" + after.partition("</article>")[0]

    @cached_property
    def text(self) -> str:
        """The words of the page's own part."""
        return plain(self.main)

    def part(self, id: str) -> str:
        """The markup from the heading with an id to the next heading that is as high."""
        found = re.search(rf'<h(\d)\b[^>]*\bid="{re.escape(id)}"[^>]*>', self.main)
        assert found, f"{self.path} has no heading {id!r}"
        start = found.start()
        for heading in _HEADING.finditer(self.main, found.end()):
            if heading[1] <= found[1]:
                return self.main[start : heading.start()]
        return self.main[start:]

    def section(self, id: str) -> str:
        """The words of such a part."""
        return plain(self.part(id))

    def table(self, caption: str) -> list[list[str]]:
        """The rows of the table whose caption begins so; each cell's lines joined by ` / `."""
        for table in re.findall(r"<table\b.*?</table>", self.main, re.DOTALL):
            words = re.search(r"<caption>(.*?)</caption>", table, re.DOTALL)
            if words and plain(words[1]).replace("\n", " ").startswith(caption):
                return [
                    [
                        plain(cell).replace("\n", " / ")
                        for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.DOTALL)
                    ]
                    for row in re.findall(r"<tr\b[^>]*>(.*?)</tr>", table, re.DOTALL)
                ]
        raise AssertionError(f"{self.path} has no table {caption!r}")

    def facts(self, markup: str | None = None) -> dict[str, str]:
        """The terms of the page's lists of facts with what is said of each."""
        pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", markup or self.main, re.DOTALL)
        return {plain(term): plain(said) for term, said in pairs}

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the page."""
        return parse(self.markup, self.path, "/" + self.path).figures

    def links(self, site: Site) -> frozenset[str]:
        """The files of the site that the menus and the page's own part lead to."""
        without_foot = re.sub(r"<footer\b.*?</footer>", "", self.markup, flags=re.DOTALL)
        page = parse(without_foot, self.path, site.url(self.path))
        targets = (site.locate(page.url, one.url) for one in page.links if one.tag == "a")
        return frozenset(one.path for one in targets if one.kind == "file")


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, every cell the text that it is in the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def steps_from_home(site: Path) -> dict[str, int]:
    """How many links each file of a site is away from the home page."""
    files = Site.open(site)
    steps, frontier = {INDEX: 0}, [INDEX]
    while frontier:
        path = frontier.pop(0)
        if not path.endswith(INDEX):
            continue
        for target in sorted(Reading.open(site, path.removesuffix(INDEX)).links(files)):
            if target not in steps:
                steps[target] = steps[path] + 1
                frontier.append(target)
    return steps
