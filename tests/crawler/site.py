"""A built site as a folder: its files, its pages, and where a URL leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

from tests.crawler.page import Page, parse
from tests.crawler.rows import part

INDEX = "index.html"
_LIST = re.compile(r"/page-\d+/")
"""A further page of a list, not a profile."""
_ROOM = "/~"  # a made-up folder above the site, so that a link that climbs out is seen


@dataclass(frozen=True)
class Problem:
    """One defect: the page (or style sheet) it is on, its kind, and what is wrong."""

    page: str
    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.page}: {self.kind}: {self.detail}"


@dataclass(frozen=True)
class Target:
    """Where a URL leads: a file of the site, another host, or nowhere that can be served."""

    kind: Literal["file", "host", "scheme", "broken"]
    path: str = ""
    fragment: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Site:
    """The folder, the path it is served under, and the names of all its files."""

    folder: Path
    base: str
    files: frozenset[str]

    @classmethod
    def open(cls, folder: Path, base_path: str = "/") -> Site:
        """List a site's files once."""
        base = "/" + base_path.strip("/") + "/" if base_path.strip("/") else "/"
        found = (path for path in folder.rglob("*") if path.is_file())
        return cls(folder, base, frozenset(path.relative_to(folder).as_posix() for path in found))

    def page(self, path: str) -> Page:
        """Read one page of the site."""
        markup = (self.folder / path).read_text(encoding="utf-8")
        return parse(markup, path, self.url(path))

    def pages(self, one_in: int = 1) -> dict[str, Page]:
        """Every page, keyed by its file, in the order of their names.

        Of the profiles below a list only one in so many, where a site is too large for all.
        """
        names = sorted(name for name in self.files if name.endswith(".html"))
        profiles = [name for name in names if name.count("/") == 2 and not _LIST.search(name)]
        left_out = {name for place, name in enumerate(profiles) if place % one_in}
        return {name: self.page(name) for name in names if name not in left_out}

    def url(self, path: str) -> str:
        """Where a file is served: a folder's index at the folder itself."""
        folder, _, name = path.rpartition("/")
        shown = f"{folder}/" if folder and name == INDEX else "" if name == INDEX else path
        return self.base + shown

    def locate(self, base_url: str, href: str) -> Target:
        """Follow a URL found on the page or style sheet that is served at ``base_url``."""
        try:
            parts = urlsplit(href)
            absolute = bool(parts.scheme or parts.netloc or href.startswith("/"))
            joined = urlsplit(urljoin(base_url if absolute else _ROOM + base_url, href))
        except ValueError as error:
            return Target("broken", reason=str(error))
        if joined.netloc or joined.scheme in {"http", "https", "ws", "wss", "ftp"}:
            return Target("host")
        if joined.scheme:
            return Target("scheme", path=joined.scheme)
        root = self.base if absolute else _ROOM + self.base
        if not joined.path.startswith(root):
            return Target("broken", reason=f"leads outside {self.base}")
        path = unquote(joined.path[len(root) :])
        if not path or path.endswith("/"):
            path += INDEX
        if path in self.files:
            return Target("file", path, unquote(joined.fragment))
        if f"{path}/{INDEX}" in self.files:
            return Target("broken", reason="is a folder: end the link with /")
        return Target("broken", path, reason="no such file")

    def table(self, base_url: str, href: str) -> str | None:
        """The path of the table at a URL: of its file, or of parts in a folder of its name."""
        target = self.locate(base_url, href)
        there = target.kind == "file" or part(target.path, 1) in self.files
        return target.path if there and target.path.endswith(".csv") else None
