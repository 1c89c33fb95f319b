"""The site builder's part of a stamped site: hand-written pages, and stubs to be cut to shells.

What it is given hangs on the theme, the configuration and the hand-written text, never on the
number of awards. So its site is kept, and used again while none of these changes.
"""

import gzip
import hashlib
import io
import os
import posixpath
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markupsafe import escape
from msgspec import Struct

from generator import stamping, urls, write, write_build
from generator.errors import BuilderFailed
from generator.pages.page import Rendered
from generator.stamping import Shell
from generator.write import Output

DOCS, THEME, CONFIG = "docs", "theme", "mkdocs.yml"
_KEY = ".purse-shells"
"""The file in a kept site that says what it was made from."""
_LIBRARIES = ("mkdocs", "mkdocs_material", "markdown", "jinja2", "pymdown_extensions")
_INSTALLED = (".dist-info", ".egg-info")
"""How the folders end that say what is installed, and are named for its version."""
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)|^\s*\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_HREF = re.compile(r'(?:href|src)="([^"]+)"')
_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
SITEMAP = "sitemap.xml"

RunBuilder = Callable[[Path, Path], None]
"""From a folder with `mkdocs.yml` to a site folder; raises BuilderFailed."""


class Given(Struct, frozen=True):
    """What the builder is given, but for the stubs."""

    files: tuple[Output, ...]
    """Configuration, theme and hand-written files, as paths in the build folder."""
    menu: tuple[str, ...]
    """The addresses of the pages in the menu."""
    prose: Mapping[str, str]
    """The address of each hand-written page, and its file below `docs/`."""
    folders: Sequence[str] = urls.FOLDERS
    """The folders at the top that hold generated pages."""


class Wanted(Struct, frozen=True):
    """A link, in what somebody wrote, to something that we make."""

    page: str
    """The file that holds it, and where in that if it is a table."""
    link: str
    """What it names: a file, or an address."""
    target: str
    """The address of that on the site."""
    anchor: str


def _linked(files: Iterable[Output]) -> Iterator[tuple[str, str]]:
    """The files that hand-written pages seem to link to, below `docs/`, and the anchors in them."""
    for name, content in files:
        if not name.startswith(f"{DOCS}/") or not name.endswith(".md"):
            continue
        folder = posixpath.dirname(name.removeprefix(f"{DOCS}/"))
        for match in _LINK.finditer(content.decode("utf-8-sig")):
            parts = urlsplit(match[1] or match[2])
            path = unquote(parts.path)
            target = posixpath.normpath(posixpath.join(folder, path))
            if path and not path.startswith("/") and not target.startswith(".."):
                yield target, unquote(parts.fragment)


def _page_of(file: str) -> str:
    """The address of a Markdown file's page."""
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".md")
    return f"{folder}/" * bool(folder) if stem == "index" else f"{file.removesuffix('.md')}/"


class _Stubs(Struct, frozen=True):
    """What stands in the place of all that we make, so that links to it lead somewhere."""

    pages: Mapping[str, str]
    """The address of each stub, and the file as which hand-written pages link to it."""
    anchors: Mapping[str, tuple[str, ...]]
    """The places in them that hand-written pages link to."""
    files: tuple[str, ...]
    """Other files that hand-written pages link to, below `docs/`."""

    def page(self, url: str, *, sections: bool) -> Rendered:
        """A stub's page."""
        return stamping.stub(sections=sections, anchors=self.anchors.get(url, ()))

    def outputs(self, *, sections: bool) -> Iterator[Output]:
        """The stubs as files of the build folder."""
        for url in sorted(self.pages):
            content = self.page(url, sections=sections).markdown()
            yield f"{DOCS}/{urls.source_file(url)}", content
        for name in self.files:
            yield f"{DOCS}/{name}", b""


def _stubs(given: Given) -> _Stubs:
    own = {name for name, _ in given.files}
    targets: dict[str, dict[str, None]] = {}
    for target, anchor in _linked(given.files):
        if f"{DOCS}/{target}" not in own:
            targets.setdefault(target, {}).update({anchor: None} if anchor else {})
    anchors = {_page_of(one): tuple(found) for one, found in targets.items() if found}
    known = [urls.HOME, *given.menu, *(f"{folder}/" for folder in given.folders)]
    known += [stamping.stub_url(f"{folder}/any/") for folder in given.folders]
    pages = {url: urls.source_file(url) for url in known}
    pages |= {_page_of(one): one for one in targets if one.endswith(".md")}
    pages = {url: file for url, file in pages.items() if url not in given.prose}
    files = tuple(one for one in targets if posixpath.splitext(one)[1] not in ("", ".md"))
    return _Stubs(pages, anchors, files)


def _versions() -> list[str]:
    """Which libraries are installed. To read what they say of themselves takes far longer."""
    folders = [folder for folder in map(Path, dict.fromkeys(sys.path)) if folder.is_dir()]
    return sorted(
        name
        for name in chain.from_iterable(map(os.listdir, folders))
        if name.endswith(_INSTALLED) and name.lower().split("-")[0] in _LIBRARIES
    )


