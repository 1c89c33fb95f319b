"""Dates on the last day that is in order, and on the first that isn't."""

from pathlib import Path

import pytest

from generator.checks import Outcome
from tests.checks import (
    LH,
    Change,
    Firing,
    Quiet,
    cell,
    changed,
    check_fires,
    check_quiet,
    descriptor,
    ended,
)
from tests.conftest import ANYSHIRE

AWARDS = "awards.csv"
TODAY = "2031-07-01"


def on(**days: str) -> tuple[Change, ...]:
    """The first award's dates; what isn't named has none."""
    names = ("decided_on", "published_on", "start_on", "end_on")
    return tuple(cell(AWARDS, 2, name, days.get(name, "not published")) for name in names)


def firing(code: str, column: str, words: str, **days: str) -> Firing:
    """The first award, found fault with at one of its dates."""
    return Firing(code, LH, on(**days), AWARDS, 2, column, days[column], (words,))


FIRING = (
    firing(
        "start-after-end", "start_on", "after it ends", start_on="2031-06-02", end_on="2031-06-01"
    ),
    firing("post-dated", "decided_on", "after the data", decided_on="2031-07-02"),
    firing("post-dated", "published_on", "after the data", published_on="2031-07-02"),
    firing(
        *("post-dated", "published_on", "before it was decided"),
        decided_on="2031-06-02",
        published_on="2031-06-01",
    ),
    *(
        firing("far-date", column, "25 years in the past", **{column: "2006-06-30"})
        for column in ("decided_on", "published_on", "start_on", "end_on")
    ),
    firing("far-date", "start_on", "10 years in the future", start_on="2041-07-02"),
    firing("far-date", "end_on", "25 years in the future", end_on="2056-07-02"),
    firing(
        *("far-date", "published_on", "25 years in the past"),
        decided_on="2006-07-01",
        published_on="2006-06-30",
    ),
    firing(
        *("far-date", "end_on", "25 years in the future"),
        start_on="2041-07-01",
        end_on="2056-07-02",
    ),
    firing(
        *("decided-outside-period", "decided_on", "after its end"),
        decided_on="2031-06-02",
        end_on="2031-06-01",
    ),
    firing(
        *("decided-outside-period", "decided_on", "2 years before its start"),
        decided_on="2029-05-31",
        start_on="2031-06-01",
    ),
    *(
        Firing(
            code,
            LH,
            (descriptor(lambda found: found.update(created="one day")),),
            *("", None, None, "this publication"),
            words=("no date of its own",),
            outcome=Outcome.NOT_COMPUTABLE,
        )
        for code in ("post-dated", "far-date")
    ),
)
QUIET = (
    *(
        Quiet(
            code,
            LH,
            on(**dict.fromkeys(("decided_on", "published_on", "start_on", "end_on"), TODAY)),
        )
        for code in ("start-after-end", "post-dated", "far-date", "decided-outside-period")
    ),
    *(
        Quiet(code, LH, on())
        for code in ("start-after-end", "post-dated", "far-date", "decided-outside-period")
    ),
    *(
        Quiet("far-date", LH, on(**{column: "2006-07-01"}))
        for column in ("decided_on", "published_on", "start_on", "end_on")
    ),
    Quiet("far-date", LH, on(start_on="2041-07-01", end_on="2056-07-01")),
    Quiet("far-date", LH, on(decided_on="2099-01-01", published_on="2099-01-01")),
    Quiet("decided-outside-period", LH, on(decided_on="2029-06-01", start_on="2031-06-01")),
)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)


def test_a_contract_has_its_dates_in_order_too(tmp_path: Path) -> None:
    contract = (
        cell("contracts.csv", 3, "start_on", "2031-06-02"),
        cell("contracts.csv", 3, "end_on", "2031-06-01"),
    )
    (found,) = ended(changed(ANYSHIRE, contract, tmp_path), "start-after-end").findings
    assert (found.file.split("/")[-1], found.row, found.value) == ("contracts.csv", 3, "2031-06-02")


def test_a_report_is_not_received_after_the_datas_own_date(tmp_path: Path) -> None:
    for day, said in (("2031-11-15", []), ("2031-11-16", [(2, "received_on", "2031-11-16")])):
        copy = changed(
            ANYSHIRE, (cell("outcome_reports.csv", 2, "received_on", day),), tmp_path / day
        )
        found = ended(copy, "post-dated").findings
        assert [(one.row, one.column, one.value) for one in found] == said
