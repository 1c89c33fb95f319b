"""What every picture shares: its frame, its labels, and numbers short enough to read.

A picture is one inline `<svg>` with a title and a description. It has no colour, no font and
no style of its own: classes say what each part is, and `theme/charts.css` says how that looks,
on a screen, in print and in the reader's own colours.
"""

import re
import textwrap
from collections.abc import Iterable
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from generator.money import round_half_up

LINES = 3
"""Lines that a label may have; what is longer is cut, and stands whole in the table."""


def length(number: Decimal | int, unit: str = "") -> str:
    """A length as an attribute has it, with at most two decimals: `43.2`, `65%`."""
    text = f"{round_half_up(Decimal(number), 2):f}".rstrip("0").rstrip(".")
    return text + unit


class _Wrapper(textwrap.TextWrapper):
    """Breaks lines at spaces, and after a slash or a hyphen within a word."""

    wordsep_re = re.compile(r"(\s+)|(?<=\w[/-])(?=\w\w)")


def wrapped(text: str, width: int) -> list[str]:
    """A label in lines of at most `width` characters; marks that don't print become spaces."""
    printed = "".join(mark if mark.isprintable() else " " for mark in text)
    words = " ".join(printed.split())
    return _Wrapper(width, max_lines=LINES, placeholder=" …").wrap(words) or ["–"]


def text_lines(lines: Iterable[str], kind: str, x: str, y: Decimal | int, step: int = 0) -> Element:
    """A text in one or several lines, `step` apart, the first on the line at `y`."""
    text = Element("text", {"class": kind, "x": x, "y": length(y)})
    *others, last = lines
    if not others:
        text.text = last
        return text
    for number, line in enumerate([*others, last]):
        place = {"x": x, "dy": length(step)} if number else {}
        # A space at a line's end keeps copied words apart.
        SubElement(text, "tspan", place).text = line if number == len(others) else f"{line} "
    return text


def picture(
    id: str,
    kind: str,
    title: str,
    description: str,
    size: dict[str, str],
    shapes: Iterable[Element],
) -> Markup:
    """An inline SVG that assistive technology takes as one picture with a name.

    `size` holds its height, or its viewBox. Ids begin with `id`, which is the page's to choose.
    """
    names = f"{id}-title {id}-description"
    root = Element("svg", {"class": kind, "role": "img", "aria-labelledby": names, **size})
    SubElement(root, "title", {"id": f"{id}-title"}).text = title
    SubElement(root, "desc", {"id": f"{id}-description"}).text = description
    root.extend(shapes)
    return Markup(ElementTree.tostring(root, encoding="unicode"))  # noqa: S704 - escaped by it
