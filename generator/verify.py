"""A built site, wherever it is, set against its manifest and its own rows."""

import hashlib
import json
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count, takewhile

from generator import manifest, urls
from generator.errors import UsageProblem
from generator.limits import limit
from generator.manifest import NAME, Entry
from generator.verify_figures import FiguresOf
from generator.verify_markup import cut
from generator.verify_rows import Effort, Table, Unsound, Weary, table_of
from generator.verify_sources import Source, Unread
from generator.verify_tables import Tables
from generator.verify_verdict import Verdict

_MB = 1_000_000
_IN_HAND = 12
"""Pages that are held in memory."""


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


_PIECE = 1 << 20
_KEPT_TABLES = 80_000_000
"""Bytes of tables that are kept for the figures of other pages."""
_TOGETHER = 20_000
"""Figures that are recomputed together, so that a large table is read once for all of them."""
_EFFORT, _EFFORT_A_PAGE = 20_000_000, 100_000
"""Rows that may be looked at in all, and for each page of the site."""
_OFTEN = 3
"""How often each table may be read on top of that, where there are large ones."""
_ROWS_AS_BYTES = 10
"""Bytes of a table that cost as much to read as a row costs to look at."""
_ROWS_AS_FILE = 300
"""Rows that cost as much to look at as a file costs to open."""
_PATIENCE, _SLOWEST = 60, 10_000
"""Seconds after which a file must have come with so many bytes a second."""


