"""Every published table that is made from the ledger, as pure functions of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator import model, urls
from generator.findings import Finding
from generator.frames import Mask, any_of
from generator.grouping import Groups
from generator.ledger import Awards, Ledger, LinkedAward
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


def _joined(groups: Groups, titles: Any) -> Any:
    """For each award the titles of a group of rows, in one cell."""
    joined = pc.binary_join(groups.lists(titles.cast(pa.string())), SEPARATOR)
    absent = pc.or_(pc.equal(groups.sizes, 0), pc.equal(joined, ""))
    return pc.if_else(absent, Missing.NOT_PUBLISHED.value, joined).dictionary_encode()


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
    frame, relations = ledger.frame(model.Award), ledger.relations
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
    made["attribution"] = relations.attribution_words
    for name, pairs in {
        "named_recipients": relations.recipients,
        "area_count": relations.areas,
    }.items():
        made[name] = relations.counts(pairs).cast(pa.string()).dictionary_encode()
    for name, groups, kind, title in (
        ("recipients", relations.by_award(relations.recipients), model.Recipient, "name"),
        ("services", relations.links(model.AwardService), model.AwardService, "title"),
        ("areas", relations.by_award(relations.areas), model.Area, "title"),
        ("topics", relations.by_award(relations.terms_of("topic")), model.Term, "title"),
    ):
        made[name] = _joined(groups, ledger.frame(kind).mapped(title, cell))
    return Kept({name: made[name] for name in AWARD_COLUMNS})


def amount(one: LinkedAward) -> Decimal:
    """An award's amount (zero only while a broken package is being checked)."""
    return one.award.amount if isinstance(one.award.amount, Decimal) else Decimal(0)


def awards_table(ledger: Ledger, awards: Awards, page: str) -> PublishedTable:
    """The ready-to-use awards table of a page, in the order given: some of the ledger's awards.

    Names stand beside ids; several names in one cell are joined by `; `. One row an award.
    """
    rows = Rows(ledger.once(_award_columns), awards.rows.to_pylist())
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


def _all_numbered(ledger: Ledger) -> Mask:
    """The awards that name recipients, of which each has a number in a public register."""
    relations = ledger.relations
    numbered = ledger.frame(model.Recipient).among("id", sorted(ledger.numbered))
    without = relations.having(relations.recipients.among(pc.invert(numbered)))
    return pc.and_not(relations.having(relations.recipients), without)


def _having(ledger: Ledger) -> dict[str, Mask]:
    frame, relations = ledger.frame(model.Award), ledger.relations
    of_links = {
        "recipients": lambda: relations.having(relations.recipients),
        "all_recipients": lambda: relations.attributed("sole", "shared"),
        "recipient_number": lambda: _all_numbered(ledger),
        "areas": lambda: relations.having(relations.areas),
        "objective": lambda: relations.having(relations.terms_of("objective")),
        "period": lambda: pc.invert(any_of(frame.absent("start_on"), frame.absent("end_on"))),
        "outcomes": lambda: frame.among("id", sorted(ledger.reported)),
    }
    return {
        name: of_links[name]() if name in of_links else pc.invert(frame.absent(name))
        for name in COVERAGE_FIELDS
    }


def having(ledger: Ledger) -> dict[str, Mask]:
    """For each field the awards that have it: a value of their own, or what their links show."""
    return ledger.once(_having)


def coverage_table(ledger: Ledger, awards: Awards) -> PublishedTable:
    """How many awards have each field, and how much of the money those awards hold."""
    rows = []
    for name in COVERAGE_FIELDS:
        with_value = awards.among(having(ledger)[name])
        rows.append(
            {
                "field": name,
                "awards": str(len(awards)),
                "awards_with_value": str(len(with_value)),
                "amount": plain(awards.total),
                "amount_with_value": plain(with_value.total),
            }
        )
    header = ("field", "awards", "awards_with_value", "amount", "amount_with_value")
    units = {"amount": "money", "amount_with_value": "money"}
    return PublishedTable(urls.coverage_csv(), header, tuple(rows), units)


@dataclass(frozen=True)
class Held:
    """What awards say of each recipient's money, by its row: in hundredths, and how many awards."""

    at_least: list[int]
    """What it holds alone."""
    named_in: list[int]
    alone: list[int]
    named: list[int]


def held(ledger: Ledger) -> Held:
    """The two figures of each recipient, over the awards that stand."""
    relations, standing = ledger.relations, ledger.standing
    naming = standing.by_pair(relations.recipients)
    alone = standing.among(relations.attributed("sole")).by_pair(relations.recipients)
    return Held(
        alone.sums(relations.pence).to_pylist(),
        naming.sums(relations.pence).to_pylist(),
        alone.sizes.to_pylist(),
        naming.sizes.to_pylist(),
    )


def _together(sets: Iterable[Sequence[int]]) -> Callable[[int], int | None]:
    """For each number the one that stands for all that share a set with it, or a set of theirs."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = one = parent[parent[one]]
        return one

    for first, *others in sets:
        for other in others:
            parent[root(other)] = root(first)
    return lambda one: root(one) if one in parent else None


def exact_groups(ledger: Ledger, awards: Awards) -> tuple[tuple[Sequence[int], Awards], ...]:
    """Sets of recipients whose named money is exact together although none of it is alone.

    Two recipients belong together when an award names both. A set counts when each of its
    awards is fully named, so that no outsider and nobody unnamed shares them. Recipients are
    told by their row.
    """
    relations = ledger.relations
    pairs = awards.pairs(relations.recipients)
    shared = pc.greater(relations.counts(relations.recipients), 1)
    several = pairs.at(pc.indices_nonzero(shared.take(pairs.awards)))
    of_award: dict[int, list[int]] = {}
    for award, recipient in zip(
        several.awards.to_pylist(), several.others.to_pylist(), strict=True
    ):
        of_award.setdefault(award, []).append(recipient)
    set_of = _together(of_award.values())
    members: dict[int, dict[int, None]] = {}
    held: dict[int, dict[int, None]] = {}
    for award, recipient in zip(pairs.awards.to_pylist(), pairs.others.to_pylist(), strict=True):
        if (key := set_of(recipient)) is not None:
            members.setdefault(key, {})[recipient] = None
            held.setdefault(key, {})[award] = None
    named = relations.attributed("sole", "shared")
    found = ((tuple(members[key]), pa.array(held[key], pa.int64())) for key in members)
    return tuple(
        (recipients, awards.with_rows(rows))
        for recipients, rows in found
        if pc.all(named.take(rows)).as_py()
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
