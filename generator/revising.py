"""Changes of what is already published, each with its row in `revisions` that says why.

An entry gives what the cell held and holds. What was taken out because it told of a person is
not told again there: its old value reads "withheld".
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator import ledger, personal, revisions
from generator.canonical import as_list
from generator.draft import Draft, as_package
from generator.errors import UsageProblem
from generator.formatting import plain_cell
from generator.ledger import Ledger
from generator.missing import Missing, is_missing
from generator.revisions import AWARDS, REVISIONS, Changes, row_key
from generator.revisions_faults import ADDRESSED
from generator.slugs import Ids
from generator.tables import Cells

_NONE = Missing.NOT_APPLICABLE.value
WITHDRAWN = "withdrawn"
_NAMES = ("name", "published_name")
"""Columns that say who a recipient is."""


class Change(Struct, frozen=True):
    """One cell of a published row that is to hold something else."""

    resource: str
    row: str
    """The row's id; the parts of a longer key joined by `/`."""
    field: str
    new: str
    reason: str
    day: date


def explained(base: Ledger, head: Draft, reason: str, day: date) -> Draft:
    """The draft with an entry for each change since `base` that nothing explains yet.

    Rows that were added need none. A row with an address that is gone can't be explained: it
    stays a fault until it is put back.
    """
    now = ledger.build(as_package(head, base.package))
    ids = Ids(row.get("id", "") for row in head.rows(REVISIONS))
    entries = [
        {**one, "id": entry_id(ids, one), "reason": reason, "date": day.isoformat()}
        for one in _missing(revisions.compare(base, now), now)
    ]
    if not entries:
        return head
    return head.with_rows(REVISIONS, (*head.rows(REVISIONS), *entries))


def _missing(changes: Changes, now: Ledger) -> Iterator[dict[str, str]]:
    for one in changes.resources:
        for row in (*one.corrected, *one.withdrawn):
            for change in row.fields:
                if change.revision is None:
                    yield correction(one.resource, row.row, change.field, change.old, change.new)
        for row in one.vanished:
            if row.revision is None and one.resource not in (*ADDRESSED, REVISIONS):
                table = now.package.tables.get(one.resource)
                key = as_list(table.schema.get("primaryKey")) if table else ()
                yield removal(one.resource, row.row, key[0] if key else "id")


def correction(resource: str, row: str, field: str, old: str, new: str) -> dict[str, str]:
    """An entry about a cell, without its id, reason and date."""
    withdraws = (resource, field, new) == (AWARDS, "status", WITHDRAWN)
    return {
        "resource": resource,
        "row": row,
        "field": field,
        "kind": "withdrawal" if withdraws else "correction",
        "old": Missing.WITHHELD.value if _tells_of_a_person(field, old) else old,
        "new": new,
    }


def _tells_of_a_person(field: str, text: str) -> bool:
    return bool(personal.hits(text)) or (field in _NAMES and personal.is_person(text))


def removal(resource: str, row: str, field: str) -> dict[str, str]:
    """An entry about a row that went, without its id, reason and date."""
    entry = correction(resource, row, field, row, _NONE)
    return {**entry, "kind": "withdrawal", "old": row}


def entry_id(ids: Ids, entry: Cells) -> str:
    """A new id for an entry, which says what it is about."""
    return ids.new(f"{entry['row']} {entry['field']} changed")


def changed(base: Ledger, head: Draft, change: Change) -> Draft:
    """The draft with one published cell changed, and the entry that says why.

    Raises UsageProblem in plain words when there is no such cell, or nothing would change.
    """
    table = base.package.tables.get(change.resource)
    if table is None:
        raise UsageProblem(
            f"The package has no table {change.resource}.",
            f"name one of its tables: {', '.join(base.package.tables)}.",
        )
    fields = {str(one.get("name")): one for one in table.fields}
    key = revisions.key_columns(table.schema, table.header)
    if change.field not in fields:
        raise UsageProblem(
            f"{table.file} has no column {change.field}.", f"name one of: {', '.join(fields)}."
        )
    if change.field in key:
        raise UsageProblem(
            f"The column {change.field} tells the rows of {table.file} apart, and never changes.",
            "leave the row as it is; withdraw it, and add a new one, if it stands for another.",
        )
    field = fields[change.field]
    new = plain_cell(field, change.new, base.package.currency, None)
    codes = [str(one.get("value")) for one in field.get("categories") or ()]
    if codes and new not in codes and not is_missing(new):
        raise UsageProblem(
            f"“{new}” is none of the values of the column {change.field}.",
            f"write one of: {', '.join(codes)}.",
        )
    rows: list[Cells] = []
    old = None
    for cells in head.rows(change.resource):
        if row_key(key, cells) == change.row:
            old = cells.get(change.field, "")
            rows.append({**cells, change.field: new})
        else:
            rows.append(cells)
    if old is None:
        raise UsageProblem(
            f"{table.file} has no row {change.row}.",
            "write the row’s id as it stands in the file; where several columns tell the rows "
            f"apart ({', '.join(key)}), join their values by /.",
        )
    if revisions.same(str(field.get("type")), old, new):
        raise UsageProblem(
            f"{change.resource}, {change.row}, {change.field} holds “{old}” already.",
            "nothing needs to be done, or name another value.",
        )
    return explained(base, head.with_rows(change.resource, rows), change.reason, change.day)
