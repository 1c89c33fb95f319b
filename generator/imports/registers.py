"""Organisations' numbers: which register a number is of, and how that register writes it.

The lists' codes are those of org-id.guide, such as GB-CHC for the Charity Commission for
England and Wales.
"""

import re

Number = tuple[str, str]
"""The list's code, and the number."""

_ORGANISATION = re.compile(r"([A-Z]{2}-[A-Z0-9]{2,})-(\S.*)")
_NOTHING = re.compile(r"0*|-+|n/?a|none|nil|unknown|tbc|not (?:applicable|known|registered)")
_COMPANY = re.compile(r"\d{8}|[A-Z]{2}\d{6}|R\d{7}|IP\d{5}R")
_SHORT_COMPANY = re.compile(r"\d{6,7}")
_COMPANY_DIGITS = 8


def is_placeholder(text: str) -> bool:
    """Whether a cell for a number only says that there is none: `N/A`, `0`, `-`."""
    return bool(_NOTHING.fullmatch(text.strip().lower()))


def of_identifier(text: str) -> Number | None:
    """The number in an identifier: `GB-CHC-1126147`, or `360G-` and what a publisher made up."""
    bare = text.strip()
    if bare[:5].upper() == "360G-" and len(bare) > 5:
        return "360G", bare[5:]
    found = _ORGANISATION.match(bare) or _ORGANISATION.match(bare.upper())
    if found is None or is_placeholder(found[2]):
        return None
    scheme, number = found[1], found[2].strip()
    read = company(number) if scheme == "GB-COH" else charity(number)
    return read if read is not None and read[0] == scheme else (scheme, number)


def charity(text: str) -> Number | None:
    """A charity's number: `SC…` is Scotland's, `NIC…` Northern Ireland's, digits England's."""
    bare = "".join(text.upper().split())
    if re.fullmatch(r"SC\d{6}", bare):
        return "GB-SC", bare
    if found := re.fullmatch(r"NIC(\d{6})", bare):
        return "GB-NIC", found[1]
    if bare.isascii() and bare.isdecimal() and not is_placeholder(bare):
        return "GB-CHC", bare
    return None


def company(text: str) -> Number | None:
    """A company's number, in eight places: spreadsheets drop the noughts at its start."""
    bare = "".join(text.upper().split())
    if _SHORT_COMPANY.fullmatch(bare):
        bare = bare.zfill(_COMPANY_DIGITS)
    return ("GB-COH", bare) if bare.isascii() and _COMPANY.fullmatch(bare) else None
