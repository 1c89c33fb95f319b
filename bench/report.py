"""Results for people: a line of ratios, and tables in Markdown."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.results import (
    BUILD,
    CHECK,
    HUGO,
    HUGO_HTML,
    KEPT,
    LEAN,
    LISTED,
    MKDOCS,
    SECOND,
    STOCK,
    Results,
    Size,
)
from bench.stages import STAGES

_WHOLE = (BUILD, LEAN, KEPT, SECOND, LISTED, MKDOCS, HUGO, HUGO_HTML)
STORAGE = {"memory": "On memory-backed storage", "disk": "On a disk"}


def ratio(size: Size, of: str, to: str) -> float | None:
    """How many times as long one takes as the other; None when one wasn't run."""
    if of not in size.whole or to not in size.whole:
        return None
    return size.whole[of].wall / size.whole[to].wall


def rate(size: Size, who: str) -> float | None:
    """How many awards are checked in a second; None when that check wasn't run."""
    return size.awards / size.checks[who].wall if who in size.checks else None


def faster(size: Size) -> float | None:
    """How many times as fast our check is as stock Frictionless; None when one wasn't run."""
    if CHECK not in size.checks or STOCK not in size.checks:
        return None
    return size.checks[STOCK].wall / size.checks[CHECK].wall


def ours(size: Size) -> str:
    """Which of our builds is held against others: the one without what they aren't asked for."""
    return LEAN if LEAN in size.whole else BUILD


def _builds(size: Size) -> list[str]:
    if not size.whole:
        return ["no site built"]
    compared = ((HUGO, ratio(size, ours(size), HUGO)), (MKDOCS, ratio(size, ours(size), MKDOCS)))
    said = [f"{times:.2f}x {name}" for name, times in compared if times is not None]
    if BUILD in size.whole:
        said = said or [f"{size.whole[BUILD].wall:.1f} s"]
        said[0] = f"{ours(size)} {said[0]}"
    kept = ratio(size, KEPT, HUGO)
    if kept is not None:
        said.append(f"{KEPT} {kept:.2f}x {HUGO}")
    if LISTED in size.whole:
        said.append(f"{LISTED} {size.whole[LISTED].wall:.1f} s")
    again = ratio(size, SECOND, BUILD)
    if again is not None:
        said.append(f"second build {again:.2f}x the first")
    return said


def _checks(size: Size) -> list[str]:
    speed, times = rate(size, CHECK), faster(size)
    said = [] if speed is None else [f"{CHECK} {speed:,.0f} awards/s"]
    return said if times is None else [*said, f"{times:.2f}x as fast as {STOCK}"]


def ratio_line(size: Size) -> str:
    """`10000 awards: purse build 1.23x Hugo, 0.11x MkDocs, second build 0.20x the first, ...`."""
    return f"{size.awards} awards: {', '.join(_builds(size) + _checks(size))}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _times(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}×"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f}" if count else "–"


def _wholes(size: Size) -> str:
    rows = []
    for name in _WHOLE:
        if name in size.whole:
            cost = size.whole[name]
            each = f"{cost.wall * 1000 / size.awards:.2f}"
            compared = (ratio(size, name, HUGO), ratio(size, name, MKDOCS))
            numbers = (f"{cost.wall:.2f}", f"{cost.cpu:.2f}", _megabytes(cost.peak), each)
            rows.append([name, *numbers, *map(_times, compared)])
    head = ("", "Seconds", "Processor seconds", "Peak MB", "ms an award", "to Hugo", "to MkDocs")
    return _table(head, rows)


def _checked(sizes: Sequence[Size]) -> str:
    head = ["Check of the package alone", "Seconds", "Processor seconds", "Peak MB", "Awards/s"]
    rows = []
    for size in sizes:
        for who, cost in size.checks.items():
            numbers = (f"{cost.wall:.2f}", f"{cost.cpu:.2f}", _megabytes(cost.peak))
            times = faster(size) if who == CHECK else None
            name = f"{size.awards:,} awards: {who}"
            rows.append([name, *numbers, f"{rate(size, who):,.0f}", _times(times)])
    return _table([*head, f"as fast as {STOCK}"], rows)


def _stages(sizes: Sequence[Size]) -> str:
    one = all(size.one_process for size in sizes)
    head = ["Stage, in one process" if one else "Stage of the first build"]
    for size in sizes:
        head += [f"{size.awards:,} awards: seconds", "Processor seconds", "Peak MB"]
    rows = []
    for stage in STAGES:
        row = [stage]
        for size in sizes:
            cost = size.stages.get(stage)
            numbers = (f"{cost.wall:.2f}", f"{cost.cpu:.2f}") if cost else ("–", "–")
            row += [*numbers, _megabytes(cost.peak if cost else 0)]
        if any(stage in size.stages for size in sizes):
            rows.append(row)
    return _table(head, rows)


def tables(results: Results) -> str:
    """All that a run found, as Markdown below a heading."""
    machine = ", ".join(f"{name} {value}" for name, value in results.machine.items())
    parts = [
        f"### {STORAGE[results.storage]}",
        f"Medians of {results.runs}: {machine}.",
    ]
    for size in results.sizes:
        if size.pages:
            parts += [
                f"**{size.awards:,} awards**: {size.pages:,} pages, {size.files:,} files, "
                f"{_megabytes(size.bytes)} MB.",
                _wholes(size),
            ]
        elif size.whole:
            parts += [f"**{size.awards:,} awards**, no page for each.", _wholes(size)]
        else:
            parts.append(f"**{size.awards:,} awards**: no site is built, only the data checked.")
    if any(size.checks for size in results.sizes):
        parts.append(_checked(results.sizes))
    staged = [size for size in results.sizes if size.stages]
    # Sizes kept from an older record had their stages taken in another way.
    staged = [size for size in staged if size.one_process] or staged
    if staged:
        parts.append(_stages(staged))
    return "\n\n".join(parts)


def put(page: Path, results: Results) -> None:
    """Put the tables between their marks in a page."""
    marks = f"<!-- bench: {results.storage} -->", f"<!-- bench: end of {results.storage} -->"
    old = page.read_text(encoding="utf-8")
    between = re.compile(f"(?<={re.escape(marks[0])}\n).*?(?={re.escape(marks[1])})", re.DOTALL)
    if not between.search(old):
        raise ValueError(f"{page} has no place for the tables: {marks[0]}")
    page.write_text(between.sub(lambda _: f"\n{tables(results)}\n\n", old), encoding="utf-8")
