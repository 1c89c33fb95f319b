"""A text as a reader sees it: marks that only look different are made the same.

Full-width digits, special spaces, marks without width, accents written apart, HTML's names for
characters: whoever types or copies them means the plain ones.
"""

import re
import unicodedata
from html import unescape

from msgspec import Struct

Span = tuple[int, int]

_ODD = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});|[^\x00-\x7f£–—‘’“”…][\u0300-\u036f]*"
    r"|[a-z][\u0300-\u036f]+",
    re.IGNORECASE,
)
"""A character that may have a plainer form, with the accents that follow it."""


class Folded(Struct, frozen=True):
    """A text in its plain form, which knows where each letter came from."""

    text: str
    spans: tuple[Span, ...] | None
    """For each letter its place in the text as it was; None where nothing changed."""

    def origin(self, start: int, end: int) -> Span:
        """The place in the text as it was of `text[start:end]`, which isn't empty."""
        return (
            (start, end) if self.spans is None else (self.spans[start][0], self.spans[end - 1][1])
        )


def _plain(odd: str) -> str:
    normal = unicodedata.normalize("NFKC", unescape(odd))
    return "".join(mark for mark in normal if unicodedata.category(mark) != "Cf")


def fold(text: str) -> Folded:
    """The text in its plain form."""
    if text.isascii() and "&" not in text:
        return Folded(text, None)
    letters: list[str] = []
    spans: list[Span] = []
    done = 0
    for match in _ODD.finditer(text):
        plain = _plain(match[0])
        if plain == match[0]:
            continue
        start, end = match.span()
        letters += text[done:start] + plain
        spans += [(at, at + 1) for at in range(done, start)]
        spans += [(start, end)] * len(plain)
        done = end
    if not done:
        return Folded(text, None)
    letters += text[done:]
    spans += [(at, at + 1) for at in range(done, len(text))]
    return Folded("".join(letters), tuple(spans))
