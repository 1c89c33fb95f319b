"""The Table Schemas: where they lie, and keeping the copies in each descriptor true.

Stock Frictionless refuses paths that climb out of a package, so a descriptor embeds its
schemas. `schemas/` is the source; `purse schemas` refreshes the copies.
"""

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from generator import write
from generator.descriptor import objects, read_descriptor

_INSIDE_WHEEL = Path(__file__).parent / "schemas"
_IN_CHECKOUT = Path(__file__).parent.parent / "schemas"
_NAME = re.compile("[a-z_]{1,60}")
"""What our tables are called: never a path, for a name may come from a stranger's workbook."""


def folder() -> Path:
    """Where the schemas lie: beside this module in a wheel, at the top of a checkout."""
    return _INSIDE_WHEEL if _INSIDE_WHEEL.is_dir() else _IN_CHECKOUT


def names() -> tuple[str, ...]:
    """The resources that have a schema, sorted."""
    return tuple(sorted(path.stem for path in folder().glob("*.json")))


def load(resource: str) -> dict[str, Any] | None:
    """One Table Schema; None when there is none of that name."""
    path = folder() / f"{resource}.json"
    if not _NAME.fullmatch(resource) or not path.is_file():
        return None
    return _read(path)


def of_site(name: str) -> dict[str, Any]:
    """The Table Schema of a file that belongs to no package, but lies beside them in `data/`."""
    return _read(folder() / "site" / f"{name}.json")


def _read(path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def embedded(resource: str, listed: Collection[str]) -> dict[str, Any] | None:
    """A resource's schema for a package that lists these resources.

    Stock Frictionless fails on a link to a resource that the package doesn't have, so such
    links are left out; a value in that column is still read and shown.
    """
    schema = load(resource)
    if schema is not None and "foreignKeys" in schema:
        keys = [
            key for key in schema["foreignKeys"] if key["reference"]["resource"] in {"", *listed}
        ]
        schema["foreignKeys"] = keys
        if not keys:
            del schema["foreignKeys"]
    return schema


def drifted(descriptor: Mapping[str, Any]) -> tuple[str, ...]:
    """The resources of a descriptor whose embedded schema is not the one in `schemas/`."""
    resources = objects(descriptor.get("resources"))
    listed = [str(one.get("name")) for one in resources]
    return tuple(
        name
        for name, resource in zip(listed, resources, strict=True)
        if (schema := embedded(name, listed)) is not None and resource.get("schema") != schema
    )


def refresh(descriptor_path: Path) -> tuple[str, ...]:
    """Put the current schemas into a descriptor; returns the resources that changed."""
    descriptor = read_descriptor(descriptor_path.parent)
    changed = drifted(descriptor)
    resources = objects(descriptor.get("resources"))
    listed = [str(one.get("name")) for one in resources]
    for resource in resources:
        if resource.get("name") in changed:
            resource["schema"] = embedded(str(resource["name"]), listed)
    if changed:
        text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
        write.update(descriptor_path.parent, [(descriptor_path.name, text.encode())])
    return changed