def _key(files: Iterable[Output], more: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in more:
        digest.update(f"{text}\0".encode())
    for name, content in sorted(files):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


class Shells(Struct, frozen=True):
    """The builder's site of the hand-written pages and the stubs."""

    site: Path
    sections: bool
    """Whether the stubs have sections."""
    stubs: _Stubs
    prose: Mapping[str, str]

    def _finished(self, url: str) -> str:
        return (self.site / url / "index.html").read_text(encoding="utf-8")

    def shell(self, url: str) -> Shell:
        """The shell for the pages whose stub stands at `url`."""
        stub = self.stubs.page(url, sections=self.sections)
        return stamping.cut(self._finished(url), url, stub)

    def names(self) -> Iterator[str]:
        """What the builder finished: hand-written pages, the theme's files; no stub, no sitemap."""
        stubs = {f"{url}index.html" for url in self.stubs.pages} | set(self.stubs.files)
        for path in sorted(self.site.rglob("*")):
            name = path.relative_to(self.site).as_posix()
            if path.is_file() and name not in stubs and not name.startswith((SITEMAP, _KEY)):
                yield name

    def content(self, name: str) -> bytes:
        """One of these files."""
        return (self.site / name).read_bytes()

    def files(self) -> Iterator[Output]:
        """All of them."""
        for name in self.names():
            yield name, self.content(name)

    def wanted(self) -> Iterator[Wanted]:
        """The links of hand-written pages that lead to stubs."""
        for url, file in self.prose.items():
            article = _ARTICLE.search(self._finished(url))
            for link in _HREF.findall(article[0] if article else ""):
                parts = urlsplit(unescape(link))
                if parts.scheme or parts.netloc or not parts.path:
                    continue
                target = posixpath.normpath(posixpath.join(f"/{url}", unquote(parts.path)))[1:]
                page = f"{target}/" if parts.path.endswith(("/", "..", ".")) and target else target
                linked = self.stubs.pages.get(page, target)
                if page in self.stubs.pages or target in self.stubs.files:
                    yield Wanted(file, linked, page, parts.fragment)

    def sitemaps(self, pages: Sequence[str]) -> Iterator[Output]:
        """The sitemap as the builder would make it with these pages beside the hand-written."""
        text = (self.site / SITEMAP).read_text(encoding="utf-8")
        packed = (self.site / f"{SITEMAP}.gz").read_bytes()
        stub = next(one for one in self.stubs.pages if one == stamping.stub_url(f"{one}any/"))
        found = re.search(rf"\s*<url>\s*<loc>(?P<base>[^<]*){stub}</loc>.*?</url>", text, re.DOTALL)
        if found:
            files = {urls.source_file(url): url for url in pages}
            files |= {name: url for url, name in self.prose.items()}
            entries = (
                found[0].replace(found["base"] + stub, found["base"] + files[name])
                for name in sorted(files, key=_walk_order)
            )
            start, end = text.index("<url>"), text.rindex("</url>") + len("</url>")
            start = len(text[:start].rstrip())
            text = text[:start] + "".join(entries) + text[end:]
        content = text.encode()
        yield SITEMAP, content
        yield f"{SITEMAP}.gz", _packed(content, int.from_bytes(packed[4:8], "little"))


def sitemap_index(sitemaps: Sequence[str]) -> bytes:
    """A sitemap that lists others, by their whole addresses."""
    entries = "".join(f"<sitemap><loc>{escape(one)}</loc></sitemap>\n" for one in sitemaps)
    kind = "http://www.sitemaps.org/schemas/sitemap/0.9"
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{start}\n<sitemapindex xmlns="{kind}">\n{entries}</sitemapindex>\n'.encode()


def _walk_order(file: str) -> tuple[object, ...]:
    """The order in which the builder walks files: those of a folder, its index first, then folders.

    Each folder as (1, name), the file as (0, whether it is no index, name).
    """
    *folders, name = file.split("/")
    return (*((1, folder, "") for folder in folders), (0, name != "index.md", name))


def _packed(content: bytes, moment: int) -> bytes:
    """Gzip as the builder writes it, with the name and the moment in it."""
    into = io.BytesIO()
    with gzip.GzipFile(filename=SITEMAP, fileobj=into, mode="wb", mtime=moment) as file:
        file.write(content)
    return into.getvalue()


def key_of(given: Given, created: str | None) -> str:
    """The same only where the builder would make the same of it."""
    stubs = _stubs(given).outputs(sections=True)
    return _key((*given.files, *stubs), (str(created), *_versions()))


def make(
    given: Given, work: Path, run: RunBuilder, *, created: str | None, sections: bool
) -> Shells:
    """Have the builder make them in `work`, unless they lie there already.

    `created` is the package's, which the builder takes for the time; `sections` says whether the
    stubs have sections. Raises BuilderFailed.
    """
    stubs = _stubs(given)
    files = (*given.files, *stubs.outputs(sections=sections))
    source, site = work / "source", work / "site"
    key = _key(files, (str(created), *_versions()))
    if write.content_of(site, _KEY) != key.encode():
        write_build.write_all(source, files)
        write.remove(site)
        run(source, site)
        write.write_beside(site, [(_KEY, key.encode())])
    return Shells(site, sections, stubs, given.prose)


def check_links(wanted: Iterable[Wanted], leads: Callable[[str, str], bool]) -> None:
    """Raise BuilderFailed for a link that leads to nothing made.

    `leads` says whether a file is made, and has an anchor where one is named.
    """
    for one in wanted:
        page = not one.target or one.target.endswith("/")
        if not leads(urls.page_file(one.target) if page else one.target, one.anchor):
            anchor = f"#{one.anchor}" if one.anchor else ""
            raise BuilderFailed(
                f"{one.page} links to {one.link}{anchor}, and there is no such place on the site.",
                "mend the link and build again.",
            )
