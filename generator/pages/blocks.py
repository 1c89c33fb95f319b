"""Some awards whose pages are made together: what resources say of them, by whole columns."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

import pyarrow as pa

from generator import model
from generator.grouping import split
from generator.ledger import Ledger
from generator.pages.award_extras import Extras, extras_of
from generator.pages.lines import Line
from generator.pages.site import Site

T = TypeVar("T")


class Said:
    """The rows of a resource that say something of some awards."""

    def __init__(self, ledger: Ledger, kind: type[model.Record], awards: Sequence[int]) -> None:
        self._ledger, self._kind = ledger, kind
        self._rows, self._sizes = ledger.relations.links(kind).some(awards)

    def some(self, name: str) -> list[Any]:
        """What these rows have in a column."""
        return self._ledger.frame(self._kind).some(name, self._rows)

    def linked(self, name: str, of: type[model.Record]) -> list[int | None]:
        """The row of another resource that each of them names in a column."""
        found = self._ledger.relations.row_of(self._kind, name, of)
        rows: list[int | None] = found.take(self._rows).to_pylist()
        return rows

    def by_award(self, things: Sequence[T]) -> Iterator[Sequence[T]]:
        """Things of which there is one for each row, as those of each award."""
        return split(things, self._sizes)


class Block:
    """Some awards, told by their rows."""

    def __init__(self, site: Site, awards: Sequence[int]) -> None:
        self.site = site
        self._awards = awards
        self._rows = pa.array(awards, pa.int64())
        self._frame = site.ledger.frame(model.Award)

    def some(self, name: str) -> list[Any]:
        """What the awards have in a column."""
        return self._frame.some(name, self._rows)

    def zipped(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """What each award has in several columns."""
        return zip(*map(self.some, names), strict=True)

    def said(self, kind: type[model.Record]) -> Said:
        """What a resource says of them."""
        return Said(self.site.ledger, kind, self._awards)

    @cached_property
    def lines(self) -> list[Line]:
        """What lists say of them."""
        return self.site.lines.of(self._awards)

    @cached_property
    def extras(self) -> list[Extras]:
        """What only some of them have."""
        return [extras_of(self.site, one.id, one.row) for one in self.lines]
