"""What importers share: a source's rows as found, and what each reader makes of them.

A reader (360Giving, OCDS, any table by a mapping) turns a `SourceFile` into a `Reading`.
`packaging` turns a Reading into packages. Each row of the source ends in exactly one
`Incoming` or one `Refused`; each column has exactly one `ColumnFate`.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct


class SourceRow(Struct, frozen=True):
    """One row as found: the line or spreadsheet row that it begins at, and its cells as text."""

    line: int
    cells: Mapping[str, str]


class Sheet(Struct, frozen=True):
    """A table of the source. The name is empty for a file that is one table."""

    name: str
    header: tuple[str, ...]
    rows: tuple[SourceRow, ...]


class SourceFile(Struct, frozen=True):
    """A file as read. Nothing in it was changed but the encoding and how numbers are stored."""

    name: str
    """The file's name without its folder."""
    sha256: str
    form: str
    """csv, spreadsheet or json."""
    sheets: tuple[Sheet, ...] = ()
    document: Any = None
    """The JSON document; numbers are Decimal or int."""
    notes: tuple[str, ...] = ()
    """What a reader of the report should know, such as the encoding that was found."""


class Correction(Struct, frozen=True):
    """A cell that was taken as something other than its very characters, or looks wrong."""

    line: int
    column: str
    found: str
    taken: str
    why: str
    sheet: str = ""
    """The sheet that the lines are of; empty where the source is one table."""


class Party(Struct, frozen=True):
    """A funder, buyer, recipient or supplier as one row names it."""

    name: str
    identifier: str = ""
    """As the source writes it, such as GB-CHC-1000147 or 360G-example-7."""
    numbers: tuple[tuple[str, str], ...] = ()
    """Its numbers in registers: the list's code at org-id.guide, and the number."""
    individual: bool = False
    """Whether the source says that this is a private person. The name is then never kept."""
    url: str = ""


class Heading(Struct, frozen=True):
    """A grant programme, theme or topic."""

    title: str
    code: str = ""


class Place(Struct, frozen=True):
    """Where the money is meant to help."""

    title: str
    code: str = ""


class Attachment(Struct, frozen=True):
    """A document that the source links to."""

    title: str
    url: str
    kind: str = ""


class Incoming(Struct, frozen=True):
    """One award of the source."""

    lines: tuple[int, ...]
    """Where it stands: more than one line when several rows make one award."""
    amount: Decimal
    currency: str
    funder: Party
    cells: Mapping[str, str]
    """Columns of `awards` in canonical form. What the source doesn't say isn't there."""
    recipients: tuple[Party, ...] = ()
    fund: Heading | None = None
    theme: Heading | None = None
    topics: tuple[Heading, ...] = ()
    places: tuple[Place, ...] = ()
    documents: tuple[Attachment, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    """Columns without a place of their own, as found: the title and the cell."""
    sheet: str = ""
    """The sheet that the lines are of; empty where the source is one table."""


class Refused(Struct, frozen=True):
    """An award that could not be imported, and what would mend it."""

    lines: tuple[int, ...]
    source_id: str
    amount: Decimal | None
    currency: str
    reason: str
    mend: str
    sheet: str = ""
    """The sheet that the lines are of; empty where the source is one table."""


class ColumnFate(Struct, frozen=True):
    """What became of a column: mapped (to what), kept (beside the award) or ignored (why)."""

    sheet: str
    column: str
    fate: str
    words: str
    filled: int
    """How many of its cells held something."""


class Reading(Struct, frozen=True):
    """All that a reader made of a source."""

    source: SourceFile
    standard: str
    """How the source was read: `360Giving`, `OCDS`, or the mapping's name."""
    rows: int
    """The rows (or grants, or awards of a JSON document) that the source has."""
    awards: tuple[Incoming, ...]
    refused: tuple[Refused, ...]
    corrections: tuple[Correction, ...]
    columns: tuple[ColumnFate, ...]
    licence: Mapping[str, str] | None = None
    """As the source states it, in the descriptor's form (`name`, `title`, `path`); else None."""
    title: str = ""
    """The publication's own title, where the source has one."""
