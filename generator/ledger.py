"""The ledger: a package's rows as typed, frozen records with their links resolved.

It is built leniently, so that checks can look at a package that is still broken: a cell
that can't be read becomes `Missing.UNREADABLE`, a link that leads nowhere becomes None.
Only a package without an error among its findings is ever published.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar, get_args, get_type_hints

from generator import model
from generator.cells import records as records_of
from generator.package import DataPackage

RecordT = TypeVar("RecordT", bound=model.Record)


class Attribution(Enum):
    """How surely the recipients of an award's money are known."""

    SOLE = "sole"
    SHARED = "shared"
    PARTIAL = "partial"
    UNNAMED = "unnamed"
    NONE = "none"


@dataclass(frozen=True)
class NamedIn:
    """One printed recipient of one service; `recipient` is None when nobody is named."""

    record: model.AwardRecipient
    recipient: model.Recipient | None


@dataclass(frozen=True)
class LinkedService:
    """A service of an award with those printed beside it."""

    record: model.AwardService
    recipients: tuple[NamedIn, ...]


@dataclass(frozen=True)
class LinkedAward:
    """An award with everything it points at."""

    award: model.Award
    programme: model.Programme | None
    fund: model.Fund | None
    theme: model.Theme | None
    services: tuple[LinkedService, ...]
    recipients: tuple[model.Recipient, ...]
    """Each named recipient once, in printed order; routes are not recipients."""
    attribution: Attribution
    areas: tuple[tuple[model.AwardArea, model.Area], ...]
    terms: tuple[tuple[model.AwardTerm, model.Term], ...]
    sources: tuple[tuple[model.AwardSource, model.FundingSource], ...]

    def has_term(self, scheme: str, term: str) -> bool:
        """Whether the award is linked to a term of a vocabulary."""
        return any(link.scheme == scheme and link.term == term for link, _ in self.terms)


def attribution_of(links: Iterable[model.AwardRecipient]) -> Attribution:
    """Compute an award's attribution from the rows that say who gets it.

    sole: one named recipient and nobody unnamed; shared: several, all named; partial: some
    named, some not; unnamed: only "multiple organisations"; none: nobody printed at all.
    """
    rows = [row for row in links if row.role != "route"]
    named = {row.recipient for row in rows if row.naming == "named"}
    others = {row.naming for row in rows if row.naming != "named"}
    if named and others:
        return Attribution.PARTIAL
    if named:
        return Attribution.SOLE if len(named) == 1 else Attribution.SHARED
    return Attribution.UNNAMED if "unnamed" in others else Attribution.NONE


def _grouped(records: Iterable[RecordT], key: str) -> Mapping[object, tuple[RecordT, ...]]:
    groups: dict[object, list[RecordT]] = defaultdict(list)
    for one in records:
        groups[getattr(one, key)].append(one)
    return {name: tuple(group) for name, group in groups.items()}


def _by_id(records: Iterable[RecordT]) -> Mapping[object, RecordT]:
    index: dict[object, RecordT] = {}
    for one in records:
        index.setdefault(one.id, one)  # type: ignore[attr-defined]
    return index


