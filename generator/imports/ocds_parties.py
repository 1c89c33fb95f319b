"""Who is who in an OCDS release: its buyer and suppliers, with their numbers in registers."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from generator.checks.identity import KNOWN
from generator.imports import registers
from generator.imports.base import Party
from generator.imports.ocds_releases import listed, part, text

WEB = re.compile(r"https?://\S+")
_FOREIGN = re.compile(r"(?!GB-)[A-Z]{2,3}-[A-Z0-9]+(?:_[A-Z]+)?")
_PREFIXED = re.compile(r"([A-Z]{2,3}-[A-Z0-9]+)-(.+)")


def is_register(scheme: str) -> bool:
    """Whether a scheme is a register's: a British one that the checks know, or a foreign one."""
    return scheme in KNOWN or bool(_FOREIGN.fullmatch(scheme))


def is_number(id: str) -> bool:
    """Whether a party's id says no more than its number in a register, or nothing at all."""
    found = _PREFIXED.fullmatch(id)
    return not id or bool(found and is_register(found[1]))


class Parties:
    """The parties of one release. `note` is told of a number that had to be mended."""

    def __init__(
        self, release: Mapping[str, Any], note: Callable[[str, str, str, str], None]
    ) -> None:
        self._release = release
        self._note = note
        self._every = listed(release, "parties")
        self._by_id = {text(one.get("id")): one for one in reversed(self._every)}

    def whole(self, party: Party) -> Mapping[str, Any]:
        """All that the release says of a party."""
        return self._by_id.get(party.identifier, {}) if party.identifier else {}

    def buyer(self) -> Party | None:
        """Who awarded it; None when the release doesn't say.

        An id that a portal gave it is left out: one buyer has many of those.
        """
        named = part(self._release, "buyer")
        if not named:
            buyers = [one for one in self._every if _is_buyer(one.get("roles"))]
            named = buyers[0] if len(buyers) == 1 else {}
        found = self._party(named, "buyer")
        if not is_number(found.identifier):
            found = replace(found, identifier="")
        return found if found.name else None

    def suppliers(self, award: Mapping[str, Any]) -> tuple[Party, ...]:
        """Those that got an award, as one group: the amount is never divided among them."""
        found = [self._party(one, "awards/suppliers") for one in listed(award, "suppliers")]
        for one in found:
            if not one.name:
                why = "a supplier without a name; it is called by its id, if it has one"
                self._note("awards/suppliers/name", one.identifier, one.identifier, why)
        return tuple(dict.fromkeys(one for one in found if one.name or one.identifier))

    def _party(self, reference: Mapping[str, Any], column: str) -> Party:
        id = text(reference.get("id"))
        whole = self._by_id.get(id, {}) if id else {}
        own = part(whole, "identifier") or part(reference, "identifier")
        name = text(reference.get("name")) or text(whole.get("name")) or text(own.get("legalName"))
        known = [own, *listed(whole, "additionalIdentifiers")]
        pairs = [(text(one.get("scheme")), text(one.get("id"))) for one in known]
        if found := _PREFIXED.fullmatch(id):
            pairs.append((found[1], found[2]))
        bare = dict.fromkeys((one, number.removeprefix(f"{one}-")) for one, number in pairs)
        real = [pair for pair in bare if pair[1] and is_register(pair[0])]
        numbers = filter(None, (self._number(*pair, f"{column}/id") for pair in real))
        url = text(part(whole, "details").get("url"))
        return Party(name, id, tuple(dict.fromkeys(numbers)), url=url if WEB.fullmatch(url) else "")

    def _number(self, scheme: str, written: str, column: str) -> registers.Number | None:
        number = registers.of_identifier(f"{scheme}-{written}")
        if number is None:
            self._note(column, written, written, f"this is no number of {scheme}; left out")
        elif number[1] != written:
            why = f"so {number[0]} writes it; leading noughts get lost"
            self._note(column, written, number[1], why)
        return number


def _is_buyer(roles: object) -> bool:
    return isinstance(roles, list) and "buyer" in roles
