"""Contracts: terms, break clauses, tenders, direct awards, what must be published of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import pyarrow.compute as pc

from generator import model
from generator.checks.registry import (
    Outcome,
    Statement,
    Unanswered,
    fault,
    not_applicable,
    rule,
)
from generator.checks.settings import threshold
from generator.findings import Severity
from generator.ledger import Ledger
from generator.missing import Missing
from generator.money import shown

TENDERS = ("open-tender", "limited-tender")
_STRATEGY = "the publisher's commissioning strategy"
_NO_CONTRACTS = "the package publishes no contracts"


def _documents(ledger: Ledger) -> Mapping[object, list[model.Document]]:
    """The documents of each contract."""
    found: dict[object, list[model.Document]] = defaultdict(list)
    for one in ledger.documents:
        found[one.contract].append(one)
    return found


def _kinds(ledger: Ledger, contract: model.Contract) -> set[object]:
    return {one.kind for one in ledger.once(_documents).get(contract.id, ())}


def _value(contract: model.Contract) -> Decimal | None:
    for amount in (contract.total_value, contract.envelope):
        if isinstance(amount, Decimal):
            return amount
    return None


def _against(
    ledger: Ledger, contract: model.Contract, rule_code: str
) -> tuple[Decimal, Decimal] | Unanswered:
    """A contract's amount and the rule's limit on the day it was signed, if both are known."""
    day = contract.signed_on if isinstance(contract.signed_on, date) else ledger.today
    amount, limit = _value(contract), threshold(ledger, rule_code, day)
    if amount is None or limit is None:
        what = "contract's value" if amount is None else f"limit (rule_settings.csv, {rule_code})"
        return Unanswered(Outcome.NOT_COMPUTABLE, contract.id, f"the {what} is not published")
    return amount, limit


def _weights_sum_100(quality: object, price: object) -> bool:
    return isinstance(quality, Decimal) and isinstance(price, Decimal) and quality + price == 100


@rule(
    "R01-extensions",
    "Extensions are no longer than the original term",
    severity=Severity.ERROR,
    reason="The extensions of a contract together must not be longer than its first term.",
    source=f"{_STRATEGY}, commissioning: Do",
    mend="correct the months, or end the contract and tender again.",
)
def extensions(ledger: Ledger) -> Iterator[Statement]:
    """`extension_months` and `extensions_used_months` stay within their bounds."""
    if not ledger.contracts:
        yield not_applicable(_NO_CONTRACTS)
    for one in ledger.contracts:
        allowed, used = one.extension_months, one.extensions_used_months
        original = one.original_months
        if isinstance(allowed, int) and isinstance(original, int) and allowed > original:
            yield fault(
                one,
                "extension_months",
                str(allowed),
                f"Extensions of {allowed} months are longer than the original {original}.",
            )
        bound = allowed if isinstance(allowed, int) else original
        if isinstance(used, int) and isinstance(bound, int) and used > bound:
            yield fault(
                one,
                "extensions_used_months",
                str(used),
                f"{used} months of extension are used, but only {bound} were agreed."
                if bound is allowed
                else f"{used} months of extension are used, longer than the original {bound}.",
            )
        if not isinstance(original, int) and isinstance(allowed, int):
            yield Unanswered(
                Outcome.NOT_COMPUTABLE, one.id, "the months of its first term are not published"
            )


@rule(
    "R02-break-clauses",
    "Both sides can break a contract",
    severity=Severity.ERROR,
    reason="Each contract has a break clause for both parties.",
    source=f"{_STRATEGY}, commissioning: Do",
    mend="write yes when the contract has the clause; else explain the exception to the publisher.",
)
def break_clauses(ledger: Ledger) -> Iterator[Statement]:
    """Both break clauses are there."""
    if not ledger.contracts:
        yield not_applicable(_NO_CONTRACTS)
    for one in ledger.contracts:
        for column in ("break_clause_publisher", "break_clause_supplier"):
            if getattr(one, column) is False:
                yield fault(one, column, "no", "The contract has no break clause for this party.")


@rule(
    "R05-tenders",
    "A tender is public, with its envelope and weights",
    severity=Severity.ERROR,
    reason="Tenders are posted where all can see them, with the money available and how quality "
    "is weighed against price.",
    source=f"{_STRATEGY}, commissioning: Do",
    mend="fill in the tender's reference, envelope and both weights, which add up to 100.",
)
def tenders(ledger: Ledger) -> Iterator[Statement]:
    """A tendered contract has a reference, an envelope, and weights that sum to 100."""
    tendered = [one for one in ledger.contracts if one.procedure in TENDERS]
    if not tendered:
        yield not_applicable("the package publishes no tendered contracts")
    for one in tendered:
        if isinstance(one.tender_reference, Missing) and isinstance(one.tender_url, Missing):
            yield fault(one, "tender_reference", None, "The tender has no reference or address.")
        if isinstance(one.envelope, Missing):
            yield fault(one, "envelope", None, "The tender doesn't say how much money there is.")
        if not _weights_sum_100(one.quality_weight, one.price_weight):
            yield fault(
                one,
                "quality_weight",
                str(one.quality_weight) if isinstance(one.quality_weight, Decimal) else None,
                "The weights of quality and price don't add up to 100.",
            )


@rule(
    "R06-single-tender",
    "A direct award says why",
    severity=Severity.ERROR,
    reason="A contract without competition needs one of two reasons, with evidence.",
    source=f"{_STRATEGY}, commissioning: Do, single tender agreement",
    mend="write a (one supplier only) or b (continuity), and the evidence.",
)
def single_tenders(ledger: Ledger) -> Iterator[Statement]:
    """A single-tender contract has its reason and evidence; others have none."""
    if not ledger.contracts:
        yield not_applicable(_NO_CONTRACTS)
    for one in ledger.contracts:
        single = one.procedure == "single-tender"
        if single and isinstance(one.single_tender_reason, Missing):
            yield fault(one, "single_tender_reason", None, "The direct award gives no reason.")
        if single and isinstance(one.single_tender_evidence, Missing):
            yield fault(one, "single_tender_evidence", None, "The reason has no evidence.")
        if not single and isinstance(one.single_tender_reason, str):
            yield fault(
                one,
                "single_tender_reason",
                one.single_tender_reason,
                f"The contract gives a reason for a direct award, but was {one.procedure}.",
            )


@rule(
    "R07-market-engagement",
    "A large contract had a market event and a public notice",
    severity=Severity.WARNING,
    reason="At or above the threshold, suppliers are met beforehand and a notice is published.",
    source=f"{_STRATEGY}, commissioning: Do; the threshold in rule_settings.csv",
    mend="add the date of the event, and the notice to documents.csv.",
)
def market_engagement(ledger: Ledger) -> Iterator[Statement]:
    """At or over R07's amount on the day of signing: an event, and a tender notice."""
    if not ledger.contracts:
        yield not_applicable(_NO_CONTRACTS)
    for one in ledger.contracts:
        found = _against(ledger, one, "R07")
        if isinstance(found, Unanswered):
            yield found
        elif found[0] >= found[1] and one.procedure != "single-tender":
            if isinstance(one.market_engagement_on, Missing):
                yield fault(one, "market_engagement_on", None, "No market event is recorded.")
            if "tender-notice" not in _kinds(ledger, one):
                yield fault(one, "id", one.id, "No public notice of the tender is listed.")


