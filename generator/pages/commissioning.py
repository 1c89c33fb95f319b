"""How decisions are made: rounds, contracts with their terms, direct awards, what ends soon."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator import model, urls
from generator.checks.monitoring import add_months
from generator.figures import Figure, derived_difference
from generator.ledger import Awards
from generator.missing import Missing
from generator.pages.page import Page
from generator.pages.site import UNDER_HOW_IT_WORKS, Site
from generator.selectors import where

PROCEDURES = {
    "open-tender": "open tender",
    "limited-tender": "tender among invited suppliers",
    "quotation": "quotations",
    "single-tender": "single tender: no competition",
    "framework": "call-off from a framework",
}
REASONS = {
    "a": "Only one supplier can do it, for technical reasons (class a)",
    "b": "The existing supplier goes on, so that supply is not broken (class b)",
}


class ContractLine(Struct, frozen=True):
    """A contract with its figures and the awards that belong to it."""

    record: model.Contract
    procedure: str
    awards: Awards
    original: Figure
    extension: Figure
    used: Figure | None
    left: Figure | None
    envelope: Figure | None
    value: Figure | None
    quality: Figure | None
    price: Figure | None
    ends: date | None
    """The end with the extensions used so far."""
    reason: str | None
    documents: tuple[model.Document, ...]


class RoundLine(Struct, frozen=True):
    """A round with its fund and figures."""

    record: model.Round
    fund: model.Fund | None
    budget: Figure | None
    received: Figure | None
    funded: Figure | None


def _cell(site: Site, resource: str, id: str, column: str, value: object) -> Figure | None:
    table = site.resource(resource)
    if table is None or isinstance(value, Missing):
        return None
    unit = "percent" if column.endswith("_weight") else None
    return table.figure(f"sum:{column}", where(id=id), id=f"{id}-{column}", unit=unit)


def contract_line(site: Site, one: model.Contract) -> ContractLine:
    """A contract as a page shows it."""

    def cell(column: str) -> Figure | None:
        return _cell(site, "contracts", one.id, column, getattr(one, column))

    original, extension, used = (
        cell(name) for name in ("original_months", "extension_months", "extensions_used_months")
    )
    if original is None or extension is None:
        raise ValueError(f"{one.id} has no term, which the checks should have found")
    ends = one.end_on if isinstance(one.end_on, date) else None
    if ends is not None and isinstance(one.extensions_used_months, int):
        ends = add_months(ends, one.extensions_used_months)
    return ContractLine(
        record=one,
        procedure=PROCEDURES.get(str(one.procedure), str(one.procedure)),
        awards=site.ledger.linked_at(site.ledger.frame(model.Award).among("contract", [one.id])),
        original=original,
        extension=extension,
        used=used,
        left=derived_difference(extension, used, id=f"{one.id}-left") if used else None,
        envelope=cell("envelope"),
        value=cell("total_value"),
        quality=cell("quality_weight"),
        price=cell("price_weight"),
        ends=ends,
        reason=REASONS.get(str(one.single_tender_reason)),
        documents=tuple(each for each in site.ledger.documents if each.contract == one.id),
    )


STAGES = (
    "intention published",
    "out to tender",
    "signed, not begun",
    "running",
    "running, in an extension",
    "ended",
)


def stage(line: ContractLine, today: date | None) -> str | None:
    """How far a contract is on the package's own day; None when its dates can't say."""
    one = line.record
    if today is None or not isinstance(one.start_on, date) or line.ends is None:
        return None
    if line.ends < today:
        return "ended"
    if one.start_on <= today:
        in_extension = isinstance(one.end_on, date) and one.end_on < today
        return "running, in an extension" if in_extension else "running"
    if isinstance(one.signed_on, date) and one.signed_on <= today:
        return "signed, not begun"
    if isinstance(one.tender_published_on, date) and one.tender_published_on <= today:
        return "out to tender"
    if isinstance(one.intention_published_on, date) and one.intention_published_on <= today:
        return "intention published"
    return None


def _pipeline(
    contracts: tuple[ContractLine, ...], today: date | None
) -> tuple[tuple[str, tuple[ContractLine, ...]], ...]:
    """The contracts of each stage, stages without any left out."""
    by_stage = {
        name: tuple(one for one in contracts if stage(one, today) == name) for name in STAGES
    }
    unknown = tuple(one for one in contracts if stage(one, today) is None)
    return tuple(
        (name, found) for name, found in (*by_stage.items(), ("not known", unknown)) if found
    )


def _round_line(site: Site, one: model.Round) -> RoundLine:
    def cell(column: str) -> Figure | None:
        return _cell(site, "rounds", one.id, column, getattr(one, column))

    fund = next((each for each in site.ledger.funds if each.id == one.fund), None)
    return RoundLine(
        one, fund, cell("budget"), cell("applications_received"), cell("applications_funded")
    )


def _ends_soon(line: ContractLine, today: date | None) -> bool:
    if today is None or line.ends is None:
        return False
    return today <= line.ends <= add_months(today, 12)


def pages(site: Site) -> Iterator[Page]:
    """The one commissioning page."""
    contracts = tuple(contract_line(site, one) for one in site.ledger.contracts)
    yield Page(
        url=urls.COMMISSIONING,
        title="Commissioning: how decisions are made",
        description=(
            f"Rounds, tenders, contracts and direct awards of {site.settings.publisher_name}: "
            "terms, weights, reasons, and what ends within a year."
        ),
        template="commissioning.md",
        trail=UNDER_HOW_IT_WORKS,
        context={
            "site": site,
            "contracts": contracts,
            "pipeline": _pipeline(contracts, site.ledger.today),
            "single": tuple(one for one in contracts if one.record.procedure == "single-tender"),
            "ending": tuple(one for one in contracts if _ends_soon(one, site.ledger.today)),
            "rounds": tuple(_round_line(site, one) for one in site.ledger.rounds),
            "prose": site.prose,
            "reasons": REASONS,
            "today": site.ledger.today,
        },
    )
