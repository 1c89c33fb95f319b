"""The figures of a page: its `<data>` elements, looked up in one pass over the text.

Our pages write them in one plain form. What is written otherwise could be read in another way by
a browser than by us; so it is a figure, too, but one that can't be relied on.
"""

import html
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

_TAG = re.compile(r"<(/?)data(?=[\s/>]|$)", re.IGNORECASE)
_PLAIN = re.compile(r'<data((?: [a-z-]+="[^"<>]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"<>]*)"')
_OTHER = re.compile(r"<[^<>]*>")
_SHOWN = 100


class Figure(Struct, frozen=True, eq=False):
    """A `<data>` element: its attributes, and the text that a reader sees."""

    attributes: Mapping[str, str]
    text: str
    plain: bool = True
    """Whether it is written as our pages write figures."""

    def get(self, name: str) -> str:
        """An attribute, empty when there is none."""
        return self.attributes.get(name, "")

    @property
    def words(self) -> str:
        """How it is called in a report."""
        said = " ".join(self.text[: 2 * _SHOWN].split()) or self.get("value") or "an empty figure"
        return cut(said)


def cut(text: str) -> str:
    """A text of the site, short enough for a line of a report."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def figures_of(markup: str) -> Iterator[Figure]:
    """The figures of a page in their order. None holds another."""
    tags = _TAG.finditer(markup)
    tag = next(tags, None)
    while tag is not None:
        after = next(tags, None)
        if not tag[1]:
            yield _figure(markup, tag.start(), after)
        tag = after


def _figure(markup: str, start: int, after: re.Match[str] | None) -> Figure:
    end = after.start() if after else len(markup)
    opened = _PLAIN.match(markup, start, end)
    if opened is None:
        return Figure({}, html.unescape(markup[start : min(end, start + _SHOWN)]), plain=False)
    named = _ATTRIBUTE.findall(opened[1])
    attributes = {name: html.unescape(value) for name, value in named}
    text = html.unescape(_OTHER.sub("", markup[opened.end() : end]))
    closed = after is not None and after[1] == "/" and len(attributes) == len(named)
    return Figure(attributes, text, plain=closed)
