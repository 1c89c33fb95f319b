"""The figures of a page, recomputed from the rows that they name.

A reader of its own: it knows the HTML contract of the pages and nothing of how they are made.
Whatever a page says, the work that it makes is bounded: by its size, and by `Effort`.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from itertools import islice
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from generator.limits import limit
from generator.money import parse_decimal, round_half_up
from generator.verify_markup import Figure, cut, figures_of
from generator.verify_rows import Effort, Table, Unsound, measured

ReadTable = Callable[[str], Table]
"""Gives the header and rows of a CSV of the site. Raises Unsound when it can't."""


def _number(text: str) -> Decimal:
    number = parse_decimal(text)
    if number is None:
        raise Unsound(f"“{cut(text)}” is no plain number")
    return number


class FiguresOf:
    """A page's figures, as they are recomputed: what was known once isn't looked up again."""

    def __init__(self, markup: str, page: str, read: ReadTable, effort: Effort) -> None:
        self._folder, self._read, self._effort = dirname(page), read, effort
        self.figures = tuple(islice(figures_of(markup), limit("verified_figures") + 1))
        self._others = {one.get("id"): one for one in self.figures if one.get("id")}
        self._known: dict[tuple[str, str, str], Decimal] = {}
        self._ends: dict[str, str] = {}
        """Of each figure that was followed to its end, why it comes from no rows; else nothing."""

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

    def _measured(self, rows: str, measure: str, where: str) -> Decimal:
        path = normpath(join(self._folder, unquote(rows)))
        if not rows or path.startswith(("/", "..")):
            raise Unsound("it does not say which rows it comes from")
        asked = path, measure, where
        if asked not in self._known:
            table = self._read(path)
            try:
                value = measured(table, measure, where, self._effort)
            except Unsound as fault:
                raise Unsound(f"{cut(path)} {fault}") from fault
            if value is None:
                raise Unsound(f"{cut(path)} has no value for it")
            self._known[asked] = value
        return self._known[asked]

    def _from_rows(self, figure: Figure) -> tuple[Decimal, bool]:
        rows, where, measure = (figure.get(f"data-{name}") for name in ("rows", "where", "measure"))
        kind, _, column = measure.partition(":")
        if kind != "share":
            return self._measured(rows, measure, where), False
        base = f"sum:{column}" if column else "count"
        whole = figure.get("data-of") or rows
        part = self._measured(rows, base, where)
        of_all = self._measured(whole, base, figure.get("data-of-where"))
        return _ratio(part * 100, of_all), True

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
