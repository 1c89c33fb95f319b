"""An award with everything it points at, and how surely its recipients are known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar, overload

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator import model
from generator.csv_columns import joined
from generator.frames import Mask
from generator.grouping import Array, Groups, grouped, numbers_of, sum_of
from generator.latest import Latest
from generator.relations import ATTRIBUTIONS, FrameOf, Pairs, Relations

RecordT = TypeVar("RecordT", bound=model.Record)
_BLOCK = 1000
"""Awards that are linked at once, when many are looked at one after another."""


class Attribution(Enum):
    """How surely the recipients of an award's money are known: see `relations.py`."""

    SOLE, SHARED, PARTIAL, UNNAMED, NONE = ATTRIBUTIONS


_ATTRIBUTIONS = tuple(map(Attribution, ATTRIBUTIONS))


class NamedIn(Struct, frozen=True):
    """One printed recipient of one service; `recipient` is None when nobody is named."""

    record: model.AwardRecipient
    recipient: model.Recipient | None


class LinkedService(Struct, frozen=True):
    """A service of an award with those printed beside it."""

    record: model.AwardService
    recipients: tuple[NamedIn, ...]


class LinkedAward(Struct, frozen=True):
    """An award with everything it points at."""

    row: int
    """The award's row, from 0."""
    award: model.Award
    programme: model.Programme | None
    fund: model.Fund | None
    theme: model.Theme | None
    services: tuple[LinkedService, ...]
    recipients: tuple[model.Recipient, ...]
    """Each named recipient once, in printed order; routes are not recipients."""
    attribution: Attribution
    areas: tuple[tuple[model.AwardArea, model.Area], ...]
    terms: tuple[tuple[model.AwardTerm, model.Term], ...]
    sources: tuple[tuple[model.AwardSource, model.FundingSource], ...]

    def terms_of(self, scheme: str) -> tuple[object, ...]:
        """The terms of a vocabulary that the award is linked to."""
        return tuple(link.term for link, _ in self.terms if link.scheme == scheme)

    def has_term(self, scheme: str, term: str) -> bool:
        """Whether the award is linked to a term of a vocabulary."""
        return term in self.terms_of(scheme)


def _by_id(records: Iterable[RecordT]) -> Mapping[object, RecordT]:
    index: dict[object, RecordT] = {}
    for one in records:
        index.setdefault(one.id, one)  # type: ignore[attr-defined]
    return index


class Linker:
    """Makes linked awards of a ledger's columns, some at a time."""

    def __init__(self, frame: FrameOf, relations: Relations) -> None:
        self.frame, self.relations = frame, relations
        self._latest = Latest(self._made)

    def linked(self, rows: Sequence[int]) -> list[LinkedAward]:
        """The awards of some rows, in the order given."""
        return self._latest.of(rows)

    @cached_property
    def _headings(self) -> Mapping[type[model.Record], Mapping[object, Any]]:
        kinds = (model.Programme, model.Fund, model.Theme, model.Area, model.FundingSource)
        return {kind: _by_id(self.frame(kind).records) for kind in kinds}

    @cached_property
    def _terms(self) -> Mapping[object, model.Term]:
        return {(term.scheme, term.id): term for term in self.frame(model.Term).records}

    def _said(self, kind: type[RecordT], rows: Sequence[int]) -> Iterator[tuple[RecordT, ...]]:
        """For each of some awards what a resource says of it."""
        links = self.relations.links(kind)
        groups = list(map(links.numbers, rows))
        records = self.frame(kind).take(pa.array(chain.from_iterable(groups), pa.int64()))
        start = 0
        for one in groups:
            yield records[start : start + len(one)]
            start += len(one)

    def _recipients(self, rows: Sequence[int]) -> Mapping[object, model.Recipient]:
        """The recipients that some awards name."""
        links = self.relations.links(model.AwardRecipient)
        printed = pa.array(chain.from_iterable(map(links.numbers, rows)), pa.int64())
        named = self.relations.row_of(model.AwardRecipient, "recipient", model.Recipient)
        found = pc.unique(named.take(printed).drop_null())
        return _by_id(self.frame(model.Recipient).take(found))

    def _made(self, rows: Sequence[int]) -> Iterator[LinkedAward]:
        awards = self.frame(model.Award).take(pa.array(rows, pa.int64()))
        recipients, headings = self._recipients(rows), self._headings
        areas, sources = headings[model.Area], headings[model.FundingSource]
        attribution = self.relations.attribution.take(pa.array(rows, pa.int64())).to_pylist()
        said = (
            self._said(kind, rows)
            for kind in (
                *(model.AwardService, model.AwardRecipient, model.AwardArea),
                *(model.AwardTerm, model.AwardSource),
            )
        )
        for row, award, code, services, names, places, terms, paid in zip(
            rows, awards, attribution, *said, strict=True
        ):
            printed = tuple(NamedIn(one, recipients.get(one.recipient)) for one in names)
            distinct = {
                one.recipient.id: one.recipient
                for one in printed
                if one.recipient is not None and one.record.role != "route"
            }
            yield LinkedAward(
                row=row,
                award=award,
                programme=headings[model.Programme].get(award.programme),
                fund=headings[model.Fund].get(award.fund),
                theme=headings[model.Theme].get(award.theme),
                services=tuple(
                    LinkedService(
                        service,
                        tuple(one for one in printed if one.record.service == service.service),
                    )
                    for service in services
                ),
                recipients=tuple(distinct.values()),
                attribution=_ATTRIBUTIONS[code],
                areas=tuple((one, areas[one.area]) for one in places if one.area in areas),
                terms=tuple(
                    (one, self._terms[one.scheme, one.term])
                    for one in terms
                    if isinstance(one.term, str) and (one.scheme, one.term) in self._terms
                ),
                sources=tuple(
                    (one, sources[one.funding_source])
                    for one in paid
                    if one.funding_source in sources
                ),
            )


