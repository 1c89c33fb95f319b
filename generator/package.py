"""Find and read data packages. The only reader of `data/`.

Cells stay the text that the file holds; the ledger gives them types. Nothing here judges:
what is wrong with a package is for `checks/`, save what stops it from being opened at all.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import release_list
from generator.errors import UnreadablePackage, UsageProblem
from generator.release_list import Release

DESCRIPTOR = "datapackage.json"
RELEASES = "releases.json"
"""The list, beside the descriptor, of the versions that were released."""
_NAME = re.compile("[a-z0-9]+([-_.][a-z0-9]+)*")
"""Names become parts of addresses and of paths that are written: nothing that climbs."""
_NUMBER = ("scheme", "identifier")
csv.field_size_limit(2**31 - 1)  # as Frictionless sets it; a long text is no fault


@dataclass(frozen=True)
class Row:
    """One row: the line it begins at (the header is line 1) and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """One CSV resource as it stands in the file."""

    resource: str
    title: str
    file: str
    """The path to show to people: relative to where the command runs when it lies below."""
    schema: Mapping[str, Any]
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    """The line at which each record begins, the header's and blank ones included."""
    decoded: bool = True
    """False when the file is not UTF-8: what could not be read stands as U+FFFD."""

    @property
    def fields(self) -> tuple[Mapping[str, Any], ...]:
        """The schema's fields in order."""
        return tuple(objects(self.schema.get("fields")))


@dataclass(frozen=True)
class Source:
    """A document that the package was compiled from."""

    title: str
    hash: str | None
    path: str | None


@dataclass(frozen=True)
class OrganisationNumber:
    """An organisation's number in a list; `scheme` is the list's code at org-id.guide."""

    scheme: str
    identifier: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.identifier}"


@dataclass(frozen=True)
class Settings:
    """The `purse` object of a descriptor: what the site says of its publisher."""

    publisher_id: str
    publisher_name: str
    short_name: str
    site_name: str
    official: bool
    compiled_from: str | None
    available: str | None
    """The id of the stated figure that says how much money there was."""
    contact: str | None
    base_url: str | None
    as_of: str
    """The package's own "today" (ISO date), else the day it was created; never the clock."""
    publisher_numbers: tuple[OrganisationNumber, ...] = ()
    """purse.publisher.identifiers: the publisher's own numbers, the best first."""
    threesixtygiving_prefix: str | None = None
    """The prefix registered with 360Giving, without its `360G-`."""
    ocid_prefix: str | None = None
    """The prefix registered with the Open Contracting Partnership: `ocds-` and six more."""


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


def objects(value: object) -> list[dict[str, Any]]:
    """The JSON objects of a list; none when it isn't a list (the checks say so)."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def find(data_folder: Path) -> tuple[Path, ...]:
    """The package folders below `data/`, sorted by name."""
    return tuple(sorted(path.parent for path in data_folder.glob(f"*/{DESCRIPTOR}")))


def display_path(path: Path) -> str:
    """A path as people know it: relative to the working folder when it lies below it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _not_utf8(path: Path) -> UnreadablePackage:
    return UnreadablePackage(
        f"{display_path(path)} is not UTF-8 text.", "save the file again as UTF-8."
    )


def read_descriptor(folder: Path) -> dict[str, Any]:
    """A package's descriptor. Raises UsageProblem or UnreadablePackage when it has none."""
    path = folder / DESCRIPTOR
    if not path.is_file():
        raise UsageProblem(
            f"{display_path(folder)} is not a data package: it has no {DESCRIPTOR}.",
            f"name a folder that holds a {DESCRIPTOR}, such as data/<your package>.",
        )
    try:
        descriptor = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as fault:
        raise UnreadablePackage(
            f"{display_path(path)}, line {fault.lineno}: this is not valid JSON ({fault.msg}).",
            "look for a missing comma, quote or bracket on that line or the one before it.",
        ) from fault
    except UnicodeDecodeError as fault:
        raise _not_utf8(path) from fault
    except RecursionError as fault:
        raise UnreadablePackage(
            f"{display_path(path)} has brackets within brackets without end.",
            "restore the file from an earlier version.",
        ) from fault
    if not isinstance(descriptor, dict):
        raise UnreadablePackage(
            f"{display_path(path)} does not hold a JSON object.",
            "a descriptor begins with { and ends with }.",
        )
    return descriptor


def _optional(owner: Mapping[str, Any], key: str, file: str) -> str | None:
    value = owner.get(key)
    if value is not None and not isinstance(value, str):
        raise UnreadablePackage(
            f'{file}: "{key}" in the "purse" object is not a text.',
            "write it in double quotes, or take it out.",
        )
    return value or None


def _name(name: object, file: str) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise UnreadablePackage(
            f"{file}: the name {name!r} can't be part of a web address.",
            "give the package and each resource a name of small letters, digits and hyphens.",
        )
    return name


