"""Numbers, days and truths as people type them, written in the one plain form.

Nothing is guessed: what could mean two things stays as it was typed, and the checks name it.
"""

import re
from collections.abc import Iterable
from datetime import date

_MARKS = {"GBP": "£", "EUR": "€", "USD": "$"}
_GROUPED = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?Z?")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_TWELVE = 12
_LONGEST_MONTH = 31


def number(text: str, currency: str) -> str | None:
    """`£1,234.50` as `1234.50`, digits untouched; None when it isn't surely one number.

    The mark or code of the package's own currency may stand before it, and no other.
    """
    bare = text.strip()
    for mark in (_MARKS.get(currency, currency), currency):
        sign = "-" if bare.startswith("-" + mark) else ""
        if mark and bare.removeprefix("-").startswith(mark):
            bare = sign + bare.removeprefix("-").removeprefix(mark).strip()
    return bare.replace(",", "") if _GROUPED.fullmatch(bare) and bare.isascii() else None


def flag(text: str, true: str = "yes", false: str = "no") -> str | None:
    """`TRUE` or `Yes` in the words that a column uses; None for anything else."""
    meant = _FLAGS.get(text.strip().lower())
    return None if meant is None else (true if meant else false)


def day_first(cells: Iterable[str]) -> bool | None:
    """Whether a column writes 31/12/2030 (True) or 12/31/2030 (False); None when it doesn't say.

    Some day must be above 12, and nothing may speak for the other order.
    """
    pairs = [(int(found[1]), int(found[3])) for one in cells if (found := _slashed(one))]
    firsts = any(_TWELVE < first <= _LONGEST_MONTH for first, _ in pairs)
    seconds = any(_TWELVE < second <= _LONGEST_MONTH for _, second in pairs)
    return None if firsts == seconds else firsts


def _slashed(text: str) -> re.Match[str] | None:
    return _SLASHED.fullmatch(text.strip()) if text.isascii() else None


def _iso(year: str, month: int, day: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def day(text: str, first: bool | None = None) -> str | None:
    """A day as `2031-04-05`; None when the text could mean another day, or none at all.

    `first` says for the whole column whether the day stands before the month.
    """
    bare = text.strip()
    if not bare.isascii():
        return None
    if found := _MIDNIGHT.fullmatch(bare):
        bare = found[1]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", bare):
        year, month, of_month = bare.split("-")
        return _iso(year, int(month), of_month)
    if found := _NAMED.fullmatch(bare):
        name = found[2].lower()
        months = [at for at, one in enumerate(_MONTHS, 1) if name in (one, one[:3])]
        return _iso(found[3], months[0], found[1]) if months else None
    if found := _slashed(bare):
        if found[1].zfill(2) == found[3].zfill(2):
            return _iso(found[4], int(found[3]), found[1])
        if first is not None:
            one, other = (found[3], found[1]) if first else (found[1], found[3])
            return _iso(found[4], int(one), other)
    return None
