"""Links, anchors, requests to other hosts, and pages that nothing leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from tests.crawler.markup import REQUESTED, Link
from tests.crawler.page import Page
from tests.crawler.site import INDEX, Problem, Site

POINTERS = frozenset({"a", "area"})
SOUND_SCHEMES = {"a": {"mailto", "tel"}, "area": {"mailto", "tel"}}
NOT_FOUND = "404.html"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CSS_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))|@import\s+(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)


def _requests(link: Link) -> bool:
    """Whether a browser fetches this URL by itself, or sends something to it."""
    if link.tag == "link":
        return bool(link.rel & REQUESTED)
    return link.tag not in POINTERS


def check(page: Page, site: Site, pages: Mapping[str, Page]) -> Iterator[Problem]:
    """What is wrong with the links of a page and the things it loads."""
    for link in page.links:
        target = site.locate(page.url, link.url)
        where = f"<{link.tag} {link.attribute}={link.url!r}>"
        if target.kind == "host" and _requests(link):
            yield Problem(page.path, "host", f"asks another host: {where}")
        elif target.kind == "broken":
            yield Problem(page.path, "link", f"{where} {target.reason}")
        elif target.kind == "scheme" and target.path not in SOUND_SCHEMES.get(link.tag, {"data"}):
            yield Problem(page.path, "link", f"{where} is neither a page nor an address")
        elif target.kind == "file" and not _has_anchor(target.path, target.fragment, pages):
            yield Problem(page.path, "anchor", f"{where}: no such id on {target.path}")
    for text in page.css:
        yield from check_css(text, page.path, page.url, site)


def _has_anchor(path: str, fragment: str, pages: Mapping[str, Page]) -> bool:
    """Whether a fragment is an id of the page it leads to; other files have none to check."""
    if fragment in {"", "top"} or path not in pages:
        return True
    return fragment in pages[path].ids or fragment in pages[path].names


def check_css(text: str, name: str, url: str, site: Site) -> Iterator[Problem]:
    """What is wrong with the URLs of a style sheet served at ``url``."""
    for match in CSS_URL.finditer(COMMENT.sub(" ", text)):
        found = next((group for group in match.groups() if group), "").strip()
        target = site.locate(url, found) if found and not found.startswith("#") else None
        if target is None or (target.kind == "scheme" and target.path == "data"):
            continue
        if target.kind == "host":
            yield Problem(name, "host", f"the style asks another host: {found!r}")
        elif target.kind != "file":
            yield Problem(name, "link", f"the style's url({found!r}): {target.reason}")


def check_styles(site: Site) -> Iterator[Problem]:
    """What is wrong with the site's own style sheets."""
    for name in sorted(file for file in site.files if file.endswith(".css")):
        text = (site.folder / name).read_text(encoding="utf-8")
        yield from check_css(text, name, site.url(name), site)


def check_reach(site: Site, pages: Mapping[str, Page]) -> Iterator[Problem]:
    """Pages that no chain of links leads to from the home page."""
    if INDEX not in pages:
        yield Problem(INDEX, "page", "there is no home page")
        return
    reached, front = {INDEX}, [INDEX]
    while front:
        links = chain.from_iterable(
            ((page, link) for link in pages[page].links if link.tag in POINTERS) for page in front
        )
        found = {site.locate(pages[page].url, link.url).path for page, link in links}
        front = sorted((found & pages.keys()) - reached)
        reached.update(front)
    for path in sorted(pages.keys() - reached - {NOT_FOUND}):
        yield Problem(path, "orphan", "no link leads here from the home page")
