"""From a reading to packages: one for each funder and currency, never added up across them."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.draft import Draft
from generator.imports import grouping
from generator.imports.base import Incoming, Party, Reading
from generator.imports.describing import described, renewed
from generator.imports.identity import award_ids, heading_ids, place_ids, prefix_of
from generator.imports.rows import Headings, Placed, tables
from generator.imports.updating import merged
from generator.imports.who import Bodies, individuals, is_somebody, name_of
from generator.slugs import Ids

_NOTHING = Draft({"resources": []}, {})


class Packaged(Struct, frozen=True):
    """A package as an import leaves it, and what became of the source's awards in it."""

    name: str
    draft: Draft
    placed: tuple[Placed, ...]
    absent: tuple[str, ...]
    """The ids of awards that the package has and the file has not. They are kept."""
    is_new: bool


def packages(reading: Reading, existing: Mapping[str, Draft], name: str) -> tuple[Packaged, ...]:
    """The packages that a reading makes, in the order in which the source names their funders.

    `existing` has the packages that are there, by name: what they hold is updated. One funder
    in one currency gives the package `name`, several give `name-funder`. Raises UsageProblem
    when `name` is a package of another funder.
    """
    groups = grouping.grouped(reading.awards)
    names = grouping.names(groups, existing, name)
    return tuple(
        _packaged(one, reading, awards, existing.get(one))
        for one, awards in zip(names, groups.values(), strict=True)
    )


def _packaged(
    name: str, reading: Reading, awards: Sequence[Incoming], existing: Draft | None
) -> Packaged:
    old = existing or _NOTHING
    stated = old.descriptor.get("purse", {}).get("threesixtygiving_prefix")
    prefix = stated or prefix_of(awards)
    parties = [tuple(filter(is_somebody, one.recipients)) for one in awards]
    bodies, ids = Bodies(old), Ids(row["id"] for row in old.rows("recipients"))
    bodies.add((who for several in parties for who in several if not who.individual), ids)
    known = [_organisations(several, bodies) for several in parties]
    award = award_ids(awards, known, old, prefix)
    people = individuals(tuple(zip(award, parties, strict=True)), old, ids)
    headings = _headings(awards, old)

    def who(award: str, several: Sequence[Party]) -> dict[str, str]:
        """The recipients' ids with their names as printed; one named twice is one."""
        found: dict[str, str] = {}
        for place, one in enumerate(several):
            if one.individual:
                person = people[award, place]
                found.setdefault(person, person.replace("-", " ").capitalize())
            else:
                found.setdefault(bodies.of(one).id, name_of(one))
        return found

    placed = tuple(
        Placed(
            incoming=one,
            id=id,
            recipients=tuple(who(id, several).items()),
            fund=headings.funds[one.fund] if one.fund else "",
            theme=headings.themes[one.theme] if one.theme else "",
            topics=tuple(headings.topics[topic] for topic in one.topics),
            areas=tuple(headings.areas[place] for place in one.places),
        )
        for one, id, several in zip(awards, award, parties, strict=True)
    )
    source = reading.source
    fresh = tables(placed, bodies, people.values(), headings, (source.name, source.form))
    if existing is None:
        draft = Draft(described(name, reading, awards[0].funder, awards, prefix), {})
        for resource, rows in fresh.items():
            draft = draft.with_rows(resource, rows)
    else:
        draft = merged(existing, fresh)
        draft = Draft(renewed(draft.descriptor, reading, awards), draft.tables)
    there = set(award)
    absent = tuple(row["id"] for row in old.rows("awards") if row["id"] not in there)
    return Packaged(name, draft, placed, absent, existing is None)


def _headings(awards: Sequence[Incoming], old: Draft) -> Headings:
    return Headings(
        funds=heading_ids((one.fund for one in awards if one.fund), old.rows("funds")),
        themes=heading_ids((one.theme for one in awards if one.theme), old.rows("themes")),
        topics=heading_ids(
            (topic for one in awards for topic in one.topics),
            [row for row in old.rows("terms") if row.get("scheme") == "topic"],
        ),
        areas=place_ids((place for one in awards for place in one.places), old.rows("areas")),
    )


def _organisations(parties: Sequence[Party], bodies: Bodies) -> tuple[str, ...]:
    return tuple(bodies.of(one).id for one in parties if not one.individual)
