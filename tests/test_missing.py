"""The kinds of absence stay different, from the cell to the page."""

import json

import pytest

from generator.missing import Missing, is_missing, missing_of
from tests.conftest import ROOT

IN_CELLS = {
    "": Missing.NOT_PUBLISHED,
    "not published": Missing.NOT_PUBLISHED,
    "not applicable": Missing.NOT_APPLICABLE,
    "withheld": Missing.WITHHELD,
}


@pytest.mark.parametrize(("cell", "kind"), IN_CELLS.items())
def test_each_label_is_a_kind_of_its_own(cell: str, kind: Missing) -> None:
    assert missing_of(cell) is kind
    assert is_missing(cell)


@pytest.mark.parametrize(
    "cell", ["0", "0.00", "None", "none", "n/a", " ", "Not published", "not published ", "-"]
)
def test_everything_else_is_a_value(cell: str) -> None:
    assert missing_of(cell) is None
    assert not is_missing(cell)


def test_unreadable_is_never_what_a_cell_says() -> None:
    assert missing_of("unreadable") is None


@pytest.mark.parametrize("kind", Missing)
def test_each_kind_says_its_label(kind: Missing) -> None:
    assert str(kind) == kind.value
    assert kind.label == kind.value[0].upper() + kind.value[1:]


def test_the_schemas_declare_just_these_labels() -> None:
    for path in sorted((ROOT / "schemas").glob("*.json")):
        declared = json.loads(path.read_text(encoding="utf-8"))["missingValues"]
        assert {one["value"] for one in declared} == set(IN_CELLS), path.name
