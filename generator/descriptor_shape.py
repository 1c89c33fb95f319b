"""Whether a descriptor has the shape that all else relies on, and leads out of its package nowhere.

What the members mean is for the checks. Here stands what nothing could be read without: a text
where a text belongs, and no word by which a reader of data packages would fetch another file or
address. Only the files beside the descriptor are ever read.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from generator.descriptor import LIMITS, cut, objects, paths_of
from generator.errors import UnreadablePackage
from generator.limits import limit
from generator.parquet_columns import is_parquet
from generator.schema_shape import Fault, faults_of_schema, fits, is_list, is_object, is_text

_FIRST_DAY = datetime(1980, 1, 1, tzinfo=UTC)
"""Zip files know no earlier one."""
_PATH = re.compile(r"[\w&'()+,=@~-][\w .&'()+,=@~-]*(/[\w&'()+,=@~-][\w .&'()+,=@~-]*)*")
_LONGEST_PATH = 200
_TEXTS = ("title", "description", "version", "created", "homepage", "id")
_OF_LISTED = ("title", "name", "path", "hash", "email", "version", "role", "organization")
_LISTS = ("licenses", "sources", "contributors")
_PROFILES = re.compile(
    r"https://datapackage\.org/profiles/[12]\.0/(datapackage|dataresource|tableschema|tabledialect)"
    r"\.json|(tabular-)?data-(package|resource)"
)
"""The profiles that checking knows without fetching them."""
_ONLY: Mapping[str, Collection[object]] = {
    "type": ("table",),
    "scheme": ("file",),
    "format": ("csv", "parquet"),
    "encoding": ("utf-8", "utf8", "UTF-8", "utf-8-sig"),
}
_NEVER = ("data", "compression", "innerpath", "extrapaths", "jsonschema", "control", "detector")
_BESIDE = "list plain CSV or Parquet files that lie beside the descriptor, and nothing else."


def must_fit(descriptor: Mapping[str, Any], file: str) -> None:
    """Raise UnreadablePackage for the first member that can't be worked with."""
    for said, mend in _faults(descriptor):
        raise UnreadablePackage(file, said, mend)
    listed = objects(descriptor["resources"])
    counts = {"tables": len(listed), "files": sum(len(paths_of(one)) for one in listed)}
    for what, count in counts.items():
        if count > (most := limit(f"package_{what}")):
            raise UnreadablePackage(
                file,
                f"the package lists {count:,} {what}, and at most {most:,} are read",
                "split the publication into several packages.",
                code=LIMITS,
            )


def _faults(descriptor: Mapping[str, Any]) -> Iterator[Fault]:
    yield from fits(descriptor, "the descriptor", _TEXTS, is_text, "a text")
    yield from fits(descriptor, "the descriptor", _LISTS, is_list, "a list")
    yield from _profiles(descriptor, "the descriptor")
    yield from _created(descriptor.get("created"))
    for key in _LISTS:
        for one in descriptor.get(key) or ():
            if not is_object(one):
                yield f'an entry of "{key}" is not an object', "write it between { and }."
            else:
                yield from fits(one, f'an entry of "{key}"', _OF_LISTED, is_text, "a text")
    resources = descriptor.get("resources")
    if not is_list(resources) or not all(map(is_object, resources)):
        yield 'there is no list of "resources"', "list each file of the package there."
        return
    for one in objects(resources):
        yield from _resource(one)
    paths = (path for one in resources for path in paths_of(one))
    for key, words in (("name", (str(one.get("name")) for one in resources)), ("path", paths)):
        counted = Counter(word.lower() for word in words)
        if twice := next((word for word, times in counted.items() if times > 1), None):
            yield f"two resources have the {key} {cut(twice)}", "give each its own."


def _created(moment: object) -> Iterator[Fault]:
    if not isinstance(moment, str):
        return
    try:
        found = datetime.fromisoformat(moment)
        early = (found if found.tzinfo else found.replace(tzinfo=UTC)) < _FIRST_DAY
    except ValueError:
        return  # the checks say so
    if early:
        yield (
            f'"created" is {cut(moment)}, which is no moment since 1980',
            "write a day and time such as 2026-11-22T00:00:00Z.",
        )


def _profiles(owner: Mapping[str, Any], what: str) -> Iterator[Fault]:
    for key in ("$schema", "profile"):
        value = owner.get(key)
        if value is not None and not (is_text(value) and _PROFILES.fullmatch(value)):
            yield (
                f'"{key}" of {what} is {cut(value)}, and nothing is fetched to check data',
                "name a profile of datapackage.org, as purse new writes it, or take it out.",
            )


def _format(one: Mapping[str, Any], what: str) -> Iterator[Fault]:
    kinds = {"parquet" if is_parquet(path) else "csv" for path in paths_of(one)}
    if len(kinds) > 1:
        yield (
            f"{what} has CSV and Parquet files, and a table’s files are of one kind",
            "write all of them in one format.",
        )
    elif one.get("format", *kinds) not in kinds and one["format"] in _ONLY["format"]:
        yield (
            f'"format" of {what} is {one["format"]}, and its file is {cut(paths_of(one)[0])}',
            "name the format that the file has; a Parquet file ends in .parquet.",
        )
    for key in ("hash", "bytes"):
        if "parquet" in kinds and key in one:
            yield f'{what} has "{key}", which is not compared for Parquet', "take it out."


def _resource(one: Mapping[str, Any]) -> Iterator[Fault]:
    what = f"the resource {cut(one.get('name'))}"
    path = one.get("path")
    for each in path if isinstance(path, list) and path else [path]:
        if not is_text(each) or len(each) > _LONGEST_PATH or not _PATH.fullmatch(each):
            yield (
                f"the resource path {cut(each)} is not a file inside the package",
                "give each resource a path such as awards.csv, beside the descriptor.",
            )
    for key, known in _ONLY.items():
        if key in one and one[key] not in known:
            yield f'"{key}" of {what} is {cut(one[key])}, which is not read', _BESIDE
    yield from _format(one, what)
    for key in _NEVER:
        if key in one:
            yield f'{what} has "{key}", which is not read', _BESIDE
    yield from fits(one, what, ("title", "description", "mediatype"), is_text, "a text")
    yield from fits(one, what, ("schema", "dialect"), is_object, "an object")
    for part in (one, *(one[key] for key in ("schema", "dialect") if is_object(one.get(key)))):
        yield from _profiles(part, what)
    if is_object(one.get("schema")):
        yield from faults_of_schema(one["schema"], f"the schema of {what}")
