"""What funds may give: caps, caps for an area, pots within a fund, years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from generator import model
from generator.checks.registry import Fault, Outcome, Statement, Unanswered, fault, rule
from generator.findings import Severity
from generator.ledger import Ledger, LinkedAward
from generator.missing import Missing
from generator.money import shown, total

_MEND = "check the amounts and the funds of these awards, and the cap in funds.csv."


def awards_of(ledger: Ledger, fund: model.Fund) -> tuple[LinkedAward, ...]:
    """The awards from a fund that stand, by stated or inferred link."""
    return ledger.once(_of_funds).get(fund.id, ())


def _of_funds(ledger: Ledger) -> Mapping[object, tuple[LinkedAward, ...]]:
    found: dict[object, list[LinkedAward]] = defaultdict(list)
    for one in ledger.standing:
        found[one.award.fund].append(one)
    return {fund: tuple(awards) for fund, awards in found.items()}


def _by_year(awards: Iterable[LinkedAward]) -> dict[object, Decimal]:
    amounts: dict[object, list[Decimal]] = defaultdict(list)
    for one in awards:
        if isinstance(one.award.amount, Decimal):
            amounts[one.award.financial_year].append(one.award.amount)
    return {year: total(held) for year, held in amounts.items()}


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
            for year, given in _by_year(awards_of(ledger, fund)).items():
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
        awards = awards_of(ledger, fund)
        unplaced = sum(len(one.areas) != 1 for one in awards)
        if unplaced:
            yield Unanswered(
                Outcome.NOT_COMPUTABLE,
                str(fund.title),
                f"{unplaced} of {len(awards)} awards from the fund don't say which one area "
                "they are for",
            )
            continue
        by_area: dict[str, list[LinkedAward]] = defaultdict(list)
        for one in awards:
            by_area[str(one.areas[0][1].title)].append(one)
        for area, held in by_area.items():
            for year, given in _by_year(held).items():
                if given > cap:
                    yield _over(ledger, fund, "cap_per_area", cap, given, f"for {area} in {year}")


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
        for one in awards_of(ledger, fund):
            if one.award.financial_year != fund.only_year:
                yield fault(
                    one.award,
                    "financial_year",
                    str(one.award.financial_year),
                    f"“{fund.title}” gives in {fund.only_year} only.",
                )
