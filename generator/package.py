"""Find and read data packages. The only reader of `data/`.

Cells stay the text that the file holds; the ledger gives them types. Nothing here judges:
what is wrong with a package is for `checks/`, save what stops it from being opened at all.
"""

import hashlib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator import inside, parts, release_list
from generator.body import Body, NotRead, PlainBody, Row, TooLarge
from generator.descriptor import (
    DESCRIPTOR,
    LIMITS,
    Settings,
    Source,
    currency_of,
    cut,
    display_path,
    licence_of,
    name_of,
    not_read,
    objects,
    paths_of,
    read_descriptor,
    read_text,
    settings_of,
    sources_of,
)
from generator.descriptor_shape import must_fit
from generator.errors import PurseError, UnreadablePackage, UsageProblem
from generator.limits import limit
from generator.parquet_columns import Room, is_parquet
from generator.parts import Part
from generator.release_list import Release

PAGES = "pages"
_PAGE = re.compile(r"[\w-][\w .-]{0,99}")
RELEASES = "releases.json"
"""The list, beside the descriptor, of the versions that were released."""
_TIMES, _PAUSE = 4, 1
"""How often a package is read that is changed meanwhile, and the seconds in between."""


class _Changed(Exception):
    """A file of a package was changed while the package was read."""


class Table(Struct, frozen=True):
    """One resource as it stands in its file."""

    resource: str
    title: str
    file: str
    """The path to show to people: relative to where the command runs when it lies below."""
    schema: Mapping[str, Any]
    body: Body
    decoded: bool = True
    """False when the file is not UTF-8: what could not be read stands as U+FFFD."""
    parts: tuple[Part, ...] = ()
    """The files that it stands in, where these are several; then `file` is the first."""

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names as they stand in the file."""
        return self.body.header

    @property
    def plain(self) -> bool:
        """Whether nothing about the file's quotes, line ends and lengths of rows is odd."""
        odd = not self.decoded or any(one.fault for one in self.parts)
        return not odd and isinstance(self.body, PlainBody)

    def place(self, line: int) -> tuple[str, int]:
        """The file in which a line of the table stands, and which of its lines that is."""
        if len(self.parts) < 2:
            return self.file, line
        part = parts.of_line(self.parts, line)
        return part.file, part.own(line)

    def words(self, line: int) -> str:
        """`row 12`, or `row 12 of awards-2.csv` where the table stands in several files."""
        file, own = self.place(line)
        return f"row {own} of {file.rpartition('/')[2]}" if len(self.parts) > 1 else f"row {own}"

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in order."""
        return self.body.rows

    @property
    def lines(self) -> Sequence[int]:
        """The line at which each record begins, the header's and blank ones included."""
        return self.body.lines

    @property
    def fields(self) -> tuple[Mapping[str, Any], ...]:
        """The schema's fields in order."""
        return tuple(objects(self.schema.get("fields")))


class ProsePage(Struct, frozen=True):
    """A page of the publisher's own text, `pages/<name>.md`."""

    name: str
    file: str
    text: str


class DataPackage(Struct, frozen=True):
    """One publisher's publication as read from disk."""

    folder: Path
    name: str
    title: str
    version: str | None
    created: str | None
    currency: str
    licence: str | None
    sources: tuple[Source, ...]
    settings: Settings
    descriptor: Mapping[str, Any]
    tables: Mapping[str, Table]
    prose: tuple[ProsePage, ...]
    releases: tuple[Release, ...] = ()
    """The versions released so far, in the order of the list."""


def find(data_folder: Path) -> tuple[Path, ...]:
    """The package folders below `data/`, sorted by name."""
    found = tuple(sorted(path.parent for path in data_folder.glob(f"*/{DESCRIPTOR}")))
    for folder in found:
        if folder.resolve().parent != data_folder.resolve():
            raise UnreadablePackage(
                display_path(folder),
                "this is a link that leads out of its folder",
                "put the package's folder itself there.",
            )
    return found


def _read_part(folder: Path, path: str) -> bytes:
    try:
        return inside.read(folder, path, limit("table_megabytes")) or b""
    except inside.Refused as fault:
        raise not_read(folder / path, fault) from fault


def _read_table(folder: Path, resource: Mapping[str, Any], file: str, room: Room) -> Table | None:
    """A resource's table; None where one of its files isn't there."""
    paths = paths_of(resource)
    if not all(inside.is_there(folder, path) for path in paths):
        return None
    name = name_of(resource.get("name"), file)
    files = [display_path(folder / path) for path in paths]
    try:
        body, decoded, found = parts.read_parts(
            files,
            [partial(_read_part, folder, path) for path in paths],
            resource.get("schema") or {},
            room,
        )
    except NotRead as fault:
        code = LIMITS if isinstance(fault, TooLarge) else "structure"
        told = UnreadablePackage(fault.file or files[0], str(fault), fault.mend, fault.line, code)
        told.column = fault.column
        raise told from fault
    return Table(
        resource=name,
        title=str(resource.get("title") or name),
        file=files[0],
        schema=resource.get("schema") or {},
        body=body,
        decoded=decoded,
        parts=found,
    )


