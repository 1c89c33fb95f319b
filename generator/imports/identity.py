"""Ids for ever: what a package knows already keeps its id, and what is new gets one of its own."""

import re
from collections.abc import Iterable, Mapping, Sequence

from generator.draft import Draft
from generator.imports.base import Heading, Incoming, Place
from generator.imports.who import INDIVIDUAL
from generator.missing import is_missing
from generator.money import parse_decimal
from generator.slugs import Ids, slug, unnamed
from generator.tables import Cells

_PREFIXED = re.compile(r"360G-([A-Za-z0-9_]+)-.+")
_OURS = "360G-"


def prefix_of(awards: Iterable[Incoming]) -> str | None:
    """The registered prefix that all identifiers of the form `360G-prefix-…` share, if one."""
    given = [one.cells.get("source_id", "") for one in awards]
    found = {_PREFIXED.fullmatch(one) for one in given if one.startswith(_OURS)}
    prefixes = {match and match[1] for match in found}
    return prefixes.pop() if len(prefixes) == 1 else None


class _Known:
    """A package's awards, found by the publisher's identifier or by what they are alike in."""

    def __init__(self, existing: Draft) -> None:
        people = {row["id"] for row in existing.rows("recipients") if row.get("kind") == INDIVIDUAL}
        named: dict[str, list[str]] = {}
        for row in existing.rows("award_recipients"):
            recipient = row.get("recipient", "")
            if not is_missing(recipient) and recipient not in people:
                named.setdefault(row.get("award", ""), []).append(recipient)
        self.ids = {row["id"] for row in existing.rows("awards")}
        self._by_source: dict[str, list[str]] = {}
        self._alike: dict[tuple[object, ...], list[str]] = {}
        self._without: set[str] = set()
        for row in existing.rows("awards"):
            id, source = row["id"], row.get("source_id", "")
            self._by_source.setdefault(source, []).append(id)
            if is_missing(source):
                self._without.add(id)
            amount = parse_decimal(row.get("amount", ""))
            key = (row.get("title", ""), row.get("decided_on", ""), amount, _set(named.get(id, ())))
            self._alike.setdefault(key, []).append(id)

    def candidates(self, one: Incoming, who: Sequence[str], start: str) -> Sequence[str]:
        """The ids that an award of a source may have had so far."""
        source, title = one.cells.get("source_id", ""), one.cells.get("title", "")
        if source in self._by_source:
            return self._by_source[source]
        if source.startswith(start) and source.removeprefix(start) in self.ids:
            return [source.removeprefix(start)]  # our own export, come home
        day = one.cells.get("decided_on", "not published")
        alike = self._alike.get((title, day, one.amount, _set(who)), [])
        return [id for id in alike if not source or id in self._without]


def _set(ids: Iterable[str]) -> frozenset[str]:
    return frozenset(ids)


def award_ids(
    awards: Sequence[Incoming],
    recipients: Sequence[Sequence[str]],
    existing: Draft,
    prefix: str | None,
) -> tuple[str, ...]:
    """An id for each award.

    `recipients` has the ids of the organisations that each award names. An award is known by
    the publisher's identifier; without one, by the same title, date, amount and organisations.
    Awards that nothing tells apart take the known ids in order.
    """
    known = _Known(existing)
    start = f"{_OURS}{prefix}-"
    ids, given = Ids(known.ids), dict[str, None]()
    for one, who in zip(awards, recipients, strict=True):
        found = (id for id in known.candidates(one, who, start) if id not in given)
        id = next(found, "")
        if not id:
            source, title = one.cells.get("source_id", ""), one.cells.get("title", "")
            words = source.removeprefix(start).removeprefix(_OURS)
            words = words or f"{one.cells.get('financial_year', '')} {unnamed(title, 'award')}"
            id = ids.new(words, source or f"{title}/{one.amount}/{'/'.join(who)}")
        given[id] = None
    return tuple(given)


def _with_codes(headings: Iterable[Heading]) -> Mapping[Heading, Heading]:
    """Each heading as itself, or as the one that has its title and a code besides."""
    listed = list(dict.fromkeys(headings))
    coded: dict[str, list[Heading]] = {}
    for one in listed:
        if one.code:
            coded.setdefault(one.title, []).append(one)
    return {
        one: coded[one.title][0] if not one.code and len(coded.get(one.title, ())) == 1 else one
        for one in listed
    }


def _rank(row: Cells, one: Heading, words: str, *, alone: bool) -> int:
    """How surely a row is a heading: 1 is best, 0 is not at all."""
    by_title = row.get("title") == one.title
    called = row.get("title") if one.code == one.title else row.get("also_called")
    by_code = row["id"] == slug(words) or called == one.code != ""
    if by_code and (by_title or alone):
        return 1 if by_title else 2
    return 3 if by_title and (alone or not one.code) else 0


def heading_ids(found: Iterable[Heading], existing: Sequence[Cells]) -> Mapping[Heading, str]:
    """An id for each programme, theme or topic: from its code, else its title.

    A code that stands beside several titles tells nothing apart; code and title together do.
    """
    same = _with_codes(found)
    titles: dict[str, set[str]] = {}
    for one in same.values():
        titles.setdefault(one.code, set()).add(one.title)
    ids, settled = Ids(row["id"] for row in existing), dict[Heading, str]()
    for one in dict.fromkeys(same.values()):
        alone = bool(one.code) and len(titles[one.code]) == 1
        words = (one.code or one.title) if alone or not one.code else f"{one.code} {one.title}"
        ranked = [(_rank(row, one, words, alone=alone), row["id"]) for row in existing]
        known = sorted(pair for pair in ranked if pair[0])
        free = (id for _, id in known if id not in settled.values())
        settled[one] = next(free, "") or ids.new(words, f"{one.code}/{one.title}")
    return {one: settled[as_coded] for one, as_coded in same.items()}


def place_ids(found: Iterable[Place], existing: Sequence[Cells]) -> Mapping[Place, str]:
    """An id for each place. An official code decides which place it is; else the name does."""
    places = list(dict.fromkeys(found))
    codes: dict[str, set[str]] = {}
    for one in places:
        codes.setdefault(one.title, set()).add(one.code)
    by_code = {row.get("gss_code", ""): row["id"] for row in reversed(existing)}
    by_title = {row.get("title", ""): row["id"] for row in reversed(existing)}
    coded = {row["id"] for row in existing if re.match("[EKNSW]", row.get("gss_code", ""))}
    ids, settled = Ids(row["id"] for row in existing), dict[Place, str]()
    for one in places:
        id = by_code.get(one.code, "") if one.code else ""
        if not id:
            same = by_title.get(one.title, "")
            id = same if same and not (one.code and same in coded) else ""
        if not id:
            words = one.title if len(codes[one.title]) == 1 else f"{one.title} {one.code}"
            id = ids.new(words or one.code, one.code)
        if one.code:
            by_code.setdefault(one.code, id)
            coded.add(id)
        by_title.setdefault(one.title, id)
        settled[one] = id
    return settled
