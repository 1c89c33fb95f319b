"""Lists of awards: what each says of an award, made for many at once, by whole columns."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import pyarrow as pa
from msgspec import Struct

from generator import model
from generator.figures import Figure
from generator.grouping import split
from generator.latest import Latest
from generator.ledger import Ledger
from generator.pages.words import year_text
from generator.relations import ATTRIBUTIONS
from generator.selectors import where
from generator.tables import PublishedTable


class Named(NamedTuple):
    """A recipient that an award names."""

    id: str
    name: str


class Line(NamedTuple):
    """One award in a list, in plain words."""

    row: int
    """The award's row, from 0."""
    id: str
    title: str
    who: tuple[Named, ...]
    """Each named recipient once, in printed order; routes are not recipients."""
    attribution: str
    """How surely they are known: see `relations.py`."""
    year: str
    theme: str
    """Empty where the award has none."""
    amount: Decimal


class Lines:
    """Makes the lines of a ledger's awards, some at a time."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._latest = Latest(self._made)

    def of(self, rows: Sequence[int]) -> list[Line]:
        """The lines of some awards, told by their rows, in the order given."""
        return self._latest.of(rows)

    def _made(self, rows: Sequence[int]) -> list[Line]:
        ledger, at = self._ledger, pa.array(rows, pa.int64())
        frame, relations = ledger.frame(model.Award), ledger.relations
        who, sizes = relations.named.some(rows)
        known = who.to_pylist()
        named = self.named(list(dict.fromkeys(known)))
        themes = {one.id: str(one.title) for one in reversed(ledger.themes)}
        return list(
            map(
                Line,
                rows,
                frame.some("id", at),
                map(str, frame.some("title", at)),
                map(tuple, split([named[one] for one in known], sizes)),
                map(ATTRIBUTIONS.__getitem__, relations.attribution.take(at).to_pylist()),
                map(year_text, frame.some("financial_year", at)),
                (themes.get(theme, "") for theme in frame.some("theme", at)),
                relations.amounts.take(at).to_pylist(),
            )
        )

    def named(self, rows: Sequence[int]) -> Mapping[int, Named]:
        """The recipients of some rows."""
        frame, at = self._ledger.frame(model.Recipient), pa.array(rows, pa.int64())
        names = map(str, frame.some("name", at))
        return dict(zip(rows, map(Named, frame.some("id", at), names), strict=True))


class Group(Struct, frozen=True):
    """Lines under a heading of their own, or under none."""

    words: str | None
    lines: tuple[Line, ...]


class Listing(Struct, frozen=True, dict=True):
    """A page's awards: the table that is its CSV, and the lines that are shown."""

    table: PublishedTable
    groups: tuple[Group, ...]
    cut: bool
    """Whether the page shows only the first awards of the table."""
    anchored: bool = False
    """Whether each row has an anchor: it stands for the award's page."""

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of all groups."""
        return chain.from_iterable(group.lines for group in self.groups)

    def amount(self, line: Line) -> Figure:
        """An award's amount, which points at its row in the list's CSV."""
        return self.table.told(line.amount, "sum:amount", where(id=line.id))

    @cached_property
    def total(self) -> Figure:
        """The sum of all the list's awards."""
        return self.table.figure("sum:amount", id="total")

    @cached_property
    def count(self) -> Figure:
        """How many awards the list has."""
        return self.table.figure("count")
