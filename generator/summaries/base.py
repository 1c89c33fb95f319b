"""What the summaries share: a value as a cell, an award's amount."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.ledger import Ledger, LinkedAward
from generator.missing import Missing
from generator.money import plain
from generator.tables import Cells, PublishedTable


def cell(value: object) -> str:
    """A value as a CSV cell; a missing one keeps its label."""
    if isinstance(value, Missing):
        return value.value
    return plain(value) if isinstance(value, Decimal) else str(value)


def amount(one: LinkedAward) -> Decimal:
    """An award's amount (zero only while a broken package is being checked)."""
    return one.award.amount if isinstance(one.award.amount, Decimal) else Decimal(0)


def published(
    ledger: Ledger,
    path: str,
    header: tuple[str, ...],
    rows: Sequence[Cells],
    units: Mapping[str, str],
) -> PublishedTable:
    """A table of the package's site: in parts where it has more rows than a file is to have."""
    return PublishedTable(path, header, rows, units, ledger.package.settings.rows_in_a_file)
