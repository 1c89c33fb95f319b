"""Personal data in text: what it looks like, and a mask that shows too little to publish it.

`hits` judges a text by itself. What its place says of it (a recipient's name, a beneficiary's
place) is for `checks/privacy.py`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from generator import (
    personal_areas,
    personal_mentions,
    personal_numbers,
    personal_places,
    personal_postcodes,
)
from generator.personal_fold import fold
from generator.personal_names import is_person

__all__ = ["CATEGORIES", "Hit", "hits", "is_person", "mask", "masked", "masked_key", "masked_name"]

CATEGORIES: Mapping[str, str] = {
    "refuge-address": "where a refuge is",
    "email": "an e-mail address",
    "bank-account": "bank details",
    "national-insurance": "a national insurance number",
    "nhs-number": "an NHS number",
    "birth-date": "a date of birth",
    "phone": "a telephone number",
    "home-address": "the address of a home",
    "postcode": "a postcode",
    "place": "a place finer than a ward",
    "name": "a person’s name",
}
"""What each code means, as findings say it. Where two claim the same letters, the first wins."""

_FINDERS: Mapping[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "refuge-address": personal_places.refuges,
    "email": personal_numbers.emails,
    "bank-account": personal_numbers.bank_details,
    "national-insurance": personal_numbers.insurance_numbers,
    "nhs-number": personal_numbers.health_numbers,
    "birth-date": personal_numbers.birth_dates,
    "phone": personal_numbers.phones,
    "home-address": personal_places.addresses,
    "postcode": personal_postcodes.postcodes,
    "place": personal_areas.fine_places,
}


_NAMERS = (
    personal_mentions.titled_names,
    personal_mentions.contact_names,
    personal_mentions.families,
    personal_mentions.bare_names,
)


class Hit(Struct, frozen=True):
    """One piece of text that looks personal: `text[start:end]`, of a category."""

    category: str
    start: int
    end: int


def mask(text: str) -> str:
    """Enough to find the value, too little to publish it: first letter, then dots."""
    return text[:1] + "…" + f" ({len(text)} characters)"


def _claims(text: str) -> Iterator[Hit]:
    if any(mark.isdigit() for mark in text) or "@" in text or "//" in text:
        for category, find in _FINDERS.items():
            for start, end in find(text):
                yield Hit(category, start, end)
    else:
        for category in ("refuge-address", "email", "home-address"):
            for start, end in _FINDERS[category](text):
                yield Hit(category, start, end)
    for find in _NAMERS:
        for start, end in find(text):
            yield Hit("name", start, end)


@lru_cache(maxsize=1 << 18)
def hits(text: str) -> tuple[Hit, ...]:
    """What looks personal in the text, in the text's order; hits never overlap."""
    if len(text) < 5:
        return ()
    folded = fold(text)
    apart: list[Hit] = []  # in the text's order
    for claim in _claims(folded.text):
        start, end = folded.origin(claim.start, claim.end)
        at = bisect_left(apart, start, key=lambda one: one.start)
        behind = at == 0 or apart[at - 1].end <= start
        if behind and (at == len(apart) or end <= apart[at].start):
            apart.insert(at, Hit(claim.category, start, end))
    return tuple(apart)


def masked(text: str) -> str:
    """The text with every hit replaced by its mask."""
    for hit in reversed(hits(text)):
        text = text[: hit.start] + mask(text[hit.start : hit.end]) + text[hit.end :]
    return text


def masked_name(text: str) -> str:
    """The same where the whole text may be a person's name."""
    return mask(text) if is_person(text) else masked(text)


def masked_key(key: str) -> str:
    """A row's key, with each part masked that spells a person's name: `jane-smith/1`."""
    parts = key.split("/")
    return "/".join(mask(one) if is_person(one.replace("-", " ")) else masked(one) for one in parts)
