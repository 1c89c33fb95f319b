"""Cells and amounts."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from generator.missing import Missing
from generator.summaries.base import amount, cell
from tests.summaries.books import REEDS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(5), "5.00"),
        (Decimal("-0.5"), "-0.50"),
        (3, "3"),
        ("None", "None"),
        (Missing.WITHHELD, "withheld"),
        (Missing.NOT_APPLICABLE, "not applicable"),
    ],
)
def test_cells_keep_amounts_exact_and_absences_apart(value: object, text: str) -> None:
    assert cell(value) == text


def test_an_unreadable_amount_weighs_nothing() -> None:
    broken = replace(REEDS, award=replace(REEDS.award, amount=Missing.UNREADABLE))
    assert amount(broken) == 0
