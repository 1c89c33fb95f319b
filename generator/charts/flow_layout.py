"""Where the stops and strands of a flow of money stand: plain sums, no drawing.

Every column shows the same whole. A stop's height, and a strand's, is its share of it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.money import total

WIDTH = 720
STOP = 10
"""How wide a stop is drawn."""
WHOLE = 320
"""How high the whole sum is drawn."""
HAIRLINE = Decimal("0.8")
"""The least height, so that a small amount can be seen at all."""
GAP = 10
LINE = 15


class Strand(Struct, frozen=True):
    """Money that goes the same way: a stop in each column, and which of its links are inferred."""

    stops: tuple[str, ...]
    inferred: tuple[bool, ...]
    """For each link from a column to the next, whether it was inferred."""
    amount: Decimal


class Box(Struct, frozen=True):
    """A stop as drawn, in units of the picture."""

    id: str
    column: int
    top: Decimal
    height: Decimal


class Ribbon(Struct, frozen=True):
    """What goes from a stop to one of the next column; `top` at its left and its right end."""

    column: int
    start: str
    end: str
    inferred: bool
    amount: Decimal
    top: tuple[Decimal, Decimal]
    height: Decimal


class Layout(Struct, frozen=True):
    """A flow as drawn."""

    boxes: tuple[Box, ...]
    ribbons: tuple[Ribbon, ...]
    height: Decimal


def _order(strands: Sequence[Strand], column: int, before: Sequence[str]) -> list[str]:
    """A column's stops: near what leads to them, larger first; what isn't published last."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    moments: dict[str, Decimal] = defaultdict(Decimal)
    for strand in strands:
        id = strand.stops[column]
        amounts[id] += strand.amount
        if column:
            moments[id] += strand.amount * before.index(strand.stops[column - 1])
    return sorted(
        amounts,
        key=lambda id: (id.startswith("("), moments[id] / amounts[id], -amounts[id], id),
    )


def _boxes(
    strands: Sequence[Strand], column: int, order: Sequence[str], lines: Mapping[str, int]
) -> tuple[list[Box], Decimal]:
    """A column's stops from the top, each high enough for its label; and where they end."""
    whole = total(strand.amount for strand in strands)
    boxes, top = [], Decimal(0)
    for id in order:
        amount = total(strand.amount for strand in strands if strand.stops[column] == id)
        height = max(amount * WHOLE / whole, HAIRLINE)
        boxes.append(Box(id, column, top, height))
        top += max(height, Decimal(lines[id] * LINE)) + GAP
    return boxes, top - GAP


def _ribbons(
    strands: Sequence[Strand], column: int, left: Sequence[Box], right: Sequence[Box]
) -> list[Ribbon]:
    """The ribbons between two columns, stacked along each stop in the order of the other side."""
    amounts: dict[tuple[str, str, bool], Decimal] = defaultdict(Decimal)
    for strand in strands:
        start, end = strand.stops[column : column + 2]
        amounts[start, end, strand.inferred[column]] += strand.amount
    whole = total(amounts.values())
    places = {
        side: {box.id: place for place, box in enumerate(boxes)}
        for side, boxes in (("left", left), ("right", right))
    }
    heights = {key: amount * WHOLE / whole for key, amount in amounts.items()}

    def tops(boxes: Sequence[Box], own: int, other: str) -> dict[tuple[str, str, bool], Decimal]:
        found = {}
        next_top = {box.id: box.top for box in boxes}
        for key in sorted(amounts, key=lambda key: (places[other][str(key[1 - own])], key[2])):
            id = str(key[own])
            found[key] = next_top[id]
            next_top[id] += heights[key]
        return found

    starts, ends = tops(left, 0, "right"), tops(right, 1, "left")
    return [
        Ribbon(column, *key, amount, (starts[key], ends[key]), max(heights[key], HAIRLINE))
        for key, amount in sorted(amounts.items())
    ]


def layout(strands: Sequence[Strand], lines: Sequence[Mapping[str, int]]) -> Layout:
    """Place a flow. `lines` says how many lines the label of each stop of a column has.

    A stop's id that begins with "(" stands for what is no single thing, and comes last.
    """
    columns: list[list[Box]] = []
    height = Decimal(0)
    for column, of_stop in enumerate(lines):
        before = [box.id for box in columns[-1]] if columns else []
        boxes, end = _boxes(strands, column, _order(strands, column, before), of_stop)
        columns.append(boxes)
        height = max(height, end)
    ribbons = [
        ribbon
        for column in range(len(lines) - 1)
        for ribbon in _ribbons(strands, column, columns[column], columns[column + 1])
    ]
    return Layout(tuple(box for boxes in columns for box in boxes), tuple(ribbons), height)
