"""The flow of money from column to column, as a picture for screens that are wide enough.

Its shapes are boxes and ribbons.
"""

from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from markupsafe import Markup
from msgspec import Struct

from generator.charts.flow_layout import LINE, STOP, WIDTH, Box, Layout, Ribbon, Strand, layout
from generator.charts.svg import length, picture, text_lines, wrapped

HEAD = 26
"""Room for the columns' titles."""
_CHARACTER = Decimal("7.2")
"""How wide a character of a label is, at most and on the average."""


class Stop(Struct, frozen=True):
    """A stop of a column: its label, and how its amount is written."""

    id: str
    label: str
    said: str
    missing: bool = False


class Column(Struct, frozen=True):
    """A column of the picture."""

    title: str
    stops: tuple[Stop, ...]


def _lines(stop: Stop, columns: int) -> list[str]:
    """A stop's label, its amount at the end of the last line or on one of its own."""
    width = int((Decimal(WIDTH) / columns - STOP - 12) / _CHARACTER)
    *lines, last = wrapped(stop.label, width)
    if len(last) + 1 + len(stop.said) <= width:
        return [*lines, f"{last} {stop.said}"]
    return [*lines, last, stop.said]


def _left(column: int, columns: int) -> Decimal:
    return Decimal(WIDTH * column) / columns


def _ribbon(ribbon: Ribbon, columns: int) -> Element:
    """A ribbon from the right edge of a box to the left edge of the next."""
    start, end = _left(ribbon.column, columns) + STOP, _left(ribbon.column + 1, columns)
    bend = length((start + end) / 2)
    left, right = (top + HEAD for top in ribbon.top)
    path = (
        f"M{length(start)},{length(left)}"
        f"C{bend},{length(left)} {bend},{length(right)} {length(end)},{length(right)}"
        f"v{length(ribbon.height)}"
        f"C{bend},{length(right + ribbon.height)} {bend},{length(left + ribbon.height)}"
        f" {length(start)},{length(left + ribbon.height)}Z"
    )
    kind = "ribbon ribbon-inferred" if ribbon.inferred else "ribbon"
    value = f"{ribbon.amount:f}"
    return Element("path", {"class": kind, "d": path, "data-value": value})


def _box(box: Box, stop: Stop, columns: int) -> list[Element]:
    left, top = _left(box.column, columns), box.top + HEAD
    return [
        Element(
            "rect",
            {
                "class": "mark mark-missing" if stop.missing else "mark",
                "x": length(left),
                "y": length(top),
                "width": length(STOP),
                "height": length(box.height),
            },
        ),
        text_lines(
            _lines(stop, columns), "mark-label", length(left + STOP + 6), top + LINE - 4, LINE
        ),
    ]


def _shapes(placed: Layout, columns: Sequence[Column]) -> list[Element]:
    count = len(columns)
    stops = {
        (place, stop.id): stop for place, column in enumerate(columns) for stop in column.stops
    }
    heads = [
        text_lines([column.title], "mark-head", length(_left(place, count)), LINE)
        for place, column in enumerate(columns)
    ]
    ribbons = [_ribbon(ribbon, count) for ribbon in placed.ribbons]
    boxes = [one for box in placed.boxes for one in _box(box, stops[box.column, box.id], count)]
    return [*heads, *ribbons, *boxes]


def draw(
    id: str, title: str, description: str, columns: Sequence[Column], strands: Sequence[Strand]
) -> Markup:
    """A picture of two columns or more. Every amount must be above zero."""
    lines = [{stop.id: len(_lines(stop, len(columns))) for stop in one.stops} for one in columns]
    placed = layout(strands, lines)
    size = {"viewBox": f"0 0 {WIDTH} {length(placed.height + HEAD + 4)}"}
    return picture(id, "flow", title, description, size, _shapes(placed, columns))
