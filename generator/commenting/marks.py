"""How words of the data stand in the comment: masked, cut, escaped; and its tables."""

from collections.abc import Iterable, Iterator, Sequence

from generator.personal import masked_name
from generator.safety import markdown_cell

LONGEST, SENTENCES = 200, 600
"""Characters of a value, or of a finding's words, that are shown; the data has them all."""
SHOWN = 50
"""Rows of a table that are shown; the rest are counted."""


def told(text: str, longest: int = LONGEST) -> str:
    """A text from the data: nothing personal in it, and nothing that GitHub would obey."""
    safe = masked_name(text)
    return markdown_cell(safe if len(safe) <= longest else f"{safe[: longest - 1]}…")


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 award`, `1,204 awards`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table of rows whose cells are escaped already; nothing when there are none."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from lines[:SHOWN]
    yield ""
    if len(lines) > SHOWN:
        yield f"… and {len(lines) - SHOWN:,} more."
        yield ""


def section(words: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table under its heading; nothing when there are no rows."""
    lines = tuple(table(head, rows))
    if lines:
        yield from (f"**{words}**", "", *lines)
