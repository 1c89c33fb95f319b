"""What a cell of text seems to hold, judged by its place: whose name it is, which column.

The text alone is judged by `personal`. Here its place is: a recipient's name, the address of a
recipient in an imported column, the name of a beneficiary's place.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from generator import personal
from generator.body import Row
from generator.ledger import Ledger
from generator.model import Recipient
from generator.package import Table
from generator.personal_areas import is_fine_place
from generator.personal_names import is_institution, is_organisation
from generator.personal_places import is_address, names_refuge

ANONYMOUS = re.compile(
    r"^(Individual \d+|REDACTED (PERSONAL DATA|COMMERCIAL CONFIDENTIALITY|OTHER))$"
)
"""The only names that a recipient of the kind "individual" may have."""
RECIPIENTS = {
    ("recipients", "name"): "id",
    ("recipient_names", "name"): "recipient",
    ("award_recipients", "published_name"): "recipient",
}
"""Columns that hold a recipient's name, and the column beside it that says whose."""
_OWN = frozenset({"individual", "informal-group"})
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\b\.?\s+[A-Z]")
"""A title in the name of an informal group: such a group is somebody's own."""
PLACES = {("areas", "title"), ("areas", "gss_code"), ("awards", "area_text")}
_WARD = re.compile(r"[EWSN]\d{8}")
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


def in_special_column(title: str) -> bool:
    """Whether a column of an imported file is called as one that may hold personal data."""
    forms = (_CONTACT, _DIALLED, _ADDRESS, _BENEFICIARY)
    return any(one.search(title) for one in forms)


Spots = Iterator[tuple[str, str]]
"""Categories, each with the text that has it."""


def in_text(text: str) -> Spots:
    """What a text seems to hold, wherever it stands."""
    for hit in personal.hits(text):
        yield hit.category, text[hit.start : hit.end]


class Context:
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


def _recipient_name(text: str, recipient: str, context: Context) -> Spots:
    kind = context.kinds.get(recipient)
    if kind == "individual" and not ANONYMOUS.match(text):
        yield "name", text
        return
    informal = kind == "informal-group"
    known = recipient in context.numbered or kind == "publisher"
    if not known and (personal.is_person(text) or (informal and _TITLED.search(text))):
        yield "name", text
        return
    found = tuple(spot for spot in in_text(text) if not (known and spot[0] == "name"))
    yield from found
    if informal and not found and is_address(text):
        yield "home-address", text


def _source_value(column: str, text: str, award: str, context: Context) -> Spots:
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
    yield from in_text(text)


def cell(table: Table, row: Row, column: str, context: Context) -> Spots:
    """What one cell of text seems to hold."""
    resource, cells, text = table.resource, row.cells, row.cells[column]
    revised = resource == "revisions" and column in ("old", "new")
    if revised:
        resource, column = cells.get("resource", ""), cells.get("field", "")
    if owner := RECIPIENTS.get((resource, column)):
        recipient = cells.get("row", "").partition("/")[0] if revised else cells.get(owner, "")
        yield from _recipient_name(text, recipient, context)
        return
    if (resource, column) == ("source_values", "value") and not revised:
        award = cells.get("award", "")
        yield from _source_value(cells.get("source_column", ""), text, award, context)
        return
    ward = column == "title" and _WARD.fullmatch(cells.get("gss_code", "")) and not is_address(text)
    if (resource, column) in PLACES and not ward and is_fine_place(text):
        yield "place", text
        return
    yield from in_text(text)
