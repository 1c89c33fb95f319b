"""What funds may give: caps, caps for an area, pots within a fund, years."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pyarrow.compute as pc

from generator import model
from generator.checks.registry import Fault, Outcome, Statement, Unanswered, fault, rule
from generator.findings import Severity
from generator.ledger import Awards, Ledger
from generator.missing import Missing
from generator.money import shown

_MEND = "check the amounts and the funds of these awards, and the cap in funds.csv."


def awards_of(ledger: Ledger, fund: model.Fund) -> Awards:
    """The awards from a fund that stand, by stated or inferred link."""
    return ledger.standing.among(ledger.frame(model.Award).among("fund", [fund.id]))


def _by_year(ledger: Ledger, awards: Awards) -> dict[object, Decimal]:
    amounts: dict[object, Decimal] = defaultdict(Decimal)
    for one in awards.alike(ledger.frame(model.Award).texts("financial_year").indices):
        amounts[one.first.award.financial_year] += one.amount
    return amounts


def _over(
    ledger: Ledger, fund: model.Fund, column: str, cap: Decimal, given: Decimal, where: str
) -> Fault:
    currency = ledger.package.currency
    return fault(
        fund,
        column,
        str(cap),
        f"Awards from “{fund.title}” {where} come to {shown(given, currency)}: "
        f"{shown(given - cap, currency)} more than the cap of {shown(cap, currency)}.",
    )


@rule(
    "R13-fund-cap",
    "A fund gives no more than its cap",
    severity=Severity.ERROR,
    reason="The publisher set aside a fixed amount for the fund.",
    source="the publisher's own cap (funds.csv, column cap)",
    mend=_MEND,
)
def fund_cap(ledger: Ledger) -> Iterator[Statement]:
    """Awards from a fund in one year stay within its cap."""
    for fund in ledger.funds:
        if isinstance(fund.cap, Decimal):
            for year, given in _by_year(ledger, awards_of(ledger, fund)).items():
                if given > fund.cap:
                    yield _over(ledger, fund, "cap", fund.cap, given, f"in {year}")


@rule(
    "R12-area-cap",
    "A fund gives each area no more than its cap",
    severity=Severity.ERROR,
    reason="Each area has an allocation of its own.",
    source="the publisher's own cap (funds.csv, column cap_per_area)",
    mend=_MEND,
)
def area_cap(ledger: Ledger) -> Iterator[Statement]:
    """Awards from a fund for one area in one year stay within the cap for an area."""
    for fund in ledger.funds:
        cap = fund.cap_per_area
        if not isinstance(cap, Decimal):
            continue
        awards, areas = awards_of(ledger, fund), ledger.relations.areas
        unplaced = len(awards) - len(awards.among(pc.equal(ledger.relations.counts(areas), 1)))
        if unplaced:
            yield Unanswered(
                Outcome.NOT_COMPUTABLE,
                str(fund.title),
                f"{unplaced} of {len(awards)} awards from the fund don't say which one area "
                "they are for",
            )
            continue
        for area, held in zip(ledger.areas, awards.by_pair(areas), strict=True):
            for year, given in _by_year(ledger, awards.with_rows(held)).items():
                if given > cap:
                    where = f"for {area.title} in {year}"
                    yield _over(ledger, fund, "cap_per_area", cap, given, where)


@rule(
    "R13-pot",
    "A pot within a fund gives no more than was set aside",
    severity=Severity.ERROR,
    reason="Part of a fund was set aside for one purpose.",
    source="the publisher's own allocations (allocations.csv, scope part-of-fund)",
    mend=_MEND,
)
def pot(ledger: Ledger) -> Iterator[Statement]:
    """A pot can be checked only when awards say that they come from it, which no column does."""
    for allocation in ledger.allocations:
        if allocation.scope == "part-of-fund":
            yield Unanswered(
                Outcome.NOT_COMPUTABLE,
                str(allocation.title),
                "the awards don't say which part of the fund they come from",
            )


@rule(
    "R13-only-year",
    "A one-year fund gives in its year only",
    severity=Severity.ERROR,
    reason="The publisher opened the fund for one financial year.",
    source="the publisher's own words (funds.csv, column only_year)",
    mend="correct the award's financial year or its fund.",
)
def only_year(ledger: Ledger) -> Iterator[Statement]:
    """Awards from a fund with `only_year` are of that year."""
    for fund in ledger.funds:
        if isinstance(fund.only_year, Missing):
            continue
        its = ledger.frame(model.Award).among("financial_year", [fund.only_year])
        for one in awards_of(ledger, fund).among(pc.invert(its)):
            yield fault(
                one.award,
                "financial_year",
                str(one.award.financial_year),
                f"“{fund.title}” gives in {fund.only_year} only.",
            )
