"""Reports, visits and settings: on the day, the day before and the day after."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator import ledger, package
from generator.checks.monitoring import _list, add_months, expected_periods, report_status
from generator.checks.settings import settings, threshold
from generator.ledger import Ledger
from generator.missing import Missing
from tests.checks import Change, cell, changed, descriptor, ended, without
from tests.conftest import ANYSHIRE

NONE = Missing.NOT_PUBLISHED
ROW, NOTE = 10, 62
"""Lines of an award of Anyshire, and of the one note of a visit to it."""
AWARDS, REPORTS, SETTINGS = "awards.csv", "outcome_reports.csv", "rule_settings.csv"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2031, 1, 31), 1, date(2031, 2, 28)),
        (date(2032, 1, 31), 1, date(2032, 2, 29)),
        (date(2031, 1, 30), 3, date(2031, 4, 30)),
        (date(2031, 12, 1), 1, date(2032, 1, 1)),
        (date(2031, 11, 15), 1, date(2031, 12, 15)),
        (date(2031, 11, 30), 13, date(2032, 12, 30)),
        (date(2031, 3, 31), -1, date(2031, 2, 28)),
        (date(2031, 1, 1), -1, date(2030, 12, 1)),
        (date(2031, 5, 5), 0, date(2031, 5, 5)),
        (date(9998, 12, 31), 0, date(9998, 12, 31)),
        (date(9998, 12, 31), 1, date.max),
        (date(2031, 10, 31), 1, date(2031, 11, 30)),
        (date(1, 3, 1), -1, date(1, 2, 1)),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


TODAY = date(2031, 11, 15)
BEFORE, AFTER = date(2031, 11, 14), date(2031, 11, 16)


@pytest.fixture(scope="module")
def anyshire() -> Ledger:
    return ledger.build(package.read(ANYSHIRE))


@pytest.mark.parametrize(
    ("due", "received", "today", "status"),
    [
        (TODAY, TODAY, TODAY, "received"),
        (TODAY, AFTER, TODAY, "late"),
        (NONE, AFTER, TODAY, "received"),
        (TODAY, NONE, TODAY, "not yet due"),
        (AFTER, NONE, TODAY, "not yet due"),
        (BEFORE, NONE, TODAY, "missing"),
        (NONE, NONE, TODAY, "missing"),
        (BEFORE, NONE, None, "not yet due"),
    ],
)
def test_the_status_of_a_report(
    anyshire: Ledger,
    due: date | Missing,
    received: date | Missing,
    today: date | None,
    status: str,
) -> None:
    report = replace(anyshire.outcome_reports[0], due_on=due, received_on=received)
    assert report_status(report, today) == status


@pytest.mark.parametrize(
    ("start", "end", "frequency", "today", "periods"),
    [
        (date(2031, 4, 1), NONE, "quarterly", date(2031, 6, 29), 0),
        (date(2031, 4, 1), NONE, "quarterly", date(2031, 6, 30), 1),
        (date(2031, 4, 1), date(2031, 9, 30), "quarterly", TODAY, 2),
        (date(2031, 4, 1), date(2031, 9, 29), "quarterly", TODAY, 1),
        (date(2030, 4, 1), date(2032, 3, 31), "half-yearly", date(2031, 3, 31), 2),
        (date(2030, 4, 1), date(2032, 3, 31), "yearly", date(2031, 3, 30), 0),
        (date(2030, 4, 1), date(2032, 3, 31), "yearly", date(2031, 3, 31), 1),
        (AFTER, NONE, "quarterly", BEFORE, 0),
        (NONE, date(2032, 3, 31), "yearly", TODAY, None),
        (date(2030, 4, 1), NONE, "yearly", None, None),
        (date(2030, 4, 1), NONE, "weekly", TODAY, None),
    ],
)
def test_the_periods_that_have_ended(
    anyshire: Ledger,
    start: date | Missing,
    end: date | Missing,
    frequency: str,
    today: date | None,
    periods: int | None,
) -> None:
    award = replace(anyshire.awards[0], start_on=start, end_on=end)
    assert expected_periods(award, frequency, today) == periods


def test_a_setting_is_in_force_on_its_first_and_its_last_day(anyshire: Ledger) -> None:
    limits = {
        day: threshold(anyshire, "R07", day)
        for day in (date(2028, 12, 31), date(2029, 1, 1), date(2030, 12, 31), date(2031, 1, 1))
    }
    assert [None if one is None else int(one) for one in limits.values()] == [
        *(None, 200000, 200000, 214000)
    ]
    assert len(settings(anyshire, "R07")) == 2
    assert [one.value for one in settings(anyshire, "R11", "partnership-grants")] == ["12", "24"]
    assert settings(anyshire, "R11", "storm-response") == ()


def new(code: str, at: Path, *changes: Change) -> list[tuple[str, int | None, str]]:
    """What a rule finds in Anyshire after some changes, and not before: file, row, message."""
    before = {one.message for one in ended(ANYSHIRE, code).findings}
    found = ended(changed(ANYSHIRE, changes, at), code).findings
    return [
        (Path(one.file).name, one.row, one.message) for one in found if one.message not in before
    ]


def test_a_report_that_nobody_lists_is_missed(tmp_path: Path) -> None:
    said = "4 reports (quarterly) fall in the award's time so far, but only {} are listed."
    assert new("R03-reports", tmp_path / "one", without(REPORTS, 2)) == [
        (AWARDS, 2, said.format(3))
    ]
    assert new("R03-reports", tmp_path / "all", without(REPORTS, 2, 3, 4, 5)) == [
        (AWARDS, 2, said.format(0))
    ]


def test_nothing_is_asked_of_who_was_never_to_report_or_was_withdrawn(tmp_path: Path) -> None:
    for column, value in (("reporting_frequency", "none"), ("status", "withdrawn")):
        quiet = (cell(AWARDS, 2, column, value), without(REPORTS, 2, 3, 4, 5))
        assert new("R03-reports", tmp_path / column, *quiet) == []
    assert [one.subject for one in ended(ANYSHIRE, "R03-reports").unanswered] == ["1 award"]


def test_a_report_that_did_not_come_is_missing(tmp_path: Path) -> None:
    assert new("R03-reports", tmp_path, cell(REPORTS, 2, "received_on", "not published")) == [
        (REPORTS, 2, "The report was due on 2029-07-31 and is missing.")
    ]


def test_the_promise_holds_where_an_agreement_is_silent(tmp_path: Path) -> None:
    """An award of which half-yearly reports are listed; without a promise, none is expected."""
    silent = cell(AWARDS, 3, "reporting_frequency", "not published")
    ((file, row, message),) = new("R03-reports", tmp_path / "promised", silent)
    assert (file, row) == (AWARDS, 3)
    assert "(quarterly)" in message
    unpromised = (silent, without(SETTINGS, 2), without(REPORTS, 2))
    ((_, row, _),) = new("R03-reports", tmp_path / "not", *unpromised)
    assert row == 2, "its own agreement says quarterly"
    (unanswered,) = ended(
        changed(ANYSHIRE, unpromised, tmp_path / "left"), "R03-reports"
    ).unanswered
    assert unanswered.subject == "2 awards"


def test_awards_without_dates_are_counted_not_judged(anyshire: Ledger, tmp_path: Path) -> None:
    (unanswered,) = ended(ANYSHIRE, "R19-visits").unanswered
    assert unanswered.subject == "1 award"
    whole = ended(changed(ANYSHIRE, (UNDATED,), tmp_path), "R19-visits")
    assert [one.subject for one in whole.unanswered] == [f"{len(anyshire.awards)} awards"]
    assert whole.findings == ()


UNDATED = descriptor(lambda found: (found["purse"].pop("as_of"), found.update(created="one day")))
"""So the publication has no "today"."""


@pytest.mark.parametrize(
    ("visit", "end", "missed"),
    [
        ("2029-04-01", "2030-03-31", False),
        ("2030-03-31", "2030-03-31", False),
        ("2029-03-31", "2030-03-31", True),
        ("2030-04-01", "2030-03-31", True),
        ("2029-03-31", "2031-11-14", True),
        ("2029-03-31", "2031-11-15", False),
    ],
)
def test_a_visit_falls_between_start_and_end(
    tmp_path: Path, visit: str, end: str, missed: bool
) -> None:
    """Of an award that starts on 1 April 2029 and has this one visit; today has not ended."""
    changes = (
        cell(AWARDS, ROW, "start_on", "2029-04-01"),
        cell(AWARDS, ROW, "end_on", end),
        cell("documents.csv", NOTE, "date", visit),
    )
    rows = [one.row for one in ended(changed(ANYSHIRE, changes, tmp_path), "R19-visits").findings]
    assert (ROW in rows) == missed


def test_only_a_note_of_a_visit_shows_one_and_a_withdrawn_award_needs_none(tmp_path: Path) -> None:
    missed = cell("documents.csv", NOTE, "kind", "agreement")
    for number, (status, rows) in enumerate((("ended", {ROW}), ("withdrawn", set()))):
        copy = changed(
            ANYSHIRE, (missed, cell(AWARDS, ROW, "status", status)), tmp_path / f"{number}"
        )
        found = {one.row for one in ended(copy, "R19-visits").findings}
        assert found - {one.row for one in ended(ANYSHIRE, "R19-visits").findings} == rows


def test_a_register_without_awards_owes_nothing(tmp_path: Path) -> None:
    empty = changed(ANYSHIRE, (without(AWARDS, *range(2, 99)), without(SETTINGS, 2)), tmp_path)
    for code in ("R03-reports", "R19-visits"):
        assert ended(empty, code).unanswered == ()


def test_what_is_lacking_is_listed() -> None:
    words = ["outcome", "need", "indicator"]
    assert [_list(words[:number]) for number in (1, 2, 3)] == [
        *("outcome", "outcome or need", "outcome, need or indicator")
    ]
