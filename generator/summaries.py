"""Every published table that is made from the ledger, as pure functions of it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator import model, urls
from generator.csv_columns import encoded
from generator.findings import Finding
from generator.ledger import Attribution, Ledger, LinkedAward
from generator.limits import limit
from generator.missing import Missing
from generator.model.base import Text
from generator.money import parse_decimal, plain
from generator.rows import Kept, Rows
from generator.tables import Cells, PublishedTable

AWARD_COLUMNS = (
    "id",
    "title",
    "financial_year",
    "programme",
    "programme_title",
    "fund",
    "fund_title",
    "fund_basis",
    "theme",
    "theme_title",
    "instrument",
    "amount",
    "amount_basis",
    "attribution",
    "named_recipients",
    "recipients",
    "services",
    "areas",
    "area_count",
    "topics",
    "published_percentage",
    "status",
    "source",
    "order",
)
AWARD_UNITS = {"amount": "money", "published_percentage": "percent"}
SEPARATOR = "; "

COVERAGE_FIELDS = (
    "recipients",
    "all_recipients",
    "recipient_number",
    "amount",
    "programme",
    "fund",
    "theme",
    "areas",
    "objective",
    "instrument",
    "legal_power",
    "purpose",
    "reasons",
    "conditions",
    "status",
    "decided_on",
    "published_on",
    "start_on",
    "end_on",
    "period",
    "outcomes",
    "route",
    "bids_received",
    "original_amount",
    "source_ref",
)


def cell(value: object) -> str:
    """A value as a CSV cell; a missing one keeps its label."""
    if isinstance(value, Missing):
        return value.value
    return plain(value) if isinstance(value, Decimal) else str(value)


def _joined(values: Iterable[object]) -> str:
    return SEPARATOR.join(cell(value) for value in values) or Missing.NOT_PUBLISHED.value


_AS_WRITTEN = (
    *("title", "financial_year", "programme", "fund", "fund_basis", "theme", "instrument"),
    *("amount", "amount_basis", "status", "published_percentage", "source_order", "source_ref"),
)
"""The columns of the table of awards that say what the resource says, in one spelling."""
_RENAMED = {"source_ref": "source", "source_order": "order"}


def _respelt(column: Any, cells: Iterable[str]) -> Any:
    """A column with another text for each of its distinct ones."""
    return pa.DictionaryArray.from_arrays(column.indices, pa.array(cells, pa.string()))


def _percentage(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else cell(value)


def _award_columns(ledger: Ledger) -> Kept:
    """The table of all awards, withdrawn ones too, in the order of the file."""
    frame, linked = ledger.frame(model.Award), ledger.linked
    made = {"id": frame.texts("id")}
    for name in _AS_WRITTEN:
        spell = _percentage if name == "published_percentage" else cell
        respelt = _respelt(frame.texts(name), map(spell, frame.values(name)))
        made[_RENAMED.get(name, name)] = respelt
    headings: dict[str, tuple[model.Programme | model.Fund | model.Theme, ...]] = {
        "programme": ledger.programmes,
        "fund": ledger.funds,
        "theme": ledger.themes,
    }
    for name, records in headings.items():
        titles: dict[object, Text] = {one.id: one.title for one in reversed(records)}
        absent = Missing.NOT_PUBLISHED
        spelt = (cell(titles.get(id, absent)) for id in frame.values(name))
        made[f"{name}_title"] = _respelt(frame.texts(name), spelt)
    for name, of in {
        "attribution": lambda one: one.attribution.value,
        "named_recipients": lambda one: str(len(one.recipients)),
        "recipients": lambda one: _joined(each.name for each in one.recipients),
        "services": lambda one: _joined(each.record.title for each in one.services),
        "areas": lambda one: _joined(area.title for _, area in one.areas),
        "area_count": lambda one: str(len(one.areas)),
        "topics": lambda one: _joined(
            term.title for _, term in one.terms if term.scheme == "topic"
        ),
    }.items():
        made[name] = encoded(map(of, linked))
    return Kept({name: made[name] for name in AWARD_COLUMNS})


def _numbers(ledger: Ledger) -> Mapping[str, int]:
    """The row of each award by its id, from 0."""
    return {one.award.id: number for number, one in enumerate(ledger.linked)}


def largest_first(awards: Iterable[LinkedAward]) -> tuple[LinkedAward, ...]:
    """By amount, largest first; equal amounts by id."""
    return tuple(sorted(awards, key=lambda one: (-amount(one), one.award.id)))


def amount(one: LinkedAward) -> Decimal:
    """An award's amount (zero only while a broken package is being checked)."""
    return one.award.amount if isinstance(one.award.amount, Decimal) else Decimal(0)