def _must_not_be_too_large(folder: Path, paths: Sequence[str], file: str) -> None:
    largest = limit("table_megabytes") * 1_000_000  # of what is larger, reading it tells
    whole = sum(min(inside.size(folder, path), largest) for path in paths)
    most = limit("package_megabytes")
    if whole > most * 1_000_000:
        raise UnreadablePackage(
            file,
            f"the tables have {whole // 1_000_000:,} MB, and at most {most:,} MB are read",
            "split the publication into several packages.",
            code=LIMITS,
        )


def _prose(folder: Path) -> Iterator[ProsePage]:
    try:
        pages = list(inside.names(folder, PAGES, ".md"))
    except inside.Refused as fault:
        raise not_read(folder / PAGES, fault) from fault
    for page in pages:
        path = folder / page
        if not _PAGE.fullmatch(path.stem):
            raise UnreadablePackage(
                display_path(folder / PAGES),
                f"the page's name {cut(path.name)} can't be part of a web address",
                "give it a name of letters, digits and hyphens.",
            )
        text = read_text(folder, page, limit("page_megabytes"))
        if text is not None and max(map(len, text.split("\n"))) > limit("cell_characters"):
            raise UnreadablePackage(
                display_path(path),
                f"a line has more than {limit('cell_characters'):,} characters",
                "break the text into paragraphs.",
                code=LIMITS,
            )
        if text is not None:
            yield ProsePage(path.stem, display_path(path), text)


def _releases(folder: Path) -> tuple[Release, ...]:
    text = read_text(folder, RELEASES, limit("descriptor_megabytes"))
    try:
        return () if text is None else release_list.parse(text)
    except ValueError as fault:
        raise UnreadablePackage(
            display_path(folder / RELEASES),
            str(fault),
            "restore the file from an earlier version; purse release writes it.",
        ) from fault


def read(folder: Path) -> DataPackage:
    """Read one package as it is at one moment, never half before a change and half after it.

    Raises UsageProblem or UnreadablePackage when there is nothing that could be checked.
    """
    for _ in range(_TIMES):
        before = inside.state(folder)
        try:
            return _as_it_was(folder, before)
        except _Changed:
            time.sleep(_PAUSE)
    raise UsageProblem(
        f"{display_path(folder)} is being changed while it is read.",
        "wait until whoever changes it has ended, and give the same command again.",
    )


def fingerprint(folder: Path) -> str:
    """A hash of all that `read` reads of a package."""
    listed = objects(read_descriptor(folder).get("resources"))
    names = {DESCRIPTOR, RELEASES, *(path for one in listed for path in paths_of(one))}
    names |= set(inside.names(folder, PAGES, ".md"))
    whole = hashlib.sha256()
    for name in sorted(names):
        content = inside.read(folder, name, limit("table_megabytes"))
        whole.update(f"{name}\0{-1 if content is None else len(content)}\0".encode())
        whole.update(content or b"")
    return whole.hexdigest()


def _as_it_was(folder: Path, before: object) -> DataPackage:
    """The package. Raises _Changed where a file was changed meanwhile, whatever was read."""
    try:
        found = _read(folder)
    except PurseError:
        if inside.state(folder) != before:
            raise _Changed from None
        raise
    if inside.state(folder) != before:
        raise _Changed
    return found


def _read(folder: Path) -> DataPackage:
    descriptor = read_descriptor(folder)
    file = display_path(folder / DESCRIPTOR)
    settings = settings_of(descriptor, file)
    must_fit(descriptor, file)
    resources = descriptor["resources"]
    paths = [path for one in resources for path in paths_of(one)]
    _must_not_be_too_large(folder, paths, file)
    room = Room(sum(inside.size(folder, path) for path in paths if is_parquet(path)))
    tables = {}
    for resource in resources:
        if table := _read_table(folder, resource, file, room):
            tables[table.resource] = table
    return DataPackage(
        folder=folder,
        name=name_of(descriptor.get("name") or folder.name, file),
        title=str(descriptor.get("title") or settings.site_name),
        version=descriptor.get("version"),
        created=descriptor.get("created"),
        currency=currency_of(descriptor, file),
        licence=licence_of(descriptor),
        sources=sources_of(descriptor, file),
        settings=settings,
        descriptor=descriptor,
        tables=tables,
        prose=tuple(_prose(folder)),
        releases=_releases(folder),
    )