class Alike(Struct, frozen=True):
    """Awards that are alike in some way: the first of them, how many, what they come to."""

    first: LinkedAward
    count: int
    amount: Decimal
    """The exact sum of their amounts."""


class Awards(Sequence[LinkedAward]):
    """Some of a ledger's awards, in an order: numbers of rows, linked when they are looked at."""

    def __init__(self, linker: Linker, rows: Array) -> None:
        self._linker = linker
        self.rows = rows
        """The row of each award, from 0."""

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> LinkedAward: ...
    @overload
    def __getitem__(self, place: slice) -> "Awards": ...
    def __getitem__(self, place: int | slice) -> "LinkedAward | Awards":
        if isinstance(place, slice):
            return Awards(self._linker, self.rows[place])
        return self._linker.linked([self.rows[place].as_py()])[0]

    def __iter__(self) -> Iterator[LinkedAward]:
        for start in range(0, len(self), _BLOCK):
            yield from self._linker.linked(self.rows[start : start + _BLOCK].to_pylist())

    def among(self, meant: Mask) -> "Awards":
        """Those whose row is meant, in their order."""
        return Awards(self._linker, self.rows.filter(meant.take(self.rows)))

    def by(self, keys: Array, count: int) -> "list[Awards]":
        """Those of each key; `keys` gives the key, below `count`, of each row of the ledger."""
        groups = Groups(keys.take(self.rows), count, self.rows)
        return [self.with_rows(one) for one in groups]

    def pairs(self, pairs: Pairs) -> Pairs:
        """Those of some pairs that are these awards', in the order of the awards."""
        place = pc.index_in(pairs.awards, value_set=self.rows.cast(pairs.awards.type))
        mine = pc.indices_nonzero(pc.is_valid(place))
        return pairs.at(mine.take(pc.sort_indices(place.take(mine))))

    def by_pair(self, pairs: Pairs) -> Groups:
        """The rows of those that are linked to each of some others, in the order of the awards."""
        mine = self.pairs(pairs)
        return Groups(mine.others, mine.count, mine.awards)

    def largest_first(self) -> "Awards":
        """By amount, largest first; equal amounts by id."""
        ids = self._linker.relations.ids(model.Award).take(self.rows)
        table = pa.table({"amount": self.amounts, "id": ids})
        order = pc.sort_indices(table, [("amount", "descending"), ("id", "ascending")])
        return Awards(self._linker, self.rows.take(order))

    def in_source_order(self) -> "Awards":
        """By year, then as the source has them; what says nothing of its order, by id."""
        frame = self._linker.frame(model.Award)
        table = pa.table(
            {
                "year": frame.mapped("financial_year", str).cast(pa.string()).take(self.rows),
                "order": frame.column("source_order", int).fill_null(0).take(self.rows),
                "id": self._linker.relations.ids(model.Award).take(self.rows),
            }
        )
        order = pc.sort_indices(table, [(name, "ascending") for name in table.column_names])
        return Awards(self._linker, self.rows.take(order))

    @classmethod
    def together(cls, parts: "Sequence[Awards]") -> "Awards":
        """The awards of several parts, one part after another."""
        return parts[0].with_rows(pa.concat_arrays([one.rows for one in parts]))

    def with_rows(self, rows: Array) -> "Awards":
        """Other awards of the same ledger."""
        return Awards(self._linker, rows)

    def alike(self, *keys: Array) -> "tuple[Alike, ...]":
        """Gathered by keys, given for each row of the ledger; in the order of the first of each."""
        names = [str(place) for place in range(len(keys))]
        table = pa.table(
            [*(key.take(self.rows) for key in keys), self.rows, self.amounts],
            names=[*names, "row", "amount"],
        )
        found = grouped(table, names, [("row", "first"), ("row", "count"), ("amount", "sum")])
        firsts = Awards(self._linker, joined(found["row_first"]))
        counts, sums = found["row_count"].to_pylist(), found["amount_sum"].to_pylist()
        return tuple(map(Alike, firsts, counts, sums))

    @property
    def numbers(self) -> memoryview:
        """Their rows as Python numbers."""
        return numbers_of(self.rows)

    @property
    def ids(self) -> list[str]:
        """Their ids."""
        found: list[str] = self._linker.relations.ids(model.Award).take(self.rows).to_pylist()
        return found

    @property
    def total(self) -> Decimal:
        """The exact sum of their amounts."""
        return sum_of(self.amounts)

    @cached_property
    def amounts(self) -> Array:
        """The amount of each, as exact decimals."""
        return self._linker.relations.amounts.take(self.rows)
