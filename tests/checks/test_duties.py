"""What is asked of each award: just enough of it, and just too little."""

import csv
from datetime import date
from pathlib import Path

import pytest

from generator.checks import Outcome
from generator.checks.duties import _runs_for
from tests.checks import (
    Change,
    Firing,
    Quiet,
    added,
    cell,
    changed,
    check_fires,
    check_quiet,
    ended,
    without,
)
from tests.conftest import ANYSHIRE

AWARDS, SOURCES, SETTINGS = "awards.csv", "award_sources.csv", "rule_settings.csv"
GRANT, LEVY = "domestic-abuse-grant", "young-drivers-levy"


def line(file: str, id: str) -> int:
    """The line of a row of Anyshire; none of those used here runs over several."""
    with (ANYSHIRE / file).open(encoding="utf-8", newline="") as lines:
        return next(
            number for number, row in enumerate(csv.DictReader(lines), 2) if row["id"] == id
        )


def award(id: str, column: str, value: str) -> Change:
    """Write a cell of an award."""
    return cell(AWARDS, line(AWARDS, id), column, value)


def starts(day: str) -> Change:
    """The first award from the grant that ends on 31 March 2032 starts on a day."""
    return award("2031-32-v12", "start_on", day)


def paid_from(*sources: str) -> tuple[Change, ...]:
    """An award about neither purpose is paid from these, in lines 5 and on."""
    return tuple(added(SOURCES, "2029-30-v02", one, "stated", "") for one in sources)


FIRING = (
    Firing(
        "R14-restricted",
        ANYSHIRE,
        (starts("2032-04-01"),),
        *(SOURCES, 3, "funding_source", GRANT),
        words=("ended on 2032-03-31", "2031-32-v12 starts later"),
    ),
    Firing(
        "R14-restricted",
        ANYSHIRE,
        (starts("not published"),),
        *(SOURCES, None, None, "2031-32-v12 from National grant on domestic abuse (fictional)"),
        words=("start is not published",),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    Firing(
        "R14-restricted",
        ANYSHIRE,
        paid_from("council-precept", GRANT),
        *(SOURCES, 6, "funding_source", GRANT),
        words=("only for domestic-abuse", "2029-30-v02 names another purpose"),
    ),
    Firing(
        "R14-restricted",
        ANYSHIRE,
        paid_from("victims-grant"),
        *(SOURCES, None, None, "2029-30-v02 from National grant for victims' services (fictional)"),
        words=("in words only",),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    Firing(
        "R25-crime-reduction-grants",
        ANYSHIRE,
        (cell("omissions.csv", 4, "row", "2031-32-p15"),),
        *(AWARDS, line(AWARDS, "2031-32-p16"), "conditions", None),
        words=("conditions is not published",),
    ),
    Firing(
        "R11-term",
        ANYSHIRE,
        (cell(SETTINGS, line(SETTINGS, "r11-partnership-12"), "value", "one year"),),
        *(AWARDS, None, None, "2030-31-m03"),
        words=("not numbers of months",),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    Firing(
        "R11-term",
        ANYSHIRE,
        (award("2030-31-m03", "end_on", "not published"),),
        *(AWARDS, None, None, "2030-31-m03"),
        words=("start or end is not published",),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
)
QUIET = (
    Quiet("R14-restricted", ANYSHIRE, (starts("2032-03-31"),)),
    Quiet("R14-restricted", ANYSHIRE, paid_from("council-precept")),
    Quiet(
        "R14-restricted",
        ANYSHIRE,
        (starts("2032-04-01"), award("2031-32-v12", "status", "withdrawn")),
    ),
    Quiet(
        "R16-access",
        ANYSHIRE,
        (added("award_areas.csv", "2029-30-p01", "mithering", "stated", ""),),
    ),
    Quiet("R27-years", ANYSHIRE, (award("2029-30-n01", "financial_year", "not published"),)),
    *(
        Quiet(code, ANYSHIRE, (without(SETTINGS, *range(2, 18)),))
        for code in ("R08-weighting", "R11-term", "R14-restricted", "R27-years")
    ),
)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)


@pytest.mark.parametrize(
    ("end", "months", "runs"),
    [
        (date(2031, 3, 30), 12, False),
        (date(2031, 3, 31), 12, True),
        (date(2031, 4, 2), 12, True),
        (date(2031, 4, 3), 12, False),
        (date(2032, 3, 31), 24, True),
    ],
)
def test_a_time_of_some_months_may_count_its_last_day_or_not(
    end: date, months: int, runs: bool
) -> None:
    assert _runs_for(date(2030, 4, 1), end, months) is runs


def test_a_withdrawn_award_owes_neither_weights_nor_an_objective(tmp_path: Path) -> None:
    first = ended(ANYSHIRE, "R08-weighting").findings[0]
    unlinked = without("award_terms.csv", 8)  # the one objective of the award in line 3
    for code, row, changes in (
        ("R08-weighting", first.row or 0, ()),
        ("R09-objective", 3, (unlinked,)),
    ):
        for status, owes in (("awarded", True), ("withdrawn", False)):
            copy = changed(
                ANYSHIRE,
                (*changes, cell(AWARDS, row, "status", status)),
                tmp_path / f"{code} {status}",
            )
            assert (row in {one.row for one in ended(copy, code).findings}) == owes


def test_money_that_is_free_asks_nothing(tmp_path: Path) -> None:
    copy = changed(ANYSHIRE, paid_from("council-precept"), tmp_path)
    code = "R14-restricted"
    assert ended(copy, code).unanswered == ended(ANYSHIRE, code).unanswered