def awards_table(ledger: Ledger, awards: Iterable[LinkedAward], page: str) -> PublishedTable:
    """The ready-to-use awards table of a page, in the order given: some of the ledger's awards.

    Names stand beside ids; several names in one cell are joined by `; `. One row an award.
    """
    numbers = ledger.once(_numbers)
    chosen = [numbers[one.award.id] for one in awards]
    rows = Rows(ledger.once(_award_columns), chosen)
    return PublishedTable(urls.awards_csv(page), AWARD_COLUMNS, rows, AWARD_UNITS)


SMALLEST_COUNT = limit("people_counted")
"""Counts of people below this could tell who they are; they are never published."""


def _suppressed(_ledger: Ledger, cells: Cells) -> Cells:
    """A measure that counts few people keeps its row, without its number."""
    if cells.get("count_of_people") not in ("yes", "true"):
        return cells
    number = parse_decimal(cells.get("value", ""))
    if number is None or number >= SMALLEST_COUNT:
        return cells
    return {**cells, "value": Missing.WITHHELD.value}


def _suppressed_change(ledger: Ledger, cells: Cells) -> Cells:
    """An entry of the record of changes doesn't tell a count that its row withholds."""
    people = {one.id for one in ledger.outcome_measures if one.count_of_people is True}
    if cells.get("resource") != "outcome_measures" or cells.get("row") not in people:
        return cells
    told = dict(cells)
    for name in ("old", "new"):
        number = parse_decimal(cells.get(name, ""))
        if cells.get("field") == "value" and (number is None or number < SMALLEST_COUNT):
            told[name] = Missing.WITHHELD.value
    return told


_HELD_BACK = {"outcome_measures": _suppressed, "revisions": _suppressed_change}
"""The resources whose rows may hold something that isn't told."""

MONEY_COLUMNS = frozenset(
    ("amount", "original_amount", "rounded_to", "cap", "cap_per_area", "budget", "envelope")
) | {"total_value"}


def _unit(column: str) -> str:
    if column in MONEY_COLUMNS:
        return "money"
    return "percent" if "percent" in column else "number"


UNPUBLISHED = frozenset(("privacy_reviews",))
"""Resources that stay in the repository: where personal data was looked for is not for readers."""


def resource_table(ledger: Ledger, resource: str) -> PublishedTable | None:
    """A resource as its download has it: the very cells of the package's file.

    None when the package has no such resource, or it is never published.
    """
    table = ledger.package.tables.get(resource)
    if table is None or resource in UNPUBLISHED:
        return None
    rows: Sequence[Cells] = Rows(Kept(table.body.columns))
    if resource in _HELD_BACK:
        rows = tuple(_HELD_BACK[resource](ledger, cells) for cells in rows)
    return PublishedTable(
        path=urls.resource_csv(ledger.package.name, resource),
        header=table.header,
        rows=rows,
        units={
            str(field["name"]): _unit(str(field["name"]))
            for field in table.fields
            if field.get("type") == "number"
        },
    )


def _all_numbered(ledger: Ledger, one: LinkedAward) -> bool:
    ids = [recipient.id for recipient in one.recipients]
    return bool(ids) and all(id in ledger.numbered for id in ids)


_OF_LINKS = frozenset(
    ("recipients", "all_recipients", "recipient_number", "areas", "objective", "period", "outcomes")
)
"""The fields of which not a column but `has` tells."""


