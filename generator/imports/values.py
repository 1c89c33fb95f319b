"""Cells of other people's files as values: money, days, text. What isn't sure is refused.

Each function is pure. A cell that can't be taken gives an `Unclear`, which says why and what
would mend it.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

import ftfy
from msgspec import Struct

from generator import plain_values
from generator.imports.base import Correction
from generator.money import round_half_up

_MARKS = {"£": "GBP", "€": "EUR"}
_PLAIN_MONEY = "write digits and a point only, such as 1234.50."
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,3}(?: \d{3})+(?:\.\d*)?|\d*\.?\d*")
_EXACT = re.compile(r"\d{1,15}(?:\.\d{0,20})?|\.\d{1,20}")
_NOISE = Decimal("0.000001")
"""What computers' arithmetic adds to amounts: 1357.9500000000003."""
_COULD_BE_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_COMMA_DECIMALS = re.compile(r"[\d. ]*,\d{1,2}|[\d.]*\.\d{3},\d+")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.](\d{2})[/.](\d{2})$")
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}([/.-])(?:\d{1,2}|[A-Za-z]{3,9})\1\d{2}")
_SERIAL = re.compile(r"[1-6]\d{4}(?:\.\d+)?")
_NUMBERS = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}")
_PLAIN_DAY = "write the day as 2031-04-05."
_APRIL = 4
_LOST = "\ufffd"

# Only characters that were decoded wrongly are looked for: quotes, width and case are the
# publisher's own.
_ENCODING_ONLY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_c1_controls=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


class Unclear(Struct, frozen=True):
    """A cell that could not be taken."""

    reason: str
    mend: str


def money(text: str, currency: str = "") -> Decimal | Unclear:
    """An amount such as `£1,234.50`, `1 234.50`, `GBP 500` or `(500)`, which is negative.

    A mark or code of another currency than `currency` is refused, and so is whatever could
    mean two amounts, such as `1.234`.
    """
    bare = " ".join(text.replace("−", "-").split())
    negative = False
    for start, end in (("(", ")"), ("-", "")):
        if bare.startswith(start) and bare.endswith(end):
            negative, bare = True, bare.removeprefix(start).removesuffix(end).strip()
    bare, marked = _unmarked(bare)
    if bare.startswith("-") and marked:
        negative, bare = not negative, bare[1:].strip()
    if marked and currency and marked != currency:
        return Unclear(
            f"The amount “{text.strip()}” is in {marked}, but the currency is {currency}.",
            "make the amount and the currency agree.",
        )
    if _COULD_BE_THOUSANDS.fullmatch(bare) or _COMMA_DECIMALS.fullmatch(bare):
        return Unclear(f"The amount “{text.strip()}” could mean two amounts.", _PLAIN_MONEY)
    digits = bare.replace(",", "").replace(" ", "")
    if not (bare.isascii() and _GROUPED.fullmatch(bare) and _EXACT.fullmatch(digits)):
        return Unclear(f"The amount “{text.strip()}” can't be read as a number.", _PLAIN_MONEY)
    return -Decimal(digits) if negative else Decimal(digits)


def _unmarked(bare: str) -> tuple[str, str]:
    """The amount without the currency before or after it, and that currency's code."""
    for mark, code in _MARKS.items():
        if bare.startswith(mark) or bare.endswith(mark):
            return bare.removeprefix(mark).removesuffix(mark).strip(), code
    found = re.fullmatch(r"([A-Za-z]{3})\s*([-\d.(].*)|(.*[\d.)])\s*([A-Za-z]{3})", bare)
    if found:
        return (found[2] or found[3]).strip(), (found[1] or found[4]).upper()
    return bare, ""


def award_amount(text: str, currency: str = "") -> Decimal | Unclear:
    """An amount that an award may have: above nought, in whole pence but for a trace of noise."""
    amount = money(text, currency)
    if isinstance(amount, Unclear):
        return amount
    if amount <= 0:
        return Unclear(
            f"The amount is {'nought' if amount == 0 else 'below nought'}: {text.strip()}.",
            "give what was awarded, or leave the row out if nothing was.",
        )
    whole_pence = round_half_up(amount, 2)
    if abs(amount - whole_pence) > _NOISE:
        return Unclear(
            f"The amount {text.strip()} has a part of a penny.",
            "round it in the source to pounds and pence, such as 1234.50.",
        )
    return amount if amount == whole_pence else whole_pence


