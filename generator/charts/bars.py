"""Bars from zero, each below its label and with its figure at its end.

Lengths across are percentages of the page's column, so that text keeps its size on a phone and
on a wide screen; those down are pixels. Classes say what each part is.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from markupsafe import Markup
from msgspec import Struct

from generator.charts.svg import length, picture, text_lines, wrapped

LABEL_WIDTH = 42
"""Characters of a label's line: what fits across a phone."""
LINE = 18
BAR = 16
GAP = 14
_NARROWEST = 300
"""Pixels of the narrowest column; a figure at the end of the longest bar must fit into it."""
_CHARACTER = 8
_BESIDE = 14
"""Pixels before and after that figure."""


class Bar(Struct, frozen=True):
    """One bar: its label, its value and how that is written."""

    label: str
    value: Decimal
    said: str
    missing: bool = False
    """Whether it stands for what isn't published."""
    head: str = ""
    """What stands above it, as the heading of this bar and those below."""


class _Row(Struct, frozen=True):
    """A bar with its place down the picture, in pixels."""

    bar: Bar
    label: list[str]
    top: int
    """Where its label begins, below its head."""
    upper: int
    """The bar's own upper edge."""


def _rows(bars: Sequence[Bar]) -> tuple[list[_Row], int]:
    """The bars with their places, and the height of the picture."""
    rows, top = list[_Row](), 0
    for bar in bars:
        label = wrapped(bar.label, LABEL_WIDTH)
        top += (LINE + GAP) if bar.head else 0
        upper = top + len(label) * LINE + 3
        rows.append(_Row(bar, label, top, upper))
        top = upper + BAR + GAP
    return rows, top


def _longest(bars: Sequence[Bar]) -> Decimal:
    """How long the longest bar is, in percent: its figure has room in the narrowest column."""
    pixels = max(len(bar.said) for bar in bars) * _CHARACTER + _BESIDE
    return max(100 - Decimal(pixels * 100) / _NARROWEST, Decimal(100) / 3)


def _shapes(rows: Sequence[_Row]) -> Iterator[Element]:
    """Each kind of mark after another, so that words stand above boxes."""
    bars = [row.bar for row in rows]
    largest, longest = max(bar.value for bar in bars), _longest(bars)
    ends = [length(bar.value * longest / largest if largest else Decimal(0), "%") for bar in bars]
    for row, end in zip(rows, ends, strict=True):
        yield Element(
            "rect",
            {
                "class": "mark mark-missing" if row.bar.missing else "mark",
                "x": "0%",
                "y": length(row.upper),
                "width": end,
                "height": length(BAR),
                "data-value": f"{row.bar.value:f}",
            },
        )
    for row in rows:
        if row.bar.head:
            yield text_lines([row.bar.head], "mark-head", "0%", row.top - GAP, LINE)
    for row in rows:
        yield text_lines(row.label, "mark-label", "0%", row.top + LINE - 4, LINE)
    for row, end in zip(rows, ends, strict=True):
        text = text_lines([row.bar.said], "mark-figure", end, row.upper + BAR - 3, LINE)
        text.set("dx", "6")
        yield text


def draw(id: str, title: str, description: str, bars: Sequence[Bar]) -> Markup:
    """A picture of one bar or more, in the order given. No value may be below zero."""
    rows, height = _rows(bars)
    size = {"width": "100%", "height": length(height)}
    return picture(id, "bars", title, description, size, _shapes(rows))
