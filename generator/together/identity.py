"""Who is who across packages: recipients with one register number are one organisation.

A name alone joins nobody. `same-as.csv` joins and separates, with its reason; what only looks
alike is listed as possibly the same, with what speaks for it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from msgspec import Struct

from generator import model
from generator.checks.identity import simple_name
from generator.findings import Finding
from generator.imports.who import is_sure
from generator.joined_sets import JoinedSets
from generator.ledger import Ledger
from generator.slugs import slug
from generator.together.same_as import Key, SameAs, Verdict

Number = tuple[str, str]
"""A register's code at org-id.guide, and the number in it."""
_OWN_SCHEME = "360G"
"""Numbers that a publisher gives its own recipients: no register, so they join nothing."""
_NO_ORGANISATION = "individual"


class Named(Struct, frozen=True):
    """A recipient as one package has it."""

    key: Key
    recipient: model.Recipient
    published: tuple[Number, ...]
    """Its numbers, as the package has them."""

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Those of a register, that surely say which organisation is meant."""
        return tuple(one for one in self.published if one[0] != _OWN_SCHEME and is_sure(one))

    @property
    def name(self) -> str:
        """Its name as published there."""
        return str(self.recipient.name)

    @property
    def number_words(self) -> str:
        """Its numbers on one line, as org-id.guide writes them."""
        return "; ".join(map("-".join, self.published))


class Organisation(Struct, frozen=True):
    """Recipients of several packages that are one."""

    id: str
    """From its first number, else from a recipient's id: part of an address."""
    members: tuple[Named, ...]
    """By package, then id."""
    reviewed: tuple[Verdict, ...]
    """The reviews by which some of them were joined."""

    @property
    def name(self) -> str:
        """The name that most packages have; among equals the first."""
        names = [one.name for one in self.members]
        return max(names, key=names.count)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Every number that one of the packages has."""
        return tuple(dict.fromkeys(sorted(n for one in self.members for n in one.numbers)))

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that name it."""
        return tuple(dict.fromkeys(one.key.package for one in self.members))


class Alike(Struct, frozen=True):
    """Recipients that may be the same, and what speaks for it and against it."""

    id: str
    members: tuple[Named, ...]
    evidence: tuple[str, ...]


class WhoIsWho(Struct, frozen=True, dict=True):
    """What is known of the recipients of all packages."""

    named: Mapping[Key, Named]
    organisations: tuple[Organisation, ...]
    """Those that two packages or more name."""
    alike: tuple[Alike, ...]

    def organisation_of(self, key: Key) -> str | None:
        """The id of a recipient's organisation, where several packages name it."""
        return self._ids.get(key)

    @cached_property
    def _ids(self) -> Mapping[Key, str]:
        return {one.key: each.id for each in self.organisations for one in each.members}


def _named(ledger: Ledger) -> Iterator[Named]:
    numbers: dict[str, list[Number]] = defaultdict(list)
    for one in ledger.recipient_identifiers:
        if isinstance(one.scheme, str) and isinstance(one.identifier, str):
            numbers[one.recipient].append((one.scheme, one.identifier))
    for recipient in ledger.recipients:
        if recipient.kind != _NO_ORGANISATION:
            key = Key(ledger.package.name, recipient.id)
            yield Named(key, recipient, tuple(sorted(set(numbers[recipient.id]))))


def _joined(named: Mapping[Key, Named], verdicts: Sequence[Verdict]) -> JoinedSets[Key]:
    holders: dict[Number, list[Key]] = defaultdict(list)
    for one in named.values():
        for number in one.numbers:
            holders[number].append(one.key)
    apart = {one.pair for one in verdicts if not one.same}
    sets = JoinedSets[Key]()
    for keys in holders.values():
        if apart.isdisjoint(map(frozenset, combinations(keys, 2)) if apart else ()):
            for other in keys[1:]:
                sets.join(keys[0], other)
        else:
            for pair in combinations(keys, 2):
                if frozenset(pair) not in apart:
                    sets.join(*pair)
    for verdict in verdicts:
        if verdict.same:
            sets.join(verdict.one, verdict.other)
    return sets


def _known(verdicts: Sequence[Verdict], named: Mapping[Key, Named]) -> tuple[Verdict, ...]:
    return tuple(one for one in verdicts if one.one in named and one.other in named)


