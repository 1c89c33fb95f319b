"""Whether a descriptor is surely without fault, so that Frictionless need not be asked.

It knows the plain shapes that our packages have, and calls nothing else clean. Frictionless
judges what isn't called clean.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from generator import schemas
from generator.descriptor import objects, paths_of
from generator.parquet_columns import is_parquet

_PROFILES = "https://datapackage.org/profiles/2.0/"
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_PATH = re.compile(r"(?:[a-z0-9]+(?:[-_][a-z0-9]+)*/)?[a-z0-9]+(?:[-_][a-z0-9]+)*\.(csv|parquet)")
_TEXTS = ("title", "description", "version", "currency")
_OURS = frozenset({"purse"})
_KNOWN = {*_TEXTS, *_OURS, "$schema", "name", "created", "licenses", "sources", "contributors"}
_RESOURCE = {
    "$schema": f"{_PROFILES}dataresource.json",
    "type": "table",
    "scheme": "file",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {"delimiter": ","},
}
"""What a resource may say beside its name, title, path and schema."""
_PARQUET = {**_RESOURCE, "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
_NEEDED = {"name", "type", "path", "format", "schema"}
_CSV_NEEDS = {"encoding", "dialect"}


def _is_moment(text: object) -> bool:
    if not isinstance(text, str) or not re.fullmatch(r"[\d-]{10}T[\d:]{8}Z", text, re.ASCII):
        return False
    try:
        return bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def _are_plain(value: object, *, named: bool = False) -> bool:
    """Whether a list holds objects whose known members are texts; a licence has a name or path."""
    if not isinstance(value, list) or len(objects(value)) != len(value):
        return False
    return all(
        "email" not in one
        and all(isinstance(one.get(key, ""), str) for key in ("name", "path", "title"))
        and not {"organisation", "role"} & one.keys()
        and (not named or bool(one.get("name") or one.get("path")))
        for one in value
    )


def _is_clean_resource(one: Mapping[str, Any], listed: list[str]) -> bool:
    name, path = one.get("name"), one.get("path")
    if not isinstance(name, str) or not isinstance(path, str | list) or not one.keys() >= _NEEDED:
        return False
    known = _PARQUET if is_parquet(paths_of(one)[0]) else _RESOURCE
    if known is _RESOURCE and not one.keys() >= _CSV_NEEDS:
        return False
    rest = {key: one[key] for key in one.keys() - {"name", "path", "title", "schema"}}
    return bool(
        _NAME.fullmatch(name)
        and all(map(_PATH.fullmatch, paths_of(one)))
        and isinstance(one.get("title", ""), str)
        and all(key in known and value == known[key] for key, value in rest.items())
        and one["schema"] == schemas.embedded(name, listed)
    )


def is_clean(descriptor: Mapping[str, Any]) -> bool:
    """Whether Frictionless surely finds no fault with a descriptor and the schemas in it."""
    name, found = descriptor.get("name"), descriptor.get("resources")
    if not isinstance(found, list) or len(objects(found)) != len(found):
        return False
    listed = [str(one.get("name")) for one in found]
    return bool(
        descriptor.keys() <= _KNOWN | {"resources"}
        and descriptor.get("$schema") == f"{_PROFILES}datapackage.json"
        and isinstance(name, str)
        and _NAME.fullmatch(name)
        and all(isinstance(descriptor.get(key, ""), str) for key in _TEXTS)
        and ("created" not in descriptor or _is_moment(descriptor["created"]))
        and _are_plain(descriptor.get("licenses", []), named=True)
        and _are_plain(descriptor.get("sources", []))
        and _are_plain(descriptor.get("contributors", []))
        and len(set(listed)) == len(listed) > 0
        and all(_is_clean_resource(one, listed) for one in found)
    )
