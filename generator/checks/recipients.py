"""Who an award names: the rows from which attribution is computed must make sense."""

from collections.abc import Iterator

from generator.checks.registry import Statement, fault, rule
from generator.findings import Severity
from generator.ledger import Ledger
from generator.missing import Missing

_SOURCE = "the design of the data: attribution is computed, never typed"


@rule(
    "naming",
    "Named rows name somebody, others nobody",
    severity=Severity.ERROR,
    reason="Whether a recipient is named decides how its money is counted.",
    source=_SOURCE,
    mend="fill in the recipient, or write naming as unnamed or none.",
)
def naming(ledger: Ledger) -> Iterator[Statement]:
    """`naming` and `recipient` of each row agree."""
    for row in ledger.award_recipients:
        if row.naming == "named" and isinstance(row.recipient, Missing):
            yield fault(row, "recipient", None, "The row says “named”, but names no recipient.")
        if row.naming in ("unnamed", "none") and isinstance(row.recipient, str):
            yield fault(
                row,
                "naming",
                row.naming,
                f"The row names “{row.recipient}”, but says naming is “{row.naming}”.",
            )


@rule(
    "recipient-rows",
    "Every award and service says who gets it",
    severity=Severity.ERROR,
    reason="Silence about a recipient must be stated, or a shared award would look like one "
    "that is held alone.",
    source=_SOURCE,
    mend="add a row to award_recipients.csv; write naming as none when nobody is printed.",
)
def recipient_rows(ledger: Ledger) -> Iterator[Statement]:
    """Each award has a service, and each service a row that says who gets it."""
    served = {row.award for row in ledger.award_services}
    said = {(row.award, row.service) for row in ledger.award_recipients}
    for award in ledger.awards:
        if award.id not in served:
            yield fault(award, "id", award.id, "The award has no row in award_services.csv.")
    for service in ledger.award_services:
        if isinstance(service.service, Missing):
            continue
        if (service.award, service.service) not in said:
            yield fault(
                service,
                "service",
                str(service.service),
                f"Nothing says who gets service {service.service} of {service.award}.",
            )


@rule(
    "basis",
    "An inferred link says what it is inferred from",
    severity=Severity.ERROR,
    reason="Readers must see what the source states and what we worked out.",
    source="the promise that nothing is invented",
    mend="write the reason in the note beside the basis, or correct the basis.",
)
def inferred_links(ledger: Ledger) -> Iterator[Statement]:
    """A fund, area, source or term that is inferred has a note; a fund has a basis."""
    for award in ledger.awards:
        if isinstance(award.fund, str) and isinstance(award.fund_basis, Missing):
            yield fault(award, "fund_basis", None, "The award has a fund, but not its basis.")
        if award.fund_basis == "inferred" and isinstance(award.fund_basis_note, Missing):
            yield fault(award, "fund_basis_note", None, "The fund is inferred: from what?")
    for links in (ledger.award_areas, ledger.award_sources, ledger.award_terms):
        for link in links:
            if link.basis == "inferred" and isinstance(link.basis_note, Missing):
                yield fault(link, "basis_note", None, "The link is inferred: from what?")
