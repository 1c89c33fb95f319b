"""The figures of a page, recomputed from the rows that they name.

A reader of its own: it knows the HTML contract of the pages and nothing of how they are made.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from generator import selectors
from generator.money import parse_decimal, round_half_up
from generator.tables import measure_of

Rows = Sequence[Mapping[str, str]]
ReadTable = Callable[[str], tuple[Sequence[str], Rows]]
"""Gives the header and rows of a CSV of the site. Raises Unsound when it can't."""


class Unsound(Exception):
    """A figure can't be recomputed, and why, in plain words."""


@dataclass(frozen=True)
class Figure:
    """A `<data>` element: its attributes, and the text that a reader sees."""

    attributes: Mapping[str, str]
    text: str

    def get(self, name: str) -> str:
        """An attribute, empty when there is none."""
        return self.attributes.get(name, "")

    @property
    def words(self) -> str:
        """How it is called in a report."""
        return " ".join(self.text.split()) or self.get("value") or "an empty figure"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Figure] = []
        self._open: list[tuple[Mapping[str, str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "data":
            named = {name: value or "" for name, value in reversed(attrs)}
            self._open.append((named, []))

    def handle_data(self, data: str) -> None:
        for _, texts in self._open:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "data" and self._open:
            attributes, texts = self._open.pop()
            self.found.append(Figure(attributes, "".join(texts)))

    def close(self) -> None:
        super().close()
        while self._open:
            self.handle_endtag("data")


def figures_of(markup: str) -> tuple[Figure, ...]:
    """The figures of a page in the order in which they end."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return tuple(reader.found)


def table_of(content: bytes) -> tuple[Sequence[str], Rows]:
    """The header and rows of a CSV. Raises Unsound when it isn't a sound one."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
        header = lines[0]
        return header, [dict(zip(header, cells, strict=True)) for cells in lines[1:]]
    except (csv.Error, ValueError, IndexError) as fault:
        raise Unsound("its rows are no sound CSV") from fault


def _number(text: str) -> Decimal:
    number = parse_decimal(text)
    if number is None:
        raise Unsound(f"“{text}” is no plain number")
    return number


def _measured(page: str, rows: str, measure: str, where: str, read: ReadTable) -> Decimal:
    path = normpath(join(dirname(page), unquote(rows)))
    if not rows or path.startswith(("/", "..")):
        raise Unsound("it does not say which rows it comes from")
    header, lines = read(path)
    try:
        conditions = selectors.parse(where)
        named = [*(one.field for one in conditions), measure.partition(":")[2]]
        for name in filter(None, named):
            if name not in header:
                raise Unsound(f"{path} has no column {name}")
        value = measure_of([row for row in lines if selectors.matches(conditions, row)], measure)
    except (ValueError, ArithmeticError) as fault:
        raise Unsound(f"{path} gives no number: {fault}") from fault
    if value is None:
        raise Unsound(f"{path} has no value for it")
    return value


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    if not whole:
        raise Unsound("it is a share of nothing")
    with localcontext(prec=60):
        return part / whole


def _from_rows(figure: Figure, page: str, read: ReadTable) -> tuple[Decimal, bool]:
    rows, where, measure = (figure.get(f"data-{name}") for name in ("rows", "where", "measure"))
    kind, _, column = measure.partition(":")
    if kind != "share":
        return _measured(page, rows, measure, where, read), False
    base = f"sum:{column}" if column else "count"
    whole = figure.get("data-of") or rows
    part = _measured(page, rows, base, where, read)
    of_all = _measured(page, whole, base, figure.get("data-of-where"), read)
    return _ratio(part * 100, of_all), True


def _grounded(figure: Figure, others: Mapping[str, Figure], above: tuple[Figure, ...]) -> None:
    """Raise Unsound unless a derived figure comes, in the end, from rows."""
    for name in figure.get("data-from").split():
        if name not in others:
            raise Unsound(f"the page has no figure {name}")
        if others[name] in (figure, *above):
            raise Unsound("it comes, in a circle, from itself")
        _grounded(others[name], others, (figure, *above))


def _derived(figure: Figure, others: Mapping[str, Figure]) -> tuple[Decimal, bool]:
    names, op = figure.get("data-from").split(), figure.get("data-op")
    _grounded(figure, others, ())
    values = [_number(others[name].get("value")) for name in names]
    if len(values) < 2:
        raise Unsound("it comes from fewer than two figures")
    match op:
        case "sum":
            return sum(values, Decimal(0)), False
        case "difference":
            return values[0] - sum(values[1:], Decimal(0)), False
        case "percent":
            return _ratio(values[0] * 100, values[1]), True
        case "ratio":
            return _ratio(values[0], values[1]), True
        case _:
            raise Unsound("it does not say where it comes from")


def _seen(text: str) -> Decimal | None:
    """The number that a reader sees; None when the text is not just one number."""
    shown = " ".join(text.split()).removesuffix("%")
    if not re.fullmatch(r"[-−]?(\D{0,4})\d[\d,]*(\.\d+)?", shown):
        return None
    number = parse_decimal(re.sub(r"[^\d.]", "", re.sub(r"^\D*", "", shown)))
    return -number if number is not None and shown[0] in "-−" else number


def problems(markup: str, page: str, read: ReadTable) -> Iterator[str]:
    """What is wrong with the figures of a page, in plain words."""
    figures = figures_of(markup)
    others = {one.get("id"): one for one in figures if one.get("id")}
    for figure in figures:
        try:
            value = _number(figure.get("value"))
            derived = "data-op" in figure.attributes
            exact, rounds = _derived(figure, others) if derived else _from_rows(figure, page, read)
        except Unsound as fault:
            yield f"the figure {figure.words} can't be recomputed: {fault}"
            continue
        places = len(figure.get("value").partition(".")[2])
        with localcontext(prec=60):
            should = round_half_up(exact, places) if rounds else exact
        if should != value:
            source = figure.get("data-rows") or f"the figures {figure.get('data-from')}"
            yield f"the figure {figure.words} says {value:f}, but {source} give {should:f}"
        elif _seen(figure.text) != value:
            yield f"the figure {figure.words} shows another number than its own, {value:f}"
