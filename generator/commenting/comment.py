"""The one comment on a pull request: what must be mended, else what readers will see."""

from collections.abc import Iterator, Sequence

from generator.commenting.difference import Difference, Stop
from generator.commenting.marks import SENTENCES, counted, table, told
from generator.commenting.words import changed
from generator.safety import markdown_cell

MARKER = "<!-- public-purse -->"
"""The hidden first line by which the comment is found again."""
LIMIT = 60_000
"""Bytes of the text; GitHub takes 65,536 characters."""
_CUT = (
    "",
    "**The rest is cut: a comment can't hold more.** The check's own page has every finding, and "
    "`purse comment` and `purse changes` show all of it.",
)


def must_be_mended(found: Sequence[Difference]) -> bool:
    """Whether anything stops the change from being published."""
    return any(one.stops for one in found)


def as_markdown(
    found: Sequence[Difference], preview: str | None = None, untidy: Sequence[str] = ()
) -> str:
    """The comment's text.

    `preview` is the address where the built site can be had; `untidy` are files that are not in
    their one form, which stops nothing.
    """
    lines = _to_mend(found) if must_be_mended(found) else _to_see(found, preview, untidy)
    return _fitting([MARKER, *lines])


def _fitting(lines: Sequence[str]) -> str:
    """The lines as text, whole lines left out at the end where they would be too much."""
    text = "\n".join(lines).rstrip("\n") + "\n"
    if len(text.encode()) <= LIMIT:
        return text
    kept, left = [], LIMIT - sum(len(line.encode()) + 1 for line in _CUT)
    for line in lines:
        left -= len(line.encode()) + 1
        if left < 0:
            break
        kept.append(line)
    return "\n".join([*kept, *_CUT]) + "\n"


def _heading(one: Difference) -> Iterator[str]:
    yield f"### {told(one.title)} (data/{markdown_cell(one.folder)})"
    yield ""


def _to_mend(found: Sequence[Difference]) -> Iterator[str]:
    stops = sum(len(one.stops) for one in found)
    yield "## This can’t be published yet"
    yield ""
    yield (
        f"{counted(stops, 'thing')} to mend. Nothing is lost: change the files in this same "
        "branch, and the check runs again and renews this comment."
    )
    yield ""
    for one in found:
        if one.stops:
            yield from _heading(one)
            yield from table(("Where", "What is wrong", "How to mend it"), map(_stop, one.stops))
    others = [one for one in found if not one.stops]
    if others:
        names = ", ".join(told(one.title) for one in others)
        yield f"Also changed, with nothing to mend: {names}."


def _stop(one: Stop) -> tuple[str, str, str]:
    value = f" Value: “{told(one.value)}”." if one.value else ""
    return markdown_cell(one.where), told(one.message, SENTENCES) + value, told(one.mend, SENTENCES)


def _to_see(
    found: Sequence[Difference], preview: str | None, untidy: Sequence[str]
) -> Iterator[str]:
    yield "## What the public will see"
    yield ""
    if not found:
        yield "Nothing that is published changes."
        yield ""
    for one in found:
        yield from _heading(one)
        if one.new:
            yield "A new publication. All of it is new to readers."
            yield ""
        lines = list(changed(one))
        yield from lines or ["Nothing that readers see changes.", ""]
    if found and preview:
        yield (
            f"**Preview:** the site as it will be is kept for 14 days. [Open the check]({preview}) "
            "and look for preview under Artifacts."
        )
        yield ""
    if untidy:
        yield (
            f"**A hint, which stops nothing:** {', '.join(map(markdown_cell, untidy))} could be "
            "tidier (the order of rows, how days and amounts are written). `purse format` does it."
        )
