"""Names that look like lists keep their words, and the account says what was changed."""

import pytest

from generator.imports.base import Attachment, Heading, Party, Place
from generator.imports.one_value import one_value, without_lists
from tests.imports.made import award, reading


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Bath; Wells", "Bath, Wells"),
        ("Bath|Wells ;", "Bath, Wells"),
        ("Bath\r\nWells", "Bath, Wells"),
        ("Frogs, Newts & Co", "Frogs, Newts & Co"),
        (" as it is ", " as it is "),
    ],
)
def test_marks_of_a_list_become_commas(text: str, taken: str) -> None:
    assert one_value(text) == taken


def test_each_change_is_told_and_prose_is_left_alone() -> None:
    plain = award(3)
    listed = award(
        2,
        recipients=(Party("Frogs; Newts"),),
        fund=Heading("A|B", "a;b"),
        theme=Heading("C;D"),
        topics=(Heading("E;F"),),
        places=(Place("G;H"),),
        documents=(Attachment("I;J", "https://pond.example/i"),),
        cells={"purpose": "One; two.", "title": "K; L", "route": "open; single stage"},
    )
    found = without_lists(reading(listed, plain))
    assert [(one.line, one.found, one.taken) for one in found.corrections] == [
        (2, "open; single stage", "open, single stage"),
        (2, "Frogs; Newts", "Frogs, Newts"),
        (2, "A|B", "A, B"),
        (2, "a;b", "a, b"),
        (2, "C;D", "C, D"),
        (2, "E;F", "E, F"),
        (2, "G;H", "G, H"),
        (2, "I;J", "I, J"),
    ]
    assert found.awards[0].cells["purpose"] == "One; two."
    assert found.awards[0].cells["title"] == "K; L"
    assert found.awards[1] == plain
