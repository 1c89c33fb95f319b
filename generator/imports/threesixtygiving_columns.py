"""Column titles of 360Giving files, as publishers really write them.

`Recipient Org:0:Name`, `recipient organisation : name` and `recipientOrganization/0/name` are
one column. What the standard has and this importer has no place for is kept as found.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.imports.private_columns import is_private

_MEMBERS = {
    "identifier": "id",
    "recipientorg": "recipient",
    "recipientorganisation": "recipient",
    "recipientorganization": "recipient",
    "recipientind": "individual",
    "recipientindividual": "individual",
    "fundingorg": "funder",
    "fundingorganisation": "funder",
    "fundingorganization": "funder",
    "grantprogramme": "programme",
    "grantprogram": "programme",
    "beneficiarylocation": "location",
    "beneficiarylocations": "location",
    "planneddates": "planned",
    "classification": "classifications",
    "relateddocument": "document",
    "relateddocuments": "document",
}
_PARTS = {"identifier": "id", "webaddress": "url", "website": "url", "geographiccode": "geocode"}

_WORDS: Mapping[tuple[str, str], str] = {
    ("id", ""): "the publisher's own reference",
    ("title", ""): "title",
    ("description", ""): "purpose",
    ("currency", ""): "currency",
    ("amountawarded", ""): "amount",
    ("awarddate", ""): ("day decided, and the financial year from April to March that it lies in"),
    ("planned", "startdate"): "start",
    ("planned", "enddate"): "end",
    ("recipient", "id"): "recipient, and its number where it is one of a register",
    ("recipient", "name"): "recipient",
    ("recipient", "charitynumber"): "recipient's charity number",
    ("recipient", "companynumber"): "recipient's company number",
    ("recipient", "url"): "recipient's web address, where it begins with http",
    ("individual", "id"): "tells private persons apart; not published",
    ("funder", "id"): "publisher",
    ("funder", "name"): "publisher",
    ("programme", "code"): "fund",
    ("programme", "title"): "fund",
    ("location", "name"): "area",
    ("location", "geocode"): "area's official code, where it is one",
    ("classifications", "vocabulary"): "theme or topic; other vocabularies are kept",
    ("classifications", "code"): "theme or topic; those of other vocabularies are kept",
    ("classifications", "title"): "theme or topic; those of other vocabularies are kept",
    ("document", "title"): "document",
    ("document", "url"): "document, where it begins with http",
    ("document", "documenttype"): "kind of document",
}
"""Each column that has a place of its own in a package, and which."""
DAYS = frozenset((("awarddate", ""), ("planned", "startdate"), ("planned", "enddate")))
"""The columns that hold days."""
PRIVATE = "may name a private person; left out"
_NO_SIGN = re.compile(r"[^a-z0-9]")


class Column(NamedTuple):
    """What a title means: `Recipient Org:1:Name` is part `name` of the second `recipient`."""

    title: str
    key: tuple[str, str]
    """The member and its part, wherever and however often they stand."""
    place: int
    words: str
    """Where its cells go; empty when they have no place of their own."""
    is_private: bool
    """Whether its cells are left out for the sake of a private person."""

    @property
    def member(self) -> str:
        """What the column belongs to, such as `recipient`; a plain column is its own."""
        return self.key[0]

    @property
    def part(self) -> str:
        """Which detail of its member it holds; empty for a plain column."""
        return self.key[1]


def column(title: str) -> Column:
    """The meaning of a title, in any case, with or without spaces, numbers and colons."""
    names = [_NO_SIGN.sub("", part.lower()) for part in re.split("[:/]", title)]
    place = 0
    if len(names) > 2 and names[1].isdecimal():
        place = int(names.pop(1)[:6])
    member, rest = _MEMBERS.get(names[0], names[0]), ":".join(names[1:])
    key = member, _PARTS.get(rest, rest)
    words = _WORDS.get(key, "")
    return Column(
        title, key, place, words, not words and (member == "individual" or is_private(title))
    )
