"""Ids made from words: small letters, digits and hyphens, the same each time, never used twice."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from generator import urls

LONGEST = 60
_RESERVED = frozenset((urls.NOT_PUBLISHED, urls.WITHDRAWN))
_JOINS = re.compile("['’`]")
_REST = re.compile("[^a-z0-9]+")


def mark_of(text: str) -> str:
    """Eight digits and letters that stand for a text and hardly ever for another."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def slug(text: str) -> str:
    """The text as an id of at most 60 characters; empty when no letter or digit is left.

    Accents are dropped. A longer one is cut, and ends in a mark of the whole text.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    short = _REST.sub("-", _JOINS.sub("", plain)).strip("-")
    if len(short) <= LONGEST:
        return short
    return f"{short[: LONGEST - 9].rstrip('-')}-{mark_of(text)}"


def unnamed(words: str, instead: str) -> str:
    """The words, or others where they seem to name a private person: ids stand in addresses."""
    from generator.personal import hits, is_person  # loads long lists

    return instead if is_person(words) or hits(words) else words


class Ids:
    """The ids of one table. What is taken, or is an address of the site's own, isn't given."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*taken, *_RESERVED}

    def __contains__(self, id: str) -> bool:
        return id in self._taken or urls.is_list_page(id)

    def new(self, words: str, distinct: str = "") -> str:
        """An id from words; `distinct` tells things of the same words apart.

        The first has the words alone. A later one ends in a mark of `distinct`; should even
        that be taken, in a number.
        """
        first = slug(words) or f"no-{mark_of(words + distinct)}"
        id, count = first, 2
        if id in self and distinct:
            id = first = f"{first[: LONGEST - 9].rstrip('-')}-{mark_of(words + distinct)}"
        while id in self:
            id, count = f"{first}-{count}", count + 1
        self._taken.add(id)
        return id
