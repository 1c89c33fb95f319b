"""Which awards of a source go into which package: one for each funder and currency."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.descriptor import objects
from generator.draft import Draft
from generator.errors import UsageProblem
from generator.imports.base import Incoming, Party
from generator.imports.describing import numbers_of
from generator.slugs import mark_of, slug

Groups = Mapping[tuple[str, str], Sequence[Incoming]]
"""Awards by the funder's identifier (else its name) and the currency."""


def grouped(awards: Sequence[Incoming]) -> Groups:
    """The awards by funder and currency, in the order of the source."""
    identified: dict[str, set[str]] = {}
    for one in awards:
        if one.funder.identifier:
            identified.setdefault(one.funder.name, set()).add(one.funder.identifier)
    groups: dict[tuple[str, str], list[Incoming]] = {}
    for one in awards:
        known = identified.get(one.funder.name, set())
        only = next(iter(known)) if len(known) == 1 else ""
        who = one.funder.identifier or only or one.funder.name
        groups.setdefault((who, one.currency), []).append(one)
    return groups


def _publisher(draft: Draft) -> tuple[str, set[tuple[str, str]]]:
    purse: Mapping[str, Any] = draft.descriptor["purse"]
    numbers = objects(purse["publisher"].get("identifiers"))
    return purse["publisher"]["name"], {(one["scheme"], one["identifier"]) for one in numbers}


def _is_of(draft: Draft, funder: Party, currency: str) -> bool:
    """Whether a package is this funder's in this currency: by its numbers, else its name."""
    name, numbers = _publisher(draft)
    mine = set(numbers_of(funder))
    same = bool(numbers & mine) if numbers and mine else name == funder.name
    return same and draft.descriptor["currency"] == currency


def _must_fit(name: str, draft: Draft, funder: Party, currency: str) -> None:
    """Raise UsageProblem when a package is another funder's, or in another currency."""
    publisher, numbers = _publisher(draft)
    theirs = draft.descriptor["currency"]
    if theirs != currency:
        raise UsageProblem(
            f"The file is in {currency}, and the package {name} is in {theirs}.",
            "name another package with --to: sums are never made across currencies.",
        )
    mine = set(numbers_of(funder))
    if numbers and mine and not numbers & mine:
        raise UsageProblem(
            f"The file's funder is {funder.name} ({funder.identifier}), and the package {name} "
            f"is that of {publisher}.",
            "name another package with --to, or correct the publisher's identifiers in its "
            "datapackage.json.",
        )


def names(groups: Groups, existing: Mapping[str, Draft], name: str) -> tuple[str, ...]:
    """A package's name for each group: `name` itself, or `name-funder` when there are several.

    A package that is the funder's own already comes first. Raises UsageProblem when the one
    package that was asked for can't take the file.
    """
    funders = [
        slug(group[0].funder.name or who) or mark_of(who) for (who, _), group in groups.items()
    ]
    given: list[str] = []
    for funder, ((_, currency), group) in zip(funders, groups.items(), strict=True):
        party = group[0].funder
        own = (
            one
            for one, draft in existing.items()
            if (one == name or one.startswith(f"{name}-{funder}"))
            and _is_of(draft, party, currency)
        )
        found = next((one for one in own if one not in given), "")
        if not found and len(groups) == 1:
            if name in existing:
                _must_fit(name, existing[name], party, currency)
            found = name
        if not found:
            words = f"{name}-{funder}"
            if funders.count(funder) > 1:
                words += f"-{currency.lower()}"
            free = (words, *(f"{words}-{number}" for number in range(2, len(groups) + 2)))
            found = next(one for one in free if one not in (*given, *existing))
        given.append(found)
    return tuple(given)