@rule(
    "R17-panel",
    "Several agencies judge a tender",
    severity=Severity.WARNING,
    reason="Tenders are judged by people from several agencies.",
    source=f"{_STRATEGY}, commissioning: Do",
    mend="write yes in multi_agency_panel when the panel had several agencies.",
)
def panels(ledger: Ledger) -> Iterator[Statement]:
    """A tendered contract had a multi-agency panel."""
    tendered = [one for one in ledger.contracts if one.procedure in TENDERS]
    if not tendered:
        yield not_applicable("the package publishes no tendered contracts")
    for one in tendered:
        if one.multi_agency_panel is not True:
            value = "no" if one.multi_agency_panel is False else None
            yield fault(one, "multi_agency_panel", value, "No multi-agency panel is recorded.")


@rule(
    "R18-intention",
    "The intention was published before the tender",
    severity=Severity.WARNING,
    reason="Commissioning intentions are published so that providers can take part in the design.",
    source=f"{_STRATEGY}, commissioning: Plan",
    mend="fill in both dates; the intention comes before the tender.",
)
def intentions(ledger: Ledger) -> Iterator[Statement]:
    """`intention_published_on` lies before `tender_published_on`."""
    tendered = [one for one in ledger.contracts if one.procedure in TENDERS]
    if not tendered:
        yield not_applicable("the package publishes no tendered contracts")
    for one in tendered:
        intention, tender = one.intention_published_on, one.tender_published_on
        if not isinstance(intention, date) or not isinstance(tender, date):
            yield Unanswered(Outcome.NOT_COMPUTABLE, one.id, "one of the two dates is missing")
        elif intention >= tender:
            yield fault(
                one,
                "intention_published_on",
                intention.isoformat(),
                f"The intention was not published before the tender of {tender.isoformat()}.",
            )


@rule(
    "R20-instrument",
    "Grants and contracts keep to their own rules",
    severity=Severity.ERROR,
    reason="A grant has no contract, and so no break clause and no single tender agreement.",
    source=f"{_STRATEGY}, grants",
    mend="correct the instrument, or take the contract off the award.",
)
def instruments(ledger: Ledger) -> Iterator[Statement]:
    """An award that belongs to a contract has the instrument contract, and only such a one."""
    awards = ledger.frame(model.Award)
    for award in awards.at(pc.invert(awards.absent("contract"))):
        if isinstance(award.contract, str) and award.instrument != "contract":
            yield fault(
                award,
                "instrument",
                award.instrument if isinstance(award.instrument, str) else None,
                f"The award belongs to the contract {award.contract}, but isn't called one.",
            )


@rule(
    "R24-documents",
    "A contract above the limit is published with its invitation to tender",
    severity=Severity.ERROR,
    reason="Copies of larger contracts and of the invitations to tender must be published, "
    "unless an exemption applies.",
    source="Specified Information Order 2011 as amended, paragraph 4; the limit in "
    "rule_settings.csv",
    mend="list the document in documents.csv with its address, or with the exemption that applies.",
)
def contract_documents(ledger: Ledger) -> Iterator[Statement]:
    """Over R24's amount: a contract and, if tendered, an invitation, each linked or exempt."""
    if not ledger.contracts:
        yield not_applicable(_NO_CONTRACTS)
    for one in ledger.contracts:
        found = _against(ledger, one, "R24")
        if isinstance(found, Unanswered):
            yield found
            continue
        amount, limit = found
        if amount <= limit:
            continue
        wanted = ["contract", *(["invitation-to-tender"] if one.procedure in TENDERS else [])]
        held = {
            document.kind
            for document in ledger.once(_documents).get(one.id, ())
            if isinstance(document.url, str) or isinstance(document.exemption, str)
        }
        for kind in wanted:
            if kind not in held:
                yield fault(
                    one,
                    "id",
                    one.id,
                    f"The contract is over {shown(limit, ledger.package.currency)}, but no "
                    f"{kind.replace('-', ' ')} is listed with an address or an exemption.",
                )
