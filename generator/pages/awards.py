"""A page for each award: who gets what, for what, from where."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator import model, urls
from generator.ledger import LinkedAward
from generator.missing import Missing
from generator.monitoring import statuses
from generator.pages.commissioning import contract_line
from generator.pages.outcomes import MeasureLine, measure_lines
from generator.pages.page import Page
from generator.pages.site import (
    AMOUNT_BASIS_WORDS,
    ATTRIBUTION_WORDS,
    BASIS_WORDS,
    EXPLAINED,
    UNDER_AWARDS,
    Site,
    year_words,
)
from generator.selectors import Condition, where
from generator.tables import Figure


@dataclass(frozen=True)
class Fact:
    """A line of facts: words, a value (perhaps with a link), how it is known, a note."""

    words: str
    value: object
    field: str | None = None
    """The column, for which an omission may say why it is empty."""
    url: str | None = None
    basis: str | None = None
    note: object = None


def _basis(text: object) -> str | None:
    return BASIS_WORDS.get(text) if isinstance(text, str) else None


def _note(text: object) -> object:
    return None if isinstance(text, Missing) else text


def _link_facts(one: LinkedAward) -> Iterator[Fact]:
    award = one.award
    if one.fund:
        yield Fact(
            "Fund",
            one.fund.title,
            url=urls.profile("funds", one.fund.id),
            basis=_basis(award.fund_basis),
            note=_note(award.fund_basis_note),
        )
    else:
        yield Fact("Fund", award.fund)
    for words, family, linked, value in (
        ("Programme", "programmes", one.programme, award.programme),
        ("Theme", "themes", one.theme, award.theme),
    ):
        url = urls.profile(family, linked.id) if linked else None
        yield Fact(words, linked.title if linked else value, url=url)
    for area_link, area in one.areas:
        url = urls.profile("areas", area.id)
        yield Fact(
            "Area",
            area.title,
            url=url,
            basis=_basis(area_link.basis),
            note=_note(area_link.basis_note),
        )
    if not one.areas:
        yield Fact("Area", Missing.NOT_PUBLISHED)
    for scheme, words, family in (
        ("objective", "Objective", "objectives"),
        ("topic", "Topic it names", "topics"),
    ):
        terms = [(link, term) for link, term in one.terms if term.scheme == scheme]
        for link, term in terms:
            url = urls.profile(family, term.id)
            yield Fact(
                words,
                term.title,
                url=url,
                basis=_basis(link.basis),
                note=_note(link.basis_note),
            )
        if not terms and scheme == "objective":
            yield Fact(words, Missing.NOT_PUBLISHED)
    for source_link, source in one.sources:
        yield Fact(
            "Paid from",
            source.title,
            url=urls.MONEY,
            basis=_basis(source_link.basis),
            note=_note(source_link.basis_note),
        )


def _plain_facts(one: LinkedAward) -> Iterator[Fact]:
    award = one.award
    yield Fact("Grant or contract", award.instrument, "instrument")
    yield Fact("Status", award.status, "status")
    yield Fact("Decided on", award.decided_on, "decided_on")
    yield Fact("Starts", award.start_on, "start_on")
    yield Fact("Ends", award.end_on, "end_on")
    yield Fact("How it was chosen (route)", award.route, "route")
    yield Fact("Conditions", award.conditions, "conditions")
    yield Fact("Reasons", award.reasons, "reasons")
    yield Fact("Legal power", award.legal_power, "legal_power")
    yield Fact("Publisher’s own reference", award.source_id)
    if award.pilot is True:
        yield Fact("Pilot", "yes: a trial in part of the area")
    if isinstance(award.reporting_frequency, str):
        yield Fact("Reports", award.reporting_frequency, note=_note(award.reporting_note))


@dataclass(frozen=True)
class ReportLine:
    """An outcome report of the award, its status and its measures."""

    record: model.OutcomeReport
    status: str
    measures: tuple[MeasureLine, ...]


def _reports(site: Site, award: str) -> Iterator[ReportLine]:
    status = statuses(site.ledger)
    for report in site.having(site.ledger.outcome_reports, "award", award):
        measures = tuple(measure_lines(site, frozenset({report.id})))
        yield ReportLine(report, status[report.id], measures)


def _documents(site: Site, award: model.Award) -> tuple[model.Document, ...]:
    documents = site.ledger.documents
    found = {one.id: one for one in site.having(documents, "award", award.id)}
    if isinstance(award.contract, str):
        found |= {one.id: one for one in site.having(documents, "contract", award.contract)}
    return tuple(sorted(found.values(), key=lambda one: one.at.line))


@dataclass(frozen=True)
class AwardFigures:
    """The figures of one award's page."""

    amount: Figure
    services: Figure
    named: Figure
    share: Figure | None
    published: Figure | None


def _figures(site: Site, one: LinkedAward) -> AwardFigures:
    award = one.award
    this = where(id=award.id)
    services, recipients, rows = (
        site.resource(name) for name in ("award_services", "award_recipients", "awards")
    )
    if services is None or recipients is None or rows is None:
        raise ValueError("a package without awards, services or recipients got past the checks")
    share = published = None
    if one.programme and award.status != "withdrawn":
        share = site.all_awards.share("amount", this, where(programme=one.programme.id))
    if not isinstance(award.published_percentage, Missing):
        published = rows.figure("sum:published_percentage", this)
    named = (*where(award=award.id, naming="named"), Condition("role", "route", equal=False))
    return AwardFigures(
        amount=rows.figure("sum:amount", this, id="amount"),
        services=services.figure("count", where(award=award.id)),
        named=recipients.figure("count:recipient", named),
        share=share,
        published=published,
    )


def _page(site: Site, one: LinkedAward) -> Page:
    award = one.award
    who = ", ".join(str(recipient.name) for recipient in one.recipients[:3])
    return Page(
        url=urls.profile("awards", award.id),
        title=str(award.title),
        description=(
            f"Award of {site.settings.publisher_name} in {year_words((str(award.financial_year),))}"
            + (f" to {who}." if who else ".")
        ),
        template="award.md",
        context={
            "site": site,
            "one": one,
            "figures": _figures(site, one),
            "amount_basis": AMOUNT_BASIS_WORDS.get(str(award.amount_basis)),
            "attribution_words": ATTRIBUTION_WORDS[one.attribution.value],
            "basis_words": BASIS_WORDS,
            "terms": EXPLAINED,
            "positional": any(
                who.record.basis == "positional"
                for service in one.services
                for who in service.recipients
            ),
            "facts": (*_link_facts(one), *_plain_facts(one)),
            "omissions": {
                one.field: one.reason
                for one in site.having(site.ledger.omissions, "row", award.id)
                if one.resource == "awards"
            },
            "contract": next(
                (
                    contract_line(site, each)
                    for each in site.having(site.ledger.contracts, "id", award.contract)
                ),
                None,
            ),
            "round": next(iter(site.having(site.ledger.rounds, "id", award.round)), None),
            "reports": tuple(_reports(site, award.id)),
            "documents": _documents(site, award),
            "also": site.source_values.get(award.id, ()),
            "revisions": tuple(
                each
                for each in site.having(site.ledger.revisions, "row", award.id)
                if each.resource == "awards"
            ),
            "queries": tuple(
                query
                for query in site.having(site.ledger.queries, "row", award.id)
                if query.resource == "awards"
            ),
            "resource_url": urls.resource_csv(site.ledger.package.name, "awards"),
        },
        trail=UNDER_AWARDS,
    )


def profiles(site: Site) -> Iterator[Page]:
    """One page an award."""
    for one in (*site.awards, *site.withdrawn):
        yield _page(site, one)
