"""Cells and the order of awards."""

from dataclasses import replace
from decimal import Decimal

import pytest

from generator.missing import Missing
from generator.summaries.base import amount, cell, largest_first
from tests.summaries.books import LH, POSTERS, REEDS, WM


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


def test_the_largest_award_comes_first_and_equals_by_id() -> None:
    assert [one.award.id for one in largest_first(LH.linked[::-1])] == ["2031-32-1", "2031-32-2"]
    same = [
        replace(REEDS, award=replace(REEDS.award, id=id, amount=Decimal(worth)))
        for id, worth in (("b", 5), ("a", 5), ("c", 50))
    ]
    assert [one.award.id for one in largest_first(same)] == ["c", "a", "b"]
    amounts = [amount(one) for one in largest_first(WM.linked)]
    assert amounts == sorted(amounts, reverse=True)


def test_an_unreadable_amount_weighs_nothing() -> None:
    broken = replace(REEDS, award=replace(REEDS.award, amount=Missing.UNREADABLE))
    assert amount(broken) == 0
    assert largest_first([broken, POSTERS]) == (POSTERS, broken)
