"""What awards say of each recipient's money."""

from dataclasses import dataclass
from decimal import Decimal

from generator.ledger import Ledger


@dataclass(frozen=True)
class Held:
    """What awards say of each recipient's money, by its row, and how many awards."""

    at_least: list[Decimal]
    """What it holds alone."""
    named_in: list[Decimal]
    alone: list[int]
    named: list[int]


def held(ledger: Ledger) -> Held:
    """The two figures of each recipient, over the awards that stand."""
    relations, standing = ledger.relations, ledger.standing
    naming = standing.by_pair(relations.recipients)
    alone = standing.among(relations.attributed("sole")).by_pair(relations.recipients)
    return Held(
        alone.sums(relations.amounts),
        naming.sums(relations.amounts),
        alone.sizes.to_pylist(),
        naming.sizes.to_pylist(),
    )
