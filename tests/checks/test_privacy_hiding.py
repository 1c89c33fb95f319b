"""What was found to be personal is nowhere repeated, and nothing else is taken out."""

import pytest

from generator.checks.privacy_hiding import Hider
from generator.checks.privacy_scan import Found


def found(category: str, *texts: str) -> Found:
    return Found("awards", "a-1", "purpose", category, 2, "awards.csv", "Z…", texts)


def without(text: str) -> str:
    """A text without these, of which none looks personal by itself."""
    names = ("Zyx Qwv", "Zyx Qwv Trelk", "Zyxo", "Zyq")
    return Hider([found("name", *names), found("place", "Vrol Drims")]).text(text)


@pytest.mark.parametrize("said", ["Zyx Qwv", "zyx-qwv", "Zyxo", "Vrol Drims", "zyx-qwv-trelk"])
def test_what_was_found_is_hidden_and_so_is_an_id_made_of_a_name(said: str) -> None:
    text = without(f"Ask {said}, or nobody.")
    assert said not in text
    assert text.startswith("Ask ")
    assert text.endswith(", or nobody.")


def test_the_longest_goes_first_so_that_no_end_of_a_name_is_left() -> None:
    assert "Trelk" not in without("By Zyx Qwv Trelk.")
    assert "trelk" not in without("By zyx-qwv-trelk.")


@pytest.mark.parametrize("said", ["Zyq", "Zyxoville", "zyxo", "vrol-drims", "aZyx Qwv"])
def test_nothing_else_is_taken_out(said: str) -> None:
    """What is too short to tell anybody, a part of a word, an id of one word or of a place."""
    assert without(f"Ask {said}.") == f"Ask {said}."


def test_nothing_found_hides_nothing() -> None:
    assert Hider([]).text("Ask Zyx Qwv.") == "Ask Zyx Qwv."
