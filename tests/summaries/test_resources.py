"""The package's own tables as they are published."""

from generator.summaries.resources import resource_table
from tests.conftest import LITTLEHAM
from tests.summaries.books import LH


def test_a_resource_is_published_as_it_stands() -> None:
    table = resource_table(LH, "awards")
    assert table is not None
    assert table.path == "data/v1/littleham/awards.csv"
    assert table.csv() == (LITTLEHAM / "awards.csv").read_bytes()
    assert table.units["amount"] == "money"
    assert table.units["published_percentage"] == "percent"
    assert resource_table(LH, "ponds") is None
