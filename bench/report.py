"""Results for people: a line of ratios, and tables in Markdown."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.results import BUILD, HUGO, HUGO_HTML, LEAN, MKDOCS, SECOND, Results, Size
from bench.stages import STAGES

_WHOLE = (BUILD, LEAN, SECOND, MKDOCS, HUGO, HUGO_HTML)
STORAGE = {"memory": "On memory-backed storage", "disk": "On a disk"}


def ratio(size: Size, of: str, to: str) -> float | None:
    """How many times as long one takes as the other; None when one wasn't run."""
    if of not in size.whole or to not in size.whole:
        return None
    return size.whole[of].wall / size.whole[to].wall


def ours(size: Size) -> str:
    """Which of our builds is held against others: the one without what they aren't asked for."""
    return LEAN if LEAN in size.whole else BUILD


def ratio_line(size: Size) -> str:
    """`10000 awards: purse build 1.23x Hugo, 0.11x MkDocs, second build 0.20x the first`."""
    compared = ((HUGO, ratio(size, ours(size), HUGO)), (MKDOCS, ratio(size, ours(size), MKDOCS)))
    said = [f"{times:.2f}x {name}" for name, times in compared if times is not None]
    if not said:
        said = [f"{size.whole[BUILD].wall:.1f} s"]
    said[0] = f"{ours(size)} {said[0]}"
    again = ratio(size, SECOND, BUILD)
    if again is not None:
        said.append(f"second build {again:.2f}x the first")
    return f"{size.awards} awards: {', '.join(said)}"


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


def _stages(sizes: Sequence[Size]) -> str:
    head = ["Stage of the first build"]
    for size in sizes:
        head += [f"{size.awards:,} awards: seconds", "Share", "Peak MB"]
    rows = []
    for stage in STAGES:
        row = [stage]
        for size in sizes:
            cost = size.stages.get(stage)
            total = sum(one.wall for one in size.stages.values())
            numbers = (f"{cost.wall:.2f}", f"{cost.wall / total:.0%}") if cost else ("–", "–")
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
        parts += [
            f"**{size.awards:,} awards**: {size.pages:,} pages, {size.files:,} files, "
            f"{_megabytes(size.bytes)} MB.",
            _wholes(size),
        ]
    parts.append(_stages(results.sizes))
    return "\n\n".join(parts)


def put(page: Path, results: Results) -> None:
    """Put the tables between their marks in a page."""
    marks = f"<!-- bench: {results.storage} -->", f"<!-- bench: end of {results.storage} -->"
    old = page.read_text(encoding="utf-8")
    between = re.compile(f"(?<={re.escape(marks[0])}\n).*?(?={re.escape(marks[1])})", re.DOTALL)
    if not between.search(old):
        raise ValueError(f"{page} has no place for the tables: {marks[0]}")
    page.write_text(between.sub(lambda _: f"\n{tables(results)}\n\n", old), encoding="utf-8")
