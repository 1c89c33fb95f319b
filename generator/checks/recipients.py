"""Who an award names: the rows from which attribution is computed must make sense."""

from collections.abc import Iterator
from typing import Any

import pyarrow.compute as pc

from generator.checks.registry import Statement, fault, rule
from generator.findings import Severity
from generator.frames import Frame, Mask, any_of
from generator.ledger import Ledger
from generator.matching import without_match
from generator.missing import Missing
from generator.model import (
    Award,
    AwardArea,
    AwardRecipient,
    AwardService,
    AwardSource,
    AwardTerm,
)

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
    links = ledger.frame(AwardRecipient)
    nobody, named = links.absent("recipient"), links.among("naming", ["named"])
    unnamed = links.among("naming", ["unnamed", "none"])
    for row in links.at(any_of(pc.and_(named, nobody), pc.and_not(unnamed, nobody))):
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
    awards, links = ledger.frame(Award), ledger.frame(AwardRecipient)
    services = ledger.frame(AwardService)
    for award in awards.at(without_match([awards.texts("id")], [services.texts("award")])):
        yield fault(award, "id", award.id, "The award has no row in award_services.csv.")
    pair = ("award", "service")
    unsaid = services.at(without_match([*map(services.texts, pair)], [*map(links.texts, pair)]))
    said = {(row.award, row.service) for row in ledger.award_recipients} if unsaid else set()
    for service in unsaid:
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
    awards = ledger.frame(Award)
    without = pc.and_not(awards.absent("fund_basis"), awards.absent("fund"))
    for award in awards.at(any_of(without, _unexplained(awards, "fund_basis"))):
        if isinstance(award.fund, str) and isinstance(award.fund_basis, Missing):
            yield fault(award, "fund_basis", None, "The award has a fund, but not its basis.")
        if award.fund_basis == "inferred" and isinstance(award.fund_basis_note, Missing):
            yield fault(award, "fund_basis_note", None, "The fund is inferred: from what?")
    for kind in (AwardArea, AwardSource, AwardTerm):
        links = ledger.frame(kind)
        for link in links.at(_unexplained(links, "basis")):
            yield fault(link, "basis_note", None, "The link is inferred: from what?")


def _unexplained(frame: Frame[Any], basis: str) -> Mask:
    """The rows with an inferred basis and no note beside it."""
    return pc.and_(frame.among(basis, ["inferred"]), frame.absent(f"{basis}_note"))
