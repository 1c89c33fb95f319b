"""Reports by fund: each report is counted in one row, whatever is said of its award's fund."""

from pathlib import Path

import pytest

from generator.monitoring import reporting_table
from generator.selectors import where
from tests.changing import ANYSHIRE, book, change, copy_of, set_cell


@pytest.mark.parametrize("said", ["not published", "withheld"])
def test_a_report_of_an_award_without_a_fund_is_counted(tmp_path: Path, said: str) -> None:
    folder = copy_of(ANYSHIRE, tmp_path / "anyshire")
    award = book(folder).outcome_reports[0].award
    set_cell(folder, "awards", award, "fund", said)
    ledger = book(folder)
    table = reporting_table(ledger)
    assert table.figure("sum:reports").value == len(ledger.outcome_reports)
    row = table.rows[-1]
    assert row["fund_title"] == "not published"
    mine = [one for one in ledger.outcome_reports if one.award == award]
    assert table.figure("sum:reports", where(order=row["order"])).value == len(mine) > 0


def test_funds_of_one_title_are_kept_apart(tmp_path: Path) -> None:
    folder = copy_of(ANYSHIRE, tmp_path / "anyshire")
    change(folder, "funds", lambda rows: [{**row, "title": "Fund"} for row in rows])
    table = reporting_table(book(folder))
    assert len(table.rows) > 1
    for row in table.rows:
        figure = table.figure("sum:reports", where(order=row["order"]))
        assert str(figure.value) == row["reports"]
