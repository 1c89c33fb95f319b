"""Line breaks that a source lost: `rn`, `rnrn` or `n` left over in the text where they stood.

Some publishers' systems drop the backslashes of escaped line breaks, so that "today.rnrnThe" is
published, or "plcnOne". The text is kept as found; here it is only noticed, so that the
publisher can be told.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

_BEFORE, _AFTER = 30, 50
_RUN = re.compile(r"(?:rn){2,}")
_ALONE = re.compile(
    # after the end of a sentence, or a space: no word begins with "rn" and a capital
    r"(?:(?<=[.:;,?!)\]])|(?<=\s))rn(?=[A-Z0-9•*“‘'\"(-]|â€|\s{2,}|https?:|www\.|$)"
    r"|(?<=[.:;,?!)\]])rn(?=\s)"
)
_INSIDE = re.compile(r"(?<=[A-Za-z0-9])r?n(?=[A-Z0-9])")
_LAST_WORD = re.compile(r"[A-Za-z]*$")
_WORD = re.compile(r"[A-Za-z]+")
_SHORTEST = 3
"""Letters of a word that tells "plc" + lost break from the start of another word."""


class LostBreaks(Struct, frozen=True):
    """What was noticed in one text: the first place with its surroundings, and how many."""

    found: str
    likely: str
    count: int
    """Places, of which one may stand for several breaks in a row."""


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words that a source uses, in lower case. They tell "plcnOne" from "OpenView"."""
    return frozenset(word.lower() for text in texts for word in _WORD.findall(text))


def _places(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where lost breaks stand, in no order."""
    sure = False
    for match in _RUN.finditer(text):
        start = match.start()
        if _is_word(text, start, "rn", words) and match.end() - start > 4:
            start += 2  # "Southernrnrn": the first belongs to the word
        yield start, match.end()
        sure = True
    for match in _ALONE.finditer(text):
        yield match.span()
        sure = True
    for match in _INSIDE.finditer(text):
        lost = match.group()
        stem = _stem(text, match.start())
        known = len(stem) >= _SHORTEST and stem in words
        if (known or (sure and lost == "rn")) and stem + lost not in words:
            yield match.span()


def _stem(text: str, end: int) -> str:
    found = _LAST_WORD.search(text[max(0, end - 50) : end])
    return found.group().lower() if found else ""


def _is_word(text: str, end: int, ending: str, words: frozenset[str]) -> bool:
    stem = _stem(text, end)
    return stem + ending in words and stem not in words


def lost_breaks(text: str, words: frozenset[str]) -> LostBreaks | None:
    """The lost line breaks of a text; None when there are none to be seen.

    `words` are the words of the whole source: a break inside a word is only believed where
    the word without it is one that the source uses, and the word with it isn't.
    """
    if "n" not in text:
        return None
    apart: list[tuple[int, int]] = []
    for start, end in sorted(_places(text, words)):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    if not apart:
        return None
    likely = text
    for start, end in reversed(apart):
        likely = likely[:start] + " ↵ " * max(1, (end - start) // 2) + likely[end:]
    first = apart[0][0]
    return LostBreaks(_around(text, first), _around(likely, first), len(apart))


def _around(text: str, place: int) -> str:
    """What stands around a place, on one line, with dots where it was cut."""
    start, end = max(0, place - _BEFORE), place + _AFTER
    cut = " ".join(text[start:end].split())
    return ("…" if start else "") + cut + ("…" if end < len(text) else "")
