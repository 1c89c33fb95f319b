"""Every published table that is made from the ledger, as pure functions of it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from generator import model, urls
from generator.ledger import Ledger, LinkedAward
from generator.missing import Missing
from generator.money import plain, total
from generator.tables import PublishedTable

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


def awards_table(awards: Sequence[LinkedAward], page: str) -> PublishedTable:
    """The ready-to-use awards table of a page, in the order given.

    Names stand beside ids; several names in one cell are joined by `; `. One row an award.
    """
    rows = tuple(_award_cells(one) for one in awards)
    return PublishedTable(urls.awards_csv(page), AWARD_COLUMNS, rows, AWARD_UNITS)


def resource_table(ledger: Ledger, resource: str) -> PublishedTable | None:
    """A resource as its download has it: the very cells of the package's file."""
    table = ledger.package.tables.get(resource)
    if table is None:
        return None
    return PublishedTable(
        path=urls.resource_csv(ledger.package.name, resource),
        header=table.header,
        rows=tuple(row.cells for row in table.rows),
        units={
            str(field["name"]): "percent" if "percent" in str(field["name"]) else "money"
            for field in table.fields
            if field.get("type") == "number"
        },
    )


def _has(one: LinkedAward, name: str) -> bool:
    if name == "recipients":
        return bool(one.recipients)
    if name == "areas":
        return bool(one.areas)
    if name == "objective":
        return any(term.scheme == "objective" for _, term in one.terms)
    return not isinstance(getattr(one.award, name), Missing)


def coverage_table(awards: Sequence[LinkedAward]) -> PublishedTable:
    """How many awards have each field, and how much of the money those awards hold."""
    rows = []
    for name in COVERAGE_FIELDS:
        having = [one for one in awards if _has(one, name)]
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
