"""The targets of `make fuzz`: each takes its seeds, and what once made it fail, as any bytes."""

from itertools import islice

import pytest

from fuzz.seeds import FOUND, seeds, words
from fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds(name: str) -> None:
    tried = 0
    for one in islice(seeds(name), 40 if name != "checked" else 2):
        TARGETS[name](one)
        tried += 1
    assert tried


@pytest.mark.parametrize("name", sorted(TARGETS.keys() - {"checked"}))
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe", b"{", b"a/b=[1]"], ids=repr)
def test_a_target_takes_anything(name: str, data: bytes) -> None:
    TARGETS[name](data)


def test_what_was_found_is_kept_for_a_target_that_is_there() -> None:
    assert {path.name for path in FOUND.iterdir() if path.is_dir()} <= TARGETS.keys()


def test_the_words_are_words() -> None:
    assert "financial_year" in set(words())
    assert all(words())
