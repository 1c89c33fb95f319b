"""What was found of a built site, and how it is told."""

from msgspec import Struct

from generator.safety import one_line

SHOWN = 200
"""Differences that are told in full; the rest are counted."""


class Verdict(Struct, frozen=True):
    """What was looked at, and what differs."""

    files: int
    figures: int
    sha256: str
    """The manifest's own hash."""
    vouched: bool
    """Whether something outside the site says what that hash must be."""
    listed: bool
    """Whether files that don't belong could be looked for."""
    differences: tuple[str, ...]


def as_text(verdict: Verdict) -> str:
    """For a terminal."""
    lines = [f"DIFFERS {one_line(one)}" for one in verdict.differences[:SHOWN]]
    if len(verdict.differences) > SHOWN:
        lines.append(f"and {len(verdict.differences) - SHOWN:,} more")
    if not verdict.listed:
        lines.append("Files that don't belong could not be looked for.")
    if not verdict.vouched:
        lines.append(
            f"The manifest's own SHA-256 is {verdict.sha256}. Compare it with the release's: "
            "whoever can change the site can change its manifest too."
        )
    looked = f"{verdict.files:,} files and {verdict.figures:,} figures checked"
    count = len(verdict.differences)
    said = "nothing differs" if not count else f"{count:,} difference{'s' if count > 1 else ''}"
    return "\n".join([*lines, f"{looked}: {said}."]) + "\n"
