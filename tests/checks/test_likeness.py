"""Awards beside one another: pairs that are copies, and pairs that one thing tells apart."""

from pathlib import Path

import pytest

from generator import ledger, package
from generator.checks import registry, rules
from generator.ledger import Ledger
from tests.checks import LH, changed

SAME = {
    "financial_year": "2031-32",
    "fund": "pond-fund",
    "amount": "50.00",
    "decided_on": "2031-05-01",
    "start_on": "2031-06-01",
    "status": "awarded",
    "who": "x y",
}
"""An award; `who` is its recipients, those after a bar only its routes."""
PAIRS: list[tuple[dict[str, str], bool, bool]] = [
    ({}, True, True),
    ({"amount": "50.0"}, True, True),
    ({"who": "y x"}, True, True),
    ({"financial_year": "2032-33"}, False, True),
    ({"fund": "not published"}, True, False),
    ({"amount": "50.01"}, True, False),
    ({"decided_on": "2031-05-02"}, True, False),
    ({"start_on": "not published"}, True, False),
    ({"title": "Another"}, False, False),
    ({"status": "withdrawn"}, False, False),
    ({"who": "x"}, False, False),
    ({"who": "x z"}, False, False),
    ({"who": "x v y"}, False, False),
    ({"who": "x y|z"}, True, True),
]
"""What tells the second of two awards from the first, and whether it has a title again that is
taken, and whether it seems to be a copy."""


def book_of(awards: list[dict[str, str]], at: Path) -> Ledger:
    """Littleham with awards of our own, numbered from 0."""
    copy = changed(LH, (), at)
    links = ["award,service,position,recipient,naming,role"]
    for number, award in enumerate(awards):
        named, _, routes = award.pop("who").partition("|")
        told = [*((one, "recipient") for one in named.split())]
        told += [(one, "route") for one in routes.split()]
        links += [f"{number},1,{at},{one},named,{role}" for at, (one, role) in enumerate(told)]
    columns = ["title", *(one for one in SAME if one != "who")]
    rows = [
        ",".join([str(number), *(one[name] for name in columns)])
        for number, one in enumerate(awards)
    ]
    files = {
        "awards": ["id," + ",".join(columns), *rows],
        "award_recipients": links,
        "recipients": ["id,name", *(f"{one},{one}" for one in "xvyz")],
    }
    for name, lines in files.items():
        (copy / f"{name}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return ledger.build(package.read(copy))


def said(code: str, book: Ledger) -> list[tuple[int | None, str | None, str]]:
    rule = next(one for one in rules() if one.code == code)
    return [(one.row, one.column, one.message) for one in registry.run(rule, book).findings]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """All pairs in one package, each with a title of its own."""
    awards = []
    for number, (change, _, _) in enumerate(PAIRS):
        first = SAME | {"title": f"Pair {number}"}
        awards += [first, first | change]
    return book_of(awards, tmp_path_factory.mktemp("pairs"))


def test_a_title_that_is_taken(pairs: Ledger) -> None:
    assert said("title-repeated", pairs) == [
        (2 * number + 3, "title", f"{2 * number} has the same title, year and recipients.")
        for number, (_, title, _) in enumerate(PAIRS)
        if title
    ]


def test_an_award_that_seems_to_be_a_copy(pairs: Ledger) -> None:
    assert said("award-twice", pairs) == [
        (2 * number + 3, "id", f"The award looks like a copy of {2 * number}.")
        for number, (_, _, copy) in enumerate(PAIRS)
        if copy
    ]


def test_awards_to_nobody_are_no_copies_and_a_third_is_one_of_the_first(tmp_path: Path) -> None:
    nobody = SAME | {"who": "|x", "title": "Nobody"}
    book = book_of(
        [dict(one) for one in (nobody, nobody, *[SAME | {"title": "Three"}] * 3)], tmp_path
    )
    assert [line for line, _, _ in said("title-repeated", book)] == [3, 5, 6]
    assert said("award-twice", book) == [
        (line, "id", "The award looks like a copy of 2.") for line in (5, 6)
    ]


def test_the_longest_title(tmp_path: Path) -> None:
    titles = ["é" * 141, "é" * 140, "x" * 142]
    book = book_of([SAME | {"title": one} for one in titles], tmp_path)
    assert said("title-long", book) == [
        (2, "title", "The title has 141 characters."),
        (4, "title", "The title has 142 characters."),
    ]
