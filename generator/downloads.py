"""Downloads: every table in each format, their descriptions, and the data package as a zip."""

import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any

from generator import urls
from generator.archive import archive
from generator.exports import ocds, threesixtygiving
from generator.exports.base import Download
from generator.exports.catalogue import catalogue
from generator.exports.columnar import parquets
from generator.exports.csvw import descriptions
from generator.exports.database import database
from generator.exports.llms import llms_txt
from generator.exports.nested import publication
from generator.exports.tabular import TypedTable, typed_tables
from generator.exports.workbook import workbook
from generator.ledger import Ledger
from generator.summaries.resources import UNPUBLISHED
from generator.tables import TableFile
from generator.write_site import NOTHING, Ready

_CSV = {"format": "csv", "mediatype": "text/csv"}
"""What is said of a published table, whatever kind of file it was read from."""


def _csvs(folder: str, tables: Sequence[TypedTable], ready: Ready) -> Iterator[Download]:
    for table in tables:
        for file in table.table.files:
            entry = ready.entries.get(file.path)
            yield Download(
                path=file.path,
                name=file.path.removeprefix(folder),
                title=table.title,
                description=table.description,
                given=partial(_read, ready, file) if entry else file.content,
                table=table.table,
                part=file if table.table.in_parts else None,
                ready=entry,
                of=table.name,
            )


def _read(ready: Ready, file: TableFile) -> bytes:
    """A part as it is at its place; made anew, where somebody has taken it away."""
    return ready.read(file.path) or file.content()


def _resource(table: TypedTable) -> dict[str, Any]:
    """A table of ours as a resource of the published descriptor."""
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "schema": table.schema,
    }


def _where(files: Sequence[Download]) -> dict[str, Any]:
    """Where a resource lies: in one file, or in parts that are read one after another."""
    if len(files) == 1:
        (one,) = files
        told = {"path": one.name, "encoding": "utf-8"}
        return {**told, "bytes": one.bytes, "hash": f"sha256:{one.sha256}"}
    parts = [
        {
            "path": one.name,
            "rows": one.part.rows if one.part else None,
            "bytes": one.bytes,
            "hash": f"sha256:{one.sha256}",
        }
        for one in files
    ]
    return {"path": [one.name for one in files], "encoding": "utf-8", "parts": parts}


def _descriptor(
    ledger: Ledger, tables: Sequence[TypedTable], files: Sequence[Download]
) -> Download:
    """The descriptor as published: our tables, and the files' bytes and hashes, added."""
    package = ledger.package
    by_table: dict[str | None, list[Download]] = {}
    for one in files:
        by_table.setdefault(one.of, []).append(one)
    descriptor: dict[str, Any] = json.loads(json.dumps(package.descriptor))
    schemas = {one.name: one.schema for one in tables}
    listed = descriptor["resources"]
    descriptor["resources"] = [one for one in listed if one.get("name") not in UNPUBLISHED]
    descriptor["resources"] += [_resource(one) for one in tables if one.made]
    for resource in descriptor["resources"]:
        if "schema" in resource:
            resource["schema"] = schemas.get(resource["name"], resource["schema"])
        if resource["name"] in by_table:
            found = _where(by_table[resource["name"]])
            for name in {"bytes", "hash"} - {*found}:  # of the file that the package has
                resource.pop(name, None)
            resource.update({key: value for key, value in _CSV.items() if key in resource})
            resource.update(found)
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    return Download(
        path=urls.descriptor(package.name),
        name="datapackage.json",
        title="Descriptor",
        description="What each file and column means, with sizes and hashes (Data Package).",
        given=text.encode(),
    )


def _archive(ledger: Ledger, files: Sequence[Download]) -> Download:
    """The tables and their descriptions as one file, made once and not held in memory."""
    package = ledger.package
    listed = sorted(files, key=lambda one: one.name)
    return Download(
        path=urls.archive(package.name),
        name=f"{package.name}.zip",
        title="All tables in one zip",
        description="Every CSV with its description, as a data package.",
        given=cache(lambda: archive((f"{package.name}/{one.name}", one.stored) for one in listed)),
    )


def _package(
    ledger: Ledger, tables: Sequence[TypedTable], ready: Ready = NOTHING
) -> tuple[Download, ...]:
    """The data package as published: CSVs and their descriptions, then all that as a zip.

    Nothing here depends on the version of a library, so a release's zip can be made again.
    """
    folder = urls.package_folder(ledger.package.name)
    csvs, described = tuple(_csvs(folder, tables, ready)), tuple(descriptions(ledger, tables))
    whole = (described[-1], _descriptor(ledger, tables, csvs))
    return (*csvs, *described[:-1], *whole[::-1], _archive(ledger, (*csvs, *whole)))


def package_archive(ledger: Ledger) -> Download:
    """The zip of the data package as published: what a release is."""
    *_, archive = _package(ledger, typed_tables(ledger))
    return archive


def parts(ledger: Ledger) -> Iterator[TableFile]:
    """The parts of all tables that have too many rows for one file."""
    for one in ledger.once(typed_tables):
        if one.table.in_parts:
            yield from one.table.files


Formats = tuple[tuple[Download, ...], tuple[Download, ...]]
"""Downloads besides the data package: those listed before it, and those after."""
NO_FORMATS: Formats = ((), ())


def formats(ledger: Ledger) -> Formats:
    """Every format but CSV, which takes time."""
    tables = typed_tables(ledger)
    before = (workbook(ledger, tables), publication(ledger, tables), database(ledger, tables))
    standards = (*threesixtygiving.downloads(ledger), *ocds.downloads(ledger))
    return before, (*parquets(ledger, tables), *standards)


def downloads(
    ledger: Ledger, others: Formats | None = None, ready: Ready = NOTHING
) -> tuple[Download, ...]:
    """Every download of a package: its tables in each format, its descriptions, its zip.

    `others` are the formats but CSV, where they are made already; `ready` are parts of tables
    that are at their place.
    """
    before, after = formats(ledger) if others is None else others
    return (*before, *_package(ledger, ledger.once(typed_tables), ready), *after)


def entries(
    ledger: Ledger, files: Sequence[Download], base_url: str | None
) -> tuple[Download, ...]:
    """What leads machines to the downloads: the catalogue, and `/llms.txt`."""
    return catalogue(ledger, files, base_url), llms_txt(ledger, files, base_url)
