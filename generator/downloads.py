"""Downloads: every table in each format, their descriptions, and the data package as a zip."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from generator import urls
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

_CSV = {"format": "csv", "mediatype": "text/csv"}
"""What is said of a published table, whatever kind of file it was read from."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def _csvs(tables: Sequence[TypedTable]) -> Iterator[Download]:
    for table in tables:
        yield Download(
            path=table.table.path,
            name=f"{table.name}.csv",
            title=table.title,
            description=table.description,
            given=table.table.csv,
            table=table.table,
            of=table.name,
        )


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


def _descriptor(
    ledger: Ledger, tables: Sequence[TypedTable], files: Sequence[Download]
) -> Download:
    """The descriptor as published: our tables, and the files' bytes and hashes, added."""
    package = ledger.package
    by_name = {one.name: one for one in files}
    descriptor: dict[str, Any] = json.loads(json.dumps(package.descriptor))
    schemas = {one.name: one.schema for one in tables}
    listed = descriptor["resources"]
    descriptor["resources"] = [one for one in listed if one.get("name") not in UNPUBLISHED]
    descriptor["resources"] += [_resource(one) for one in tables if one.made]
    for resource in descriptor["resources"]:
        if "schema" in resource:
            resource["schema"] = schemas.get(resource["name"], resource["schema"])
        file = by_name.get(f"{resource['name']}.csv")
        if file is not None:
            resource["path"] = file.name
            resource.update({key: value for key, value in _CSV.items() if key in resource})
            resource["encoding"] = "utf-8"
            resource["bytes"] = file.bytes
            resource["hash"] = f"sha256:{file.sha256}"
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    return Download(
        path=urls.descriptor(package.name),
        name="datapackage.json",
        title="Descriptor",
        description="What each file and column means, with sizes and hashes (Data Package).",
        given=text.encode(),
    )


def _archive(ledger: Ledger, files: Sequence[Download]) -> Download:
    """The tables and their descriptions. Stored, not deflated: the same bytes from every zlib."""
    package = ledger.package

    def zipped() -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for file in sorted(files, key=lambda one: one.name):
                entry = zipfile.ZipInfo(f"{package.name}/{file.name}", _EPOCH)
                entry.external_attr = 0o644 << 16
                entry.create_system = 3
                archive.writestr(entry, file.content)
        return out.getvalue()

    return Download(
        path=urls.archive(package.name),
        name=f"{package.name}.zip",
        title="All tables in one zip",
        description="Every CSV with its description, as a data package.",
        given=zipped,
    )


def _package(ledger: Ledger, tables: Sequence[TypedTable]) -> tuple[Download, ...]:
    """The data package as published: CSVs and their descriptions, then all that as a zip.

    Nothing here depends on the version of a library, so a release's zip can be made again.
    """
    csvs, described = tuple(_csvs(tables)), tuple(descriptions(ledger, tables))
    whole = (described[-1], _descriptor(ledger, tables, csvs))
    return (*csvs, *described[:-1], *whole[::-1], _archive(ledger, (*csvs, *whole)))


def package_archive(ledger: Ledger) -> Download:
    """The zip of the data package as published: what a release is."""
    *_, archive = _package(ledger, typed_tables(ledger))
    return archive


Formats = tuple[tuple[Download, ...], tuple[Download, ...]]
"""Downloads besides the data package: those listed before it, and those after."""
NO_FORMATS: Formats = ((), ())


def formats(ledger: Ledger) -> Formats:
    """Every format but CSV, which takes time."""
    tables = typed_tables(ledger)
    before = (workbook(ledger, tables), publication(ledger, tables), database(ledger, tables))
    standards = (*threesixtygiving.downloads(ledger), *ocds.downloads(ledger))
    return before, (*parquets(ledger, tables), *standards)


def downloads(ledger: Ledger, others: Formats | None = None) -> tuple[Download, ...]:
    """Every download of a package: its tables in each format, its descriptions, its zip.

    `others` are the formats but CSV, where they are made already.
    """
    before, after = formats(ledger) if others is None else others
    return (*before, *_package(ledger, ledger.once(typed_tables)), *after)


def entries(
    ledger: Ledger, files: Sequence[Download], base_url: str | None
) -> tuple[Download, ...]:
    """What leads machines to the downloads: the catalogue, and `/llms.txt`."""
    return catalogue(ledger, files, base_url), llms_txt(ledger, files, base_url)
