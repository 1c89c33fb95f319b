"""Places finer than a ward: coordinates, output areas, single properties, streets."""

import re
from collections.abc import Iterator

from generator.patterns import lazily
from generator.personal_fold import fold
from generator.personal_places import addresses
from generator.personal_postcodes import POSTCODE, postcodes

Span = tuple[int, int]

_PAIR = lazily(
    r"(?<![\d.])(?:lat(?:itude)?\W{0,3})?(?P<north>49|5\d|60|61)\.\d{3,}°?\s*N?\s*[,;/ ]\s*"
    r"(?:lon\w*\W{0,3}|lng\W{0,3})?[-−–]?(?P<east>\d)\.\d{3,}(?!\d)",
    re.IGNORECASE,
)
_OUTPUT_AREA = lazily(
    r"(?<!\w)(?:E0[01]|W0[01]|S0[01]|N00)\d{6}(?!\w)|(?<!\w)N20\d{6}(?!\w)", re.IGNORECASE
)
_LONG_NUMBER = lazily(r"\.\d{3}|\d{6}")
_PROPERTY = lazily(r"\bUPRN\W{0,3}\d{6,12}\b|///[a-z]+\.[a-z]+\.[a-z]+", re.IGNORECASE)


def fine_places(text: str) -> Iterator[Span]:
    """Points and areas finer than a ward, in any text: coordinates, output areas, properties."""
    if not _LONG_NUMBER.search(text) and "///" not in text:
        return
    for pattern in (_PAIR, _OUTPUT_AREA, _PROPERTY):
        for match in pattern.finditer(text):
            yield match.span()


_COORDINATE = lazily(r"[-−+]?\d{1,3}\.\d{3,}°?\s*[NSEW]?")
_GRID = lazily(r"\b[HJNOST][A-HJ-Z]\s?\d{3,5}\s?\d{3,5}\b")
_STREET_PLACE = lazily(
    r"(?:\d{1,4}[a-z]?,?\s+)?(?:the\s+)?(?:[\w'’-]+\s+){1,3}"
    r"(?:street|st|road|rd|avenue|ave|lane|close|drive|crescent|gardens|terrace|mews|way|walk|row"
    r"|court|rise|grove|parade|villas|cottages|flats?)(?:(?:,| and | & |/).*)?"
    r"|(?:yr? )?(?:heol|ffordd|stryd|l[oô]n|clos|rhodfa)\b.*"
    r"|.*,\s*(?:flats?|apartments?|houses?|numbers?)\s+\d.*",
    re.IGNORECASE,
)
_SMALL_AREA = lazily(r"[A-Z][\w' -]+ \d{3}[A-F]")
"""How the census calls areas of some 1,500 people: `Worcester 014B`."""
_DEGREES = lazily(r"\d{1,2}\s*[°º]\s*\d{1,2}\s*['’′]\s*\d")


def is_fine_place(text: str) -> bool:
    """Whether the name or code of a beneficiary place is finer than a ward."""
    text = fold(text).text.strip()
    return bool(
        POSTCODE.fullmatch(text)
        or _COORDINATE.fullmatch(text)
        or _GRID.search(text)
        or _STREET_PLACE.fullmatch(text)
        or _SMALL_AREA.fullmatch(text)
        or _DEGREES.search(text)
        or any(True for _ in fine_places(text))
        or any(True for _ in postcodes(text))
        or any(True for _ in addresses(text))
    )
