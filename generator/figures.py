"""Figures: exact numbers that say where they come from, from rows or from other figures."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.money import percent
from generator.selectors import Where


class Figure(NamedTuple):
    """An exact number, how it is shown, and what it can be recomputed from.

    `unit` is money, percent, count, or number (shown with the decimals it has). A figure is
    read from the rows of a published table (`rows`, `measure`, `where`) or derived from
    figures on the same page (`op`, `parts`).
    """

    value: Decimal
    unit: str
    places: int = 0
    rows: str | None = None
    measure: str = ""
    where: Where = ()
    of_where: Where | None = None
    of: str | None = None
    """The table that a share is of, when it is not `rows`."""
    op: str | None = None
    parts: tuple[str, ...] = ()
    id: str | None = None
    currency: str | None = None
    """Of money, where a page holds money of several; else the page's own."""


def _ids(parts: Sequence[Figure]) -> tuple[str, ...]:
    ids = tuple(part.id for part in parts if part.id)
    if len(ids) != len(parts):
        raise ValueError("a derived figure needs an id on each figure that it comes from")
    return ids


def derived_sum(parts: Sequence[Figure], *, id: str | None = None) -> Figure:
    """The sum of figures on the same page."""
    value = sum((part.value for part in parts), Decimal(0))
    first = parts[0]
    places = max(part.places for part in parts)
    return Figure(value, first.unit, places, op="sum", parts=_ids(parts), id=id)


def derived_difference(first: Figure, *others: Figure, id: str | None = None) -> Figure:
    """The first figure less the others."""
    parts = (first, *others)
    value = first.value - sum((other.value for other in others), Decimal(0))
    places = max(part.places for part in parts)
    return Figure(value, first.unit, places, op="difference", parts=_ids(parts), id=id)


def derived_percent(
    part: Figure, whole: Figure, *, places: int = 2, id: str | None = None
) -> Figure | None:
    """One figure as a percentage of another, half up; None when the whole is zero."""
    value = percent(part.value, whole.value, places)
    if value is None:
        return None
    return Figure(value, "percent", places, op="percent", parts=_ids((part, whole)), id=id)
