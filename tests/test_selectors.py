"""The small language of filters: reading, writing, and which rows it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.selectors import Condition, encode, matches, parse, where

TEXT = st.text(min_size=1)
CONDITIONS = st.builds(Condition, field=TEXT, value=TEXT, equal=st.booleans())


@given(st.lists(CONDITIONS).map(tuple))
def test_what_is_written_is_read_back(conditions: tuple[Condition, ...]) -> None:
    assert parse(encode(conditions)) == conditions


@given(CONDITIONS)
def test_a_written_filter_is_plain_enough_for_an_attribute(condition: Condition) -> None:
    text = encode((condition,))
    assert text.isascii()
    assert text.isprintable()
    assert not set(text) & set("\"'<>& ")


def test_reading() -> None:
    assert parse("") == ()
    assert parse("fund=lpcaf") == (Condition("fund", "lpcaf"),)
    assert parse("fund=lpcaf&status!=ended") == (
        Condition("fund", "lpcaf"),
        Condition("status", "ended", equal=False),
    )
    assert parse("title=50%25%20off") == (Condition("title", "50% off"),)
    assert parse("a=b=c") == (Condition("a", "b=c"),)


@pytest.mark.parametrize("text", ["fund", "=x", "!=x", "fund=", "fund!=", "a=b&c"])
def test_what_is_no_filter_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not of the form field=value or field!=value"):
        parse(text)


@given(st.text())
def test_nothing_else_is_raised(text: str) -> None:
    try:
        parse(text)
    except ValueError as problem:
        assert "is not of the form" in str(problem)


def test_where_is_short_for_equalities() -> None:
    assert where(fund="lpcaf", status="ended") == parse("fund=lpcaf&status=ended")


ROW = {"id": "a", "fund": "lpcaf", "status": "not published", "theme": ""}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("", True),
        ("fund=lpcaf", True),
        ("fund=LPCAF", False),
        ("fund!=lpcaf", False),
        ("fund!=other", True),
        ("fund=lpcaf&id=a", True),
        ("fund=lpcaf&id=b", False),
        ("nowhere=x", False),
        ("nowhere!=x", True),
    ],
)
def test_which_rows_are_meant(text: str, held: bool) -> None:
    assert matches(parse(text), ROW) is held


@pytest.mark.parametrize("label", ["not published", "not applicable", "withheld"])
def test_a_missing_cell_has_no_value_to_be_equal_to(label: str) -> None:
    row = {"status": label}
    assert not matches(where(status=label), row)
    assert matches((Condition("status", label, equal=False),), row)
    assert matches((Condition("status", "ended", equal=False),), row)
