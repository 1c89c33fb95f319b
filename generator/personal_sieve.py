"""Which of many texts may hold personal data: a first look that lets through all that do.

`personal.hits` looks for each kind of personal data in its own way, text by text. Here one
pattern that each of them needs is looked for in a whole column. A text that is let through is
still to be judged; one that isn't holds nothing.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator.personal_lists import is_first, plain
from generator.personal_mentions import CONTEXT
from generator.personal_names import TITLE, WORDS
from generator.personal_numbers import BORN, HIDDEN
from generator.personal_places import COTTAGE, NAME, REFUGE, SUFFIX, WELSH
from generator.personal_words import AMBIGUOUS, ORGANISATION

_AT_ONCE = 20_000
"""Texts of which a copy is made, to look at them together."""
_ODD = "[^ -~]|&"
"""Marks that Arrow's patterns and Python's may judge differently, or that may be folded."""
_LETTER_AFTER = r"(?=[^\W\d_])"
_NEEDED = "|".join(
    (
        _ODD,
        "@",
        f"(?i:{HIDDEN.pattern})",
        f"(?i:{REFUGE.pattern})",
        # addresses
        rf"(?i:\d[a-z]?,?\s+(?:{NAME}\s+){{1,5}}{SUFFIX}\b)",
        rf"(?i:\d[a-z]?,?\s+{WELSH.replace('(?-i:[A-Z])', '[A-Z]')})",
        r"(?i:\b(?:flat|apartment|apt\.?|bedsit|maisonette)\s+\d)",
        r"\d[A-Za-z]?,? [A-Z][a-z']+ [A-Z][a-z]+",
        COTTAGE.pattern,
        # numbers
        r"(?i:sort\s?-?code|\d{8}|\bGB\d\d)",
        r"(?i:[A-Z]{2}(?:[ .-]{0,2}[\dOILSB]{2}){3}[ .-]{0,2}[A-DT])",
        r"\d{3}[ -]?\d{3}[ -]?\d{4}",
        f"(?i:{BORN.pattern})",
        r"(?:\+|\(\+?|0|44\s?7)[\d\s().+/-]{7,}\d",
        # places
        r"(?i:[A-Z]{1,2}\d[A-Z\d]?(?:\s{0,2}|\s?[-.]\s?)\d[ABD-HJLNP-UW-Z]{2})",
        r"(?i:(?:49|5\d|60|61)\.\d{3}|[EWSN]\d{8}|UPRN|///)",
        # names
        rf"(?i:\b{TITLE}\b(?:\.\s*|\s+)[a-z])",
        f"(?i:{CONTEXT.pattern.replace(_LETTER_AFTER, '[a-z]')})",
        r"[A-Z][A-Za-z'-]*\s+[Ff]amily\b",
    )
)
"""What a text with personal data has at least one of, but for two capital words that are a name."""
_TWO_CAPITALS = r"[A-Z][A-Za-z'-]*\s+(?:[A-Z]\.?\s+)?[A-Z]"
_MAY_HIDE = rf"{_ODD}|[(\[]|(?i:\s(?:t/a|trading as)\s)"
"""Where these are, a name is looked at without a part of it."""
_BODY = "|".join(sorted(ORGANISATION - {"the"}))
_NO_PERSON = rf"[0-9]|(?i:(?:^|[^a-z'-])(?:{_BODY})(?:[^a-z'-]|$))"


def _has(texts: Any, pattern: str) -> Any:
    return pc.match_substring_regex(texts, pattern)


@lru_cache(maxsize=1 << 16)
def _begins_names(word: str) -> bool:
    """Whether a name may begin with a word: a first name that is no other word."""
    return any(
        is_first(one) and plain(one) not in AMBIGUOUS | ORGANISATION for one in WORDS.findall(word)
    )


def _with_word(texts: Any, test: Callable[[str], bool]) -> Any:
    """Which texts have a word that passes a test, which is made once for each word."""
    split = pc.split_pattern_regex(texts, "[^A-Za-z'-]+")
    words = pc.list_flatten(split).dictionary_encode()
    passed = pa.array([test(one) for one in words.dictionary.to_pylist()], pa.bool_())
    found = pc.list_parent_indices(split).filter(passed.take(words.indices))
    return pc.is_in(pa.array(range(len(texts)), found.type), found)


def together(look: Callable[[Any], Any], columns: Sequence[Any]) -> Iterator[Any]:
    """What a look says of the texts of each of several columns.

    Short columns are looked at as one: to begin takes as long as to look at a thousand texts.
    """
    waiting = deque(columns)
    while waiting:
        some = [waiting.popleft()]
        while waiting and sum(map(len, some)) + len(waiting[0]) <= _AT_ONCE:
            some.append(waiting.popleft())
        seen = look(pa.concat_arrays(some)) if len(some) > 1 else look(some[0])
        for end, one in zip(accumulate(map(len, some)), some, strict=True):
            yield seen.slice(end - len(one), len(one))


def may_hold(texts: Any) -> Any:
    """Which texts of an Arrow array may hold personal data, as `personal.hits` finds it."""
    needed = _has(texts, _NEEDED)
    rows = pc.indices_nonzero(pc.and_(pc.invert(needed), _has(texts, _TWO_CAPITALS)))
    named = rows.filter(_with_word(texts.take(rows), _begins_names))
    return pc.or_(needed, pc.is_in(pa.array(range(len(texts)), named.type), named))


def may_be_person(texts: Any) -> Any:
    """Which texts may be a private person's name, as `personal.is_person` knows them."""
    return pc.or_(_has(texts, _MAY_HIDE), pc.invert(_has(texts, _NO_PERSON)))
