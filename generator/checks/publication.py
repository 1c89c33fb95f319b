"""The publication around the awards: settings, claims to reconcile, the publisher's own pages."""

import re
from collections.abc import Iterator

from generator import model, selectors
from generator.checks.registry import Fault, Statement, fault, rule
from generator.descriptor import DESCRIPTOR, display_path
from generator.findings import Severity
from generator.ledger import Ledger
from generator.measures import measure_of
from generator.missing import Missing
from generator.package import Table

_MONEY = re.compile(r"[£€$]\s?\d[\d,.]*|\b\d[\d,]{0,30}(?:\.\d{1,30})? (?:pounds|million pounds)\b")


@rule(
    "reconciliation-terms",
    "Each claim to reconcile can be computed",
    severity=Severity.ERROR,
    reason="A claim on the money page is recomputed from rows; its terms must lead to some.",
    source="the promise that every figure can be traced",
    mend="name a resource, a filter on its columns and a measure such as sum:amount; or a value.",
)
def reconciliation_terms(ledger: Ledger) -> Iterator[Statement]:
    """Every term of a reconciliation has a value of its own or rows to take it from."""
    for term in ledger.reconciliation_terms:
        if isinstance(term.resource, Missing):
            if isinstance(term.value, Missing):
                yield fault(term, "value", None, "The term has neither a resource nor a value.")
            continue
        table = ledger.package.tables.get(term.resource)
        if table is None:
            yield fault(term, "resource", term.resource, "The package has no such resource.")
        elif problem := _problem(term, table):
            yield fault(term, "where", str(term.where), problem)


def _problem(term: model.ReconciliationTerm, table: Table) -> str | None:
    """Why a term's filter and measure can't be read from its table; None when they can."""
    measure = term.measure if isinstance(term.measure, str) else ""
    try:
        conditions = selectors.parse(term.where if isinstance(term.where, str) else "")
        rows = [row.cells for row in table.rows if selectors.matches(conditions, row.cells)]
        value = measure_of(rows, measure)
    except (ValueError, ArithmeticError) as fault:
        return f"The term can't be computed: {fault}."
    named = [*(one.field for one in conditions), *filter(None, [measure.partition(":")[2]])]
    for name in named:
        if name not in table.header:
            return f"{table.file} has no column “{name}”."
    if not rows:
        return f"The filter finds no row in {table.file}."
    return f"The rows have no value for {measure}." if value is None else None


@rule(
    "reconciliation-sides",
    "Each claim to reconcile has two sides",
    severity=Severity.ERROR,
    reason="A claim says that one side equals, or is no more than, the other.",
    source="the promise that every figure can be traced",
    mend="add a row to reconciliation_terms.csv for the side that has none.",
)
def reconciliation_sides(ledger: Ledger) -> Iterator[Statement]:
    """Every reconciliation has at least one term on its left and on its right."""
    sides = {(term.reconciliation, term.side) for term in ledger.reconciliation_terms}
    for claim in ledger.reconciliations:
        for side in ("left", "right"):
            if (claim.id, side) not in sides:
                yield fault(claim, "id", claim.id, f"The claim has no term on its {side} side.")


@rule(
    "available",
    "The figure that home shows first exists",
    severity=Severity.ERROR,
    reason="The home page sets the awards against what was stated as available.",
    source="the descriptor's purse.available",
    mend="name the id of an amount in stated_figures.csv, or take the setting out.",
)
def available(ledger: Ledger) -> Iterator[Statement]:
    """`purse.available` names a stated amount."""
    wanted = ledger.package.settings.available
    amounts = {one.id for one in ledger.stated_figures if one.kind == "amount"}
    if wanted is not None and wanted not in amounts:
        yield Fault(
            display_path(ledger.package.folder / DESCRIPTOR),
            "purse.available does not name a stated amount.",
            value=str(wanted),
        )


@rule(
    "prose-money",
    "No amount is typed into a page",
    severity=Severity.ERROR,
    reason="An amount in a page's text can't be traced and would not change with the data.",
    source="the promise that every figure can be traced",
    mend="take the amount out and link to the page that shows it.",
)
def prose_money(ledger: Ledger) -> Iterator[Statement]:
    """The publisher's own pages hold no amounts of money."""
    for page in ledger.package.prose:
        for number, line in enumerate(page.text.splitlines(), 1):
            for match in _MONEY.finditer(line):
                yield Fault(page.file, "The page's text holds an amount.", number, None, match[0])
