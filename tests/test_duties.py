"""The gap matrix: which facts the law, promises and good practice ask for, and who has them.

What is asked was read from the notes on the strategy; what is there is counted from the CSVs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import WEST_MERCIA
from tests.crawler.rows import MISSING
from tests.crawler.site import Site
from tests.reading import Reading, plain, rows

AWARDS = 27
COLUMNS = (
    *("Specified Information Order", "The publisher’s own promises"),
    *("Transparency Code", "360Giving"),
)
REGIMES = dict(
    zip(
        ("specified-information-order", "own-promise", "transparency-code", "360giving"),
        COLUMNS,
        strict=True,
    )
)
MATRIX = {
    # fact: what the four ask for, and how many of the 27 awards have it
    "Recipients’ register numbers": ("–", "–", "required", "required", 0),
    "Amount": ("implied", "–", "required", "required", 27),
    "Date of decision": ("implied", "–", "required", "required", 0),
    "Start and end": ("–", "–", "required", "optional", 0),
    "Purpose": ("required", "–", "required", "required", 10),
    "Conditions": ("required", "–", "–", "–", 0),
    "Reasons for the award": ("required", "–", "–", "–", 0),
    "Grant or contract": ("implied", "–", "implied", "implied", 0),
    "Fund": ("–", "–", "implied", "optional", 15),
    "Area": ("–", "–", "–", "optional", 7),
    "Objective it serves": ("–", "required", "–", "–", 0),
    "Outcomes reported": ("–", "required", "–", "–", 0),
    "How it was chosen": ("–", "implied", "–", "–", 0),
}
RECIPIENTS = {"A named recipient": 22, "Every recipient named": 21}
"""The site may ask for either; the notes count the awards whose recipients are all named."""


@cache
def data(resource: str) -> list[dict[str, str]]:
    """The rows of a CSV of the package; none if it has no such file."""
    path = WEST_MERCIA / f"{resource}.csv"
    return rows(path) if path.is_file() else []


def having(column: str) -> set[str]:
    """The awards with a value in each of some columns (joined by +)."""
    names = column.split("+")
    return {
        one["id"]
        for one in data("awards")
        if not any(one.get(name, "") in MISSING for name in names)
    }


def linked(resource: str, award: str = "award", **wanted: str) -> set[str]:
    """The awards that a table of links names, in rows with these cells."""
    return {
        row[award]
        for row in data(resource)
        if all(row[name] == value for name, value in wanted.items())
    }


def named() -> dict[str, set[str]]:
    """The recipients that each award names; a route isn't one."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in data("award_recipients"):
        if row["naming"] == "named" and row["role"] != "route":
            found[row["award"]].add(row["recipient"])
    return found


def all_named() -> set[str]:
    """The awards all of whose recipients are named."""
    others = linked("award_recipients", naming="unnamed") | linked(
        "award_recipients", naming="none"
    )
    return set(named()) - others


def numbered() -> set[str]:
    """The awards all of whose named recipients have a number in a register."""
    numbers = {row["recipient"] for row in data("recipient_identifiers")}
    return {award for award, who in named().items() if who <= numbers}


def reported() -> set[str]:
    return {row["award"] for row in data("outcome_reports") if row["received_on"] not in MISSING}


COUNTED: dict[str, Callable[[], Iterable[str]]] = {
    "A named recipient": lambda: set(named()),
    "Every recipient named": all_named,
    "Recipients’ register numbers": numbered,
    "Amount": lambda: having("amount"),
    "Date of decision": lambda: having("decided_on"),
    "Start and end": lambda: having("start_on+end_on"),
    "Purpose": lambda: having("purpose"),
    "Conditions": lambda: having("conditions"),
    "Reasons for the award": lambda: having("reasons"),
    "Grant or contract": lambda: having("instrument"),
    "Fund": lambda: having("fund"),
    "Area": lambda: linked("award_areas"),
    "Objective it serves": lambda: linked("award_terms", scheme="objective"),
    "Outcomes reported": reported,
    "How it was chosen": lambda: having("route"),
}


@pytest.fixture(scope="module")
def duties(west_mercia_site: Path) -> Reading:
    return Reading.open(west_mercia_site, "duties/")


@pytest.fixture(scope="module")
def matrix(duties: Reading) -> dict[str, list[str]]:
    """The table of facts: the cells of each row by its fact."""
    table = duties.table("Who asks for which fact")
    assert table[0] == ["Fact", "Awards that have it", "Lack it", *COLUMNS]
    return {row[0]: row[1:] for row in table[1:]}