class _Site:
    """The files of a site as they are compared with the manifest."""

    def __init__(self, source: Source, entries: Sequence[Entry]) -> None:
        self._source = source
        self._entries = {one.path: one for one in entries}
        self._tables: dict[str, tuple[Table, int]] = {}
        self._kept = 0
        """Bytes of these tables."""
        self._parts: dict[str, Sequence[str]] = {}
        csv = sum(one.bytes for one in entries if one.path.endswith(".csv"))
        self._effort = Effort(_EFFORT + _OFTEN * csv // _ROWS_AS_BYTES)
        self._asked = Tables(self._files, self._table, self._effort)
        self._pages: list[tuple[str, FiguresOf]] = []
        """Whose figures are still to be recomputed."""
        self._waiting = self.figures = 0

    def look(self, entry: Entry) -> tuple[bytes | None, str | None]:
        """A page's content, none of another file, and what is wrong with a file."""
        page = entry.path.endswith(".html")
        return self._read(entry, limit("verified_page_megabytes") if page else 0)

    def looked(self) -> Iterator[tuple[Entry, bytes | None, str | None]]:
        """Each file with what `look` says of it."""
        entries, together = tuple(self._entries.values()), self._source.at_once
        if together == 1:
            yield from ((one, *self.look(one)) for one in entries)
            return
        with ThreadPoolExecutor(together) as pool:
            for start in range(0, len(entries), _IN_HAND):
                some = entries[start : start + _IN_HAND]
                for entry, found in zip(some, pool.map(self.look, some), strict=True):
                    yield entry, *found

    def _read(self, entry: Entry, megabytes: int) -> tuple[bytes | None, str | None]:
        """A file's content where it has at most so many megabytes, and what is wrong with it."""
        if entry.bytes > (most := limit("verified_file_megabytes")) * _MB:
            return None, f"is larger than {most:,} MB by the manifest, and was not read"
        kept = list[bytes]()
        hashed, size, started = hashlib.sha256(), 0, time.monotonic()
        try:
            with self._source.opened(entry.path) as file:
                if file is None:
                    return None, "is missing"
                while size <= entry.bytes and (piece := file.read1(_PIECE)):
                    size += len(piece)
                    hashed.update(piece)
                    if entry.bytes <= megabytes * _MB:
                        kept.append(piece)
                    if time.monotonic() - started > _PATIENCE + size / _SLOWEST:
                        return None, "comes too slowly, and was not read to its end"
        except Unread as fault:
            return None, str(fault)
        content = b"".join(kept) if kept or not size else None
        if size != entry.bytes:
            return content, f"has been changed: it has not the {entry.bytes:,} bytes it had"
        if hashed.hexdigest() != entry.sha256:
            return content, "has been changed: its SHA-256 is another"
        return content, None

    def _files(self, path: str) -> Sequence[str]:
        """The files of a table: the one of this path, or parts. Raises Unsound."""
        if path in self._entries:
            return (path,)
        if path not in self._parts:
            parts = (urls.table_part(path, number) for number in count(1))
            found = tuple(takewhile(self._entries.__contains__, parts))
            if not found:
                raise Unsound(f"its rows, {cut(path)}, are not there")
            self._parts[path] = found
        return self._parts[path]

    def _table(self, path: str) -> Table:
        """A CSV of the site, kept for a while. Raises Unsound when it can't be had."""
        if path not in self._tables:
            entry = self._entries.get(path)
            most = limit("verified_table_megabytes")
            if entry is not None and entry.bytes > most * _MB:
                raise Unsound(f"its rows, {cut(path)}, have more than {most} MB")
            content = self._read(entry, most)[0] if entry else None
            if entry is None or content is None:
                raise Unsound(f"its rows, {cut(path)}, are not there")
            self._effort.spend(_ROWS_AS_FILE + entry.bytes // _ROWS_AS_BYTES)
            while self._tables and self._kept + entry.bytes > _KEPT_TABLES:
                self._kept -= self._tables.pop(next(iter(self._tables)))[1]
            self._tables[path] = table_of(content), entry.bytes
            self._kept += entry.bytes
        return self._tables[path][0]

    def check(self, entry: Entry, content: bytes | None, wrong: str | None) -> Iterator[str]:
        """What is wrong with a file, and with the figures of pages that waited for this one."""
        if wrong:
            yield f"{entry.path} {wrong}."
        if not entry.path.endswith(".html"):
            return
        if content is None:
            if not wrong:
                most = limit("verified_page_megabytes")
                yield f"{entry.path} has more than {most} MB, so that its figures were not seen."
            return
        try:
            markup = content.decode("utf-8")
        except UnicodeDecodeError:
            yield f"{entry.path} is not UTF-8 text."
            return
        self._effort.gain(_EFFORT_A_PAGE)
        page = FiguresOf(markup, entry.path, self._asked)
        self._pages.append((entry.path, page))
        self.figures += len(page.figures)
        self._waiting += len(page.figures)
        if self._waiting > _TOGETHER:
            yield from self.recomputed()

    def recomputed(self) -> Iterator[str]:
        """What is wrong with the figures of the pages that wait."""
        for path, page in self._pages:
            try:
                for problem in page.problems():
                    yield f"{path}: {problem}."
            except Weary:
                yield (
                    f"{path}: its figures, with others, ask for more work than a site of this "
                    "size can need, so that not all were recomputed."
                )
        self._pages, self._waiting = [], 0
        self._asked.forget()


def _manifest_of(source: Source) -> bytes:
    """The manifest. Raises UsageProblem when there is none to check against."""
    most = limit("verified_manifest_megabytes")
    listed = bytearray()
    try:
        with source.opened(NAME) as file:
            if file is None:
                raise UsageProblem(
                    f"There is no {NAME} here.",
                    "name a site that purse build made; older ones have no manifest.",
                )
            while len(listed) <= most * _MB and (piece := file.read1(_PIECE)):
                listed += piece
    except Unread as fault:
        raise UsageProblem(
            f"{NAME} {fault}.", "check the address, and that the site is up."
        ) from fault
    if len(listed) > most * _MB:
        raise UsageProblem(
            f"{NAME} has more than {most} MB, and is not read.",
            "look whether this is a site that purse build made.",
        )
    return bytes(listed)


def _must_be_of_a_size(source: Source, entries: Sequence[Entry]) -> None:
    most, size = limit("verified_site_megabytes"), sum(one.bytes for one in entries)
    if size > most * _MB:
        raise UsageProblem(
            f"{NAME} lists {size // _MB:,} MB, and at most {most:,} MB are read.",
            "look whether this is a site that purse build made.",
        )
    source.must_not_unpack_to(size)


def verify(source: Source, wanted: str | None = None) -> Verdict:
    """Check a site against its manifest, recompute its figures, and say what differs.

    `wanted` is the hash that the manifest must have, from somewhere the site can't reach.
    Raises UsageProblem when there is no manifest to check against.
    """
    listed = _manifest_of(source)
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
    _must_be_of_a_size(source, entries)
    site = _Site(source, entries)
    for entry, content, wrong in site.looked():
        differences.extend(site.check(entry, content, wrong))
    differences.extend(site.recomputed())
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
