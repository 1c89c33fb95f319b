"""Lost line breaks are noticed, and words that only look like them are not."""

import pytest

from generator.imports.line_breaks import lost_breaks, words_of

SOURCE = words_of(
    [
        "Holdings plc in the house at the park, and the drive to London",
        "An open government, modern and northern; learn to return the open burn",
    ]
)


@pytest.mark.parametrize(
    ("text", "likely", "count"),
    [
        ("The end.rnrnThe start", "The end. ↵ ↵ The start", 1),
        ("ID 18130003554rnrnAurora", "ID 18130003554 ↵ ↵ Aurora", 1),
        ("as follows: rnA bus", "as follows: ↵ A bus", 1),
        ("of both;rn- live data.rn2.2 more", "of both; ↵ - live data. ↵ 2.2 more", 2),
        ("Smith plcnOne America Square", "Smith plc ↵ One America Square", 1),
        ("The HousenManor FarmnMilton", "The House ↵ Manor FarmnMilton", 1),
        ("A House, rnThe DrivernExeter", "A House, ↵ The Drive ↵ Exeter", 2),
        ("cover rn- The need", "cover ↵ - The need", 1),
        ("LondonnE1W 1AW", "London ↵ E1W 1AW", 1),
    ],
)
def test_they_are_noticed(text: str, likely: str, count: int) -> None:
    found = lost_breaks(text, SOURCE)
    assert found
    assert found.count == count
    assert found.likely == likely
    assert found.found == text


@pytest.mark.parametrize(
    "text",
    [
        *("Burnley", "government", "return", "The return. Next one", "turn. No"),
        *(
            "OpenView Security",
            "Northern Powergrid",
            "NorthernPowergrid",
            "ModernGov",
            "LearnDirect",
        ),
        *("a registered nurse (rn) at work", "mRNA", "JohnLewis", "McAlpine", ""),
    ],
)
def test_words_are_left_in_peace(text: str) -> None:
    assert lost_breaks(text, SOURCE | words_of([text])) is None


def test_a_word_keeps_its_own_letters() -> None:
    words = words_of(["to the modern"])
    found = lost_breaks("It is modernrnrnNext", words)
    assert found
    assert found.likely == "It is modern ↵ ↵ Next"


def test_a_long_text_is_cut_around_the_first_place() -> None:
    found = lost_breaks("word " * 40 + "end.rnrnStart" + " word" * 40, SOURCE)
    assert found
    assert found.found.startswith("…")
    assert found.found.endswith("…")
    assert len(found.found) < 100
