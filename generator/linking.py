"""An award with everything it points at, and how surely its recipients are known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

from generator import model

RecordT = TypeVar("RecordT", bound=model.Record)


class Attribution(Enum):
    """How surely the recipients of an award's money are known."""

    SOLE = "sole"
    SHARED = "shared"
    PARTIAL = "partial"
    UNNAMED = "unnamed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NamedIn:
    """One printed recipient of one service; `recipient` is None when nobody is named."""

    record: model.AwardRecipient
    recipient: model.Recipient | None


@dataclass(frozen=True, slots=True)
class LinkedService:
    """A service of an award with those printed beside it."""

    record: model.AwardService
    recipients: tuple[NamedIn, ...]


@dataclass(frozen=True, slots=True)
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

    def terms_of(self, scheme: str) -> tuple[object, ...]:
        """The terms of a vocabulary that the award is linked to."""
        return tuple(link.term for link, _ in self.terms if link.scheme == scheme)

    def has_term(self, scheme: str, term: str) -> bool:
        """Whether the award is linked to a term of a vocabulary."""
        return term in self.terms_of(scheme)


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


class Source(Protocol):
    """Where records are taken from, by their kind: at least those that the awards point at."""

    def __call__(self, kind: type[RecordT]) -> Iterable[RecordT]:
        """The records of a kind, in the order of their file."""
        ...


def linked(awards: Iterable[model.Award], of: Source) -> tuple[LinkedAward, ...]:
    """Awards with their links."""
    programmes, funds = _by_id(of(model.Programme)), _by_id(of(model.Fund))
    themes = _by_id(of(model.Theme))
    recipients, areas = _by_id(of(model.Recipient)), _by_id(of(model.Area))
    sources = _by_id(of(model.FundingSource))
    terms = {(term.scheme, term.id): term for term in of(model.Term)}
    services = _grouped(of(model.AwardService), "award")
    named = _grouped(of(model.AwardRecipient), "award")
    award_areas = _grouped(of(model.AwardArea), "award")
    award_terms = _grouped(of(model.AwardTerm), "award")
    award_sources = _grouped(of(model.AwardSource), "award")

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
                (row, areas[row.area]) for row in award_areas.get(award.id, ()) if row.area in areas
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

    return tuple(link(award) for award in awards)
