"""Money stays exact: parsing, sums, rounding, percentages, and how amounts are shown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.money import (
    has_pence_precision,
    parse_decimal,
    percent,
    plain,
    round_half_up,
    shown,
    total,
)

MOST = 10**17 - 1  # pence: fifteen digits before the point
PENCE = st.integers(min_value=-MOST, max_value=MOST)
ABOVE_ZERO = st.integers(min_value=1, max_value=MOST)


def pounds(pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("625940.00", "625940.00"),
        ("0", "0"),
        ("-1.5", "-1.5"),
        ("007", "7"),
        ("999999999999999.999999", "999999999999999.999999"),
    ],
)
def test_plain_numbers_are_read(text: str, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "x", "£5", "1,200.50", "1.2.3", "--5", "+5", "5-", ".5", "5."),
        *("1e5", "1E+999999", "NaN", "sNaN", "Infinity", "-inf", "0x10"),
        *("1_000", " 12", "12 ", "12\n", "١٢", "１２"),
        *("9" * 16, "0.1234567"),
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert parse_decimal(text) is None


@given(st.text())
def test_parsing_never_fails(text: str) -> None:
    number = parse_decimal(text)
    assert number is None or number.is_finite()


@given(PENCE)
def test_what_is_written_plainly_is_read_back(pence: int) -> None:
    assert parse_decimal(plain(pounds(pence))) == pounds(pence)


@pytest.mark.parametrize(
    ("amount", "whole_pence"),
    [("1.23", True), ("1.230", True), ("1", True), ("1.234", False), ("0.001", False)],
)
def test_parts_of_a_penny_are_seen(amount: str, whole_pence: bool) -> None:
    assert has_pence_precision(Decimal(amount)) is whole_pence


@given(st.lists(PENCE))
def test_a_total_is_exact(amounts: list[int]) -> None:
    assert total(map(pounds, amounts)) * 100 == sum(amounts)


def test_nothing_adds_up_to_zero() -> None:
    assert total([]) == Decimal(0)


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        ("0.125", 2, "0.13"),
        ("0.124999", 2, "0.12"),
        ("2.5", 0, "3"),
        ("-0.125", 2, "-0.13"),
        ("1", 2, "1.00"),
    ],
)
def test_halves_round_up(number: str, places: int, rounded: str) -> None:
    assert str(round_half_up(Decimal(number), places)) == rounded


@given(PENCE.filter(lambda pence: pence >= 0), ABOVE_ZERO, st.integers(0, 4))
def test_a_percentage_is_the_fraction_rounded_half_up(part: int, whole: int, places: int) -> None:
    exact = Fraction(part, whole) * 100 * 10**places
    rounded = (2 * exact + 1) // 2
    share = percent(pounds(part), pounds(whole), places)
    assert share is not None
    assert share.scaleb(places) == rounded
    assert share.as_tuple().exponent == -places


def test_nothing_has_a_share_of_zero() -> None:
    assert percent(Decimal(5), Decimal("0.00"), 2) is None


@given(PENCE)
def test_plain_amounts_have_two_decimals_and_are_exact(pence: int) -> None:
    text = plain(pounds(pence))
    assert Decimal(text) == pounds(pence)
    assert text[-3] == "."
    assert "E" not in text


@given(PENCE)
def test_shown_amounts_are_exact(pence: int) -> None:
    text = shown(pounds(pence), "GBP")
    sign, _, digits = text.rpartition("£")
    assert sign == ("−" if pence < 0 else "")
    assert Decimal(digits.replace(",", "")) == abs(pounds(pence))
    groups = digits.partition(".")[0].split(",")
    assert all(len(group) == 3 for group in groups[1:])
    assert 1 <= len(groups[0]) <= 3


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("3549244.02", "GBP", "£3,549,244.02"),
        ("3549244.02", "CHF", "CHF 3,549,244.02"),
        ("5", "EUR", "€5.00"),
        ("0", "USD", "$0.00"),
        ("-0.01", "GBP", "−£0.01"),
        ("0.005", "GBP", "£0.01"),
    ],
)
def test_amounts_as_pages_show_them(amount: str, currency: str, text: str) -> None:
    assert shown(Decimal(amount), currency) == text
