"""Sets of recipients whose money is exact together."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from generator.joined_sets import JoinedSets
from generator.ledger import Awards, Ledger


def exact_groups(ledger: Ledger) -> tuple[tuple[Sequence[int], Awards], ...]:
    """Sets of recipients whose named money is exact together although none of it is alone.

    Of the awards that stand, which each set has largest first. Two recipients belong together
    when an award names both. A set counts when each of its awards is fully named, so that no
    outsider and nobody unnamed shares them. Recipients are told by their row.
    """
    awards, relations = ledger.standing.largest_first(), ledger.relations
    pairs = awards.pairs(relations.recipients)
    shared = pc.greater(relations.counts(relations.recipients), 1)
    several = pairs.at(pc.indices_nonzero(shared.take(pairs.awards)))
    sets, first_of = JoinedSets[int](), dict[int, int]()
    for award, recipient in several:
        sets.join(first_of.setdefault(award, recipient), recipient)
    members: dict[int, dict[int, None]] = {}
    held: dict[int, dict[int, None]] = {}
    for award, recipient in pairs:
        if recipient in sets:
            key = sets.of(recipient)
            members.setdefault(key, {})[recipient] = None
            held.setdefault(key, {})[award] = None
    named = relations.attributed("sole", "shared")
    found = ((tuple(members[key]), pa.array(held[key], pa.int64())) for key in members)
    return tuple(
        (recipients, awards.with_rows(rows))
        for recipients, rows in found
        if pc.all(named.take(rows)).as_py()
    )
