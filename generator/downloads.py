"""Downloads: each resource's CSV, the published descriptor, and all of it in one zip."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from generator import urls
from generator.exports.base import Download
from generator.ledger import Ledger
from generator.summaries import resource_table

_EPOCH = (1980, 1, 1, 0, 0, 0)


def _resources(ledger: Ledger) -> Iterator[Download]:
    package = ledger.package
    for name, table in package.tables.items():
        published = resource_table(ledger, name)
        if published is not None:
            yield Download(
                path=published.path,
                name=f"{name}.csv",
                title=table.title,
                description=str(table.schema.get("description", "")),
                content=published.csv(),
                table=published,
            )


def _descriptor(ledger: Ledger, files: list[Download]) -> Download:
    """The descriptor as published: bytes and hashes of the published files added."""
    package = ledger.package
    by_name = {one.name: one for one in files}
    descriptor: dict[str, Any] = json.loads(json.dumps(package.descriptor))
    for resource in descriptor["resources"]:
        file = by_name.get(f"{resource['name']}.csv")
        if file is not None:
            resource["path"] = file.name
            resource["encoding"] = "utf-8"
            resource["bytes"] = len(file.content)
            resource["hash"] = f"sha256:{file.sha256}"
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    return Download(
        path=urls.descriptor(package.name),
        name="datapackage.json",
        title="Descriptor",
        description="What each file and column means, with sizes and hashes (Data Package).",
        content=text.encode(),
    )


def _archive(ledger: Ledger, files: list[Download]) -> Download:
    """All files in one zip. Stored, not deflated: the same bytes from every zlib."""
    package = ledger.package
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(files, key=lambda one: one.name):
            entry = zipfile.ZipInfo(f"{package.name}/{file.name}", _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, file.content)
    return Download(
        path=urls.archive(package.name),
        name=f"{package.name}.zip",
        title="Everything in one file",
        description="All the files above in one zip.",
        content=out.getvalue(),
    )


def downloads(ledger: Ledger) -> tuple[Download, ...]:
    """Every download of a package: its tables, its descriptor, its zip."""
    files = list(_resources(ledger))
    files.append(_descriptor(ledger, files))
    files.append(_archive(ledger, files))
    return tuple(files)
