"""Does a figure say what its rows, or the figures it comes from, give?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from tests.crawler.page import GAP, Figure, Page, Picture
from tests.crawler.rows import CannotTellError, Sheets, half_up, number, percent, ratio
from tests.crawler.site import Problem, Site

PLAIN = re.compile(r"-?\d+(\.\d+)?")
SHOWN = re.compile(
    r"(?<![\w.])(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d])"
    r"(?P<rounding>\s*(?:thousand|million|billion|trillion|bn|[mk])\b)?",
    re.IGNORECASE,
)
SCALES = {"t": 3, "k": 3, "m": 6, "b": 9}
MONEY = re.compile(
    r"[£€$][ \u00a0\u202f]?[-\u2212(]?\d"
    r"|\b(?:GBP|EUR|USD)[ \u00a0\u202f]?[-\u2212]?\d"
    r"|\d[ \u00a0\u202f]?(?:(?:thousand|million|billion|bn|[mk])[ \u00a0])?"
    r"(?:pounds?|pence|euros?|GBP|EUR)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Result:
    """What a figure should be, beside what its ``value`` says."""

    expected: Decimal
    shown: Decimal


def evaluate(figure: Figure, page: Page, site: Site, sheets: Sheets) -> Result:
    """Work a figure out anew; raise CannotTellError where it points at nothing sound."""
    shown = figure.get("value")
    if not PLAIN.fullmatch(shown):
        raise CannotTellError(f"value {shown!r} is not a plain number")
    digits = len(shown.partition(".")[2])
    asked = [name for name in ("data-measure", "data-op") if name in figure.attributes]
    if len(asked) != 1:
        raise CannotTellError("points at both rows and figures" if asked else "points at nothing")
    exact, rounds = (_derived if figure.derived else _from_rows)(figure, page, site, sheets)
    return Result(half_up(exact, digits) if rounds else exact, number(shown))


def _from_rows(figure: Figure, page: Page, site: Site, sheets: Sheets) -> tuple[Decimal, bool]:
    """A measure of rows, and whether it is shown rounded."""
    path = _csv(figure.get("data-rows"), page, site)
    measure, where = figure.get("data-measure"), figure.get("data-where")
    if measure != "share" and not measure.startswith("share:"):
        return sheets.measure(path, measure, where), False
    whole = _csv(figure.get("data-of"), page, site) if "data-of" in figure.attributes else path
    base = measure.replace("share:", "sum:", 1) if ":" in measure else "count"
    part = sheets.measure(path, base, where)
    return percent(part, sheets.measure(whole, base, figure.get("data-of-where"))), True


def _csv(url: str, page: Page, site: Site) -> str:
    path = site.table(page.url, url) if url else None
    if path is None:
        raise CannotTellError(f"its rows are not there: {url!r}")
    return path


def _derived(figure: Figure, page: Page, site: Site, sheets: Sheets) -> tuple[Decimal, bool]:
    """A figure from other figures of the page, and whether it is shown rounded."""
    known = {other.get("id"): other for other in page.figures if other.get("id")}
    names = figure.get("data-from").split()
    _no_circle(figure, known, ())
    values = [number(known[name].get("value")) for name in names]
    op = figure.get("data-op")
    if op not in {"sum", "difference", "percent", "ratio"}:
        raise CannotTellError(f"there is no data-op {op!r}")
    if len(values) < 2 or (op in {"percent", "ratio"} and len(values) != 2):
        raise CannotTellError(f"{op} does not come from {len(values)} figures")
    if op in {"percent", "ratio"}:
        return (percent if op == "percent" else ratio)(values[0], values[1]), True
    with localcontext(prec=60):
        rest = sum(values[1:], Decimal(0))
        return (values[0] + rest if op == "sum" else values[0] - rest), False


def _no_circle(figure: Figure, known: Mapping[str, Figure], above: tuple[Figure, ...]) -> None:
    if any(figure is other for other in above):
        raise CannotTellError("comes, in a circle, from itself")
    for name in figure.get("data-from").split():
        if name not in known:
            raise CannotTellError(f"no figure on this page has the id {name!r}")
        _no_circle(known[name], known, (*above, figure))


def text_says(text: str, value: Decimal) -> bool:
    """Whether the words a reader sees hold this number, exactly, and no other.

    A rounding in words ("7.7 million") may stand beside the exact number, never alone.
    """
    cleaned = text.replace("\u2212", "-").replace("£", "").replace("\u00a0", " ")
    exact = 0
    for match in SHOWN.finditer(cleaned):
        found = Decimal(match["number"].replace(",", ""))
        if rounding := match["rounding"]:
            word = rounding.strip().lower()
            scale = 12 if word.startswith("tr") else SCALES[word[0]]
            digits = len(match["number"].partition(".")[2])
            if half_up(value.scaleb(-scale), digits) != found:
                return False
        elif found != value:
            return False
        else:
            exact += 1
    return exact > 0


def loose_money(picture: Picture) -> Iterator[str]:
    """The texts of a picture with money that is not, to the letter, a figure beside it."""
    known = sorted({figure.text.strip() for figure in picture.figures} - {""}, key=len)
    alternatives = "|".join(re.escape(text) for text in reversed(known))
    figure = re.compile(rf"(?<![\w.,])(?:{alternatives})(?![\w]|[.,]\d)") if known else None
    for text in picture.drawn:
        if MONEY.search(figure.sub(GAP, text) if figure else text):
            yield " ".join(text.split())


def check(page: Page, site: Site, sheets: Sheets) -> Iterator[Problem]:
    """The figures of a page that are wrong, and money that is no figure."""
    for figure in page.figures:
        try:
            result = evaluate(figure, page, site, sheets)
        except CannotTellError as error:
            yield Problem(page.path, "figure", f"{figure}: {error}")
            continue
        if result.expected != result.shown:
            detail = f"{figure}: value says {result.shown}, it comes to {result.expected}"
            yield Problem(page.path, "figure", detail)
        if not text_says(figure.text, result.shown):
            detail = f"{figure}: the text is not the value {result.shown}"
            yield Problem(page.path, "figure", detail)
    for picture in page.pictures:
        for text in loose_money(picture):
            detail = f"a picture shows money that no <data> beside it has: {text!r}"
            yield Problem(page.path, "money", detail)
    for match in MONEY.finditer(page.text):
        start, end = max(match.start() - 40, 0), match.end() + 20
        around = " ".join(page.text[start:end].split())
        yield Problem(page.path, "money", f"not in a <data> element: {around!r}")
