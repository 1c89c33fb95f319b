"""Where a package seems to hold personal data: every text of its tables, pages and description.

Only cells that are worth it are looked at one by one: see `privacy_places`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator import personal
from generator.body import Row
from generator.checks.privacy_places import (
    PLACES,
    RECIPIENTS,
    Context,
    Spots,
    cell,
    in_special_column,
    in_text,
)
from generator.checks.suspects import cells
from generator.descriptor import DESCRIPTOR, display_path
from generator.ledger import Ledger
from generator.missing import is_missing
from generator.package import Table
from generator.personal_areas import is_fine_place
from generator.personal_sieve import may_be_person, may_hold, together
from generator.personal_words import words
from generator.revisions import key_columns, row_key

REVIEWS = "privacy_reviews"
_REFERENCES = words("""
    id source_id ocid award service recipient fund contract programme theme round area scheme
    identifier resource row field tender_reference sha256 covers_where where measure rule
    subject report term funding_source financial_year unit base valid_from valid_to gss_code
""")
"""Columns of ids, codes and references: only e-mail addresses are looked for there."""


class Found(Struct, frozen=True):
    """A cell (or a page's line, or a text of the descriptor) that seems to hold personal data."""

    resource: str
    row: str
    """The row's key, as `revisions` names rows."""
    field: str
    category: str
    line: int | None
    file: str
    masked: str
    texts: tuple[str, ...]
    """What must not be shown. Never print it."""

    def __repr__(self) -> str:
        return f"Found({self.resource!r}, {self.row!r}, {self.field!r}, {self.category!r})"


def _schema_says_code(one: Mapping[str, Any]) -> bool:
    constraints = one.get("constraints") or {}
    return bool(constraints.get("enum") or constraints.get("pattern"))


class _Column(Struct, frozen=True):
    """A column that is looked at."""

    table: Table
    name: str
    code: bool
    """Whether it holds ids or codes, among which only e-mail addresses are looked for."""

    @property
    def place(self) -> tuple[str, str]:
        """The table and the column."""
        return self.table.resource, self.name

    @property
    def texts(self) -> Any:
        """Its distinct texts."""
        return self.table.body.column(self.name).dictionary

    def passing(self, test: Callable[[str], object]) -> Any:
        """The texts that pass a test."""
        return pa.array(map(bool, map(test, self.texts.to_pylist())), pa.bool_())

    def rows(self, passed: Any) -> Any:
        """The rows that hold a text that passed."""
        return passed.take(self.table.body.column(self.name).indices)


def _columns(table: Table) -> Iterator[_Column]:
    """The columns of texts."""
    for one in table.fields:
        name = str(one.get("name"))
        if one.get("type") != "string" or (one.get("constraints") or {}).get("enum"):
            continue
        if name in table.header:
            place = table.resource, name
            code = (name in _REFERENCES or _schema_says_code(one)) and place not in PLACES
            yield _Column(table, name, code)


def _looks(columns: Sequence[_Column]) -> Mapping[tuple[str, str], Any]:
    """The texts of each column that may hold something; those of all columns are seen at once."""
    prose = [one for one in columns if not one.code]
    who = [one for one in prose if one.place in RECIPIENTS]
    held = [*together(may_hold, [one.texts for one in prose])]
    found = dict(zip((one.place for one in prose), held, strict=True))
    for one, person in zip(who, together(may_be_person, [one.texts for one in who]), strict=True):
        found[one.place] = pc.or_(found[one.place], person)
    return found


def _worth_a_look(one: _Column, held: Any, context: Context) -> Any:
    """The rows whose cell may hold something, by the cell's text and by its place.

    `held` are the texts that may hold something wherever they stand; None for codes.
    """
    if one.code:
        return one.rows(pc.match_substring(one.texts, "@"))
    present = one.passing(lambda text: not is_missing(text))
    if one.place in (("revisions", "old"), ("revisions", "new")):
        return one.rows(present)
    if one.place in PLACES:
        held = pc.or_(held, one.passing(is_fine_place))
    rows = one.rows(pc.and_(held, present))
    if one.place in RECIPIENTS:
        other = _Column(one.table, RECIPIENTS[one.place], code=True)
        own = other.rows(other.passing(context.own.__contains__))
        return pc.or_(rows, pc.and_(own, one.rows(present)))
    if one.place == ("source_values", "value"):
        other = _Column(one.table, "source_column", code=True)
        return pc.or_(rows, other.rows(other.passing(in_special_column)))
    return rows


def _spots(table: Table, row: Row, column: str, *, code: bool, context: Context) -> Spots:
    text = row.cells.get(column, "")
    if len(text) < 3 or is_missing(text):
        return
    if not code:
        yield from cell(table, row, column, context)
    elif "@" in text:
        yield from (spot for spot in in_text(text) if spot[0] == "email")


def _tables(tables: Sequence[Table], context: Context) -> Iterator[Found]:
    """What tables seem to hold. Only cells that are worth it are looked at one by one."""
    looked = [list(_columns(table)) for table in tables]
    held = _looks(list(chain.from_iterable(looked)))
    for table, columns in zip(tables, looked, strict=True):
        key = key_columns(table.schema, table.header)
        codes = {one.name for one in columns if one.code}
        masks = {one.name: _worth_a_look(one, held.get(one.place), context) for one in columns}
        for row, column in cells(table, masks):
            spots = list(_spots(table, row, column, code=column in codes, context=context))
            at = row_key(key, row.cells)
            yield from _founds(spots, table.resource, at, column, row.line, table.file)


def _founds(
    spots: Sequence[tuple[str, str]],
    resource: str,
    row: str,
    column: str,
    line: int | None,
    file: str,
) -> Iterator[Found]:
    for category in dict.fromkeys(one for one, _ in spots):
        texts = tuple(text for one, text in spots if one == category)
        yield Found(resource, row, column, category, line, file, personal.mask(texts[0]), texts)


_NOT_PROSE = words("""
    resources path hash contact corrections_email repository base_url $schema identifiers
""")
"""Parts of a descriptor that are addresses, or where an office's contact is meant to stand."""


def _descriptor(found: object, at: str) -> Iterator[tuple[str, str]]:
    """The texts of a descriptor, each with its dotted path."""
    if isinstance(found, str):
        yield at, found
    elif isinstance(found, dict):
        for key, value in found.items():
            if key not in _NOT_PROSE:
                yield from _descriptor(value, f"{at}.{key}" if at else str(key))
    elif isinstance(found, list):
        for number, value in enumerate(found, 1):
            yield from _descriptor(value, f"{at}.{number}")


def scan(ledger: Ledger) -> tuple[Found, ...]:
    """All that seems personal in a package: its tables, its own pages, its description."""
    return ledger.once(_scan)


def _scan(ledger: Ledger) -> tuple[Found, ...]:
    package, context = ledger.package, Context(ledger)
    tables = [table for name, table in package.tables.items() if name != REVIEWS]
    found = list(_tables(tables, context))
    for page in package.prose:
        for number, line in enumerate(page.text.splitlines(), 1):
            found += _founds(list(in_text(line)), "pages", page.name, "text", number, page.file)
    file = display_path(package.folder / DESCRIPTOR)
    for at, text in _descriptor(package.descriptor, ""):
        found += _founds(list(in_text(text)), "datapackage", at, "text", None, file)
    reviews = package.tables.get(REVIEWS)
    for row in reviews.rows if reviews else ():
        for column in ("reason", "reviewed_by"):
            text = row.cells.get(column, "")
            named = column == "reviewed_by" and personal.is_person(text)
            spots = [("name", text)] if named else list(in_text(text))
            id = row.cells.get("id", "")
            found += _founds(spots, REVIEWS, id, column, row.line, reviews.file if reviews else "")
    return tuple(found)
