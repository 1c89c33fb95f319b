"""The quality page: what is published for how many awards, what the checks found."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator import urls
from generator.findings import Severity
from generator.money import percent
from generator.pages.page import Page
from generator.pages.site import Site
from generator.selectors import where
from generator.summaries import COVERAGE_FIELDS, coverage_table
from generator.tables import Figure, PublishedTable, derived_percent

FIELD_WORDS = {
    "recipients": "A named recipient",
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
    "route": "How it was chosen",
    "bids_received": "Bids received",
    "original_amount": "Original amount",
    "source_ref": "Place in the source",
}


@dataclass(frozen=True)
class Coverage:
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


def pages(site: Site) -> Iterator[Page]:
    """The one quality page."""
    table = coverage_table(site.awards)
    findings = site.report.findings
    yield Page(
        url=urls.QUALITY,
        title="Quality: what is published, what is missing, what was checked",
        description=(
            f"For how many awards of {site.settings.publisher_name} each fact is published, "
            "what the checks found, and open questions about the source."
        ),
        template="quality.md",
        context={
            "site": site,
            "coverage": tuple(_coverage(table)),
            "whole": table.figure("sum:amount", where(field=COVERAGE_FIELDS[0]), id="amount-all"),
            "table": table,
            "warnings": tuple(one for one in findings if one.severity is Severity.WARNING),
            "gaps": tuple(one for one in findings if one.severity is Severity.GAP),
            "results": site.report.results,
            "queries": site.ledger.queries,
        },
        tables=(table,),
    )
