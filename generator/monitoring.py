"""Summaries of what came of the awards: reports by status, needs × indicators, measures."""

from collections.abc import Mapping
from decimal import Decimal

import pyarrow.compute as pc

from generator import model, urls
from generator.checks.monitoring import report_status
from generator.ledger import Awards, Ledger
from generator.missing import Missing
from generator.money import plain
from generator.summaries.base import cell
from generator.summaries.resources import SMALLEST_COUNT
from generator.tables import PublishedTable

STATUSES = ("received", "late", "missing", "not yet due")


def statuses(ledger: Ledger) -> dict[str, str]:
    """The status of each outcome report by its id, on the package's own day."""
    return {one.id: report_status(one, ledger.today) for one in ledger.outcome_reports}


def reporting_table(ledger: Ledger) -> PublishedTable:
    """Reports by fund and status: one row a fund, and one for awards without a fund."""
    status = statuses(ledger)
    funds: list[model.Fund | None] = [*ledger.funds, None]
    rows = []
    for fund in funds:
        id = fund.id if fund else Missing.NOT_PUBLISHED.value
        mine = [
            status[report.id] for report in ledger.outcome_reports if _fund_of(ledger, report) == id
        ]
        if mine:
            counts = {name.replace(" ", "_"): str(mine.count(name)) for name in STATUSES}
            title = cell(fund.title) if fund else id
            rows.append({"fund": id, "fund_title": title, "reports": str(len(mine)), **counts})
    header = ("fund", "fund_title", "reports", *(name.replace(" ", "_") for name in STATUSES))
    return PublishedTable(f"{urls.OUTCOMES}reporting.csv", header, tuple(rows))


def _fund_of(ledger: Ledger, report: model.OutcomeReport) -> str:
    one = ledger.award(report.award)
    return cell(one.award.fund) if one else Missing.NOT_PUBLISHED.value


def _terms(ledger: Ledger, scheme: str) -> list[model.Term]:
    return [term for term in ledger.terms if term.scheme == scheme]


def serving(ledger: Ledger, awards: Awards) -> dict[tuple[str, str], Awards]:
    """The awards that serve each pair of need and indicator, in the order given."""
    relations = ledger.relations
    of_need, of_indicator = (
        dict(zip(ledger.terms, awards.by_pair(relations.terms_of(scheme)), strict=True))
        for scheme in ("need", "indicator")
    )
    return {
        (need.id, indicator.id): awards.with_rows(
            of_need[need].filter(pc.is_in(of_need[need], value_set=of_indicator[indicator]))
        )
        for need in _terms(ledger, "need")
        for indicator in _terms(ledger, "indicator")
    }


def matrix_table(served: Mapping[tuple[str, str], Awards]) -> PublishedTable:
    """How many awards serve each pair of need and indicator, and what they are worth.

    An award stands in every pair it is linked to, so rows must not be added up.
    """
    rows = tuple(
        {
            "need": need,
            "indicator": indicator,
            "awards": str(len(awards)),
            "amount": plain(awards.total),
        }
        for (need, indicator), awards in served.items()
    )
    header = ("need", "indicator", "awards", "amount")
    return PublishedTable(f"{urls.OUTCOMES}matrix.csv", header, rows, units={"amount": "money"})


def is_small(measure: model.OutcomeMeasure) -> bool:
    """Whether a measure counts so few people that its number is held back."""
    few = isinstance(measure.value, Decimal) and measure.value < SMALLEST_COUNT
    return measure.count_of_people is True and few
