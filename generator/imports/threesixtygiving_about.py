"""What a 360Giving file says of itself: its title, licence and publisher.

A workbook says it in a sheet called Meta, in two columns; a JSON document beside its grants.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from generator.imports.base import ColumnFate, Party, Sheet, SourceFile
from generator.imports.registers import of_identifier
from generator.imports.threesixtygiving_json import flattened
from generator.imports.threesixtygiving_rows import lists_grants
from generator.licences import as_stated

_NO_SIGN = re.compile(r"[^a-z]")
_WORDS = {
    "title": "title of the publication",
    "license": "licence",
    "publishername": "publisher, where a grant names no funder",
    "publisheridentifier": "publisher, where a grant names no funder",
}


class About(Struct, frozen=True):
    """What is said of the whole file, and what became of each statement."""

    title: str
    licence: Mapping[str, str] | None
    publisher: Party | None
    columns: tuple[ColumnFate, ...]


def meta_sheet(source: SourceFile) -> Sheet | None:
    """The sheet that is about the file, if there is one."""
    named = (one for one in source.sheets if one.name.strip().lower() == "meta")
    return next((one for one in named if not lists_grants(one)), None)


def about(source: SourceFile) -> About:
    """What the file says of itself."""
    sheet, pairs = "", dict[str, str]()
    if (meta := meta_sheet(source)) is not None:
        sheet = meta.name
        lines = [meta.header, *(tuple(row.cells.values()) for row in meta.rows)]
        pairs = {name.strip(): text.strip() for name, text, *_ in ((*one, "", "") for one in lines)}
    elif isinstance(source.document, Mapping):
        beside = {name: one for name, one in source.document.items() if name != "grants"}
        pairs = dict(flattened(beside))
    said = {_NO_SIGN.sub("", name.lower()): text for name, text in pairs.items()}
    name, identifier = said.get("publishername", ""), said.get("publisheridentifier", "")
    number = of_identifier(identifier)
    publisher = Party(name, identifier, (number,) if number else ())
    return About(
        title=said.get("title", ""),
        licence=as_stated(said.get("license", "")),
        publisher=publisher if name or identifier else None,
        columns=tuple(_fate(sheet, name, text) for name, text in pairs.items() if name),
    )


def _fate(sheet: str, name: str, text: str) -> ColumnFate:
    words = _WORDS.get(_NO_SIGN.sub("", name.lower()))
    if not text:
        return ColumnFate(sheet, name, "ignored", "empty", 0)
    if words:
        return ColumnFate(sheet, name, "mapped", words, 1)
    return ColumnFate(sheet, name, "ignored", "about the file, not about a grant", 1)
