"""Where a package seems to hold personal data: every text, judged by what it says and where.

The text alone is judged by `personal`. Here its place is: a recipient's name, the address of a
recipient in an imported column, the name of a beneficiary's place.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as spec
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator import personal
from generator.body import Row
from generator.checks.suspects import cells
from generator.descriptor import DESCRIPTOR, display_path
from generator.ledger import Ledger
from generator.missing import is_missing
from generator.model import Recipient
from generator.package import Table
from generator.personal_areas import is_fine_place
from generator.personal_names import is_institution, is_organisation
from generator.personal_places import is_address, names_refuge
from generator.personal_sieve import may_be_person, may_hold
from generator.personal_words import words
from generator.revisions import key_columns, row_key

REVIEWS = "privacy_reviews"
ANONYMOUS = re.compile(
    r"^(Individual \d+|REDACTED (PERSONAL DATA|COMMERCIAL CONFIDENTIALITY|OTHER))$"
)
"""The only names that a recipient of the kind "individual" may have."""
_RECIPIENTS = {
    ("recipients", "name"): "id",
    ("recipient_names", "name"): "recipient",
    ("award_recipients", "published_name"): "recipient",
}
"""Columns that hold a recipient's name, and the column beside it that says whose."""
_OWN = frozenset({"individual", "informal-group"})
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\b\.?\s+[A-Z]")
"""A title in the name of an informal group: such a group is somebody's own."""
_PLACES = {("areas", "title"), ("areas", "gss_code"), ("awards", "area_text")}
_WARD = re.compile(r"[EWSN]\d{8}")
_REFERENCES = words("""
    id source_id ocid award service recipient fund contract programme theme round area scheme
    identifier resource row field tender_reference sha256 covers_where where measure rule
    subject report term funding_source financial_year unit base valid_from valid_to gss_code
""")
"""Columns of ids, codes and references: only e-mail addresses are looked for there."""
_CONTACT = re.compile(
    r"\b(?:surname|forename|(?:first|last|full|contact|applicant|officer|person)'?s? ?name"
    r"|applicants?|co-applicants?|signatory|contact(?: person)?|recipient ind.*name)\b",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile("surname|forename|first name|last name", re.IGNORECASE)
_DIALLED = re.compile(r"\b(?:tele)?phone|\btel\b|\bmobile", re.IGNORECASE)
_BENEFICIARY = re.compile(r"\bbeneficiar|\blocation\b|\bgeograph|\blatitude|\blongitude", re.I)
_ADDRESS = re.compile(r"post ?code|postal code|\baddress|\bstreet", re.IGNORECASE)
_FUNDER = re.compile(r"\b(?:funding|funder|publisher|buyer)", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A cell (or a page's line, or a text of the descriptor) that seems to hold personal data."""

    resource: str
    row: str
    """The row's key, as `revisions` names rows."""
    field: str
    category: str
    line: int | None
    file: str
    masked: str
    texts: tuple[str, ...] = spec(repr=False)
    """What must not be shown. Never print it."""


Spots = Iterator[tuple[str, str]]
"""Categories, each with the text that has it."""


def _in_text(text: str) -> Spots:
    for hit in personal.hits(text):
        yield hit.category, text[hit.start : hit.end]


def _schema_says_code(one: Mapping[str, Any]) -> bool:
    constraints = one.get("constraints") or {}
    return bool(constraints.get("enum") or constraints.get("pattern"))


class _Context:
    """What the whole package says of the recipients of each award; worked out when asked."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @cached_property
    def numbered(self) -> set[str]:
        """The recipients with a number of their own in a register."""
        return {one.recipient for one in self._ledger.recipient_identifiers if one.scheme != "360G"}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of each recipient."""
        return {one.id: str(one.kind) for one in self._ledger.recipients}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each recipient."""
        return {one.id: str(one.name) for one in self._ledger.recipients}

    @cached_property
    def own(self) -> frozenset[str]:
        """The recipients that are persons, or groups that may be somebody's own."""
        frame = self._ledger.frame(Recipient)
        return frozenset(one.id for one in frame.at(frame.where("kind", _OWN.__contains__)))

    @cached_property
    def of_award(self) -> dict[str, set[str]]:
        """The recipients of each award."""
        found: dict[str, set[str]] = defaultdict(set)
        for link in self._ledger.award_recipients:
            if isinstance(link.recipient, str):
                found[link.award].add(link.recipient)
        return found

    @cached_property
    def words(self) -> dict[str, str]:
        """What each award says that it is for."""
        return {one.id: f"{one.title} {one.purpose}" for one in self._ledger.awards}

    def is_public_body(self, recipient: str) -> bool:
        """Whether a recipient is an organisation whose name and address are public."""
        if self.kinds.get(recipient) in _OWN:
            return False
        return recipient in self.numbered or is_institution(self.names.get(recipient, ""))

    def may_show_address(self, award: str) -> bool:
        """Whether all recipients of an award have public addresses; a refuge never has."""
        found = self.of_award.get(award, set())
        said = [self.words.get(award, ""), *(self.names.get(one, "") for one in found)]
        return (
            bool(found)
            and all(map(self.is_public_body, found))
            and not any(map(names_refuge, said))
        )


def _recipient_name(text: str, recipient: str, context: _Context) -> Spots:
    kind = context.kinds.get(recipient)
    if kind == "individual" and not ANONYMOUS.match(text):
        yield "name", text
        return
    informal = kind == "informal-group"
    known = recipient in context.numbered or kind == "publisher"
    if not known and (personal.is_person(text) or (informal and _TITLED.search(text))):
        yield "name", text
        return
    found = tuple(spot for spot in _in_text(text) if not (known and spot[0] == "name"))
    yield from found
    if informal and not found and is_address(text):
        yield "home-address", text


def _source_value(column: str, text: str, award: str, context: _Context) -> Spots:
    named = _CONTACT.search(column) and not _FUNDER.search(column)
    if named and (not is_organisation(text) or _PART_OF_NAME.search(column)):
        yield "name", text
        return
    if _DIALLED.search(column) and not _FUNDER.search(column) and len(re.sub(r"\D", "", text)) > 8:
        yield "phone", text
        return
    if _ADDRESS.search(column):
        if _FUNDER.search(column):
            return
        if not _BENEFICIARY.search(column):
            if not context.may_show_address(award):
                yield ("postcode" if re.search("post", column, re.I) else "home-address"), text
            return
    if _BENEFICIARY.search(column) and is_fine_place(text):
        yield "place", text
        return
    yield from _in_text(text)


def _cell(table: Table, row: Row, column: str, context: _Context) -> Spots:
    """What one cell of text seems to hold."""
    resource, cells, text = table.resource, row.cells, row.cells[column]
    revised = resource == "revisions" and column in ("old", "new")
    if revised:
        resource, column = cells.get("resource", ""), cells.get("field", "")
    if owner := _RECIPIENTS.get((resource, column)):
        recipient = cells.get("row", "").partition("/")[0] if revised else cells.get(owner, "")
        yield from _recipient_name(text, recipient, context)
        return
    if (resource, column) == ("source_values", "value") and not revised:
        award = cells.get("award", "")
        yield from _source_value(cells.get("source_column", ""), text, award, context)
        return
    ward = column == "title" and _WARD.fullmatch(cells.get("gss_code", "")) and not is_address(text)
    if (resource, column) in _PLACES and not ward and is_fine_place(text):
        yield "place", text
        return
    yield from _in_text(text)


def _passing(table: Table, column: str, test: Callable[[str], object]) -> Any:
    """The rows whose text in a column passes a test, made once for each text."""
    texts = table.body.column(column)
    passed = pa.array([bool(test(one)) for one in texts.dictionary.to_pylist()], pa.bool_())
    return passed.take(texts.indices)


def _in_special_column(title: str) -> bool:
    forms = (_CONTACT, _DIALLED, _ADDRESS, _BENEFICIARY)
    return any(one.search(title) for one in forms)


def _worth_a_look(table: Table, column: str, *, code: bool, context: _Context) -> Any:
    """The rows whose cell may hold something, by the cell's text and by its place."""
    cells = table.body.column(column)
    texts, place = cells.dictionary, (table.resource, column)
    if code:
        return pc.match_substring(texts, "@").take(cells.indices)
    present = pa.array([not is_missing(one) for one in texts.to_pylist()], pa.bool_())
    if place in (("revisions", "old"), ("revisions", "new")):
        return present.take(cells.indices)
    held = may_hold(texts)
    if place in _PLACES:
        held = pc.or_(held, pa.array(map(is_fine_place, texts.to_pylist()), pa.bool_()))
    if place in _RECIPIENTS:
        held = pc.or_(held, may_be_person(texts))
    held = pc.and_(held, present).take(cells.indices)
    if place in _RECIPIENTS:
        own = _passing(table, _RECIPIENTS[place], context.own.__contains__)
        return pc.or_(held, pc.and_(own, present.take(cells.indices)))
    if place == ("source_values", "value"):
        return pc.or_(held, _passing(table, "source_column", _in_special_column))
    return held


def _spots(table: Table, row: Row, column: str, *, code: bool, context: _Context) -> Spots:
    text = row.cells.get(column, "")
    if len(text) < 3 or is_missing(text):
        return
    if not code:
        yield from _cell(table, row, column, context)
    elif "@" in text:
        yield from (spot for spot in _in_text(text) if spot[0] == "email")


def _table(table: Table, context: _Context) -> Iterator[Found]:
    """What a table seems to hold. Only cells that are worth it are looked at one by one."""
    key = key_columns(table.schema, table.header)
    codes, masks = set(), {}
    for one in table.fields:
        column, place = str(one.get("name")), (table.resource, str(one.get("name")))
        if one.get("type") != "string" or (one.get("constraints") or {}).get("enum"):
            continue
        if column not in table.header:
            continue
        code = (column in _REFERENCES or _schema_says_code(one)) and place not in _PLACES
        masks[column] = _worth_a_look(table, column, code=code, context=context)
        codes |= {column} if code else set()
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
    package, context = ledger.package, _Context(ledger)
    found: list[Found] = []
    for name, table in package.tables.items():
        if name != REVIEWS:
            found += _table(table, context)
    for page in package.prose:
        for number, line in enumerate(page.text.splitlines(), 1):
            found += _founds(list(_in_text(line)), "pages", page.name, "text", number, page.file)
    file = display_path(package.folder / DESCRIPTOR)
    for at, text in _descriptor(package.descriptor, ""):
        found += _founds(list(_in_text(text)), "datapackage", at, "text", None, file)
    reviews = package.tables.get(REVIEWS)
    for row in reviews.rows if reviews else ():
        for column in ("reason", "reviewed_by"):
            text = row.cells.get(column, "")
            named = column == "reviewed_by" and personal.is_person(text)
            spots = [("name", text)] if named else list(_in_text(text))
            id = row.cells.get("id", "")
            found += _founds(spots, REVIEWS, id, column, row.line, reviews.file if reviews else "")
    return tuple(found)
