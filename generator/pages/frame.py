"""What stands around a page's own text: the way back to the home page, and a list of sections."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator import urls

_LAYOUT = re.compile("[\t\n\r\x02\x03]")
SECTIONS = 5
"""A page with this many sections or more begins with a list of them, on narrow screens."""

_BLANKS = re.compile(r"\n{3,}")
_SECTION = re.compile(r"^## (?P<words>.+?) \{#(?P<anchor>[\w-]+)\}$", re.MULTILINE)
_HEADING = re.compile(rf"{_SECTION.pattern}(?:\n\n|\Z)", re.MULTILINE)
_MARKS = frozenset("\\`*_{}[]!|~^+=:()-#.\n\t\r")
"""What Markdown, or an extension of it, may take for its own."""


def kept(value: object) -> object:
    """A text of the data without what Markdown would take for layout.

    Its line breaks and tabs become character references, which it leaves alone; two characters
    that it uses for itself become the sign for what can't be shown.
    """
    if type(value) is not str or not _LAYOUT.search(value):  # Markup is ours
        return value
    shown = _LAYOUT.sub(
        lambda mark: f"&#{ord(mark[0])};" if mark[0] > "\x03" else "\ufffd", escape(value)
    )
    return Markup(shown)  # noqa: S704 - escaped above


def trail(here: str, title: str, above: Sequence[tuple[str, str]]) -> Markup:
    """The way to a page: home, the pages above it as (words, url), and the page itself."""
    links = Markup("\n").join(
        Markup('<li><a href="{}">{}</a></li>').format(urls.relative(here, url), words)
        for words, url in (("Home", urls.HOME), *above)
    )
    last = Markup('<li aria-current="page"><span class="as-published">{}</span></li>').format(
        kept(title)
    )
    return Markup('<nav class="trail" aria-label="Breadcrumb"><ol>\n{}\n{}\n</ol></nav>').format(
        links, last
    )


def tidy(body: str) -> str:
    """A body with one blank line where templates leave several."""
    return _BLANKS.sub("\n\n", body.strip("\n "))


@dataclass(frozen=True)
class Heading:
    """A section's heading; its words are HTML already."""

    anchor: str
    words: str


def headings(body: str) -> list[Heading]:
    """The sections of a body. They are its only Markdown: `## Words {#anchor}`."""
    return [Heading(one["anchor"], one["words"]) for one in _SECTION.finditer(body)]


def html(body: str) -> str:
    """A body as Markdown would make it HTML: its headings become elements, the rest is HTML."""
    return _HEADING.sub(r'<h2 id="\g<anchor>">\g<words></h2>\n', body)


def plain_heading(words: object) -> Markup:
    """A text of the data in a heading: no letter of it is taken for Markdown."""
    return Markup("").join(
        Markup(f"&#{ord(mark)};") if mark in _MARKS else mark  # noqa: S704 - a number
        for mark in str(words)
    )


def with_sections(body: str) -> str:
    """The body of a page with a list of its sections before the first, when it has many.

    Wide screens have that list beside the text, from the theme. Headings are taken from
    Markdown (`## Words {#anchor}`): the words are HTML already, since nothing else is put there.
    """
    found = headings(body)
    first = _SECTION.search(body)
    if first is None or len(found) < SECTIONS:
        return body
    lines = "\n".join(f'<li><a href="#{one.anchor}">{one.words}</a></li>' for one in found)
    contents = f'<nav class="sections" aria-label="On this page"><ul>\n{lines}\n</ul></nav>\n\n'
    return body[: first.start()] + contents + body[first.start() :]
