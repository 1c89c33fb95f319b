"""Monitoring: reports due and received, what they hold, visits, outcomes chosen."""

from collections.abc import Iterator
from datetime import date, timedelta

import pyarrow.compute as pc

from generator import model
from generator.checks.registry import (
    Outcome,
    Statement,
    Unanswered,
    awards_words,
    fault,
    not_applicable,
    rule,
)
from generator.checks.settings import settings, subjects
from generator.findings import Severity
from generator.frames import any_of
from generator.ledger import Ledger
from generator.missing import Missing

_STRATEGY = "the publisher's commissioning strategy"
MONTHS = {"quarterly": 3, "half-yearly": 6, "yearly": 12}


def add_months(day: date, months: int) -> date:
    """The same day some months later, or that month's last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    if year >= date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def report_status(report: model.OutcomeReport, today: date | None) -> str:
    """`received`, `late` (received after it was due), `missing` or `not yet due`."""
    due, received = report.due_on, report.received_on
    if isinstance(received, date):
        return "late" if isinstance(due, date) and received > due else "received"
    # Without a day of its own the data can't say that anything is missing.
    if today is None or (isinstance(due, date) and due >= today):
        return "not yet due"
    return "missing"


def expected_periods(award: model.Award, frequency: str, today: date | None) -> int | None:
    """How many reporting periods of an award have ended by today; None without dates."""
    start, end = award.start_on, award.end_on
    if today is None or not isinstance(start, date) or frequency not in MONTHS:
        return None
    last = min(today, end) if isinstance(end, date) else today
    count = 0
    while add_months(start, MONTHS[frequency] * (count + 1)) - timedelta(days=1) <= last:
        count += 1
    return count


@rule(
    "R03-reports",
    "Outcome reports come as promised",
    severity=Severity.WARNING,
    reason="Every provider reports each quarter, unless its agreement says otherwise.",
    source=f"{_STRATEGY}, commissioning: Review; the frequency in rule_settings.csv",
    mend="add the report, or write the agreed frequency and its reason beside the award.",
)
def reports(ledger: Ledger) -> Iterator[Statement]:
    """No report is late or missing, and none is left out of the list."""
    promised = next((one.value for one in settings(ledger, "R03")), None)
    reported: dict[str, int] = {}
    for report in ledger.outcome_reports:
        reported[report.award] = reported.get(report.award, 0) + 1
        status = report_status(report, ledger.today)
        if status in ("late", "missing"):
            yield fault(
                report,
                "received_on",
                report.received_on.isoformat() if isinstance(report.received_on, date) else None,
                f"The report was due on {_day(report.due_on)} and is {status}.",
            )
    awards = ledger.frame(model.Award)
    exempt = any_of(
        awards.among("reporting_frequency", ["none"]), awards.among("status", ["withdrawn"])
    )
    silent = pc.and_(awards.absent("reporting_frequency"), pc.invert(exempt))
    told = isinstance(promised, str)
    undated = 0 if told else pc.sum(silent, min_count=0).as_py()
    for award in awards.at(pc.invert(exempt if told else any_of(exempt, silent))):
        frequency = award.reporting_frequency
        wanted = frequency if isinstance(frequency, str) else promised
        expected = None
        if isinstance(wanted, str):
            expected = expected_periods(award, wanted, ledger.today)
        if expected is None:
            undated += wanted != "at-end"
        elif reported.get(award.id, 0) < expected:
            yield fault(
                award,
                "id",
                award.id,
                f"{expected} reports ({wanted}) fall in the award's time so far, but only "
                f"{reported.get(award.id, 0)} are listed.",
            )
    if undated:
        yield Unanswered(
            Outcome.NOT_COMPUTABLE,
            awards_words(undated),
            "the start or the frequency of reports is not published",
        )


def _day(value: model.Day) -> str:
    return value.value if isinstance(value, Missing) else value.isoformat()


@rule(
    "R04-report-parts",
    "A report says what was done, produced and changed",
    severity=Severity.ERROR,
    reason="Each report shows activity, outputs and impact.",
    source=f"{_STRATEGY}, commissioning: Review",
    mend="fill in the part, or ask the recipient for it.",
)
def report_parts(ledger: Ledger) -> Iterator[Statement]:
    """A received report has its three parts."""
    if not ledger.outcome_reports:
        yield not_applicable("the package publishes no outcome reports")
    for report in ledger.outcome_reports:
        for column in ("activity", "outputs", "impact"):
            if isinstance(report.received_on, date) and isinstance(
                getattr(report, column), Missing
            ):
                yield fault(report, column, None, f"The report lacks its part on {column}.")


@rule(
    "R15-victim-outcomes",
    "An award for victims says which outcome, need and indicator it serves",
    severity=Severity.WARNING,
    reason="Services for victims work towards coping and recovering, one or more of eight needs, "
    "and one or more of five indicator areas.",
    source=f"{_STRATEGY}, victim outcomes",
    mend="link the award in award_terms.csv.",
)
def victim_outcomes(ledger: Ledger) -> Iterator[Statement]:
    """Awards of the programmes in R15's settings have all three kinds of term."""
    programmes = subjects(ledger, "R15")
    if not programmes:
        yield not_applicable("no programme is set as one for victims (rule_settings.csv, R15)")
    awards = ledger.frame(model.Award)
    for one in ledger.linked_at(awards.among("programme", list(programmes))):
        if one.award.programme in programmes and one.award.status != "withdrawn":
            schemes = {term.scheme for _, term in one.terms}
            lacking = [name for name in ("outcome", "need", "indicator") if name not in schemes]
            if lacking:
                yield fault(
                    one.award, "id", one.award.id, f"The award is linked to no {_list(lacking)}."
                )