def test_the_matrix_has_every_fact_once(matrix: dict[str, list[str]]) -> None:
    (recipients,) = set(matrix) - set(MATRIX)
    assert recipients in RECIPIENTS
    assert set(matrix) == {*MATRIX, recipients}
    assert matrix[recipients][2:] == ["required", "–", "required", "required"]


@pytest.mark.parametrize("fact", [*RECIPIENTS, *MATRIX])
def test_the_notes_counts_come_from_the_rows(fact: str) -> None:
    expected = RECIPIENTS.get(fact, MATRIX.get(fact, (0,))[-1])
    assert len(set(COUNTED[fact]())) == expected
    assert len(data("awards")) == AWARDS


@pytest.mark.parametrize("fact", list(MATRIX))
def test_a_fact_is_counted_and_said_to_be_asked_for(
    matrix: dict[str, list[str]], fact: str
) -> None:
    count = len(set(COUNTED[fact]()))
    have, lack, *asked = matrix[fact]
    assert have == f"{count} of {AWARDS}"
    assert lack.split(" ")[0] == str(AWARDS - count)
    assert tuple(asked) == MATRIX[fact][:-1]


def test_recipients_are_counted_as_the_site_says(matrix: dict[str, list[str]]) -> None:
    (fact,) = set(matrix) - set(MATRIX)
    have, lack, *_ = matrix[fact]
    assert have == f"{RECIPIENTS[fact]} of {AWARDS}"
    assert lack.split(" ")[0] == str(AWARDS - RECIPIENTS[fact])


def test_a_fact_that_is_lacking_leads_to_the_awards_that_lack_it(
    west_mercia_site: Path, duties: Reading, matrix: dict[str, list[str]]
) -> None:
    site = Site.open(west_mercia_site)
    pages = {
        (reading := Reading.open(west_mercia_site, path.removesuffix("index.html"))).text: reading
        for path in duties.links(site)
        if path.startswith("duties/") and path != "duties/index.html"
    }
    for fact, (_, lack, *_) in matrix.items():
        title = f"Not published: {fact[0].lower()}{fact[1:]}"
        found = [page for text, page in pages.items() if title in text.splitlines()]
        if lack == "0":
            assert not found
            continue
        (page,) = found
        expected = {one["id"] for one in data("awards")} - set(COUNTED[fact]())
        listed = rows((west_mercia_site / page.path).with_name("awards.csv"))
        assert {one["id"] for one in listed} == expected
        assert len(expected) == int(lack.split(" ")[0])


def test_the_matrix_is_the_packages_own_list_of_duties(matrix: dict[str, list[str]]) -> None:
    by_regime = {regime: list(row) for regime, row in zip(COLUMNS, _columns(matrix), strict=True)}
    for regime, title in REGIMES.items():
        listed = [
            one["requirement"]
            for one in data("duties")
            if one["regime"] == regime and one["field"] not in MISSING
        ]
        assert sorted(listed) == sorted(cell for cell in by_regime[title] if cell != "–")


def _columns(matrix: dict[str, list[str]]) -> list[tuple[str, ...]]:
    return list(zip(*(cells[2:] for cells in matrix.values()), strict=True))


KINDS = (
    "Specified Information Order: a duty by law",
    "The publisher’s own promises: a promise",
    "Transparency Code: good practice, not binding on this publisher",
    "360Giving: a data standard",
)


def test_each_regime_says_how_binding_it_is(duties: Reading) -> None:
    for number, words in enumerate(KINDS, start=1):
        assert duties.section(f"regime-{number}").splitlines()[0] == words


@pytest.mark.parametrize("duty", data("duties"), ids=lambda one: one["id"])
def test_each_duty_says_whether_it_is_met(duties: Reading, duty: dict[str, str]) -> None:
    part = duties.part(f"regime-{list(REGIMES).index(duty['regime']) + 1}")
    said = {plain(term).splitlines()[0]: text for term, text in duties.facts(part).items()}
    (text,) = (text for term, text in said.items() if term == duty["title"])
    if duty["scope"] == "out-of-scope":
        assert text.startswith("Not the matter of this site.")
    elif duty["field"] in MISSING:
        assert text.startswith(f"See {duty['where_met']}")
    else:
        assert text.startswith(("Published for", "Not published for any award"))
    for column in ("note", "timing", "source_ref"):
        assert duty[column] in MISSING or duty[column] in text


def test_spending_over_500_is_named_with_where_it_belongs(duties: Reading) -> None:
    (said,) = (text for term, text in duties.facts().items() if "over £500" in term)
    assert said.startswith("Not the matter of this site.")
    assert "published elsewhere, with the police force's financial reports" in said
