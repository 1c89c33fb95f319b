"""Dates that can't be, or are unlikely, measured from the package's own date."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pyarrow.compute as pc

from generator.checks.monitoring import add_months
from generator.checks.registry import Outcome, Statement, Unanswered, fault, rule
from generator.findings import Severity
from generator.frames import Frame, Mask, any_of
from generator.ledger import Ledger
from generator.limits import limit
from generator.model import Award, Contract

BEFORE_START = limit("years_decided_before_start")
_COLUMNS = ("decided_on", "published_on", "start_on", "end_on")
FAR_YEARS = {
    "decided_on": (limit("years_past"), 0),
    "published_on": (limit("years_past"), 0),
    "start_on": (limit("years_past"), limit("years_future")),
    "end_on": (limit("years_past"), limit("years_future_end")),
}
"""Years before and after the package's date beyond which a date is called far."""


def _after(frame: Frame[Any], first: str, last: str) -> Mask:
    """The rows with a day that comes after the one which it should come before."""
    return pc.greater(frame.column(first, date), frame.column(last, date))


@rule(
    "start-after-end",
    "An award starts before it ends",
    severity=Severity.ERROR,
    reason="One of the two dates is wrong.",
    source="a check that funders' data is commonly put to",
    mend="correct the date.",
)
def start_after_end(ledger: Ledger) -> Iterator[Statement]:
    """`start_on` is not after `end_on`, for awards and contracts."""
    awards, contracts = ledger.frame(Award), ledger.frame(Contract)
    records: tuple[Award | Contract, ...] = (
        *awards.at(_after(awards, "start_on", "end_on")),
        *contracts.at(_after(contracts, "start_on", "end_on")),
    )
    for one in records:
        start, end = one.start_on, one.end_on
        if isinstance(start, date) and isinstance(end, date) and start > end:
            yield fault(
                one,
                "start_on",
                start.isoformat(),
                f"It starts on {start.isoformat()}, after it ends on {end.isoformat()}.",
            )


@rule(
    "post-dated",
    "No award is decided or published after the data’s own date",
    severity=Severity.WARNING,
    reason="An award can't be published before it is decided, nor decided in the future.",
    source="a check that funders' data is commonly put to",
    mend="correct the date, or the package's as_of.",
)
def post_dated(ledger: Ledger) -> Iterator[Statement]:
    """`decided_on` and `published_on` are not after the package's date, nor out of order."""
    today = ledger.today
    if today is None:
        yield Unanswered(Outcome.NOT_COMPUTABLE, "this publication", "it states no date of its own")
        return
    for report in ledger.outcome_reports:
        if isinstance(report.received_on, date) and report.received_on > today:
            yield fault(
                report,
                "received_on",
                report.received_on.isoformat(),
                f"The date is after the data’s own date, {today.isoformat()}.",
            )
    awards = ledger.frame(Award)
    late = [pc.greater(awards.column(one, date), today) for one in ("decided_on", "published_on")]
    for award in awards.at(any_of(*late, _after(awards, "decided_on", "published_on"))):
        for column in ("decided_on", "published_on"):
            day = getattr(award, column)
            if isinstance(day, date) and day > today:
                yield fault(
                    award,
                    column,
                    day.isoformat(),
                    f"The date is after the data’s own date, {today.isoformat()}.",
                )
        decided, published = award.decided_on, award.published_on
        if isinstance(decided, date) and isinstance(published, date) and published < decided:
            yield fault(
                award,
                "published_on",
                published.isoformat(),
                f"It was published before it was decided on {decided.isoformat()}.",
            )


@rule(
    "far-date",
    "Dates are within reach",
    severity=Severity.WARNING,
    reason="A date very far away is most often a slip of the pen.",
    source="a check that funders' data is commonly put to",
    mend="check the year.",
)
def far_dates(ledger: Ledger) -> Iterator[Statement]:
    """No date of an award is many years away from the package's own."""
    today = ledger.today
    if today is None:
        yield Unanswered(Outcome.NOT_COMPUTABLE, "this publication", "it states no date of its own")
        return
    awards = ledger.frame(Award)
    reach = {
        column: (add_months(today, -12 * before), add_months(today, 12 * after))
        for column, (before, after) in FAR_YEARS.items()
    }
    far = []
    for column in _COLUMNS:
        days, (first, last) = awards.column(column, date), reach[column]
        far += [pc.less(days, first), pc.greater(days, last)]
    for award in awards.at(any_of(*far)):
        for column in _COLUMNS:
            day = getattr(award, column)
            before, after = FAR_YEARS[column]
            if not isinstance(day, date):
                continue
            if day < reach[column][0]:
                yield fault(award, column, day.isoformat(), f"Over {before} years in the past.")
            elif after and day > reach[column][1]:
                yield fault(award, column, day.isoformat(), f"Over {after} years in the future.")


@rule(
    "decided-outside-period",
    "An award is decided before it ends",
    severity=Severity.WARNING,
    reason="A decision after the end, or years before the start, is unusual.",
    source="the design of the data",
    mend="check the dates.",
)
def decided_outside_period(ledger: Ledger) -> Iterator[Statement]:
    """`decided_on` is not after `end_on`, nor more than two years before `start_on`."""
    awards = ledger.frame(Award)
    long = timedelta(days=360 * BEFORE_START)
    early = pc.less(
        pc.add(awards.column("decided_on", date), long), awards.column("start_on", date)
    )
    for award in awards.at(any_of(early, _after(awards, "decided_on", "end_on"))):
        decided, start, end = award.decided_on, award.start_on, award.end_on
        if not isinstance(decided, date):
            continue
        if isinstance(end, date) and decided > end:
            yield fault(
                award,
                "decided_on",
                decided.isoformat(),
                f"Decided after its end, {end.isoformat()}.",
            )
        elif isinstance(start, date) and decided < add_months(start, -12 * BEFORE_START):
            yield fault(
                award,
                "decided_on",
                decided.isoformat(),
                f"Decided over {BEFORE_START} years before its start, {start.isoformat()}.",
            )
