"""A file read again into its package: what it says replaces, what people wrote besides stays.

Rows are found again by their ids. A row that the file no longer has is kept. Ids, and the
place of an award in the first file that named it, don't change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator import schemas
from generator.canonical import as_list
from generator.descriptor import objects
from generator.draft import Draft
from generator.missing import is_missing
from generator.revisions import row_key, same
from generator.slugs import Ids
from generator.tables import Cells

_FIRST_ONLY: Mapping[str, tuple[str, ...]] = {
    "awards": ("source_id", "source_order", "source_ref"),
    "funds": ("source_order", "short_title", "also_called"),
    "themes": ("source_order",),
    "terms": ("source_order",),
    "areas": ("kind", "title"),
    "recipients": ("kind",),
    "documents": ("kind",),
}
"""Columns that an import fills where nothing stands, and leaves to people afterwards."""
_FINAL = (("status", "withdrawn"), ("kind", "publisher"))
"""Cells that no file undoes."""


def _updated(resource: str, schema: Mapping[str, Any], old: Cells, new: Cells) -> Cells:
    """An existing row with what the file gives put in; a label for "no value" gives nothing."""
    kinds = {str(one["name"]): str(one["type"]) for one in objects(schema.get("fields"))}
    given = {}
    for column, cell in new.items():
        before = old.get(column, "")
        first = column in _FIRST_ONLY.get(resource, ()) and not is_missing(before)
        final = (column, before) in _FINAL or (column == "source_id" and _is_ours(new))
        if not (is_missing(cell) or first or final or same(kinds.get(column, ""), before, cell)):
            given[column] = cell
    if resource == "awards" and given:
        given["source_ref"] = new["source_ref"]
    return {**old, **given}


def _is_ours(row: Cells) -> bool:
    """Whether an identifier is the one that our own export makes from the award's id."""
    source = row["source_id"]
    return source.startswith("360G-") and source.endswith(f"-{row['id']}")


def _rows(resource: str, old: Sequence[Cells], new: Sequence[Cells]) -> tuple[Cells, ...]:
    """The old rows, updated in place, then the new ones with a place after the last."""
    schema = schemas.load(resource) or {}
    key = as_list(schema.get("primaryKey"))
    coming = {row_key(key, row): row for row in new}
    there = {row_key(key, row) for row in old}
    kept = [
        _updated(resource, schema, row, coming[name])
        if (name := row_key(key, row)) in coming
        else row
        for row in old
    ]
    added = [row for name, row in coming.items() if name not in there]
    if added and "source_order" in added[0]:
        orders = [int(row["source_order"]) for row in old if row.get("source_order", "").isdigit()]
        start = max(orders, default=0)
        added = [{**row, "source_order": str(start + at)} for at, row in enumerate(added, 1)]
    return (*kept, *added)


def _by_award(rows: Iterable[Cells]) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for row in rows:
        found.setdefault(row.get("award", ""), []).append(row)
    return found


def _services(old: Sequence[Cells], new: Sequence[Cells]) -> Sequence[Cells]:
    """One service carries the award's title, as we write it; several are people's own."""
    return new if len(old) <= 1 else old


def _recipients(old: Sequence[Cells], new: Sequence[Cells]) -> Sequence[Cells]:
    """The same recipients stay as they stand, save for how the file prints their names."""

    def named(rows: Sequence[Cells]) -> set[str]:
        return {row.get("recipient", "") for row in rows if row.get("naming") == "named"}

    if named(old) != named(new):
        return new if named(new) else old
    printed = {row["recipient"]: row["published_name"] for row in new}
    return [
        {**row, "published_name": printed[row["recipient"]]}
        if row.get("recipient") in printed and row.get("naming") == "named"
        else row
        for row in old
    ] or new


def _links(old: Sequence[Cells], new: Sequence[Cells]) -> Sequence[Cells]:
    """What the file states, beside what people worked out; nothing said leaves all as it was."""
    if not new:
        return old
    column = "area" if "area" in new[0] else "term"
    stated = {row[column]: row for row in new}
    kept = [
        row
        for row in old
        if row.get("basis") != "stated"
        or row.get("scheme") != new[0].get("scheme")
        or row.get(column) in stated
    ]
    there = {row.get(column) for row in kept if row.get("scheme") == new[0].get("scheme")}
    return [*kept, *(row for target, row in stated.items() if target not in there)]


def _values(old: Sequence[Cells], new: Sequence[Cells]) -> Sequence[Cells]:
    """Nobody writes here but the import."""
    return new or old


_OF_AWARDS: Mapping[str, Callable[[Sequence[Cells], Sequence[Cells]], Sequence[Cells]]] = {
    "award_services": _services,
    "award_recipients": _recipients,
    "award_areas": _links,
    "award_terms": _links,
    "source_values": _values,
}
"""Tables whose rows belong to an award, and how an award's rows are updated."""


def _known_documents(old: Sequence[Cells], new: Sequence[Cells]) -> Iterator[Cells]:
    """The file's documents; one whose address the award has already keeps its id."""
    known = {(row.get("award"), row.get("url")): row["id"] for row in old}
    ids = Ids(row["id"] for row in old)
    for row in new:
        id = known.get((row["award"], row["url"]))
        yield {**row, "id": id or ids.new(row["id"])}


def merged(existing: Draft, fresh: Mapping[str, Sequence[Cells]]) -> Draft:
    """The package with the file's rows put in. Tables that no file fills stay untouched."""
    draft = existing
    awards = [row["id"] for row in fresh["awards"]]
    for resource, rows in fresh.items():
        old = existing.rows(resource)
        if resource not in _OF_AWARDS:
            new = tuple(_known_documents(old, rows)) if resource == "documents" else rows
            draft = draft.with_rows(resource, _rows(resource, old, new))
            continue
        there, coming = _by_award(old), _by_award(rows)
        for award in awards:
            there[award] = [*_OF_AWARDS[resource](there.get(award, ()), coming.get(award, ()))]
        draft = draft.with_rows(resource, [row for several in there.values() for row in several])
    return draft
