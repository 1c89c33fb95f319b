"""How the comparison of two publications is printed: as text, Markdown or JSON."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from msgspec import to_builtins
from msgspec.structs import asdict, replace

from generator.effects import Effect
from generator.money import plain, shown
from generator.personal import masked_key, masked_name
from generator.revisions import Changes, FieldChange, ResourceChanges, RowChange
from generator.revisions_faults import faults
from generator.safety import markdown_cell, one_line, terminal_json

SHOWN = 200
"""Rows of one kind shown in full; the rest are counted. JSON has them all."""
_KINDS = ("added", "corrected", "withdrawn", "vanished")


def _why(one: FieldChange | RowChange) -> str:
    return f" ({one.revision}: {one.reason})" if one.revision else ""


def _field(one: FieldChange) -> str:
    said = _why(one) or " (nothing says why)"
    return f"{one.field}: {one.old or 'blank'} → {one.new or 'blank'}{said}"


def _rows(one: ResourceChanges) -> Iterator[tuple[str, tuple[RowChange, ...]]]:
    for kind in _KINDS:
        if rows := getattr(one, kind):
            yield kind, rows


def _money(amount: Decimal | None, currency: str) -> str:
    return "none" if amount is None else shown(amount, currency)


def _effect(one: Effect, currency: str) -> tuple[str, str, str, str]:
    what = one.title if one.scope == "all awards" else f"{one.scope} {one.title}"
    if one.measure != "total":
        what += f", {one.measure}"
    sign = "+" if one.difference > 0 else ""
    old, new = (_money(amount, currency) for amount in (one.old, one.new))
    return what, old, new, sign + shown(one.difference, currency)


Hide = Callable[[str], str]
"""What masks whatever a package holds of personal data, wherever a text repeats it."""


def _safe_field(one: FieldChange, hide: Hide) -> FieldChange:
    old, new = masked_name(hide(one.old)), masked_name(hide(one.new))
    return replace(one, old=old, new=new, reason=_safe(one.reason, hide))


def _safe(text: str | None, hide: Hide) -> str | None:
    return None if text is None else masked_name(hide(text))


def _safe_row(one: RowChange, hide: Hide) -> RowChange:
    return replace(
        one,
        row=masked_key(hide(one.row)),
        title=masked_name(hide(one.title)),
        fields=tuple(_safe_field(field, hide) for field in one.fields),
        reason=_safe(one.reason, hide),
    )


def masked_changes(changes: Changes, hide: Hide = str) -> Changes:
    """The comparison with no personal data in it: what may be shown to anybody.

    A text alone tells most of it. What only its place tells, such as a street given as the place
    that benefits, is for `hide`.
    """

    def safe(rows: tuple[RowChange, ...]) -> tuple[RowChange, ...]:
        return tuple(_safe_row(one, hide) for one in rows)

    resources = tuple(
        replace(
            one,
            added=safe(one.added),
            corrected=safe(one.corrected),
            withdrawn=safe(one.withdrawn),
            vanished=safe(one.vanished),
        )
        for one in changes.resources
    )
    totals = tuple(
        replace(one, id=masked_key(hide(one.id)), title=masked_name(hide(one.title)))
        for one in changes.totals
    )
    described = tuple(_safe_field(one, hide) for one in changes.described)
    return replace(changes, described=described, resources=resources, totals=totals)


def verdict(changes: Changes) -> str:
    """The comparison in one sentence."""
    if changes.none:
        return "Nothing changed."
    counts = [
        f"{sum(len(getattr(one, kind)) for one in changes.resources)} {kind}" for kind in _KINDS
    ]
    wrong = len(faults(changes))
    said = f"{wrong} to mend" if wrong else "every change to a published row is on record"
    return f"Rows: {', '.join(counts)}; {said}."


def as_text(changes: Changes) -> str:
    """For a terminal."""
    changes = masked_changes(changes)
    lines = [f"{one.field}: {one.old} → {one.new}" for one in changes.described]
    for one in changes.resources:
        lines += ["", one.resource]
        if one.columns_added:
            lines.append(f"  new columns: {', '.join(one.columns_added)}")
        for kind, rows in _rows(one):
            lines += (f"  {kind}: {line}" for row in rows[:SHOWN] for line in _row_lines(row))
            if len(rows) > SHOWN:
                lines.append(f"  {kind}: and {len(rows) - SHOWN:,} more")
    if changes.totals:
        lines += ["", "totals"]
        for effect in changes.totals:
            what, old, new, difference = _effect(effect, changes.currency)
            lines.append(f"  {what}: {old} → {new} ({difference})")
    wrong = faults(changes)
    for fault in wrong[:SHOWN]:
        lines += ["", f"MEND {fault.message}", f"  How: {fault.mend}"]
    if len(wrong) > SHOWN:
        lines += ["", f"and {len(wrong) - SHOWN:,} more to mend"]
    return "\n".join([*map(one_line, lines), "", verdict(changes)]).lstrip("\n") + "\n"


def _row_lines(row: RowChange) -> Iterator[str]:
    yield f"{row.row}{f' ({row.title})' if row.title else ''}{_why(row)}"
    for field in row.fields:
        yield f"    {_field(field)}"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += (f"| {' | '.join(map(markdown_cell, row))} |" for row in rows[:SHOWN])
    more = [f"and {len(rows) - SHOWN:,} more", ""] if len(rows) > SHOWN else []
    return [*lines, "", *more]


def as_markdown(changes: Changes) -> str:
    """For a pull request's comment, a job's summary or a release's notes."""
    changes = masked_changes(changes)
    lines = [f"**{verdict(changes)}**", ""]
    rows: list[tuple[str, ...]] = [(one.message, one.mend) for one in faults(changes)]
    if rows:
        lines += ["## To mend", "", *_table(("What", "How"), rows)]
    if changes.described:
        rows = [(one.field, one.old, one.new) for one in changes.described]
        lines += ["## The description", "", *_table(("What", "Before", "Now"), rows)]
    for one in changes.resources:
        rows = []
        for kind, changed in _rows(one):
            for row in changed:
                what = "; ".join(map(_field, row.fields)) or (row.reason or "")
                rows.append((kind, row.row, row.title, what))
        lines += [f"## {one.resource}", ""]
        if one.columns_added:
            lines += [f"New columns: {markdown_cell(', '.join(one.columns_added))}.", ""]
        lines += _table(("", "Row", "Title", "What and why"), rows) if rows else []
    if changes.totals:
        rows = [_effect(one, changes.currency) for one in changes.totals]
        lines += ["## Totals", "", *_table(("Total", "Before", "Now", "Difference"), rows)]
    return "\n".join(lines).rstrip("\n") + "\n"


def as_json(changes: Changes) -> str:
    """For machines: everything, none cut; amounts are texts, so that no digit is lost."""
    changes = masked_changes(changes)
    totals = [
        {
            **asdict(one),
            "old": None if one.old is None else plain(one.old),
            "new": None if one.new is None else plain(one.new),
            "difference": plain(one.difference),
        }
        for one in changes.totals
    ]
    found = {
        **to_builtins(changes),
        "totals": totals,
        "faults": to_builtins(list(faults(changes))),
        "summary": verdict(changes),
    }
    return terminal_json(found) + "\n"


RENDERERS: dict[str, Callable[[Changes], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