def _organisations(
    named: Mapping[Key, Named], sets: JoinedSets[Key], verdicts: Sequence[Verdict]
) -> Iterator[Organisation]:
    members: dict[Key, list[Named]] = defaultdict(list)
    for one in sorted(named.values(), key=lambda one: one.key):
        members[sets.of(one.key)].append(one)
    reviewed: dict[Key, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.same:
            reviewed[sets.of(verdict.one)].append(verdict)
    taken = set[str]()
    for first, found in members.items():
        if len({one.key.package for one in found}) > 1:
            numbers = sorted(number for one in found for number in one.numbers)
            words = "-".join(numbers[0]) if numbers else "-".join(first)
            id = slug(words)
            while id in taken:
                id = slug(f"{words} {'-'.join(first)} {len(taken)}")
            taken.add(id)
            yield Organisation(id, tuple(found), tuple(reviewed[first]))


def _conflict(one: Named, other: Named) -> bool:
    """Whether one register has them under different numbers, and none has them under the same."""
    if set(one.numbers) & set(other.numbers):
        return False
    return bool({scheme for scheme, _ in one.numbers} & {scheme for scheme, _ in other.numbers})


def _evidence(members: Sequence[Named]) -> Iterator[str]:
    names = {one.name for one in members}
    yield "the same name" if len(names) == 1 else "names that differ by small words or marks only"
    addresses = [str(one.recipient.url) for one in members if isinstance(one.recipient.url, str)]
    if len(addresses) > len(set(addresses)):
        yield "the same website"
    lacking = sum(not one.numbers for one in members)
    if lacking:
        yield "no number in a register to tell" + ("" if lacking == len(members) else " for all")
    if any(_conflict(*pair) for pair in combinations(members, 2)):
        yield "against it: different numbers in one register"


def _alike(
    named: Mapping[Key, Named], sets: JoinedSets[Key], verdicts: Sequence[Verdict]
) -> Iterator[Alike]:
    apart = {one.pair for one in verdicts if not one.same}
    by_name: dict[str, list[Named]] = defaultdict(list)
    for one in sorted(named.values(), key=lambda one: one.key):
        if name := simple_name(one.name):
            by_name[name].append(one)

    def is_open(one: Named, other: Named) -> bool:
        return (
            one.key.package != other.key.package
            and sets.of(one.key) != sets.of(other.key)
            and frozenset((one.key, other.key)) not in apart
            and not _conflict(one, other)
        )

    for members in by_name.values():
        if len(members) > 1 and any(is_open(*pair) for pair in combinations(members, 2)):
            yield Alike("-".join(members[0].key), tuple(members), tuple(_evidence(members)))


def who_is_who(ledgers: Sequence[Ledger], same_as: SameAs) -> WhoIsWho:
    """The recipients of all packages, and which of them are one organisation."""
    named = {one.key: one for ledger in ledgers for one in _named(ledger)}
    verdicts = _known(same_as.verdicts, named)
    sets = _joined(named, verdicts)
    organisations = _organisations(named, sets, verdicts)
    return WhoIsWho(
        named,
        tuple(sorted(organisations, key=lambda one: (simple_name(one.name), one.id))),
        tuple(_alike(named, sets, verdicts)),
    )


def findings(ledgers: Sequence[Ledger], same_as: SameAs, *, whole: bool) -> Iterator[Finding]:
    """What is wrong with the list, seen beside the packages.

    `whole` says whether these are all packages that there are: else a row may be about others.
    """
    yield from same_as.findings
    packages = {one.package.name for one in ledgers}
    named = {one.key: one for ledger in ledgers for one in _named(ledger)}
    for row in same_as.verdicts:
        for column, key in (("recipient", row.one), ("other_recipient", row.other)):
            place = column.replace("recipient", "package")
            if key.package not in packages and whole:
                message, mend = "There is no package of this name.", "name one of those in data/."
                yield same_as.fault(row.line, place, key.package, message, mend)
            elif key.package in packages and key not in named:
                message = f"{key.package} has no organisation with this id."
                mend = "copy the id from its recipients.csv; private persons can't be joined."
                yield same_as.fault(row.line, column, key.recipient, message, mend)
    verdicts = _known(same_as.verdicts, named)
    sets = _joined(named, verdicts)
    for row in verdicts:
        if not row.same and sets.of(row.one) == sets.of(row.other):
            message = "These two are different, and both are the same as a third."
            mend = "add a row for the third: say from which of them it differs."
            yield same_as.fault(row.line, "verdict", "different", message, mend)
