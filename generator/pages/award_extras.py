"""What only some awards have: reports, documents, questions, changes, contracts."""

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct, field

from generator import model
from generator.frames import any_of
from generator.ledger import RecordT
from generator.monitoring import statuses
from generator.pages.commissioning import ContractLine, contract_line
from generator.pages.outcomes import MeasureLine, measure_lines
from generator.pages.site import Site, of_site


class ReportLine(Struct, frozen=True):
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


class Extras(Struct, frozen=True):
    """What only some awards have."""

    omissions: Mapping[str, str] = field(default_factory=dict)
    queries: Sequence[model.Query] = ()
    revisions: Sequence[model.Revision] = ()
    reports: Sequence[ReportLine] = ()
    documents: Sequence[model.Document] = ()
    also: Sequence[model.SourceValue] = ()
    rounds: Sequence[model.Round] = ()
    contracts: Sequence[ContractLine] = ()


_NOTHING = Extras()


@of_site
def _unusual(site: Site) -> frozenset[object]:
    """The awards that have any of these."""
    ledger, awards = site.ledger, site.ledger.frame(model.Award)
    linked = any_of(*(pc.invert(awards.absent(name)) for name in ("contract", "round")))
    return frozenset(
        (
            *(one.row for one in ledger.omissions if one.resource == "awards"),
            *(one.row for one in ledger.queries if one.resource == "awards"),
            *(one.row for one in ledger.revisions if one.resource == "awards"),
            *(one.award for one in ledger.outcome_reports),
            *(one.award for one in ledger.documents),
            *site.source_values,
            *ledger.linked_at(linked).ids,
        )
    )


def extras_of(site: Site, id: str, row: int) -> Extras:
    """What an award has of these; for most there is nothing, and nothing is looked for."""
    if id not in _unusual(site):
        return _NOTHING
    ledger = site.ledger
    (award,) = ledger.frame(model.Award).take(pa.array([row]))

    def about(records: tuple[RecordT, ...]) -> list[RecordT]:
        found = site.having(records, "row", id)
        return [one for one in found if one.resource == "awards"]  # type: ignore[attr-defined]

    contracts = site.having(ledger.contracts, "id", award.contract)[:1]
    return Extras(
        omissions={str(one.field): str(one.reason) for one in about(ledger.omissions)},
        queries=about(ledger.queries),
        revisions=about(ledger.revisions),
        reports=tuple(_reports(site, id)),
        documents=_documents(site, award),
        also=site.source_values.get(id, ()),
        rounds=site.having(ledger.rounds, "id", award.round)[:1],
        contracts=[contract_line(site, one) for one in contracts],
    )
