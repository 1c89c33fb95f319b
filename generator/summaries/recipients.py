"""What awards say of each recipient's money."""

from msgspec import Struct

from generator.grouping import Array
from generator.ledger import Ledger


class Held(Struct, frozen=True):
    """What awards say of each recipient's money, by its row, and how many awards: Arrow arrays."""

    at_least: Array
    """What it holds alone."""
    named_in: Array
    alone: Array
    named: Array


def held(ledger: Ledger) -> Held:
    """The two figures of each recipient, over the awards that stand."""
    relations, standing = ledger.relations, ledger.standing
    naming = standing.by_pair(relations.recipients)
    alone = standing.among(relations.attributed("sole")).by_pair(relations.recipients)
    amounts = relations.amounts
    return Held(alone.sums(amounts), naming.sums(amounts), alone.sizes, naming.sizes)
