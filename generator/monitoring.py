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
    mine: dict[str, list[str]] = {fund.id: [] for fund in ledger.funds}
    without: list[str] = []
    relations = ledger.relations
    award = relations.row_of(model.OutcomeReport, "award", model.Award)
    fund = relations.row_of(model.Award, "fund", model.Fund).take(award).to_pylist()
    for report, row in zip(ledger.outcome_reports, fund, strict=True):
        held = without if row is None else mine[ledger.funds[row].id]
        held.append(status[report.id])
    none = Missing.NOT_PUBLISHED.value
    groups = [(fund.id, cell(fund.title), mine[fund.id]) for fund in ledger.funds]
    rows = [
        {
            "order": str(order),
            "fund": id,
            "fund_title": title,
            "reports": str(len(found)),
            **{name.replace(" ", "_"): str(found.count(name)) for name in STATUSES},
        }
        for order, (id, title, found) in enumerate(
            (group for group in (*groups, (none, none, without)) if group[2]), 1
        )
    ]
    counts = (name.replace(" ", "_") for name in STATUSES)
    header = ("order", "fund", "fund_title", "reports", *counts)
    return PublishedTable(f"{urls.OUTCOMES}reporting.csv", header, tuple(rows))


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
