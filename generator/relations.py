"""What awards point at, as whole columns of numbers: which row of which other resource.

Rows are told by their number, from 0, in the order of their file. An id that several rows have,
as in a package that is still broken, means the first of them.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator import model
from generator.csv_columns import joined
from generator.frames import Frame, Mask
from generator.grouping import Array, Groups, grouped, up_to
from generator.missing import LABELS

RecordT = TypeVar("RecordT", bound=model.Record)

_PENCE = pa.decimal128(21, 2)
ATTRIBUTIONS = ("sole", "shared", "partial", "unnamed", "none")
"""How surely the recipients of an award's money are known.

sole: one named recipient and nobody unnamed; shared: several, all named; partial: some named,
some not; unnamed: only "multiple organisations"; none: nobody printed at all.
"""


class FrameOf(Protocol):
    """Gives the records of a kind, to be looked at by whole columns."""

    def __call__(self, kind: type[RecordT]) -> Frame[RecordT]:
        """The records of the kind."""
        ...


class Pairs(Struct, frozen=True):
    """Awards and what each is linked to: two numbers of rows, and the row that links them."""

    awards: Array
    others: Array
    links: Array
    count: int
    """How many rows the others are of."""

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.awards.to_pylist(), self.others.to_pylist(), strict=True)

    def among(self, meant: Mask) -> "Pairs":
        """Those with others of which the row is meant."""
        return self.at(pc.indices_nonzero(meant.take(self.others)))

    def at(self, places: Array) -> "Pairs":
        """Some of them, by their place from 0."""
        awards, others = self.awards.take(places), self.others.take(places)
        return Pairs(awards, others, self.links.take(places), self.count)


def _keyed(frame: Frame[Any], names: tuple[str, ...]) -> Array:
    """What tells the rows of a resource: its one column, or several together."""
    texts = [frame.texts(name).cast(pa.string()) for name in names]
    return texts[0] if not texts[1:] else pc.binary_join_element_wise(*texts, "\x1f")


def _rows_of(links: Array, known: Array) -> Array:
    """For each row of a column of links the first row that has what it says; null for none."""
    distinct = links.dictionary_encode() if not pa.types.is_dictionary(links.type) else links
    said = pc.if_else(pc.is_in(distinct.dictionary, pa.array(LABELS)), None, distinct.dictionary)
    found = pc.index_in(said, value_set=known, skip_nulls=True)
    return found.take(distinct.indices)


class Relations:
    """The relations of a ledger's awards, each made when first asked for."""

    def __init__(self, frame: FrameOf) -> None:
        self._frame = frame
        self._made: dict[object, Any] = {}

    @property
    def size(self) -> int:
        """How many awards there are."""
        return self._frame(model.Award).size

    def _once(self, key: object, make: Callable[[], Any]) -> Any:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def row_of(self, kind: type[model.Record], name: str, of: type[model.Record]) -> Array:
        """For each row of a kind of record the row of another that a column names, or null."""

        def make() -> Array:
            return _rows_of(self._frame(kind).texts(name), self.ids(of))

        return self._once((kind, name), make)

    def ids(self, kind: type[model.Record]) -> Array:
        """The id of each row of a resource, as text."""
        return self._once(kind, lambda: _keyed(self._frame(kind), ("id",)))

    def row(self, kind: type[model.Record], id: str) -> int | None:
        """The row of an id, from 0; None where there is none."""
        found: int = pc.index(self.ids(kind), pa.scalar(id, pa.string())).as_py()
        return None if found < 0 else found

    def links(self, kind: type[model.Record]) -> Groups:
        """The rows of a resource that say something of an award, by the award's row."""

        def make() -> Groups:
            return Groups(self.row_of(kind, "award", model.Award), self.size)

        groups: Groups = self._once(("links", kind), make)
        return groups

    def _pairs(self, kind: type[model.Record], others: Array, count: int) -> Pairs:
        awards = self.row_of(kind, "award", model.Award)
        meant = pc.and_(pc.is_valid(awards), pc.is_valid(others))
        rows = pc.indices_nonzero(meant)
        rows = rows.take(pc.sort_indices(awards.take(rows)))
        return Pairs(awards.take(rows), others.take(rows), rows, count)

    @cached_property
    def recipients(self) -> Pairs:
        """Who each award names, each once, in printed order; routes are not recipients."""
        links = self._frame(model.AwardRecipient)
        named = self.row_of(model.AwardRecipient, "recipient", model.Recipient)
        named = pc.if_else(links.among("role", ["route"]), None, named)
        return _each_once(
            self._pairs(model.AwardRecipient, named, self._frame(model.Recipient).size)
        )

    @cached_property
    def areas(self) -> Pairs:
        """The areas that each award is for."""
        areas = self.row_of(model.AwardArea, "area", model.Area)
        return self._pairs(model.AwardArea, areas, self._frame(model.Area).size)

    @cached_property
    def sources(self) -> Pairs:
        """The income that each award is paid from."""
        sources = self.row_of(model.AwardSource, "funding_source", model.FundingSource)
        return self._pairs(model.AwardSource, sources, self._frame(model.FundingSource).size)

    @cached_property
    def terms(self) -> Pairs:
        """The terms of all vocabularies that each award is linked to."""
        links, terms = self._frame(model.AwardTerm), self._frame(model.Term)
        said = pc.if_else(links.absent("term"), None, _keyed(links, ("scheme", "term")))
        found = _rows_of(said, _keyed(terms, ("scheme", "id")))
        return self._pairs(model.AwardTerm, found, terms.size)

    def terms_of(self, scheme: str) -> Pairs:
        """The terms of one vocabulary that each award is linked to."""
        return self.terms.among(self._frame(model.Term).among("scheme", [scheme]))

    def having(self, pairs: Pairs) -> Mask:
        """Which awards are linked to any."""
        return pc.is_in(up_to(self.size), value_set=pairs.awards.cast(pa.int64()))

    @cached_property
    def named(self) -> Groups:
        """The rows of the recipients that each award names."""
        return self.by_award(self.recipients)

    def by_award(self, pairs: Pairs) -> Groups:
        """The rows of what each award is linked to."""
        return Groups(pairs.awards, self.size, pairs.others)

    def counts(self, pairs: Pairs) -> Array:
        """How many each award is linked to."""
        return Groups(pairs.awards, self.size).sizes

    @cached_property
    def attribution(self) -> Array:
        """The attribution of each award, as a place in ATTRIBUTIONS."""
        links = self._frame(model.AwardRecipient)
        recipient, named = links.texts("recipient"), links.among("naming", ["named"])
        who = pc.if_else(links.absent("recipient"), -1, recipient.indices)
        said = pa.table(
            {
                "award": self.row_of(model.AwardRecipient, "award", model.Award),
                "who": pc.if_else(named, who, None),
                "other": pc.invert(named),
                "unnamed": links.among("naming", ["unnamed"]),
            }
        ).filter(pc.invert(links.among("role", ["route"])))
        wanted = [("who", "count_distinct"), ("other", "any"), ("unnamed", "any")]
        found = grouped(said, ["award"], wanted)
        row = pc.index_in(up_to(self.size), value_set=found["award"].cast(pa.int64()))
        names = found["who_count_distinct"].take(row).fill_null(0)
        other = found["other_any"].take(row).fill_null(False)
        unnamed = found["unnamed_any"].take(row).fill_null(False)
        whole = pc.if_else(pc.equal(names, 1), 0, 1)
        nobody = pc.if_else(unnamed, 3, 4)
        code = pc.if_else(pc.greater(names, 0), pc.if_else(other, 2, whole), nobody)
        return joined(code)

    @property
    def attribution_words(self) -> Array:
        """The attribution of each award, in a word."""
        return pa.array(ATTRIBUTIONS).take(self.attribution).dictionary_encode()

    def attributed(self, *names: str) -> Mask:
        """Which awards have one of some attributions."""
        wanted = [ATTRIBUTIONS.index(name) for name in names]
        return self._once(
            ("attributed", names),
            lambda: pc.is_in(self.attribution, pa.array(wanted, self.attribution.type)),
        )

    @cached_property
    def amounts(self) -> Array:
        """The amount of each award; zero where a package that is still broken has none.

        With two decimals, unless one says more: so nobody need round them to be shown.
        """
        amounts = self._frame(model.Award).column("amount", Decimal).fill_null(Decimal(0))
        with suppress(pa.ArrowInvalid):
            return amounts.cast(_PENCE)
        return amounts


def _each_once(pairs: Pairs) -> Pairs:
    """Pairs without those that say again what one before says."""
    place = up_to(len(pairs.awards))
    table = pa.table({"award": pairs.awards, "other": pairs.others, "place": place})
    first = grouped(table, ["award", "other"], [("place", "min")])
    return pairs.at(joined(first["place_min"]).sort())
