"""One organisation, one recipient: which names of a source are the same body.

A number in a register decides; a name alone decides only between bodies without one. Two
bodies of one name with different numbers stay two, and the checks point at them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from msgspec import Struct, field

from generator.checks.identity import FORMS
from generator.draft import Draft
from generator.imports.base import Party
from generator.missing import is_missing
from generator.slugs import Ids, unnamed

Number = tuple[str, str]
INDIVIDUAL = "individual"
_OUR_OWN = re.compile(r"IND-(individual-\d+)$")
"""How our own export refers to a private person."""


class Body(Struct, eq=False):
    """An organisation while it is put together. The id is empty until it has one."""

    id: str = ""
    name: str = ""
    names: list[str] = field(default_factory=list)
    """As the source prints it, in order."""
    numbers: list[Number] = field(default_factory=list)
    url: str = ""


def is_sure(number: Number) -> bool:
    """Whether a number says which body is meant: of its register's form, and no stand-in."""
    scheme, digits = number
    form = FORMS.get(scheme)
    return len(set(digits)) > 1 and (form is None or bool(form[0].fullmatch(digits)))


def name_of(party: Party) -> str:
    """The name on one line; a body without a name is called by its number."""
    return " ".join(party.name.split()) or party.identifier or "-".join(*party.numbers[:1])


def is_somebody(party: Party) -> bool:
    """Whether the source names anybody at all; a label such as "withheld" names nobody."""
    named = not is_missing(party.name.strip())
    return bool(party.individual or named or party.identifier or party.numbers)


class Bodies:
    """The organisations of a package: those it has, and those that a source adds."""

    def __init__(self, existing: Draft) -> None:
        self._by_number: dict[Number, Body] = {}
        self._by_name: dict[str, list[Body]] = {}
        self._of: dict[Party, Body] = {}
        self._listed: dict[Body, None] = {}
        known: dict[str, Body] = {}
        for row in existing.rows("recipients"):
            if row.get("kind") != INDIVIDUAL:
                known[row["id"]] = Body(row["id"], row.get("name", ""))
                self._call(known[row["id"]], row.get("name", ""))
        for row in existing.rows("recipient_names"):
            if body := known.get(row.get("recipient", "")):
                self._call(body, row.get("name", ""))
        for row in existing.rows("recipient_identifiers"):
            if body := known.get(row.get("recipient", "")):
                self._number(body, (row.get("scheme", ""), row.get("identifier", "")))

    def _call(self, body: Body, name: str) -> None:
        bearers = self._by_name.setdefault(name, [])
        if body not in bearers:
            bearers.append(body)

    def _number(self, body: Body, number: Number) -> None:
        """A number belongs to the first that has it; one of no sure form decides nothing."""
        owner = self._by_number.setdefault(number, body) if is_sure(number) else body
        if owner is body and number not in body.numbers:
            body.numbers.append(number)

    def _found(self, party: Party) -> Body | None:
        for number in filter(is_sure, party.numbers):
            if number in self._by_number:
                return self._by_number[number]
        bearers = self._by_name.get(name_of(party), [])
        bare = [one for one in bearers if not any(map(is_sure, one.numbers))]
        if any(map(is_sure, party.numbers)):
            return bare[0] if len(bare) == 1 else None
        alone = bearers if len(bearers) == 1 else bare
        return alone[0] if alone else None

    def add(self, parties: Iterable[Party], ids: Ids) -> None:
        """Settle who each is. Those with most numbers come first, as they tie others together."""
        listed = list(dict.fromkeys(parties))
        for party in sorted(listed, key=lambda one: -sum(map(is_sure, one.numbers))):
            body = self._found(party) or Body()
            self._call(body, name_of(party))
            for number in party.numbers:
                self._number(body, number)
            self._of[party] = body
        for party in listed:
            body, name = self._of[party], name_of(party)
            if name not in body.names:
                body.names.append(name)
            body.url = body.url or party.url
            body.name = body.name or name
            body.id = body.id or ids.new(unnamed(name, "recipient"), str(body.numbers))
            self._listed.setdefault(body)

    def of(self, party: Party) -> Body:
        """The body that a party of the source is."""
        return self._of[party]

    def listed(self) -> tuple[Body, ...]:
        """Those that the source names, each once, in its order."""
        return tuple(self._listed)


def individuals(
    awards: Sequence[tuple[str, Sequence[Party]]], existing: Draft, ids: Ids
) -> Mapping[tuple[str, int], str]:
    """The ids of private persons, by award and the party's place in it.

    An award keeps those it had. A person whom the source gives one reference in several awards
    is one; the reference itself is not kept.
    """
    kinds = {row["id"]: row.get("kind") for row in existing.rows("recipients")}
    had: dict[str, list[str]] = {}
    for row in existing.rows("award_recipients"):
        recipient = row.get("recipient", "")
        if not is_missing(recipient) and kinds.get(recipient) == INDIVIDUAL:
            had.setdefault(row.get("award", ""), []).append(recipient)
    found: dict[tuple[str, int], str] = {}
    by_reference: dict[str, str] = {}
    for award, parties in awards:
        left = had.get(award, [])
        for place, party in enumerate(parties):
            if not party.individual:
                continue
            person = by_reference.get(party.identifier, "") if party.identifier else ""
            if not person and left:
                person = left.pop(0)
            if not person:
                person = _new_person(party, ids)
            elif person in left:
                left.remove(person)
            if party.identifier:
                by_reference[party.identifier] = person
            found[award, place] = person
    return found


def _new_person(party: Party, ids: Ids) -> str:
    ours = _OUR_OWN.search(party.identifier)
    if ours and ours[1] not in ids:
        return ids.new(ours[1])
    numbered = (f"{INDIVIDUAL}-{number}" for number in count(1))
    return ids.new(next(one for one in numbered if one not in ids))