def currency_code(text: str) -> str | Unclear:
    """A currency's three letters: `gbp` and `£` are GBP."""
    bare = text.strip().upper()
    code = _MARKS.get(bare, bare)
    if re.fullmatch("[A-Z]{3}", code):
        return code
    return Unclear(
        f"The currency “{text.strip()}” is no three-letter code.", "write GBP, EUR or the like."
    )


def _without_time(text: str) -> str:
    """The day alone, with hyphens where the year stands first (2031/04/05)."""
    return _YEAR_FIRST.sub(r"\1-\2-\3", _TIME.sub("", text.strip()).strip())


def days(cells: Iterable[str], day_first: bool | None = None) -> Callable[[str], str | Unclear]:
    """How to read one column of days: from a cell to `2031-04-05`, or why not.

    The whole column decides whether 05/04/2031 is in April or May: some first number above 12
    and no second one, or the reverse. `day_first` decides where the column doesn't.
    """
    column = [_without_time(cell) for cell in cells]
    order = plain_values.day_first(column)
    first = day_first if order is None else order

    def read(text: str) -> str | Unclear:
        bare = _without_time(text)
        day = plain_values.day(bare, first)
        return _unclear_day(text.strip(), bare, first) if day is None else day

    return read


def _unclear_day(text: str, bare: str, first: bool | None) -> Unclear:
    if _NUMBERS.fullmatch(bare) and first is None:
        return Unclear(
            f"The date “{text}” could mean two days: its column does not settle whether the day "
            "or the month stands first.",
            "write days as 2031-04-05, or import with --dates day-first or --dates month-first.",
        )
    if _TWO_DIGIT_YEAR.fullmatch(bare):
        return Unclear(f"The date “{text}” has a year of two digits.", _PLAIN_DAY)
    if _SERIAL.fullmatch(bare):
        return Unclear(
            f"“{text}” is a spreadsheet's own number for a day.",
            "format the column as a date in the spreadsheet, and save it again.",
        )
    return Unclear(f"The date “{text}” can't be read.", _PLAIN_DAY)


def financial_year(day: str) -> str:
    """The year from April to March that a day lies in: `2031-03-31` is in `2030-31`."""
    on = date.fromisoformat(day)
    start = on.year if on.month >= _APRIL else on.year - 1
    return f"{start:04d}-{(start + 1) % 100:02d}"


def one_line(text: str) -> str:
    """The text without outer spaces; line breaks and tabs inside become a space."""
    return re.sub(r"\s*[\n\r\t\v\f]\s*", " ", text.strip())


def prose(text: str) -> str:
    """The text without outer spaces, its line breaks kept."""
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def likely(text: str) -> str | None:
    """What a text with wrongly decoded characters (`CafÃ©`) should perhaps read; else None."""
    if text.isascii():
        return None
    fixed = ftfy.fix_encoding(text, _ENCODING_ONLY)
    return None if fixed == text else fixed


def garbled(line: int, column: str, text: str, sheet: str = "") -> Correction | None:
    """A word to the publisher about text that looks garbled. The text itself is kept as found."""
    meant = likely(text)
    if meant is not None:
        found, taken = _difference(text, meant)
        why = "looks garbled; perhaps it should read so. Kept as found"
        return Correction(line, column, found, taken, why, sheet)
    if _LOST in text:
        near, _ = _difference(text, text.replace(_LOST, ""))
        why = f"characters were lost before this file was made ({_LOST}). Kept as found"
        return Correction(line, column, near, near, why, sheet)
    return None


def _difference(found: str, meant: str, around: int = 30) -> tuple[str, str]:
    """Two readings of a text, cut to where they first differ."""
    pairs = enumerate(zip(found, meant, strict=False))
    place = next((at for at, (one, other) in pairs if one != other), min(len(found), len(meant)))
    start, end = max(0, place - around), place + around

    def cut(text: str) -> str:
        part = " ".join(text[start:end].split())
        return ("…" if start else "") + part + ("…" if end < len(text) else "")

    return cut(found), cut(meant)
