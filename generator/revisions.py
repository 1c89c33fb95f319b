"""Two publications of one package compared: what was added, corrected, withdrawn, or is gone.

What is compared is what is published: the rows of the downloads, found again by their primary
keys. A cell counts as changed when it means something else: `5` and `5.00` are one amount.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator import model
from generator.effects import Effect, effects
from generator.ledger import Ledger
from generator.missing import Missing, missing_of
from generator.money import parse_decimal
from generator.summaries.base import cell
from generator.summaries.resources import resource_table

AWARDS, REVISIONS = "awards", "revisions"
_FLAGS = {"yes": "true", "no": "false"}
_DESCRIBED = ("name", "title", "version", "created", "licence", "currency")


class FieldChange(Struct, frozen=True):
    """A cell that means something else now, and the row of `revisions` that says why."""

    field: str
    old: str
    new: str
    revision: str | None = None
    reason: str | None = None
    near_miss: str | None = None
    """A new row of `revisions` that is about this cell but gives other values."""


class RowChange(Struct, frozen=True):
    """A published row and what became of it."""

    row: str
    """The row's primary key; the parts of a longer key are joined by `/`."""
    title: str
    fields: tuple[FieldChange, ...] = ()
    revision: str | None = None
    """The row of `revisions` that says why a row came or went."""
    reason: str | None = None


class ResourceChanges(Struct, frozen=True):
    """What changed in one resource. A vanished id is worse than a withdrawn award."""

    resource: str
    columns_added: tuple[str, ...] = ()
    added: tuple[RowChange, ...] = ()
    corrected: tuple[RowChange, ...] = ()
    withdrawn: tuple[RowChange, ...] = ()
    vanished: tuple[RowChange, ...] = ()


class Changes(Struct, frozen=True):
    """All that differs between two publications."""

    package: str
    currency: str
    described: tuple[FieldChange, ...]
    """What differs in the descriptor."""
    resources: tuple[ResourceChanges, ...]
    totals: tuple[Effect, ...]

    @property
    def none(self) -> bool:
        """Whether the two publish the same."""
        return not (self.described or self.resources or self.totals)


class _Cell(Struct, frozen=True):
    resource: str
    row: str
    field: str
    kind: str
    prose: bool
    old: str
    new: str

    @property
    def withdraws(self) -> bool:
        return (self.resource, self.field, self.new) == (AWARDS, "status", "withdrawn")


def key_columns(schema: Mapping[str, object], header: Sequence[str]) -> tuple[str, ...]:
    """The columns that tell one row from another; all of them when the schema names none."""
    key = schema.get("primaryKey")
    names = tuple(map(str, key)) if isinstance(key, list) else (str(key),)
    return names if set(names) <= set(header) else tuple(header)


def row_key(key: Sequence[str], cells: Mapping[str, str]) -> str:
    """How `revisions` names a row: by its id, or the parts of its key joined by `/`."""
    return "/".join(cells.get(name, "") for name in key)


def same(kind: str, one: str, other: str) -> bool:
    """Whether two cells of a column mean the same."""
    if one == other:
        return True
    if missing_of(one) or missing_of(other):
        return missing_of(one) is missing_of(other)
    if kind in ("number", "integer"):
        first = parse_decimal(one)
        return first is not None and first == parse_decimal(other)
    return kind == "boolean" and _FLAGS.get(one, one) == _FLAGS.get(other, other)


def _change(at: _Cell, news: Sequence[model.Revision]) -> FieldChange:
    """A changed cell with what explains it.

    Some new entry must begin at the old value and some at the new one end: a value may have
    changed twice. An entry about a long text, or a withdrawal, need not quote the values, and
    an old value may be withheld: what told of a person is not told again.
    """
    about = [one for one in news if (one.resource, one.row) == (at.resource, at.row)]
    found = [one for one in about if one.field == at.field]
    if at.withdraws:
        found += [one for one in about if one.kind == "withdrawal" and one not in found]
    free = at.prose or at.withdraws
    ends = [one for one in found if free or same(at.kind, cell(one.new), at.new)]
    if ends and any(
        free or one.old is Missing.WITHHELD or same(at.kind, cell(one.old), at.old) for one in found
    ):
        return FieldChange(at.field, at.old, at.new, ends[-1].id, cell(ends[-1].reason))
    return FieldChange(at.field, at.old, at.new, near_miss=found[-1].id if found else None)


def _whole(
    resource: str, row: str, cells: Mapping[str, str], kind: str, news: Sequence[model.Revision]
) -> RowChange:
    """A row that came or went, with the entry that says why."""
    title = cells.get("title") or cells.get("name") or ""
    for one in news:
        if (one.resource, one.row, one.kind) == (resource, row, kind):
            return RowChange(row, title, (), one.id, cell(one.reason))
    return RowChange(row, title)


def _resource(
    base: Ledger, head: Ledger, name: str, news: Sequence[model.Revision]
) -> ResourceChanges | None:
    tables = [one.package.tables.get(name) for one in (head, base)]
    table = next(one for one in tables if one is not None)
    key = key_columns(table.schema, table.header)
    types = {str(one.get("name")): str(one.get("type")) for one in table.fields}
    prose = {str(one.get("name")) for one in table.fields if one.get("prose") is True}
    before, now = (
        {row_key(key, cells): cells for cells in (published.rows if published else ())}
        for published in (resource_table(base, name), resource_table(head, name))
    )
    known = tables[1].header if tables[1] else ()
    corrected: list[RowChange] = []
    withdrawn: list[RowChange] = []
    for row in (one for one in before if one in now):
        cells = [
            _Cell(
                *(name, row, field, types.get(field, "string"), field in prose),
                old=before[row].get(field, ""),
                new=now[row].get(field, ""),
            )
            for field in known
        ]
        changed = [one for one in cells if not same(one.kind, one.old, one.new)]
        if changed:
            title = now[row].get("title") or now[row].get("name") or ""
            fields = tuple(_change(one, news) for one in changed)
            gone = any(one.withdraws for one in changed)
            (withdrawn if gone else corrected).append(RowChange(row, title, fields))
    found = ResourceChanges(
        name,
        tuple(one for one in table.header if known and one not in known),
        tuple(_whole(name, row, now[row], "addition", news) for row in now if row not in before),
        tuple(corrected),
        tuple(withdrawn),
        tuple(
            _whole(name, row, before[row], "withdrawal", news) for row in before if row not in now
        ),
    )
    return None if found == ResourceChanges(name) else found


def _described(base: Ledger, head: Ledger) -> Iterator[FieldChange]:
    for name in _DESCRIBED:
        old, new = (str(getattr(one.package, name) or "not stated") for one in (base, head))
        if old != new:
            yield FieldChange(name, old, new)


def compare(base: Ledger, head: Ledger) -> Changes:
    """What changed from an older publication to a newer one."""
    known = {one.id for one in base.revisions}
    news = [one for one in head.revisions if one.id not in known]
    names = dict.fromkeys((*head.package.tables, *base.package.tables))
    first = sorted(names, key=lambda name: name != AWARDS)
    found = (_resource(base, head, name, news) for name in first)
    return Changes(
        package=head.package.name,
        currency=head.package.currency,
        described=tuple(_described(base, head)),
        resources=tuple(one for one in found if one is not None),
        totals=tuple(effects(base, head)),
    )
