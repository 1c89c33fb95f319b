"""The package's own tables as they are published."""

from pathlib import Path

import pytest

from generator.summaries.resources import resource_table
from tests.checks import added, changed
from tests.conftest import ANYSHIRE, LITTLEHAM, there
from tests.summaries.books import AN, LH, book

OF_OTHER_UNITS = {
    "published_percentage": "percent",
    "percentage": "percent",
    "quality_weight": "number",
    "price_weight": "number",
    "value": "number",
}
"""Of the numbers of a package those that are no money."""


def test_a_resource_is_published_as_it_stands() -> None:
    table = there(resource_table(LH, "awards"))
    assert table.path == "data/v1/littleham/awards.csv"
    assert table.csv() == (LITTLEHAM / "awards.csv").read_bytes()
    assert resource_table(LH, "ponds") is None


def test_every_number_has_its_unit() -> None:
    for name, table in AN.package.tables.items():
        if published := resource_table(AN, name):
            numbers = [str(one["name"]) for one in table.fields if one["type"] == "number"]
            assert published.units == {one: OF_OTHER_UNITS.get(one, "money") for one in numbers}


def test_where_personal_data_was_looked_for_is_never_published() -> None:
    assert "privacy_reviews" in AN.package.tables
    assert resource_table(AN, "privacy_reviews") is None


@pytest.mark.parametrize(
    ("value", "people", "told"),
    [
        ("4", "yes", False),
        ("4.9", "true", False),
        ("0", "yes", False),
        ("5", "yes", True),
        ("4", "no", True),
        ("not published", "yes", True),
    ],
)
def test_few_people_are_told_neither_by_their_row_nor_by_its_changes(
    tmp_path: Path, value: str, people: str, *, told: bool
) -> None:
    at = "outcome_measures"
    measure = ("2030-31-v05-q1", "output", "cope", "health", "better-health", "Helped", value)
    like = ("2030-31-v05-q1-m9", *measure, "people", people)
    revisions = [
        (at, like[0], "value", value, "6"),
        (at, like[0], "value", "7", value),
        (at, like[0], "title", value, value),
        ("awards", like[0], "value", value, value),
    ]
    rows = [
        added("revisions.csv", f"r{number}", *row[:3], "correction", *row[3:], "Why.", "2031-01-01")
        for number, row in enumerate(revisions)
    ]
    changes = (added(f"{at}.csv", *like), *rows)
    read = book(changed(ANYSHIRE, changes, tmp_path))
    *others, last = there(resource_table(read, at)).rows
    shown = value if told else "withheld"
    assert dict(last) == dict(zip(last, like, strict=True)) | {"value": shown}
    assert others == list(there(resource_table(AN, at)).rows)
    found = there(resource_table(read, "revisions")).rows[-4:]
    pairs = [(one["old"], one["new"]) for one in found]
    assert pairs == [(shown, "6"), ("7", shown), (value, value), (value, value)]
