"""Names that look like lists: a cell here holds one value, so the mark between them is changed.

What the file says in one cell is never split: nobody but the publisher knows whether it is a
list. The words stay; a semicolon, bar or line break becomes a comma, and the account says so.
"""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from generator import schemas
from generator.descriptor import objects
from generator.imports.base import Attachment, Correction, Heading, Incoming, Party, Place, Reading

_MARKS = re.compile(r"\s*[;|\r\n]+\s*")
_WHY = "it may be a list; it stays in one cell, with a comma where the mark was"


def one_value(text: str) -> str:
    """The text without the marks of a list: `Bath; Wells` is `Bath, Wells`."""
    return _MARKS.sub(", ", text).strip(" ,") if _MARKS.search(text) else text


def _plain_columns() -> frozenset[str]:
    """The columns of awards that hold one value, not prose."""
    fields = objects((schemas.load("awards") or {}).get("fields"))
    return frozenset(
        str(one["name"]) for one in fields if one["type"] == "string" and not one.get("prose")
    )


def _party(one: Party) -> Party:
    return replace(one, name=one_value(one.name))


def _heading(one: Heading) -> Heading:
    return Heading(one_value(one.title), one_value(one.code))


def _place(one: Place) -> Place:
    return Place(one_value(one.title), one.code)


def _attachment(one: Attachment) -> Attachment:
    return replace(one, title=one_value(one.title))


def _tidied(one: Incoming, plain: frozenset[str]) -> Incoming:
    return replace(
        one,
        cells={
            name: one_value(cell) if name in plain else cell for name, cell in one.cells.items()
        },
        recipients=tuple(map(_party, one.recipients)),
        fund=one.fund and _heading(one.fund),
        theme=one.theme and _heading(one.theme),
        topics=tuple(map(_heading, one.topics)),
        places=tuple(map(_place, one.places)),
        documents=tuple(map(_attachment, one.documents)),
    )


def _texts(one: Incoming) -> Iterator[tuple[str, str]]:
    """Each text that may have changed, with what it is."""
    yield from one.cells.items()
    yield from (("recipient", party.name) for party in one.recipients)
    headings = (("fund", one.fund), ("theme", one.theme), *(("topic", each) for each in one.topics))
    for what, heading in headings:
        if heading is not None:
            yield f"{what}'s title", heading.title
            yield f"{what}'s code", heading.code
    yield from (("place", place.title) for place in one.places)
    yield from (("document's title", document.title) for document in one.documents)


def without_lists(reading: Reading) -> Reading:
    """The same reading with one value in each name, and a correction for each that changed."""
    plain = _plain_columns()
    awards = tuple(_tidied(one, plain) for one in reading.awards)
    changed = tuple(
        Correction(before.lines[0], what, found, taken, _WHY, before.sheet)
        for before, after in zip(reading.awards, awards, strict=True)
        if before != after
        for (what, found), (_, taken) in zip(_texts(before), _texts(after), strict=True)
        if found != taken
    )
    return replace(reading, awards=awards, corrections=(*reading.corrections, *changed))
