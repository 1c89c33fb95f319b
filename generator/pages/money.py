"""The money page: sources, allocations, and every claim recomputed."""

from collections.abc import Iterator

from msgspec import Struct

from generator import model, urls
from generator.figures import Figure
from generator.missing import Missing
from generator.pages.flow_picture import flow_picture
from generator.pages.page import Page
from generator.pages.site import BASIS_WORDS, Site
from generator.reconcile import StatedCheck, Verdict
from generator.selectors import where


class Source(Struct, frozen=True):
    """A funding source; `amount` is None when the source doesn't state one."""

    record: model.FundingSource
    amount: Figure | None


class SetAside(Struct, frozen=True):
    """An allocation with its fund."""

    record: model.Allocation
    amount: Figure
    fund: model.Fund | None


def _sources(site: Site) -> Iterator[Source]:
    table = site.resource("funding_sources")
    for record in site.ledger.funding_sources:
        amount = None
        if table is not None and not isinstance(record.amount, Missing):
            amount = table.figure("sum:amount", where(id=record.id))
        yield Source(record, amount)


def _set_aside(site: Site) -> Iterator[SetAside]:
    table = site.resource("allocations")
    funds = {fund.id: fund for fund in site.ledger.funds}
    for record in site.ledger.allocations:
        if table is not None:
            amount = table.figure("sum:amount", where(id=record.id))
            yield SetAside(record, amount, funds.get(str(record.fund)))


def _of_kind(site: Site, kind: str) -> tuple[StatedCheck, ...]:
    return tuple(one for one in site.stated if one.record.kind == kind)


def pages(site: Site) -> Iterator[Page]:
    """The one money page."""
    percentages = _of_kind(site, "percentage")
    picture = flow_picture(site)
    yield Page(
        url=urls.MONEY,
        title="Money: where it comes from, and whether the figures agree",
        description=(
            f"What {site.settings.publisher_name} states about its income and budgets, and each "
            "stated figure recomputed from the rows."
        ),
        template="money.md",
        context={
            "site": site,
            "picture": picture,
            "count": site.all_awards.figure("count"),
            "sources": tuple(_sources(site)),
            "set_aside": tuple(_set_aside(site)),
            "amounts": _of_kind(site, "amount"),
            "percentages": percentages,
            "all_percentages": (
                Verdict.HOLDS
                if all(one.verdict is Verdict.HOLDS for one in percentages)
                else Verdict.FAILS
            ),
            "claims": site.claims,
            "queries": tuple(one for one in site.ledger.queries if one.status == "open"),
            "basis_words": BASIS_WORDS,
            "titles": {one.id: one.title for one in site.ledger.stated_figures},
        },
        tables=(picture.table,) if picture else (),
    )
