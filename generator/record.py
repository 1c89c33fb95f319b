"""The public record of changes: the rows of `revisions`, and what each is about."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from generator import model, urls
from generator.ledger import Ledger, LinkedAward
from generator.missing import Missing, missing_of
from generator.revisions import key_columns, row_key
from generator.summaries.base import cell
from generator.summaries.resources import resource_table
from generator.tables import PublishedTable

COLUMNS = (
    *("id", "date", "kind", "resource", "row", "award", "title", "field", "old", "new", "reason"),
)
KIND_WORDS = {"correction": "Corrected", "withdrawal": "Withdrawn", "addition": "Added later"}
_TITLED = ("funds", "programmes", "themes", "areas", "recipients")


class Entry(Struct, frozen=True):
    """One change to something published, with what it is a change of."""

    revision: model.Revision
    old: str | Missing
    new: str | Missing
    title: str
    """What the changed row is called; its id where it has no title."""
    url: str | None
    """The page that shows it, if there is one."""
    award: str | None
    funds: frozenset[str]
    """The funds whose readers it concerns."""


def _value(text: str) -> str | Missing:
    return missing_of(text) or text


def _rows(ledger: Ledger, resource: str) -> Mapping[str, Mapping[str, str]]:
    table = ledger.package.tables.get(resource)
    if table is None:
        return {}
    key = key_columns(table.schema, table.header)
    return {row_key(key, row.cells): row.cells for row in table.rows}


def _award_of(
    ledger: Ledger, resource: str, row: str, cells: Mapping[str, str]
) -> LinkedAward | None:
    award: object = row if resource == "awards" else cells.get("award")
    for report in ledger.outcome_reports:
        if report.id == cells.get("report"):
            award = report.award
    return ledger.award(award)


def _address(ledger: Ledger, resource: str, row: str, one: LinkedAward | None) -> str | None:
    if one is not None:
        return urls.profile("awards", one.award.id)
    if resource in _TITLED and row in {one.id for one in getattr(ledger, resource)}:
        return urls.profile(resource, row)
    if resource == "contracts" and row in {one.id for one in ledger.contracts}:
        return urls.contract(row)
    return None


def _funds(
    ledger: Ledger, one: model.Revision, linked: LinkedAward | None, cells: Mapping[str, str]
) -> Iterator[object]:
    if linked is not None:
        yield linked.award.fund
    yield cells.get("fund")
    if one.field == "fund":
        yield from (one.old, one.new)
    if one.resource == "funds":
        yield one.row
    if one.resource == "contracts":
        awards = ledger.frame(model.Award)
        yield from (each.fund for each in awards.at(awards.among("contract", [cell(one.row)])))


def _entry(
    ledger: Ledger, one: model.Revision, said: Mapping[str, str], cells: Mapping[str, str]
) -> Entry:
    resource, row = cell(one.resource), cell(one.row)
    linked = _award_of(ledger, resource, row, cells)
    known = {fund.id for fund in ledger.funds}
    titles: list[object] = [cells.get("title"), cells.get("name")]
    if linked is not None:
        titles.append(cell(linked.award.title))
    return Entry(
        revision=one,
        old=_value(said.get("old", "")),
        new=_value(said.get("new", "")),
        title=str(next(filter(None, titles), row)),
        url=_address(ledger, resource, row, linked),
        award=linked.award.id if linked else None,
        funds=frozenset(str(fund) for fund in _funds(ledger, one, linked, cells) if fund in known),
    )


def entries(ledger: Ledger) -> tuple[Entry, ...]:
    """The record, newest first; of one day, by id."""
    published = resource_table(ledger, "revisions")
    rows = {
        resource: _rows(ledger, resource)
        for resource in {cell(one.resource) for one in ledger.revisions}
    }
    found = [
        _entry(ledger, one, said, rows[cell(one.resource)].get(cell(one.row), {}))
        for one, said in zip(ledger.revisions, published.rows if published else (), strict=True)
    ]
    found.sort(key=lambda one: one.revision.id)
    return tuple(sorted(found, key=lambda one: _day(one.revision.date) or date.min, reverse=True))


def _day(day: object) -> date | None:
    return day if isinstance(day, date) else None


def record_table(found: tuple[Entry, ...]) -> PublishedTable:
    """The record as `/changes/changes.csv` has it."""
    rows = tuple(
        {
            "id": one.revision.id,
            "date": cell(one.revision.date),
            "kind": cell(one.revision.kind),
            "resource": cell(one.revision.resource),
            "row": cell(one.revision.row),
            "award": one.award or Missing.NOT_APPLICABLE.value,
            "title": one.title,
            "field": cell(one.revision.field),
            "old": cell(one.old),
            "new": cell(one.new),
            "reason": cell(one.revision.reason),
        }
        for one in found
    )
    return PublishedTable(urls.changes_csv(), COLUMNS, rows)
