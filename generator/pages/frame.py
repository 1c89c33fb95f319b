"""What stands around a page's own text: the way back to the home page, and a list of sections."""

import re
from functools import lru_cache

from markupsafe import Markup, escape
from msgspec import Struct

from generator import urls
from generator.safety import kept

SECTIONS = 5
"""A page with this many sections or more begins with a list of them, on narrow screens."""

_SECTION = "\n## "
"""How a section's line begins: `## Words {#anchor}`, the only Markdown in a body."""
_HEADING = re.compile(r"(?P<words>.+?) \{#(?P<anchor>[\w-]+)\}")


@lru_cache(maxsize=256)
def _above(here: str, above: tuple[tuple[str, str], ...]) -> Markup:
    return Markup("\n").join(
        Markup('<li><a href="{}">{}</a></li>').format(urls.relative(here, url), words)
        for words, url in (("Home", urls.HOME), *above)
    )


def heading(here: str, title: str, above: tuple[tuple[str, str], ...]) -> Markup:
    """The way to a page (home, the pages above it as (words, url), itself), and its title."""
    # Pages beside one another have the same way; nothing above a page lies below it.
    way, name = _above(urls.beside(here), above), escape(kept(title))
    return Markup(  # noqa: S704 - escaped, piece by piece
        f'<nav class="trail" aria-label="Breadcrumb"><ol>\n{way}\n'
        f'<li aria-current="page"><span class="as-published">{name}</span></li>\n'
        f'</ol></nav>\n\n<h1><span class="as-published">{name}</span></h1>'
    )


def tidy(body: str) -> str:
    """A body with one blank line where templates leave several."""
    body = body.strip("\n ")
    if "\n\n\n" not in body:
        return body
    first, *rest = body.split("\n\n\n")
    return "\n\n".join((first, *filter(None, (part.lstrip("\n") for part in rest))))


class Heading(Struct, frozen=True):
    """A section's heading; its words are HTML already."""

    anchor: str
    words: str


def _split(body: str) -> tuple[str, list[tuple[Heading | None, str]]]:
    """What stands before the first line that may be a heading, and each such line with its rest."""
    first, *parts = f"\n{body}".split(_SECTION)
    found: list[tuple[Heading | None, str]] = []
    for part in parts:
        line, mark, rest = part.partition("\n")
        one = _HEADING.fullmatch(line)
        found.append((Heading(one["anchor"], one["words"]), mark + rest) if one else (None, part))
    return first, found


def headings(body: str) -> list[Heading]:
    """The sections of a body. They are its only Markdown: `## Words {#anchor}`."""
    return [heading for heading, _ in _split(body)[1] if heading]


def finished(body: str) -> tuple[str, list[Heading]]:
    """A body as Markdown would make it HTML, and its headings: all the rest is HTML already."""
    first, parts = _split(body)
    made, found = [first], []
    for number, (heading, rest) in enumerate(parts, 1):
        if heading:
            found.append(heading)
        line_end = "\n" if number < len(parts) else ""  # that before the next heading
        if heading and (rest + line_end)[:2] in ("\n\n", ""):
            end = f"\n{rest[2:]}" if rest != "\n" else ""
            made.append(f'\n<h2 id="{heading.anchor}">{heading.words}</h2>{end}')
        elif heading:
            made.append(f"{_SECTION}{heading.words} {{#{heading.anchor}}}{rest}")
        else:
            made.append(_SECTION + rest)
    return "".join(made)[1:], found


def html(body: str) -> str:
    """A body as Markdown would make it HTML."""
    return finished(body)[0]


def with_sections(body: str) -> str:
    """The body of a page with a list of its sections before the first, when it has many.

    Wide screens have that list beside the text, from the theme. Headings are taken from
    Markdown (`## Words {#anchor}`): the words are HTML already, since nothing else is put there.
    """
    if f"\n{body}".count(_SECTION) < SECTIONS or len(found := headings(body)) < SECTIONS:
        return body
    first = f"\n{body}".index(f"{_SECTION}{found[0].words} {{#{found[0].anchor}}}\n")
    lines = "\n".join(f'<li><a href="#{one.anchor}">{one.words}</a></li>' for one in found)
    contents = f'<nav class="sections" aria-label="On this page"><ul>\n{lines}\n</ul></nav>\n\n'
    return body[:first] + contents + body[first:]
