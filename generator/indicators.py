"""Descriptive figures of how a publisher gives: each with n, denominator, period and method.

They describe the fund or the publisher, never a recipient. Awards that several share are
left out where a figure needs one holder, and the method says so.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from statistics import median

import pyarrow.compute as pc
from msgspec import Struct

from generator import model, urls
from generator.checks.contracts import TENDERS
from generator.ledger import Awards, Ledger
from generator.limits import limit
from generator.missing import Missing
from generator.money import percent, round_half_up, total
from generator.monitoring import statuses
from generator.tables import PublishedTable

FEWEST = limit("indicator_cases")
"""Below this number of cases a figure says more about chance than about the publisher."""


class Indicator(Struct, frozen=True):
    """One descriptive figure; `value` is None when it can't be given, and `why` says why."""

    id: str
    title: str
    value: Decimal | None
    unit: str
    n: int
    denominator: int
    method: str
    why: str | None = None


def _share(id: str, title: str, n: int, of: int, method: str, why_none: str) -> Indicator:
    if of == 0:
        return Indicator(id, title, None, "percent", n, of, method, why_none)
    if of < FEWEST:
        why = f"fewer than {FEWEST} cases"
        return Indicator(id, title, None, "percent", n, of, method, why)
    value = percent(Decimal(n), Decimal(of), 1)
    return Indicator(id, title, value, "percent", n, of, method)


def _concentration(ledger: Ledger, awards: Awards) -> Iterator[Indicator]:
    relations = ledger.relations
    alone = awards.among(relations.attributed("sole"))
    groups = alone.by_pair(relations.recipients)
    held = groups.sums(relations.amounts).filter(pc.greater(groups.sizes, 0)).to_pylist()
    whole = total(held)
    method = "Awards held alone by one named recipient, by value. Shared awards are left out."
    if not whole or len(held) < FEWEST:
        for id, title, unit in (
            ("largest-share", "Largest share of one recipient", "percent"),
            ("effective-recipients", "Effective number of recipients", "count"),
        ):
            why = f"fewer than {FEWEST} recipients hold awards alone"
            yield Indicator(id, title, None, unit, len(held), len(alone), method, why)
        return
    largest = percent(max(held), whole, 1)
    yield Indicator(
        "largest-share",
        "Largest share of one recipient",
        largest,
        "percent",
        len(held),
        len(alone),
        method,
    )
    index = sum((amount / whole * 100) ** 2 for amount in held)
    yield Indicator(
        "effective-recipients",
        "Effective number of recipients",
        round_half_up(Decimal(10000) / Decimal(index), 1),
        "count",
        len(held),
        len(alone),
        method + " 10,000 divided by the sum of squared percentage shares.",
    )


def _recurring(ledger: Ledger, awards: Awards) -> Indicator:
    frame = ledger.frame(model.Award)
    values, codes = frame.values("financial_year"), frame.texts("financial_year").indices
    lists = awards.by_pair(ledger.relations.recipients).lists(codes).to_pylist()
    years = [{values[code] for code in found} for found in lists if found]
    title = "Recipients named in more than one year"
    method = "Named recipients with awards in two or more financial years."
    if len({year for found in years for year in found}) < 2:
        why = "the publication covers one year" if awards else "no award is published"
        return Indicator("recurring", title, None, "percent", 0, len(years), method, why)
    again = sum(len(found) > 1 for found in years)
    return _share("recurring", title, again, len(years), method, "no recipients are named")


def _contracts(ledger: Ledger) -> Iterator[Indicator]:
    none = "no contracts are published"
    contracts = [one for one in ledger.contracts if one.procedure != "framework"]
    single = sum(one.procedure == "single-tender" for one in contracts)
    yield _share(
        "direct-awards",
        "Contracts awarded without competition",
        single,
        len(contracts),
        "Single-tender contracts among all contracts. Call-offs from frameworks are left out.",
        none,
    )
    tendered = {one.id for one in contracts if one.procedure in TENDERS}
    bids: dict[str, int] = {}
    awards = ledger.frame(model.Award)
    for award in awards.at(pc.invert(awards.absent("contract"))):
        if isinstance(award.contract, str) and isinstance(award.bids_received, int):
            bids[award.contract] = award.bids_received
    counted = [bids[id] for id in sorted(tendered) if id in bids]
    yield _share(
        "single-bids",
        "Tenders with one bid",
        counted.count(1),
        len(counted),
        "Tendered contracts whose number of bids is published.",
        "no tender’s number of bids is published",
    )


def _changes(ledger: Ledger, awards: Awards) -> Indicator:
    awards = awards.among(pc.invert(ledger.frame(model.Award).absent("original_amount")))
    both = [
        (one.award.original_amount, one.award.amount)
        for one in awards
        if isinstance(one.award.original_amount, Decimal) and isinstance(one.award.amount, Decimal)
    ]
    over = sum(abs(now - then) * 5 > then for then, now in both)
    return _share(
        "amendments",
        "Awards changed by more than a fifth",
        over,
        len(both),
        "Awards whose amount differs from the original amount by over 20%, among those that "
        "publish both.",
        "no award publishes an original amount",
    )


def _days(ledger: Ledger, awards: Awards) -> Iterator[Indicator]:
    frame = ledger.frame(model.Award)
    published, decided = (frame.column(one, date) for one in ("published_on", "decided_on"))
    passed = pc.days_between(decided, published).take(awards.rows)
    days = sorted(passed.drop_null().to_pylist())
    method = "Days from decision to publication, for awards that publish both dates."
    for id, title in (
        ("days-median", "Median days from decision to publication"),
        ("days-p90", "Days within which nine in ten were published"),
    ):
        if len(days) < FEWEST:
            why = (
                f"fewer than {FEWEST} awards publish both dates"
                if days
                else "no award publishes both dates"
            )
            yield Indicator(id, title, None, "count", len(days), len(awards), method, why)
            continue
        # Nearest rank: the smallest number of days that nine in ten awards do not exceed.
        rank = -(-len(days) * 9 // 10) - 1
        value = Decimal(str(median(map(Decimal, days)))) if id == "days-median" else days[rank]
        yield Indicator(id, title, Decimal(value), "count", len(days), len(awards), method)


def _reports(ledger: Ledger) -> Indicator:
    status = list(statuses(ledger).values())
    due = [one for one in status if one != "not yet due"]
    return _share(
        "missing-reports",
        "Outcome reports missing",
        due.count("missing"),
        len(due),
        "Reports that were due by the data’s own date and have not been received.",
        "no outcome reports are published",
    )


def indicators(ledger: Ledger) -> tuple[Indicator, ...]:
    """Every indicator of a publication; those that can't be given say why."""
    awards = ledger.standing
    return (
        *_concentration(ledger, awards),
        _recurring(ledger, awards),
        *_contracts(ledger),
        _changes(ledger, awards),
        *_days(ledger, awards),
        _reports(ledger),
    )


def indicators_table(found: Sequence[Indicator], period: str) -> PublishedTable:
    """The indicators as the table that their figures are read from."""
    header = ("indicator", "title", "value", "unit", "n", "denominator", "period", "method")
    rows = tuple(
        {
            "indicator": one.id,
            "title": one.title,
            "value": Missing.NOT_APPLICABLE.value if one.value is None else f"{one.value:f}",
            "unit": one.unit,
            "n": str(one.n),
            "denominator": str(one.denominator),
            "period": period,
            "method": one.method,
        }
        for one in found
    )
    return PublishedTable(f"{urls.QUALITY}indicators.csv", header, rows)