@dataclass(frozen=True)
class Ledger:
    """All records of one package, in the order of their files."""

    package: DataPackage
    awards: tuple[model.Award, ...]
    award_services: tuple[model.AwardService, ...]
    award_recipients: tuple[model.AwardRecipient, ...]
    recipients: tuple[model.Recipient, ...]
    recipient_names: tuple[model.RecipientName, ...]
    recipient_identifiers: tuple[model.RecipientIdentifier, ...]
    programmes: tuple[model.Programme, ...]
    themes: tuple[model.Theme, ...]
    areas: tuple[model.Area, ...]
    award_areas: tuple[model.AwardArea, ...]
    award_sources: tuple[model.AwardSource, ...]
    terms: tuple[model.Term, ...]
    award_terms: tuple[model.AwardTerm, ...]
    funding_sources: tuple[model.FundingSource, ...]
    allocations: tuple[model.Allocation, ...]
    funds: tuple[model.Fund, ...]
    stated_figures: tuple[model.StatedFigure, ...]
    reconciliations: tuple[model.Reconciliation, ...]
    reconciliation_terms: tuple[model.ReconciliationTerm, ...]
    queries: tuple[model.Query, ...]
    contracts: tuple[model.Contract, ...]
    rounds: tuple[model.Round, ...]
    outcome_reports: tuple[model.OutcomeReport, ...]
    outcome_measures: tuple[model.OutcomeMeasure, ...]
    documents: tuple[model.Document, ...]
    omissions: tuple[model.Omission, ...]
    revisions: tuple[model.Revision, ...]
    rule_settings: tuple[model.RuleSetting, ...]
    duties: tuple[model.Duty, ...]
    source_values: tuple[model.SourceValue, ...]
    privacy_reviews: tuple[model.PrivacyReview, ...]

    @cached_property
    def today(self) -> date | None:
        """The package's own "today"; None when it states neither that nor its creation."""
        try:
            return date.fromisoformat(self.package.settings.as_of)
        except ValueError:
            return None

    @cached_property
    def linked(self) -> tuple[LinkedAward, ...]:
        """Every award with its links, in the order of the file."""
        programmes, funds = _by_id(self.programmes), _by_id(self.funds)
        themes = _by_id(self.themes)
        recipients, areas = _by_id(self.recipients), _by_id(self.areas)
        sources = _by_id(self.funding_sources)
        terms = {(term.scheme, term.id): term for term in self.terms}
        services = _grouped(self.award_services, "award")
        named = _grouped(self.award_recipients, "award")
        award_areas = _grouped(self.award_areas, "award")
        award_terms = _grouped(self.award_terms, "award")
        award_sources = _grouped(self.award_sources, "award")

        def link(award: model.Award) -> LinkedAward:
            rows = named.get(award.id, ())
            printed = tuple(NamedIn(row, recipients.get(row.recipient)) for row in rows)
            distinct = {
                one.recipient.id: one.recipient
                for one in printed
                if one.recipient is not None and one.record.role != "route"
            }
            return LinkedAward(
                award=award,
                programme=programmes.get(award.programme),
                fund=funds.get(award.fund),
                theme=themes.get(award.theme),
                services=tuple(
                    LinkedService(
                        service,
                        tuple(one for one in printed if one.record.service == service.service),
                    )
                    for service in services.get(award.id, ())
                ),
                recipients=tuple(distinct.values()),
                attribution=attribution_of(rows),
                areas=tuple(
                    (row, areas[row.area])
                    for row in award_areas.get(award.id, ())
                    if row.area in areas
                ),
                terms=tuple(
                    (row, terms[row.scheme, row.term])
                    for row in award_terms.get(award.id, ())
                    if isinstance(row.term, str) and (row.scheme, row.term) in terms
                ),
                sources=tuple(
                    (row, sources[row.funding_source])
                    for row in award_sources.get(award.id, ())
                    if row.funding_source in sources
                ),
            )

        return tuple(link(award) for award in self.awards)

    @cached_property
    def numbered(self) -> frozenset[str]:
        """The recipients with a number in a public register."""
        return frozenset(one.recipient for one in self.recipient_identifiers)

    @cached_property
    def reported(self) -> frozenset[str]:
        """The awards with an outcome report that was received."""
        return frozenset(
            one.award for one in self.outcome_reports if isinstance(one.received_on, date)
        )

    @cached_property
    def standing(self) -> tuple[LinkedAward, ...]:
        """The awards that have not been withdrawn."""
        return tuple(one for one in self.linked if one.award.status != "withdrawn")

    @cached_property
    def linked_by_id(self) -> Mapping[str, LinkedAward]:
        """The linked award of each id."""
        return {one.award.id: one for one in reversed(self.linked)}


def resource_types() -> Mapping[str, type[model.Record]]:
    """The record type of each resource that a ledger holds, by the resource's name."""
    hints = get_type_hints(Ledger)
    return {
        field.name: get_args(hints[field.name])[0]
        for field in fields(Ledger)
        if field.name != "package"
    }


def build(package: DataPackage) -> Ledger:
    """A package's ledger. It never fails: see the module's note on lenience."""
    records: dict[str, Any] = {
        name: records_of(kind, package.tables.get(name)) for name, kind in resource_types().items()
    }
    return Ledger(package=package, **records)
