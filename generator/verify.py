"""A built site, wherever it is, set against its manifest and its own rows."""

import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from generator import manifest
from generator.errors import UsageProblem
from generator.manifest import NAME, Entry
from generator.safety import one_line
from generator.verify_figures import Rows, Unsound, figures_of, problems, table_of
from generator.verify_sources import Source, Unread

_AT_ONCE, _IN_HAND = 4, 64
"""Files that are asked for together, and files that are held in memory."""
SHOWN = 200
"""Differences that are told in full; the rest are counted."""


@dataclass(frozen=True)
class Verdict:
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


def hash_of_release(text: str, given: str | None = None) -> str:
    """The manifest's hash that a release's JSON file states.

    Raises UsageProblem when it states none, or another than was given beside it.
    """
    try:
        stated = json.loads(text)["manifest_sha256"]
    except (ValueError, KeyError, TypeError, RecursionError):
        stated = None
    if not isinstance(stated, str):
        raise UsageProblem(
            "The release file states no hash of a site's manifest.",
            "name a file that purse release wrote when the site was built, or drop --release.",
        )
    if given and given.lower() != stated.lower():
        raise UsageProblem(
            f"The release file states another hash: {stated}.",
            "give --release or --manifest-sha256, not both.",
        )
    return stated


class _Site:
    """The files of a site as they are compared with the manifest."""

    def __init__(self, source: Source, entries: Sequence[Entry]) -> None:
        self._source = source
        self._entries = {one.path: one for one in entries}
        self._tables: dict[str, tuple[Sequence[str], Rows]] = {}
        self.figures = 0

    def look(self, entry: Entry) -> tuple[bytes | None, str | None]:
        """A file's content, and what is wrong with it."""
        try:
            content = self._source.read(entry.path, entry.bytes + 1)
        except Unread as fault:
            return None, str(fault)
        if content is None:
            return None, "is missing"
        if len(content) != entry.bytes:
            return content, f"has been changed: it has not the {entry.bytes:,} bytes it had"
        if manifest.sha256(content) != entry.sha256:
            return content, "has been changed: its SHA-256 is another"
        return content, None

    def table(self, path: str) -> tuple[Sequence[str], Rows]:
        """A CSV of the site, read once."""
        if path not in self._tables:
            entry = self._entries.get(path)
            content = self.look(entry)[0] if entry else None
            if content is None:
                raise Unsound(f"its rows, {path}, are not there")
            self._tables[path] = table_of(content)
        return self._tables[path]

    def check(self, entry: Entry, content: bytes | None, wrong: str | None) -> Iterator[str]:
        """What is wrong with a file, and with the figures on it."""
        if wrong:
            yield f"{entry.path} {wrong}."
        if content is None or not entry.path.endswith(".html"):
            return
        try:
            markup = content.decode("utf-8")
        except UnicodeDecodeError:
            yield f"{entry.path} is not UTF-8 text."
            return
        self.figures += len(figures_of(markup))
        for problem in problems(markup, entry.path, self.table):
            yield f"{entry.path}: {problem}."


def verify(source: Source, wanted: str | None = None) -> Verdict:
    """Check a site against its manifest, recompute its figures, and say what differs.

    `wanted` is the hash that the manifest must have, from somewhere the site can't reach.
    Raises UsageProblem when there is no manifest to check against.
    """
    try:
        listed = source.read(NAME)
    except Unread as fault:
        raise UsageProblem(
            f"{NAME} {fault}.", "check the address, and that the site is up."
        ) from fault
    if listed is None:
        raise UsageProblem(
            f"There is no {NAME} here.",
            "name a site that purse build made; older ones have no manifest.",
        )
    own = manifest.sha256(listed)
    differences = []
    if wanted and not re.fullmatch("[0-9a-fA-F]{64}", wanted):
        raise UsageProblem(f"“{wanted}” is no SHA-256.", "give its 64 digits and letters a to f.")
    if wanted and wanted.lower() != own:
        differences.append(
            f"{NAME} is not the one that was published: its SHA-256 is {own}, not {wanted}. "
            "Whatever agrees with it may have been changed along with it."
        )
    try:
        entries = manifest.parse(listed)
    except ValueError as fault:
        differences.append(f"{NAME} has been changed: {fault}.")
        return Verdict(0, 0, own, bool(wanted), listed=False, differences=tuple(differences))
    site = _Site(source, entries)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for start in range(0, len(entries), _IN_HAND):
            some = entries[start : start + _IN_HAND]
            for entry, (content, wrong) in zip(some, pool.map(site.look, some), strict=True):
                differences.extend(site.check(entry, content, wrong))
    names = source.names()
    extra = sorted((names or frozenset()) - {NAME, *(one.path for one in entries)})
    differences.extend(f"{name} does not belong: the manifest does not list it." for name in extra)
    return Verdict(
        files=len(entries),
        figures=site.figures,
        sha256=own,
        vouched=bool(wanted),
        listed=names is not None,
        differences=tuple(differences),
    )


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
