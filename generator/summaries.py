"""Every published table that is made from the ledger, as pure functions of it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from generator import model, urls
from generator.findings import Finding
from generator.ledger import Attribution, Ledger, LinkedAward
from generator.limits import limit
from generator.missing import Missing
from generator.money import parse_decimal, plain, total
from generator.tables import PublishedTable, SharedRow

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


def _award_cells(one: LinkedAward) -> dict[str, str]:
    award = one.award
    title = Missing.NOT_PUBLISHED
    percentage = award.published_percentage
    return {
        "id": award.id,
        "title": cell(award.title),
        "financial_year": cell(award.financial_year),
        "programme": cell(award.programme),
        "programme_title": cell(one.programme.title if one.programme else title),
        "fund": cell(award.fund),
        "fund_title": cell(one.fund.title if one.fund else title),
        "fund_basis": cell(award.fund_basis),
        "theme": cell(award.theme),
        "theme_title": cell(one.theme.title if one.theme else title),
        "instrument": cell(award.instrument),
        "amount": cell(award.amount),
        "amount_basis": cell(award.amount_basis),
        "attribution": one.attribution.value,
        "named_recipients": str(len(one.recipients)),
        "recipients": _joined(recipient.name for recipient in one.recipients),
        "services": _joined(service.record.title for service in one.services),
        "areas": _joined(area.title for _, area in one.areas),
        "area_count": str(len(one.areas)),
        "topics": _joined(term.title for _, term in one.terms if term.scheme == "topic"),
        "published_percentage": (
            f"{percentage:f}" if isinstance(percentage, Decimal) else percentage.value
        ),
        "status": cell(award.status),
        "source": cell(award.source_ref),
        "order": cell(award.source_order),
    }


def largest_first(awards: Iterable[LinkedAward]) -> tuple[LinkedAward, ...]:
    """By amount, largest first; equal amounts by id."""
    return tuple(sorted(awards, key=lambda one: (-amount(one), one.award.id)))


def amount(one: LinkedAward) -> Decimal:
    """An award's amount (zero only while a broken package is being checked)."""
    return one.award.amount if isinstance(one.award.amount, Decimal) else Decimal(0)


class AwardRows:
    """The row of each award in the tables of awards, made once: an award is in many of them."""

    def __init__(self) -> None:
        self._rows: dict[int, SharedRow] = {}

    def table(self, awards: Iterable[LinkedAward], page: str) -> PublishedTable:
        """The ready-to-use awards table of a page, in the order given.

        Names stand beside ids; several names in one cell are joined by `; `. One row an award.
        """
        rows = tuple(map(self._row, awards))
        return PublishedTable(urls.awards_csv(page), AWARD_COLUMNS, rows, AWARD_UNITS)

    def _row(self, one: LinkedAward) -> SharedRow:
        row = self._rows.get(id(one))  # the ledger keeps it; its own hash would read all of it
        if row is None:
            row = self._rows[id(one)] = SharedRow(_award_cells(one))
        return row


def awards_table(awards: Iterable[LinkedAward], page: str) -> PublishedTable:
    """The same for one table alone."""
    return AwardRows().table(awards, page)


SMALLEST_COUNT = limit("people_counted")
"""Counts of people below this could tell who they are; they are never published."""


def _suppressed(cells: Mapping[str, str]) -> Mapping[str, str]:
    """A measure that counts few people keeps its row, without its number."""
    if cells.get("count_of_people") not in ("yes", "true"):
        return cells
    number = parse_decimal(cells.get("value", ""))
    if number is None or number >= SMALLEST_COUNT:
        return cells
    return {**cells, "value": Missing.WITHHELD.value}


def _suppressed_change(ledger: Ledger, cells: Mapping[str, str]) -> Mapping[str, str]:
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
    return PublishedTable(
        path=urls.resource_csv(ledger.package.name, resource),
        header=table.header,
        rows=tuple(
            _suppressed_change(ledger, row.cells)
            if resource == "revisions"
            else _suppressed(row.cells)
            for row in table.rows
        ),
        units={
            str(field["name"]): _unit(str(field["name"]))
            for field in table.fields
            if field.get("type") == "number"
        },
    )


def _all_numbered(ledger: Ledger, one: LinkedAward) -> bool:
    ids = [recipient.id for recipient in one.recipients]
    return bool(ids) and all(id in ledger.numbered for id in ids)


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


def coverage_table(ledger: Ledger, awards: Sequence[LinkedAward]) -> PublishedTable:
    """How many awards have each field, and how much of the money those awards hold."""
    rows = []
    for name in COVERAGE_FIELDS:
        having = [one for one in awards if has(ledger, one, name)]
        rows.append(
            {
                "field": name,
                "awards": str(len(awards)),
                "awards_with_value": str(len(having)),
                "amount": plain(total(map(amount, awards))),
                "amount_with_value": plain(total(map(amount, having))),
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
