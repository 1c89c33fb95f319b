"""The first look lets through every text that holds something; and stops most of the rest."""

import csv
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import personal_sieve
from generator.personal import hits
from generator.personal_names import is_person
from generator.personal_sieve import may_be_person, may_hold, together
from tests.conftest import ROOT

with (ROOT / "tests" / "data" / "personal.csv").open(encoding="utf-8", newline="") as _file:
    TEXTS = sorted({row["text"] for row in csv.DictReader(_file)})
PLACES = st.integers(0, 200)


@st.composite
def changed(draw: st.DrawFn) -> str:
    """A text as somebody else might have written it."""
    text, other = draw(st.sampled_from(TEXTS)), draw(st.sampled_from(TEXTS))
    at = draw(PLACES) % (len(text) + 1)
    mark = draw(st.sampled_from([*" .,;:-–'’\"()[]&/@0123456789\n\t\x1c_aAzZé", "&amp;", " t/a "]))
    forms = (
        *(text, text.upper(), text.lower(), text.title(), text.swapcase()),
        *(text[:at], text[at:], text[:at] + mark + text[at:], text[:at] + text[at + 1 :]),
        *(f"{text}{mark}{other}", f"{text} {other}", text.replace(" ", mark)),
    )
    return forms[draw(st.integers(0, len(forms) - 1))]


def missed(texts: list[str]) -> list[str]:
    """The texts that hold something, but aren't let through."""
    array = pa.array(texts, pa.string())
    held, persons = may_hold(array).to_pylist(), may_be_person(array).to_pylist()
    return [
        text
        for text, let, person in zip(texts, held, persons, strict=True)
        if (hits(text) and not let) or (is_person(text) and not person)
    ]


def test_every_known_text_that_holds_something_is_let_through() -> None:
    assert missed(TEXTS) == []


@settings(max_examples=300, deadline=None)
@given(st.lists(changed(), min_size=1, max_size=5))
def test_whatever_is_changed_in_them(texts: list[str]) -> None:
    assert missed(texts) == []


def test_plain_texts_are_stopped() -> None:
    plain = [
        "Evening sessions for young people on the estate, for 12 months.",
        "Register of awards (invented), line 1234",
        "Need was shown by a survey of the parish.",
        "Upper Dale Community Centre",
    ]
    assert may_hold(pa.array(plain)).to_pylist() == [False] * len(plain)
    assert may_be_person(pa.array(["Fen Arts Trust", "Line 12"])).to_pylist() == [False] * 2


def test_columns_are_looked_at_together_and_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal_sieve, "_AT_ONCE", 4)
    columns = [pa.array(one, pa.string()) for one in (["a", "@"], [], ["@"] * 5, ["b"], ["@", "c"])]
    looks = []

    def look(texts: Any) -> Any:
        looks.append(len(texts))
        return pc.match_substring(texts, "@")

    found = [one.to_pylist() for one in together(look, columns)]
    assert found == [[False, True], [], [True] * 5, [False], [True, False]]
    assert looks == [2, 5, 3]
