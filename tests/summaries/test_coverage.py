"""How many awards have each field, and how much of the money."""

from decimal import Decimal

from generator.selectors import where
from generator.summaries.coverage import COVERAGE_FIELDS, coverage_table
from tests.anyshire import data, day, standing
from tests.crawler.rows import MISSING
from tests.summaries.books import AN, LH


def test_coverage() -> None:
    table = coverage_table(LH, LH.linked)
    assert [row["field"] for row in table.rows] == list(COVERAGE_FIELDS)
    assert table.path == "quality/coverage.csv"
    assert set(table.rows[0]) == set(table.header)
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
    for column in ("amount", "amount_with_value"):
        assert table.figure(f"sum:{column}", where(field="fund")).unit == "money"


def test_coverage_of_no_awards() -> None:
    for row in coverage_table(LH, LH.linked[:0]).rows:
        assert (row["awards"], row["awards_with_value"], row["amount"]) == ("0", "0", "0.00")


def test_coverage_is_what_the_rows_say() -> None:
    """Every field is a column of the awards, but those that other resources tell."""
    awards, printed = (
        standing(),
        [one for one in data("award_recipients") if one["role"] != "route"],
    )
    numbered = {one["recipient"] for one in data("recipient_identifiers")}
    named = [one for one in printed if one["naming"] == "named"]
    holders = {one["award"] for one in named}
    elsewhere = {
        "recipients": holders,
        "all_recipients": holders - {one["award"] for one in printed if one not in named},
        "recipient_number": holders
        - {one["award"] for one in named if one["recipient"] not in numbered},
        "areas": {one["award"] for one in data("award_areas") if one["area"] not in MISSING},
        "objective": {one["award"] for one in data("award_terms") if one["scheme"] == "objective"},
        "period": {one["id"] for one in awards if day(one["start_on"]) and day(one["end_on"])},
        "outcomes": {one["award"] for one in data("outcome_reports") if day(one["received_on"])},
    }
    for row in coverage_table(AN, AN.standing).rows:
        field = row["field"]
        told = elsewhere.get(field, set())
        held = [
            Decimal(one["amount"])
            for one in awards
            if (one["id"] in told if field in elsewhere else one[field] not in MISSING)
        ]
        assert (row["awards_with_value"], row["amount_with_value"]) == (
            *(str(len(held)), f"{sum(held, Decimal(0)):.2f}"),
        ), field
    assert set(elsewhere) < set(COVERAGE_FIELDS)