def _list(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


@rule(
    "R19-visits",
    "A grant was visited in its life",
    severity=Severity.WARNING,
    reason="Visits, with what service users say, are made during the life of a grant or contract.",
    source=f"{_STRATEGY}, commissioning: Review",
    mend="list the note of the visit in documents.csv with its date.",
)
def visits(ledger: Ledger) -> Iterator[Statement]:
    """An ended award has a visit note dated within its time."""
    notes: dict[object, list[date]] = {}
    for document in ledger.documents:
        if document.kind == "visit-note" and isinstance(document.date, date):
            notes.setdefault(document.award, []).append(document.date)
    awards = ledger.frame(model.Award)
    starts, ends = awards.column("start_on", date), awards.column("end_on", date)
    dated = pc.and_(starts.is_valid(), ends.is_valid())
    undated = awards.size
    if ledger.today is not None:
        undated -= pc.sum(dated, min_count=0).as_py()
        ended = pc.and_(dated, pc.less(ends, ledger.today))
        for award in awards.at(pc.and_not(ended, awards.among("status", ["withdrawn"]))):
            start, end = award.start_on, award.end_on
            visits_within = (
                start <= day <= end
                for day in notes.get(award.id, ())
                if isinstance(start, date) and isinstance(end, date)
            )
            if not any(visits_within):
                yield fault(award, "id", award.id, "The award has ended with no visit recorded.")
    if undated:
        yield Unanswered(
            Outcome.NOT_COMPUTABLE, awards_words(undated), "the start or end is not published"
        )


@rule(
    "measure-terms",
    "Measures name terms that exist",
    severity=Severity.ERROR,
    reason="A measure counts towards an outcome, need or indicator of the vocabulary.",
    source="the design of the data",
    mend="write the id of a term of that scheme in terms.csv.",
)
def measure_terms(ledger: Ledger) -> Iterator[Statement]:
    """Each measure's outcome, need and indicator is a term of that scheme."""
    if not ledger.outcome_measures:
        yield not_applicable("the package publishes no outcome measures")
    known = {(term.scheme, term.id) for term in ledger.terms}
    for measure in ledger.outcome_measures:
        for scheme in ("outcome", "need", "indicator"):
            value = getattr(measure, scheme)
            if isinstance(value, str) and (scheme, value) not in known:
                yield fault(measure, scheme, value, f"There is no {scheme} “{value}”.")
