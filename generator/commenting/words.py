"""What readers will see of a package's change, in words for people who don't program."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from generator.commenting.difference import Difference, PageChanges
from generator.commenting.marks import SENTENCES, counted, section, told
from generator.findings import Finding
from generator.ledger import Ledger
from generator.money import shown
from generator.pages.quality import FIELD_WORDS
from generator.pages.words import amount_text
from generator.revisions import AWARDS, REVISIONS, Changes, FieldChange, ResourceChanges, RowChange
from generator.safety import markdown_cell
from generator.summaries.awards import SEPARATOR
from generator.summaries.base import amount, cell

PAGES = 30
"""Addresses of pages that are shown; the rest are counted."""
_SCOPES = {"all awards": "", "fund": "Fund: ", "programme": "Programme: ", "recipient": ""}
_MEASURES = {"total": "", "at least": ", at least", "named in": ", named in awards worth"}
_DESCRIBED = {"created": "made on", "name": "name in addresses"}
_LENGTHS = {"created": len("2031-04-05")}
"""Of a moment only the day is told."""


def changed(found: Difference) -> Iterator[str]:
    """The part of the comment about one package that may be published."""
    if found.changes is None or found.after is None:
        return
    yield from _Rows(found, found.after, found.changes).lines()
    yield from _gaps(found)
    yield from _pages(found.pages)


class _Rows:
    """The words for what changes in the rows of a package, and in the totals."""

    def __init__(self, found: Difference, after: Ledger, changes: Changes) -> None:
        self._hide, self._after, self._changes = found.hide, after, changes

    def lines(self) -> Iterator[str]:
        """Awards first, then the other tables, then what follows from both."""
        for one in self._changes.resources:
            if one.resource == AWARDS:
                yield from self._awards(one)
        others = [one for one in self._changes.resources if one.resource not in (AWARDS, REVISIONS)]
        for one in others:
            yield from self._other(one)
        if gains := tuple(chain.from_iterable(map(self._gains, others))):
            yield f"Also added: {'; '.join(gains)}."
            yield ""
        yield from self._described()
        yield from self._effects()

    def _told(self, text: str) -> str:
        return told(self._hide(text))

    def _title(self, row: RowChange) -> str:
        id = self._told(row.row)
        return f"{self._told(row.title)} ({id})" if row.title else id

    def _field(self, change: FieldChange) -> str:
        field, currency = change.field, self._changes.currency
        old, new = (
            self._told(str(amount_text(currency, text, field))) or "(blank)"
            for text in (change.old, change.new)
        )
        return f"{self._told(field.replace('_', ' '))}: {old} → {new}"

    def _corrected(self, rows: Sequence[RowChange]) -> Iterator[tuple[str, str, str]]:
        for row in rows:
            what = "<br>".join(map(self._field, row.fields))
            reasons = dict.fromkeys(one.reason or "" for one in row.fields)
            yield self._title(row), what, "<br>".join(filter(None, map(self._told, reasons)))

    def _awards(self, one: ResourceChanges) -> Iterator[str]:
        yield from section(
            f"{counted(len(one.added), 'award')} added",
            ("Award", "To", "Amount", "Fund"),
            map(self._added, one.added),
        )
        yield from section(
            f"{counted(len(one.corrected), 'award')} corrected",
            ("Award", "What changes", "Why"),
            self._corrected(one.corrected),
        )
        yield from section(
            f"{counted(len(one.withdrawn), 'award')} withdrawn",
            ("Award", "Why"),
            map(self._withdrawn, one.withdrawn),
        )

    def _added(self, row: RowChange) -> tuple[str, str, str, str]:
        one = self._after.award(row.row)
        if one is None:
            raise ValueError(f"{row.row} was added, and is not there")
        names = SEPARATOR.join(cell(each.name) for each in one.recipients)
        fund = cell(one.fund.title if one.fund else one.award.fund)
        money = shown(amount(one), self._changes.currency)
        return self._title(row), self._told(names or "nobody named"), money, self._told(fund)

    def _withdrawn(self, row: RowChange) -> tuple[str, str]:
        reasons = [one.reason for one in row.fields if one.field == "status" and one.reason]
        return self._title(row), self._told(" ".join(reasons))

    def _name(self, one: ResourceChanges) -> str:
        published = self._after.package.tables.get(one.resource)
        return self._told(published.title if published else one.resource)

    def _other(self, one: ResourceChanges) -> Iterator[str]:
        """Corrected and removed rows of another table, each with its reason."""
        yield from section(
            f"{self._name(one)}: {counted(len(one.corrected), 'row')} corrected",
            ("Row", "What changes", "Why"),
            self._corrected(one.corrected),
        )
        yield from section(
            f"{self._name(one)}: {counted(len(one.vanished), 'row')} taken out",
            ("Row", "Why"),
            ((self._title(row), self._told(row.reason or "")) for row in one.vanished),
        )

    def _gains(self, one: ResourceChanges) -> Iterator[str]:
        """How many rows another table gains: mostly what belongs to the awards above."""
        if one.added:
            yield f"{self._name(one)}: {counted(len(one.added), 'row')}"
        if one.columns_added:
            yield f"{self._name(one)}: new columns {self._told(', '.join(one.columns_added))}"

    def _described(self) -> Iterator[str]:
        rows = (
            (
                _DESCRIBED.get(one.field, one.field).capitalize(),
                self._told(one.old[: _LENGTHS.get(one.field)]),
                self._told(one.new[: _LENGTHS.get(one.field)]),
            )
            for one in self._changes.described
        )
        yield from section("What the publication says of itself", ("", "Before", "Now"), rows)

    def _effects(self) -> Iterator[str]:
        def money(value: Decimal | None) -> str:
            return "–" if value is None else shown(value, self._changes.currency)

        rows = (
            (
                f"{_SCOPES[one.scope]}{self._told(one.title)}{_MEASURES[one.measure]}",
                money(one.old),
                money(one.new),
                ("+" if one.difference > 0 else "") + money(one.difference),
            )
            for one in self._changes.totals
        )
        yield from section("Figures that change", ("Total", "Before", "Now", "Difference"), rows)


def _gaps(found: Difference) -> Iterator[str]:
    rows = (
        (
            FIELD_WORDS[one.field] + (" (a duty asks for it)" if one.duty else ""),
            counted(one.old, "award"),
            counted(one.new, "award"),
        )
        for one in found.lacking
    )
    yield from section("Not published", ("What is missing", "Before, for", "Now, for"), rows)
    for words, findings in (
        ("new; please look at", found.opened),
        ("mended by this change", found.closed),
    ):
        count = counted(len(findings), "warning or gap", "warnings and gaps")
        yield from section(f"{count} {words}", ("Where", "What"), map(_finding, findings))


def _finding(one: Finding) -> tuple[str, str]:
    value = f" Value: “{told(one.value)}”." if one.value else ""
    return markdown_cell(one.place), told(one.message, SENTENCES) + value


def _pages(pages: PageChanges | None) -> Iterator[str]:
    if pages is None:
        yield (
            "The pages could not be compared: to this version of the program, what is published "
            "now has errors."
        )
        yield ""
        return
    parts = (("new", pages.added), ("gone", pages.removed), ("changed", pages.changed))
    counts = [f"{len(paths):,} {what}" for what, paths in parts if paths]
    if not counts:
        return
    yield f"**Pages: {', '.join(counts)}**"
    yield ""
    every = tuple(chain.from_iterable(((what, path) for path in paths) for what, paths in parts))
    yield from (f"- {what}: {markdown_cell(path)}" for what, path in every[:PAGES])
    if len(every) > PAGES:
        yield f"- … and {len(every) - PAGES:,} more"
    yield ""
