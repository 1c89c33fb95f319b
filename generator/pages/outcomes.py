"""What came of the awards: outcomes, needs × indicators, measures, reports by status."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator import model, urls
from generator.checks.settings import settings
from generator.figures import Figure
from generator.ledger import Awards, LinkedAward
from generator.monitoring import (
    STATUSES,
    is_small,
    matrix_table,
    reporting_table,
    serving,
    statuses,
)
from generator.pages.page import Page
from generator.pages.site import UNDER_HOW_IT_WORKS, Site
from generator.selectors import where
from generator.tables import PublishedTable


class Cell(Struct, frozen=True):
    """One pair of need and indicator."""

    count: Figure
    awards: Awards


class ReportingLine(Struct, frozen=True):
    """A fund's reports by status."""

    title: str
    reports: Figure
    by_status: tuple[Figure, ...]


class MeasureLine(Struct, frozen=True):
    """A measure with the report and award it belongs to; no figure when it is held back."""

    measure: model.OutcomeMeasure
    award: LinkedAward | None
    value: Figure | None
    small: bool


def terms(site: Site, scheme: str) -> tuple[model.Term, ...]:
    """The terms of a vocabulary."""
    return tuple(term for term in site.ledger.terms if term.scheme == scheme)


def _matrix(
    served: Mapping[tuple[str, str], Awards], table: PublishedTable
) -> Mapping[tuple[str, str], Cell]:
    return {
        (need, indicator): Cell(
            table.figure("sum:awards", where(need=need, indicator=indicator)), awards
        )
        for (need, indicator), awards in served.items()
    }


def _reporting(site: Site) -> Iterator[ReportingLine]:
    table = reporting_table(site.ledger)
    for row in table.rows:
        this = where(order=row["order"])  # a title may stand twice, or be missing
        yield ReportingLine(
            title=row["fund_title"],
            reports=table.figure("sum:reports", this),
            by_status=tuple(
                table.figure(f"sum:{name.replace(' ', '_')}", this) for name in STATUSES
            ),
        )


def measure_lines(site: Site, report_ids: frozenset[str] | None = None) -> Iterator[MeasureLine]:
    """The measures of some reports, or of all; few people are never counted out loud."""
    table = site.resource("outcome_measures")
    reports = {one.id: one for one in site.ledger.outcome_reports}
    for one in site.ledger.outcome_measures:
        if table is None or (report_ids is not None and one.report not in report_ids):
            continue
        report = reports.get(one.report)
        award = site.ledger.award(report.award) if report else None
        small = is_small(one)
        value = None if small else table.figure("sum:value", where(id=one.id), unit="number")
        yield MeasureLine(one, award, value, small)


def pages(site: Site) -> Iterator[Page]:
    """The one outcomes page."""
    served = serving(site.ledger, site.awards)
    matrix, reporting = matrix_table(served), reporting_table(site.ledger)
    counts = statuses(site.ledger)
    yield Page(
        url=urls.OUTCOMES,
        title="Outcomes: what came of the awards",
        description=(
            f"Which outcomes, needs and indicators the awards of {site.settings.publisher_name} "
            "serve, what was reported, and which reports are late or missing."
        ),
        template="outcomes.md",
        trail=UNDER_HOW_IT_WORKS,
        context={
            "site": site,
            "outcomes": terms(site, "outcome"),
            "needs": terms(site, "need"),
            "indicators": terms(site, "indicator"),
            "matrix": _matrix(served, matrix),
            "linked": any(served.values()),
            "matrix_table": matrix,
            "reporting": tuple(_reporting(site)),
            "reporting_table": reporting,
            "statuses": STATUSES,
            "has_reports": bool(counts),
            "measures": tuple(measure_lines(site)),
            "promised": tuple(settings(site.ledger, "R03")),
        },
        tables=(matrix, reporting),
    )
