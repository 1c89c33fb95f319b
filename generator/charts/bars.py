"""Bars from zero, each below its label and with its figure at its end.

Vega-Lite draws them, through vl-convert: no browser, no network. What it draws is read with an
XML parser and written anew: lengths across become percentages of the page's column, so that
text keeps its size on a phone and on a wide screen; colours become classes.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from generator.charts.svg import length, picture, text_lines, wrapped

VEGA_LITE = "6.4"
ACROSS = 1000
"""The width that Vega-Lite draws in: tenths of a percent of the column."""
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
_CLASSES = {
    "#010101": "mark",
    "#020202": "mark mark-missing",
    "#030303": "mark-label",
    "#040404": "mark-figure",
    "#050505": "mark-head",
}
"""The colour of each kind of mark in the specification, and the class that it becomes."""
_COLOURS = {kind: colour for colour, kind in _CLASSES.items()}
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"(-?[\d.]+(?:e-?\d+)?)"
_BOX = re.compile(rf"M{_NUMBER},{_NUMBER}h{_NUMBER}v{_NUMBER}h")
_PLACE = re.compile(rf"translate\({_NUMBER},{_NUMBER}\)")


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its value and how that is written."""

    label: str
    value: Decimal
    said: str
    missing: bool = False
    """Whether it stands for what isn't published."""
    head: str = ""
    """What stands above it, as the heading of this bar and those below."""


def _rows(bars: Sequence[Bar]) -> tuple[list[dict[str, object]], int]:
    """The bars with their places down the picture, in pixels, and its height."""
    rows: list[dict[str, object]] = []
    top = 0
    for bar in bars:
        lines = wrapped(bar.label, LABEL_WIDTH)
        head_line = top + LINE
        top += (LINE + GAP) if bar.head else 0
        upper = top + len(lines) * LINE + 3
        rows.append(
            {
                "head": bar.head,
                "head_line": head_line,
                "label": lines,
                "label_line": top + LINE - 4,
                "upper": upper,
                "lower": upper + BAR,
                "said_line": upper + BAR - 3,
                "value": f"{bar.value:f}",
                "exact": f"{bar.value:f}",
                "said": bar.said,
                "colour": _COLOURS["mark mark-missing" if bar.missing else "mark"],
            }
        )
        top = upper + BAR + GAP
    return rows, top


def _down(field: str) -> dict[str, object]:
    """Pixels down the picture, as they stand in the rows."""
    return {"field": field, "type": "quantitative", "axis": None, "scale": None}


def _text(field: str, line: str, kind: str, x: object) -> dict[str, object]:
    return {
        "mark": {"type": "text", "align": "left", "color": _COLOURS[kind]},
        "encoding": {"x": x, "y": _down(line), "text": {"field": field}},
    }


def _specification(bars: Sequence[Bar], rows: Sequence[object], height: int) -> str:
    """The bars as a Vega-Lite specification, every number of ours exact."""
    # The longest bar leaves room for its figure, even in the narrowest column.
    pixels = max(len(bar.said) for bar in bars) * _CHARACTER + _BESIDE
    room = pixels * ACROSS // _NARROWEST
    reach = [0, max(ACROSS - room, ACROSS // 3)]
    scale = {"zero": True, "nice": False, "range": reach}
    along = {"field": "value", "type": "quantitative", "axis": None, "scale": scale}
    boxes = {
        "mark": "rect",
        "encoding": {
            "x": along,
            "x2": {"datum": 0},
            "y": _down("upper"),
            "y2": {"field": "lower"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "description": {"field": "exact"},
        },
    }
    specification = {
        "width": ACROSS,
        "height": height,
        "padding": 0,
        "autosize": {"type": "none"},
        "config": {"view": {"stroke": None}, "background": None, "font": "sans-serif"},
        "data": {"values": rows, "format": {"type": "json", "parse": {"value": "number"}}},
        "layer": [
            boxes,
            {
                **_text("head", "head_line", "mark-head", {"value": 0}),
                "transform": [{"filter": "datum.head"}],
            },
            _text("label", "label_line", "mark-label", {"value": 0}),
            _text("said", "said_line", "mark-figure", along),
        ],
    }
    return json.dumps(specification)


@lru_cache(maxsize=64)
def _drawn(specification: str) -> str:
    """What Vega-Lite draws. Its library is large, so it is loaded when first needed.

    `purse serve` builds again and again; only what changed is drawn anew.
    """
    import vl_convert

    return vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[])


def _across(number: str) -> str:
    return length(Decimal(number) * 100 / ACROSS, "%")


def _shapes(drawing: str) -> Iterator[Element]:
    """The marks of a drawing, each with its class and nothing that isn't needed."""
    for mark in ElementTree.fromstring(drawing).iter():  # noqa: S314 - we had it drawn
        kind = _CLASSES.get(mark.get("fill", ""))
        if kind is None:
            continue
        if mark.tag == f"{_SVG}path" and (box := _BOX.match(mark.get("d", ""))):
            x, y, width, height = box.groups()
            yield Element(
                "rect",
                {
                    "class": kind,
                    "x": _across(x),
                    "y": length(Decimal(y)),
                    "width": _across(width),
                    "height": length(Decimal(height)),
                    "data-value": mark.get("aria-label", ""),
                },
            )
        elif mark.tag == f"{_SVG}text" and (place := _PLACE.match(mark.get("transform", ""))):
            x, y = place.groups()
            lines = [line.text or "" for line in mark] or [mark.text or ""]
            text = text_lines(lines, kind, _across(x), Decimal(y), LINE)
            if kind == "mark-figure":
                text.set("dx", "6")
            yield text
        else:
            raise ValueError(f"Vega-Lite drew a {mark.tag} of a form that is not known")


def draw(id: str, title: str, description: str, bars: Sequence[Bar]) -> Markup:
    """A picture of one bar or more, in the order given. No value may be below zero."""
    rows, height = _rows(bars)
    drawing = _drawn(_specification(bars, rows, height))
    size = {"width": "100%", "height": length(height)}
    return picture(id, "bars", title, description, size, _shapes(drawing))
