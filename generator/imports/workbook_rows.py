"""What is filled in for a clerk: ids and places of new rows, and the rest of `revisions` rows."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.canonical import as_list
from generator.draft import Draft
from generator.imports.workbook_cells import CellFault
from generator.missing import is_missing
from generator.revising import correction, entry_id, removal
from generator.revisions import row_key, same
from generator.slugs import Ids, unnamed
from generator.tables import Cells

_FILLED_IN = ("kind", "old", "new")


class Numbers:
    """Ids and places for the new rows of one table, none of them given twice."""

    def __init__(self, schema: Mapping[str, Any], rows: list[Cells]) -> None:
        self.schema = schema
        self.rows = rows
        """The rows so far; each new one is added."""
        self.ids = Ids(row.get("id", "") for row in rows)

    def filled(self, resource: str, cells: Cells) -> Cells | CellFault:
        """A new row with its blank id and place filled in."""
        done = dict(cells)
        if "id" in done and is_missing(done["id"]):
            words = self._award(done) if resource == "awards" else _words(done)
            if not words:
                return CellFault(
                    "The new row has no id, and nothing that one could be made from.",
                    "write a short id of small letters, digits and hyphens that no other row has.",
                )
            done["id"] = self.ids.new(words)
        if "source_order" in done and not done["source_order"]:
            done["source_order"] = self._place(done)
        self.rows.append(done)
        return done

    def _award(self, cells: Cells) -> str:
        year = cells.get("financial_year", "")
        if is_missing(year):
            return ""
        form = re.compile(rf"{re.escape(year)}-(\d+)")
        used = [int(found[1]) for row in self.rows if (found := form.fullmatch(row["id"]))]
        return f"{year}-{max(used, default=0) + 1:03}"

    def _place(self, cells: Cells) -> str:
        order = as_list(self.schema.get("sort"))
        group = order[: order.index("source_order")] if "source_order" in order else ()
        beside = [
            int(row["source_order"])
            for row in self.rows
            if row_key(group, row) == row_key(group, cells) and row["source_order"].isdecimal()
        ]
        return str(max(beside, default=0) + 1)


def _words(cells: Cells) -> str:
    found = (cells.get(name, "") for name in ("name", "short_title", "title"))
    return unnamed(next((text for text in found if not is_missing(text)), ""), "recipient")


def _row(rows: Iterable[Cells], schema: Mapping[str, Any], named: str) -> Cells | None:
    key = as_list(schema.get("primaryKey"))
    return next((row for row in rows if row_key(key, row) == named), None)


def completed(
    entry: Cells, before: Draft, now: Draft, schemas: Mapping[str, Any], day: date | None, ids: Ids
) -> Cells | CellFault:
    """A new row of `revisions` with what the tables say filled in: id, kind, old, new, date."""
    resource, row, name = (entry.get(one, "") for one in ("resource", "row", "field"))
    if any(is_missing(entry.get(one, "")) for one in ("resource", "row", "field", "reason")):
        return CellFault(
            "The row doesn't say what was changed, or why.",
            "fill in resource (the sheet's name), row (the id), field (the column) and reason.",
        )
    done = dict(entry)
    if any(not done.get(one) for one in _FILLED_IN):
        facts = _facts(resource, row, name, before, now, schemas.get(resource) or {})
        if isinstance(facts, CellFault):
            return facts
        done |= {one: facts[one] for one in _FILLED_IN if not done.get(one)}
    if not done.get("date"):
        if day is None:
            return CellFault("The row has no date.", "write the day of the change in date.")
        done["date"] = day.isoformat()
    if not done.get("id"):
        done["id"] = entry_id(ids, done)
    return done


def _facts(
    resource: str, row: str, name: str, before: Draft, now: Draft, schema: Mapping[str, Any]
) -> dict[str, str] | CellFault:
    old = _row(before.rows(resource), schema, row)
    new = _row(now.rows(resource), schema, row)
    if old is None and new is None:
        return CellFault(
            f"There is no row {row} in the sheet {resource}.",
            "write the sheet's name and the row's id just as they stand there.",
        )
    if new is None:
        return removal(resource, row, name)
    if old is None:
        return {**correction(resource, row, name, "not applicable", row), "kind": "addition"}
    if name not in new:
        return CellFault(
            f"The sheet {resource} has no column {name}.", "write the column's name as it is there."
        )
    kinds = {str(one.get("name")): str(one.get("type")) for one in schema.get("fields", ())}
    if same(kinds.get(name, "string"), old.get(name, ""), new[name]):
        return CellFault(
            f"The cell {name} of the row {row} holds what it held before.",
            f"change it in the sheet {resource}, or take this row out.",
        )
    return correction(resource, row, name, old.get(name, ""), new[name])
