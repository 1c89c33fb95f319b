"""Sets of recipients whose money is exact together."""

from collections.abc import Sequence

from generator import model
from generator.ledger import LinkedAward


def exact_groups(
    awards: Sequence[LinkedAward],
) -> tuple[tuple[tuple[model.Recipient, ...], tuple[LinkedAward, ...]], ...]:
    """Sets of recipients whose named money is exact together although none of it is alone.

    Two recipients belong together when an award names both. A set counts when each of its
    awards is fully named, so that no outsider and nobody unnamed shares them.
    """
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent.setdefault(id, id) != id:
            id = parent[id]
        return id

    for one in awards:
        for other in one.recipients[1:]:
            parent[root(other.id)] = root(one.recipients[0].id)
    members: dict[str, dict[str, model.Recipient]] = {}
    held: dict[str, list[LinkedAward]] = {}
    for one in awards:
        for recipient in one.recipients:
            members.setdefault(root(recipient.id), {})[recipient.id] = recipient
        if one.recipients:
            held.setdefault(root(one.recipients[0].id), []).append(one)
    return tuple(
        (tuple(members[key].values()), tuple(held[key]))
        for key in members
        if len(members[key]) > 1
        and all(one.attribution.value in ("sole", "shared") for one in held[key])
    )
