"""Claims about the money, recomputed: holds, doesn't hold, or consistent without proof.

Two kinds. Stated totals and percentages are set against the rows they cover. The package's
own `reconciliations` say which further figures should agree, and what it means if they do.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from generator import model, selectors
from generator.figures import (
    Figure,
    derived_difference,
    derived_percent,
    derived_sum,
)
from generator.ledger import Ledger
from generator.summaries.resources import resource_table
from generator.tables import PublishedTable


class Verdict(Enum):
    """What recomputing a claim showed."""

    HOLDS = "holds"
    FAILS = "doesn't hold"
    CONSISTENT = "consistent, no proof"


class Term(Struct, frozen=True):
    """One figure of a claim."""

    title: str
    figure: Figure


class Side(Struct, frozen=True):
    """One side of a claim: its terms, and their sum where there are several."""

    terms: tuple[Term, ...]
    total: Figure
    is_sum: bool


class Claim(Struct, frozen=True):
    """A reconciliation with its sides computed."""

    record: model.Reconciliation
    left: Side
    right: Side
    difference: Figure | None
    verdict: Verdict


class StatedCheck(Struct, frozen=True):
    """A stated total or percentage beside what its rows come to."""

    record: model.StatedFigure
    stated: Figure
    computed: Figure | None
    part: Figure | None
    """What the rows add up to, for a percentage."""
    verdict: Verdict | None
    """None when the figure covers no rows, so there is nothing to check it against."""


def _tables(ledger: Ledger) -> Mapping[str, PublishedTable | None]:
    """Each table, so that what was found in it is found again at once."""
    return {name: resource_table(ledger, name) for name in ledger.package.tables}


def _table(ledger: Ledger, resource: object) -> PublishedTable:
    table = ledger.once(_tables).get(str(resource))
    if table is None:
        raise ValueError(f"the package has no resource {resource}")
    return table


def _conditions(text: object) -> selectors.Where:
    return selectors.parse(text) if isinstance(text, str) else ()


def _term(ledger: Ledger, claim: model.Reconciliation, term: model.ReconciliationTerm) -> Term:
    id = f"{claim.id}-{term.side}-{term.position}"
    unit = str(claim.unit)
    if isinstance(term.resource, str):
        table, measure = _table(ledger, term.resource), str(term.measure)
        figure = table.figure(measure, _conditions(term.where), id=id, unit=unit)
    else:
        row = selectors.where(
            reconciliation=claim.id, side=str(term.side), position=str(term.position)
        )
        table = _table(ledger, "reconciliation_terms")
        figure = table.figure("sum:value", row, id=id, unit=unit)
        if unit == "percent":
            figure = figure._replace(places=0)
    return Term(str(term.title), figure)


def _side(claim: model.Reconciliation, name: str, terms: Sequence[Term]) -> Side:
    if not terms:
        raise ValueError(f"{claim.id} has nothing on its {name} side")
    if len(terms) == 1:
        return Side(tuple(terms), terms[0].figure, is_sum=False)
    total = derived_sum([term.figure for term in terms], id=f"{claim.id}-{name}")
    return Side(tuple(terms), total, is_sum=True)


def _claim(ledger: Ledger, record: model.Reconciliation) -> Claim:
    terms = [one for one in ledger.reconciliation_terms if one.reconciliation == record.id]

    def side(name: str) -> Side:
        mine = [one for one in terms if one.side == name]
        return _side(record, name, [_term(ledger, record, one) for one in mine])

    left, right = side("left"), side("right")
    if record.relation == "equal":
        true = left.total.value == right.total.value
    else:
        true = left.total.value <= right.total.value
    reached = Verdict.CONSISTENT if record.if_true == "consistent" else Verdict.HOLDS
    difference = None
    if left.total.value != right.total.value:
        difference = derived_difference(right.total, left.total, id=f"{record.id}-difference")
    return Claim(record, left, right, difference, reached if true else Verdict.FAILS)


def claims(ledger: Ledger) -> tuple[Claim, ...]:
    """The package's reconciliations, computed, in the source's order."""
    ordered = sorted(ledger.reconciliations, key=lambda one: str(one.source_order).zfill(6))
    return tuple(_claim(ledger, record) for record in ordered)


def stated_id(figure: str) -> str:
    """The anchor of a stated figure on the page that lists them."""
    return f"stated-{figure}"


def stated_figure(ledger: Ledger, record: model.StatedFigure, *, id: str | None = None) -> Figure:
    """A figure as the source states it, pointing at its one row."""
    measure = "sum:amount" if record.kind == "amount" else "sum:percentage"
    where = selectors.where(id=record.id)
    return _table(ledger, "stated_figures").figure(measure, where, id=id)


def _stated(ledger: Ledger) -> Mapping[object, model.StatedFigure]:
    """The stated figures by id."""
    return {one.id: one for one in ledger.stated_figures}


def _check(ledger: Ledger, record: model.StatedFigure) -> StatedCheck:
    stated = stated_figure(ledger, record, id=stated_id(record.id))
    if not isinstance(record.covers_resource, str):
        return StatedCheck(record, stated, None, None, None)
    covered = _table(ledger, record.covers_resource).figure(
        "sum:amount", _conditions(record.covers_where), id=f"rows-{record.id}"
    )
    if record.kind == "amount":
        verdict = Verdict.HOLDS if covered.value == stated.value else Verdict.FAILS
        return StatedCheck(record, stated, covered, None, verdict)
    base = ledger.once(_stated).get(record.base)
    if base is None or not isinstance(base.amount, Decimal) or not isinstance(record.decimals, int):
        return StatedCheck(record, stated, None, covered, None)
    whole = stated_figure(ledger, base, id=stated_id(base.id))
    computed = derived_percent(covered, whole, places=record.decimals)
    if computed is None:
        return StatedCheck(record, stated, None, covered, None)
    verdict = Verdict.HOLDS if computed.value == stated.value else Verdict.FAILS
    return StatedCheck(record, stated, computed, covered, verdict)


def stated_checks(ledger: Ledger) -> tuple[StatedCheck, ...]:
    """Every stated total and percentage beside its rows, in the source's order."""
    return tuple(_check(ledger, record) for record in ledger.stated_figures)
