"""What the summaries share: a value as a cell, an award's amount, its place in the file."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from generator.ledger import Ledger, LinkedAward
from generator.missing import Missing
from generator.money import plain


def cell(value: object) -> str:
    """A value as a CSV cell; a missing one keeps its label."""
    if isinstance(value, Missing):
        return value.value
    return plain(value) if isinstance(value, Decimal) else str(value)


def amount(one: LinkedAward) -> Decimal:
    """An award's amount (zero only while a broken package is being checked)."""
    return one.award.amount if isinstance(one.award.amount, Decimal) else Decimal(0)


def largest_first(awards: Iterable[LinkedAward]) -> tuple[LinkedAward, ...]:
    """By amount, largest first; equal amounts by id."""
    return tuple(sorted(awards, key=lambda one: (-amount(one), one.award.id)))


def numbers(ledger: Ledger) -> Mapping[str, int]:
    """The row of each award by its id, from 0."""
    return {one.award.id: number for number, one in enumerate(ledger.linked)}