def _numbers(publisher: Mapping[str, Any], file: str) -> tuple[OrganisationNumber, ...]:
    listed = publisher.get("identifiers") or []
    numbers = objects(listed)
    if (
        not isinstance(listed, list)
        or len(numbers) != len(listed)
        or not all(isinstance(one.get(key), str) and one[key] for one in numbers for key in _NUMBER)
    ):
        raise UnreadablePackage(
            f'{file}: the publisher\'s "identifiers" are not a list of numbers.',
            'write each as {"scheme": "GB-...", "identifier": "..."}, or take them out.',
        )
    return tuple(OrganisationNumber(*(one[key] for key in _NUMBER)) for one in numbers)


def _prefix(purse: Mapping[str, Any], key: str, shape: str, mend: str, file: str) -> str | None:
    prefix = _optional(purse, key, file)
    if prefix is not None and not re.fullmatch(shape, prefix):
        raise UnreadablePackage(f"{file}: {prefix!r} can't be the {key}.", mend)
    return prefix


def _settings(descriptor: Mapping[str, Any], file: str) -> Settings:
    purse = descriptor.get("purse")
    publisher = purse.get("publisher") if isinstance(purse, dict) else None
    if not isinstance(purse, dict) or not isinstance(publisher, dict):
        raise UnreadablePackage(
            f'{file} has no "purse" object with a "publisher".',
            'add "purse": {"publisher": {"id": "...", "name": "..."}} to the descriptor.',
        )
    for key in ("id", "name"):
        if not isinstance(publisher.get(key), str) or not publisher[key]:
            raise UnreadablePackage(
                f'{file}: the publisher has no "{key}".', f'add "{key}" to purse.publisher.'
            )
    name = publisher["name"]
    return Settings(
        publisher_id=publisher["id"],
        publisher_name=name,
        short_name=_optional(publisher, "short_name", file) or name,
        site_name=_optional(purse, "site_name", file) or f"{name}: funds and awards",
        official=purse.get("official") is True,
        compiled_from=_optional(purse, "compiled_from", file),
        available=_optional(purse, "available", file),
        contact=_optional(purse, "contact", file),
        base_url=_optional(purse, "base_url", file),
        as_of=_optional(purse, "as_of", file)
        or (_optional(descriptor, "created", file) or "")[:10],
        publisher_numbers=_numbers(publisher, file),
        threesixtygiving_prefix=_prefix(
            purse,
            "threesixtygiving_prefix",
            "(?!360G)[A-Za-z0-9_-]+",
            "write what 360Giving registered, without the 360G- before it.",
            file,
        ),
        ocid_prefix=_prefix(
            purse,
            "ocid_prefix",
            "ocds-[a-z0-9]{6}",
            "write the whole registered prefix: ocds-, then six letters or digits.",
            file,
        ),
    )


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
    name = _name(resource.get("name"), file)
    schema = resource.get("schema")
    if not path.is_file():
        return None
    data = path.read_bytes()
    try:
        text, decoded = data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text, decoded = data.decode("utf-8-sig", errors="replace"), False
    reader = csv.reader(io.StringIO(text, newline=""))
    header = tuple(next(reader, ()))
    rows = []
    lines = [1, reader.line_num + 1]
    for cells in reader:
        if cells:
            padded = [*cells, *[""] * (len(header) - len(cells))]
            rows.append(Row(lines[-1], dict(zip(header, padded, strict=False))))
        lines.append(reader.line_num + 1)
    return Table(
        resource=name,
        title=str(resource.get("title") or name),
        file=display_path(path),
        schema=schema if isinstance(schema, dict) else {},
        header=header,
        rows=tuple(rows),
        lines=tuple(lines[:-1]),
        decoded=decoded,
    )


def _licence(descriptor: Mapping[str, Any]) -> str | None:
    licences = objects(descriptor.get("licenses"))
    if not licences:
        return None
    first = licences[0]
    return str(first.get("title") or first.get("name") or first.get("path") or "") or None


def _prose(folder: Path) -> Iterator[ProsePage]:
    for path in sorted((folder / "pages").glob("*.md")):
        if path.is_file():
            try:
                yield ProsePage(path.stem, display_path(path), path.read_text("utf-8-sig"))
            except UnicodeDecodeError as fault:
                raise _not_utf8(path) from fault


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
    settings = _settings(descriptor, file)
    currency = descriptor.get("currency")
    if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
        raise UnreadablePackage(
            f"{file} does not say its currency.",
            'add "currency": "GBP" (or another three-letter code) to the descriptor.',
        )
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
        name=_name(descriptor.get("name") or folder.name, file),
        title=str(descriptor.get("title") or settings.site_name),
        version=descriptor.get("version"),
        created=descriptor.get("created"),
        currency=currency,
        licence=_licence(descriptor),
        sources=tuple(
            Source(str(one.get("title", "")), one.get("hash"), one.get("path"))
            for one in objects(descriptor.get("sources"))
        ),
        settings=settings,
        descriptor=descriptor,
        tables=tables,
        prose=tuple(_prose(folder)),
        releases=_releases(folder),
    )
