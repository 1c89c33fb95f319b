"""The figures of a page, recomputed from the rows that they name.

A reader of its own: it knows the HTML contract of the pages and nothing of how they are made.
Whatever a page says, the work that it makes is bounded: by its size, and by `Effort`.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, localcontext
from itertools import chain, islice
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from generator.limits import limit
from generator.money import parse_decimal, round_half_up
from generator.verify_markup import Figure, cut, figures_of
from generator.verify_rows import Unsound
from generator.verify_tables import Asked, Tables


def _asked_by(figure: Figure) -> Iterator[tuple[str, Asked]]:
    """The tables that a figure names, and what it asks of each: of a share, part and whole."""
    if "data-op" in figure.attributes:
        return
    rows, where, measure = (figure.get(f"data-{name}") for name in ("rows", "where", "measure"))
    kind, _, column = measure.partition(":")
    if kind != "share":
        yield rows, (measure, where)
        return
    base = f"sum:{column}" if column else "count"
    yield rows, (base, where)
    yield figure.get("data-of") or rows, (base, figure.get("data-of-where"))


def _number(text: str) -> Decimal:
    number = parse_decimal(text)
    if number is None:
        raise Unsound(f"“{cut(text)}” is no plain number")
    return number


class FiguresOf:
    """A page's figures, to be recomputed."""

    def __init__(self, markup: str, page: str, tables: Tables) -> None:
        self._folder, self._tables = dirname(page), tables
        self.figures = tuple(islice(figures_of(markup), limit("verified_figures") + 1))
        self._others = {one.get("id"): one for one in self.figures if one.get("id")}
        self._ends: dict[str, str] = {}
        """Of each figure that was followed to its end, why it comes from no rows; else nothing."""
        for rows, asked in chain.from_iterable(map(_asked_by, self.figures)):
            with suppress(Unsound):
                tables.expect(self._path(rows), asked)

    def problems(self) -> Iterator[str]:
        """What is wrong with the figures, in plain words. Raises Weary."""
        if len(self.figures) > (most := limit("verified_figures")):
            yield f"it has more than {most:,} figures, so that none was recomputed"
            return
        for figure in self.figures:
            try:
                exact, rounds = self._exact(figure)
                value = _number(figure.get("value"))
            except Unsound as fault:
                yield f"the figure {figure.words} can't be recomputed: {fault}"
                continue
            places = len(figure.get("value").partition(".")[2])
            with localcontext(prec=60):
                should = round_half_up(exact, places) if rounds else exact
            if should != value:
                source = figure.get("data-rows") or f"the figures {figure.get('data-from')}"
                yield f"the figure {figure.words} says {value:f}, but {cut(source)} give {should:f}"
            elif _seen(figure.text) != value:
                yield f"the figure {figure.words} shows another number than its own, {value:f}"

    def _exact(self, figure: Figure) -> tuple[Decimal, bool]:
        """What a figure should be, and whether it is rounded on the page. Raises Unsound."""
        if not figure.plain:
            raise Unsound("it isn't written as pages of Public Purse write figures")
        if "data-op" in figure.attributes:
            return self._derived(figure)
        return self._from_rows(figure)

    def _path(self, rows: str) -> str:
        path = normpath(join(self._folder, unquote(rows)))
        if not rows or path.startswith(("/", "..")):
            raise Unsound("it does not say which rows it comes from")
        return path

    def _measured(self, rows: str, asked: Asked) -> Decimal:
        return self._tables.measured(self._path(rows), asked)

    def _from_rows(self, figure: Figure) -> tuple[Decimal, bool]:
        part, *whole = (self._measured(*one) for one in _asked_by(figure))
        return (_ratio(part * 100, whole[0]), True) if whole else (part, False)

    def _must_be_grounded(self, figure: Figure) -> None:
        """Raise Unsound unless a derived figure comes, in the end, from rows."""
        above = [(figure.get("id"), iter(figure.get("data-from").split()))]
        open_ = {figure.get("id")}
        while above:
            name, parts = above[-1]
            part = next(parts, None)
            if part is None:
                self._ends[name] = ""
                open_.discard(name)
                above.pop()
                continue
            if part not in self._others:
                fault = f"the page has no figure {cut(part)}"
            elif part in open_:
                fault = "it comes, in a circle, from itself"
            else:
                fault = self._ends.get(part, "")
            if fault:
                self._ends.update(dict.fromkeys(open_, fault))
                raise Unsound(fault)
            if part not in self._ends:
                open_.add(part)
                above.append((part, iter(self._others[part].get("data-from").split())))

    def _derived(self, figure: Figure) -> tuple[Decimal, bool]:
        self._must_be_grounded(figure)
        names, op = figure.get("data-from").split(), figure.get("data-op")
        values = [_number(self._others[name].get("value")) for name in names]
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


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    if not whole:
        raise Unsound("it is a share of nothing")
    with localcontext(prec=60):
        return part / whole


def _seen(text: str) -> Decimal | None:
    """The number that a reader sees; None when the text is not just one number."""
    shown = " ".join(text.split()).removesuffix("%")
    if not re.fullmatch(r"[-−]?(\D{0,4})\d[\d,]*(\.\d+)?", shown):
        return None
    number = parse_decimal(re.sub(r"[^\d.]", "", re.sub(r"^\D*", "", shown)))
    return -number if number is not None and shown[0] in "-−" else number
