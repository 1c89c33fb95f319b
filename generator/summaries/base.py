"""What the summaries share: a value as a cell, an award's amount."""

from decimal import Decimal

from generator.ledger import LinkedAward
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
