"""The changes that break the promise that nothing changes silently, and how to mend each."""

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from generator.personal import masked_key, masked_name
from generator.revisions import AWARDS, REVISIONS, Changes, FieldChange, ResourceChanges

ADDRESSED = frozenset(
    (AWARDS, "areas", "contracts", "funds", "programmes", "recipients", "terms", "themes")
)
"""Resources whose rows have an address of their own, which must lead somewhere for ever."""


class Fault(Struct, frozen=True):
    """An id that is gone, or a change of a published row that nothing explains."""

    message: str
    mend: str


def faults(changes: Changes) -> tuple[Fault, ...]:
    """What must be mended before the newer publication may replace the older one."""
    return tuple(chain.from_iterable(map(_faults, changes.resources)))


def _cut(text: str) -> str:
    text = masked_name(text)
    return text if len(text) <= 60 else text[:59] + "…"


def _faults(one: ResourceChanges) -> Iterator[Fault]:
    name = one.resource
    for gone in one.vanished:
        key = masked_key(gone.row)
        place = f"{name}, {key}"
        entry = f"resource {name}, row {key}, kind withdrawal"
        if name == AWARDS:
            yield Fault(
                f"{place}: the award is gone, and its address leads nowhere.",
                "put the row back. If the award no longer stands, write withdrawn as its status "
                f"and add a row to revisions.csv: {entry}, with the reason and the date.",
            )
        elif name == REVISIONS:
            yield Fault(
                f"{place}: this entry is gone from the record of changes.",
                "put the row back; the record only grows.",
            )
        elif name in ADDRESSED:
            yield Fault(
                f"{place}: the row is gone, and its address leads nowhere.", "put the row back."
            )
        elif gone.revision is None:
            yield Fault(
                f"{place}: the row is gone, and no new row of revisions.csv says why.",
                f"put the row back, or add a row to revisions.csv: {entry}, with the reason and "
                "the date.",
            )
    for row in (*one.corrected, *one.withdrawn):
        for change in row.fields:
            if change.revision is None:
                yield _unexplained(name, masked_key(row.row), change)


def _unexplained(resource: str, row: str, change: FieldChange) -> Fault:
    what = (
        f"{resource}, {row}, {change.field}: “{_cut(change.old)}” became “{_cut(change.new)}”, and "
    )
    if change.near_miss:
        return Fault(
            f"{what}the row {change.near_miss} of revisions.csv gives other values.",
            "write in that row, as old and new, exactly what the cell held and holds.",
        )
    kind = "withdrawal" if change.new == "withdrawn" else "correction"
    return Fault(
        f"{what}no new row of revisions.csv says why.",
        f"put the old value back, or add a row to revisions.csv: resource {resource}, row {row}, "
        f"field {change.field}, kind {kind}, old {_cut(change.old) or '(blank)'}, new "
        f"{_cut(change.new) or '(blank)'}, with the reason and the date.",
    )
