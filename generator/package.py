"""Find and read data packages. The only reader of `data/`.

Cells stay the text that the file holds; the ledger gives them types. Nothing here judges:
what is wrong with a package is for `checks/`, save what stops it from being opened at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import release_list
from generator.body import Body, PlainBody, Row
from generator.body import read as read_body
from generator.descriptor import (
    DESCRIPTOR,
    Settings,
    Source,
    currency_of,
    display_path,
    licence_of,
    name_of,
    not_utf8,
    objects,
    read_descriptor,
    settings_of,
    sources_of,
)
from generator.errors import UnreadablePackage
from generator.release_list import Release

RELEASES = "releases.json"
"""The list, beside the descriptor, of the versions that were released."""


@dataclass(frozen=True)
class Table:
    """One CSV resource as it stands in the file."""

    resource: str
    title: str
    file: str
    """The path to show to people: relative to where the command runs when it lies below."""
    schema: Mapping[str, Any]
    body: Body
    decoded: bool = True
    """False when the file is not UTF-8: what could not be read stands as U+FFFD."""

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names as they stand in the file."""
        return self.body.header

    @property
    def plain(self) -> bool:
        """Whether nothing about the file's quotes, line ends and lengths of rows is odd."""
        return self.decoded and isinstance(self.body, PlainBody)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows in order."""
        return self.body.rows

    @property
    def lines(self) -> tuple[int, ...]:
        """The line at which each record begins, the header's and blank ones included."""
        return self.body.lines

    @property
    def fields(self) -> tuple[Mapping[str, Any], ...]:
        """The schema's fields in order."""
        return tuple(objects(self.schema.get("fields")))


@dataclass(frozen=True)
class ProsePage:
    """A page of the publisher's own text, `pages/<name>.md`."""

    name: str
    file: str
    text: str


@dataclass(frozen=True)
class DataPackage:
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
    return tuple(sorted(path.parent for path in data_folder.glob(f"*/{DESCRIPTOR}")))


def _safe_path(folder: Path, path: object, file: str) -> Path:
    inside = isinstance(path, str) and path and "://" not in path and "\0" not in path
    if not inside or Path(str(path)).is_absolute() or ".." in Path(str(path)).parts:
        raise UnreadablePackage(
            f"{file}: the resource path {path!r} is not a file inside the package.",
            "give each resource a path such as awards.csv, beside the descriptor.",
        )
    return folder / str(path)


def _read_table(folder: Path, resource: Mapping[str, Any], file: str) -> Table | None:
    path = _safe_path(folder, resource.get("path"), file)
    name = name_of(resource.get("name"), file)
    schema = resource.get("schema")
    if not path.is_file():
        return None
    body, decoded = read_body(path.read_bytes())
    return Table(
        resource=name,
        title=str(resource.get("title") or name),
        file=display_path(path),
        schema=schema if isinstance(schema, dict) else {},
        body=body,
        decoded=decoded,
    )


def _prose(folder: Path) -> Iterator[ProsePage]:
    for path in sorted((folder / "pages").glob("*.md")):
        if path.is_file():
            try:
                yield ProsePage(path.stem, display_path(path), path.read_text("utf-8-sig"))
            except UnicodeDecodeError as fault:
                raise not_utf8(path) from fault


def _releases(folder: Path) -> tuple[Release, ...]:
    path = folder / RELEASES
    if not path.is_file():
        return ()
    try:
        return release_list.parse(path.read_text(encoding="utf-8-sig"))
    except ValueError as fault:
        raise UnreadablePackage(
            f"{display_path(path)}: {fault}.",
            "restore the file from an earlier version; purse release writes it.",
        ) from fault


def read(folder: Path) -> DataPackage:
    """Read one package.

    Raises UsageProblem or UnreadablePackage when there is nothing that could be checked.
    """
    descriptor = read_descriptor(folder)
    file = display_path(folder / DESCRIPTOR)
    settings = settings_of(descriptor, file)
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not all(isinstance(one, dict) for one in resources):
        raise UnreadablePackage(
            f'{file} has no list of "resources".', "list each CSV file of the package there."
        )
    tables = {}
    for resource in resources:
        if table := _read_table(folder, resource, file):
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
