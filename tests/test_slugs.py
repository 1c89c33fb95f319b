"""Ids made from words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.slugs import LONGEST, Ids, slug


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("St. John's Centre (Old Trafford)", "st-johns-centre-old-trafford"),
        ("Théâtre  Ångström", "theatre-angstrom"),
        ("2021VSG/1", "2021vsg-1"),
        ("東京", ""),
        ("", ""),
    ],
)
def test_words_become_ids(words: str, id: str) -> None:
    assert slug(words) == id


@given(st.text(max_size=200), st.text(max_size=5))
def test_an_id_is_always_fit_and_never_given_twice(words: str, distinct: str) -> None:
    ids = Ids(["taken"])
    made = [ids.new(words, distinct), ids.new(words, distinct), ids.new(words)]
    assert len(set(made)) == 3
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", id) for id in made)
    assert all(len(id) <= LONGEST + 4 for id in made)


@pytest.mark.parametrize("words", ["Not published", "withdrawn", "Page 2", "taken"])
def test_the_sites_own_addresses_are_not_given(words: str) -> None:
    assert Ids(["taken"]).new(words) not in ("not-published", "withdrawn", "page-2", "taken")


def test_long_words_are_cut_and_stay_apart() -> None:
    first, second = slug("x" * 80 + "a"), slug("x" * 80 + "b")
    assert len(first) == LONGEST
    assert first != second