def has(ledger: Ledger, one: LinkedAward, name: str) -> bool:
    """Whether an award has a field: a value of its own, or what its links show."""
    match name:
        case "recipients":
            return bool(one.recipients)
        case "all_recipients":
            return one.attribution in (Attribution.SOLE, Attribution.SHARED)
        case "recipient_number":
            return _all_numbered(ledger, one)
        case "areas":
            return bool(one.areas)
        case "objective":
            return any(term.scheme == "objective" for _, term in one.terms)
        case "period":
            dates = (one.award.start_on, one.award.end_on)
            return not any(isinstance(day, Missing) for day in dates)
        case "outcomes":
            return one.award.id in ledger.reported
        case _:
            return not isinstance(getattr(one.award, name), Missing)


def _having(ledger: Ledger) -> dict[str, Any]:
    """For each field, which awards have it, in the order of the file."""
    frame, made = ledger.frame(model.Award), dict[str, Any]()
    for name in COVERAGE_FIELDS:
        if name in _OF_LINKS:
            made[name] = pa.array([has(ledger, one, name) for one in ledger.linked], pa.bool_())
        else:
            made[name] = frame.where(name, lambda value: not isinstance(value, Missing))
    return made


def _pence(ledger: Ledger) -> Any:
    """The amount of each award in hundredths, in the order of the file."""
    return pa.array([int(amount(one).scaleb(2)) for one in ledger.linked], pa.int64())


def _sum(pence: Any) -> str:
    return plain(Decimal(pc.sum(pence).as_py() or 0).scaleb(-2))


def coverage_table(ledger: Ledger, awards: Sequence[LinkedAward]) -> PublishedTable:
    """How many awards have each field, and how much of the money those awards hold."""
    numbers = ledger.once(_numbers)
    chosen = pa.array([numbers[one.award.id] for one in awards], pa.int64())
    amounts = ledger.once(_pence).take(chosen)
    rows = []
    for name in COVERAGE_FIELDS:
        having = ledger.once(_having)[name].take(chosen)
        rows.append(
            {
                "field": name,
                "awards": str(len(awards)),
                "awards_with_value": str(pc.sum(having).as_py() or 0),
                "amount": _sum(amounts),
                "amount_with_value": _sum(amounts.filter(having)),
            }
        )
    header = ("field", "awards", "awards_with_value", "amount", "amount_with_value")
    units = {"amount": "money", "amount_with_value": "money"}
    return PublishedTable(urls.coverage_csv(), header, tuple(rows), units)


def exact_groups(
    awards: Sequence[LinkedAward],
) -> tuple[tuple[tuple[model.Recipient, ...], tuple[LinkedAward, ...]], ...]:
    """Sets of recipients whose named money is exact together although none of it is alone.

    Two recipients belong together when an award names both. A set counts when each of its
    awards is fully named, so that no outsider and nobody unnamed shares them.
    """
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent.setdefault(id, id) != id:
            id = parent[id]
        return id

    for one in awards:
        for other in one.recipients[1:]:
            parent[root(other.id)] = root(one.recipients[0].id)
    members: dict[str, dict[str, model.Recipient]] = {}
    held: dict[str, list[LinkedAward]] = {}
    for one in awards:
        for recipient in one.recipients:
            members.setdefault(root(recipient.id), {})[recipient.id] = recipient
        if one.recipients:
            held.setdefault(root(one.recipients[0].id), []).append(one)
    return tuple(
        (tuple(members[key].values()), tuple(held[key]))
        for key in members
        if len(members[key]) > 1
        and all(one.attribution.value in ("sole", "shared") for one in held[key])
    )


FINDING_COLUMNS = ("rule", "severity", "file", "row", "column", "message", "mend")


def findings_table(findings: Sequence[Finding]) -> PublishedTable:
    """What the checks said, one row a finding, with file names free of this machine's folders."""
    rows = tuple(
        {
            "rule": one.code,
            "severity": one.severity.value,
            "file": one.file.rpartition("/")[2],
            "row": Missing.NOT_APPLICABLE.value if one.row is None else str(one.row),
            "column": one.column or Missing.NOT_APPLICABLE.value,
            "message": one.message,
            "mend": one.mend,
        }
        for one in findings
    )
    return PublishedTable(f"{urls.QUALITY}findings.csv", FINDING_COLUMNS, rows)
