"""The quality page: what is published for how many awards, what the checks found."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator import urls
from generator.checks import RuleResult
from generator.figures import Figure, derived_percent
from generator.findings import Finding
from generator.indicators import Indicator, indicators, indicators_table
from generator.money import percent
from generator.pages.page import Page
from generator.pages.site import UNDER_HOW_IT_WORKS, Site
from generator.selectors import where
from generator.summaries.coverage import COVERAGE_FIELDS, coverage_table
from generator.summaries.findings import findings_table
from generator.tables import PublishedTable

FIELD_WORDS = {
    "recipients": "A named recipient",
    "all_recipients": "Every recipient named",
    "recipient_number": "Recipients’ register numbers",
    "amount": "Amount",
    "programme": "Programme",
    "fund": "Fund",
    "theme": "Theme",
    "areas": "Area",
    "objective": "Objective it serves",
    "instrument": "Grant or contract",
    "legal_power": "Legal power",
    "purpose": "Purpose",
    "reasons": "Reasons for the award",
    "conditions": "Conditions",
    "status": "Status",
    "decided_on": "Date of decision",
    "published_on": "Date of publication",
    "start_on": "Start date",
    "end_on": "End date",
    "period": "Start and end",
    "outcomes": "Outcomes reported",
    "route": "How it was chosen",
    "bids_received": "Bids received",
    "original_amount": "Original amount",
    "source_ref": "Place in the source",
}


class Coverage(Struct, frozen=True):
    """How many awards have a field, and their share of the money."""

    words: str
    count: Figure
    of: Figure
    by_number: Figure | None
    by_value: Figure | None
    amount: Figure
    width: Decimal


def _coverage(table: PublishedTable) -> Iterator[Coverage]:
    for name in COVERAGE_FIELDS:
        row = where(field=name)
        count = table.figure("sum:awards_with_value", row, id=f"has-{name}")
        of = table.figure("sum:awards", row, id=f"of-{name}")
        amount = table.figure("sum:amount_with_value", row, id=f"amount-{name}")
        whole = table.figure("sum:amount", where(field=COVERAGE_FIELDS[0]), id="amount-all")
        yield Coverage(
            words=FIELD_WORDS[name],
            count=count,
            of=of,
            by_number=derived_percent(count, of, places=1),
            by_value=derived_percent(amount, whole, places=1),
            amount=amount,
            width=percent(count.value, of.value, 1) or Decimal(0),
        )


class RuleLine(Struct, frozen=True):
    """A check with how it ended; `count` is how many findings it has, if any."""

    result: RuleResult
    count: Figure | None
    first: Finding | None


def _rule_lines(site: Site, table: PublishedTable) -> Iterator[RuleLine]:
    for result in site.report.results:
        count = table.figure("count", where(rule=result.rule.code)) if result.findings else None
        yield RuleLine(result, count, result.findings[0] if result.findings else None)


class IndicatorLine(Struct, frozen=True):
    """An indicator with its figures."""

    indicator: Indicator
    value: Figure | None
    n: Figure
    denominator: Figure


def _indicator_lines(found: Sequence[Indicator], table: PublishedTable) -> Iterator[IndicatorLine]:
    for one in found:
        row = where(indicator=one.id)
        unit = "percent" if one.unit == "percent" else "number"
        value = None if one.value is None else table.figure("sum:value", row, unit=unit)
        yield IndicatorLine(
            one, value, table.figure("sum:n", row), table.figure("sum:denominator", row)
        )


def pages(site: Site) -> Iterator[Page]:
    """The one quality page."""
    table = coverage_table(site.ledger, site.awards)
    findings = findings_table(site.report.findings)
    found = indicators(site.ledger)
    indicator_table = indicators_table(found, site.period)
    yield Page(
        url=urls.QUALITY,
        title="Quality: what is published, what is missing, what was checked",
        description=(
            f"For how many awards of {site.settings.publisher_name} each fact is published, "
            "what the checks found, and open questions about the source."
        ),
        template="quality.md",
        trail=UNDER_HOW_IT_WORKS,
        context={
            "site": site,
            "coverage": tuple(_coverage(table)),
            "whole": table.figure("sum:amount", where(field=COVERAGE_FIELDS[0]), id="amount-all"),
            "table": table,
            "findings": findings,
            "rules": tuple(_rule_lines(site, findings)),
            "indicators": tuple(_indicator_lines(found, indicator_table)),
            "indicator_table": indicator_table,
            "period": site.period,
            "queries": site.ledger.queries,
        },
        tables=(table, findings, indicator_table),
    )
