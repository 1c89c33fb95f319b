"""How many awards have each field."""

from generator.selectors import where
from generator.summaries.coverage import COVERAGE_FIELDS, coverage_table
from tests.summaries.books import LH


def test_coverage() -> None:
    table = coverage_table(LH, LH.linked)
    assert [row["field"] for row in table.rows] == list(COVERAGE_FIELDS)
    assert table.path == "quality/coverage.csv"
    for row in table.rows:
        assert (row["awards"], row["amount"]) == ("2", "1300.49")

    def covered(field: str) -> tuple[str, str]:
        (row,) = table.select(where(field=field))
        return row["awards_with_value"], row["amount_with_value"]

    assert covered("recipients") == ("2", "1300.49")
    assert covered("fund") == ("1", "1200.50")
    assert covered("areas") == ("0", "0.00")
    assert covered("objective") == ("0", "0.00")
    assert covered("conditions") == ("1", "1200.50"), "“None” is a value; withheld is none"
    assert covered("period") == ("1", "1200.50")
    assert table.figure("sum:amount_with_value", where(field="fund")).unit == "money"


def test_coverage_of_no_awards() -> None:
    for row in coverage_table(LH, LH.linked[:0]).rows:
        assert (row["awards"], row["awards_with_value"], row["amount"]) == ("0", "0", "0.00")
