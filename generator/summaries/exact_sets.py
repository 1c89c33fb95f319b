"""Sets of recipients whose money is exact together."""

from collections.abc import Callable, Iterable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from generator.ledger import Awards, Ledger


def _together(sets: Iterable[Sequence[int]]) -> Callable[[int], int | None]:
    """For each number the one that stands for all that share a set with it, or a set of theirs."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = one = parent[parent[one]]
        return one

    for first, *others in sets:
        for other in others:
            parent[root(other)] = root(first)
    return lambda one: root(one) if one in parent else None


def exact_groups(ledger: Ledger, awards: Awards) -> tuple[tuple[Sequence[int], Awards], ...]:
    """Sets of recipients whose named money is exact together although none of it is alone.

    Two recipients belong together when an award names both. A set counts when each of its
    awards is fully named, so that no outsider and nobody unnamed shares them. Recipients are
    told by their row.
    """
    relations = ledger.relations
    pairs = awards.pairs(relations.recipients)
    shared = pc.greater(relations.counts(relations.recipients), 1)
    several = pairs.at(pc.indices_nonzero(shared.take(pairs.awards)))
    of_award: dict[int, list[int]] = {}
    for award, recipient in zip(
        several.awards.to_pylist(), several.others.to_pylist(), strict=True
    ):
        of_award.setdefault(award, []).append(recipient)
    set_of = _together(of_award.values())
    members: dict[int, dict[int, None]] = {}
    held: dict[int, dict[int, None]] = {}
    for award, recipient in zip(pairs.awards.to_pylist(), pairs.others.to_pylist(), strict=True):
        if (key := set_of(recipient)) is not None:
            members.setdefault(key, {})[recipient] = None
            held.setdefault(key, {})[award] = None
    named = relations.attributed("sole", "shared")
    found = ((tuple(members[key]), pa.array(held[key], pa.int64())) for key in members)
    return tuple(
        (recipients, awards.with_rows(rows))
        for recipients, rows in found
        if pc.all(named.take(rows)).as_py()
    )
