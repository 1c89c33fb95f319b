"""What an import writes into a package's descriptor. Nothing is stated that the file doesn't."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.descriptor import objects
from generator.imports.base import Incoming, Party, Reading, SourceFile
from generator.slugs import slug

_ORGANISATION = re.compile(r"(360G|[A-Z]{2,3}-[A-Z0-9]+)-(.+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MODIFIED = re.compile(r"(?:date|last)[\s_]*modified", re.IGNORECASE)


def numbers_of(funder: Party) -> tuple[tuple[str, str], ...]:
    """The funder's numbers in public lists, the one that the source uses first."""
    written = _ORGANISATION.fullmatch(funder.identifier)
    own = [(written[1], written[2])] if written else []
    return tuple(dict.fromkeys([*own, *funder.numbers]))


def newest_day(awards: Iterable[Incoming]) -> str | None:
    """The day of the source's newest statement: when a row was last modified, else decided."""
    modified, decided = [""], [""]
    for one in awards:
        for column, value in one.kept:
            if _MODIFIED.fullmatch(column.strip()) and (day := _DAY.match(value)):
                modified.append(day[0])
        decided += [one.cells.get(name, "") for name in ("decided_on", "published_on")]
    return max(modified) or max(decided) or None


def _source(source: SourceFile) -> dict[str, str]:
    return {"title": source.name, "hash": f"sha256:{source.sha256}"}


def described(
    name: str, reading: Reading, funder: Party, awards: Sequence[Incoming], prefix: str | None
) -> dict[str, Any]:
    """The descriptor of a new package, without its resources."""
    who = funder.name.strip() or funder.identifier or "Funder not named in the file"
    publisher: dict[str, Any] = {"id": slug(who) or name, "name": who}
    if numbers := numbers_of(funder):
        publisher["identifiers"] = [
            {"scheme": scheme, "identifier": identifier} for scheme, identifier in numbers
        ]
    purse: dict[str, Any] = {"publisher": publisher}
    if prefix:
        purse["threesixtygiving_prefix"] = prefix
    purse |= {
        "site_name": f"{who}: funds and awards",
        "official": False,
        "compiled_from": f"the file {reading.source.name}",
        "contact": None,
        "base_url": None,
    }
    day = newest_day(awards)
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": reading.title or f"{who}: awards",
        "description": f"The awards of {who}, read from the file {reading.source.name}. "
        "What the file does not say is marked as not published.",
        "version": "1.0.0",
        **({"created": f"{day}T00:00:00Z"} if day else {}),
        "currency": awards[0].currency,
        **({"licenses": [dict(reading.licence)]} if reading.licence else {}),
        "sources": [_source(reading.source)],
        "purse": purse,
        "resources": [],
    }


def renewed(
    descriptor: Mapping[str, Any], reading: Reading, awards: Sequence[Incoming]
) -> dict[str, Any]:
    """The descriptor after another file was read into the package: people's words stay.

    The file joins the sources, and the package's date never goes back.
    """
    sources, mine = objects(descriptor.get("sources")), _source(reading.source)
    if all(one.get("hash") != mine["hash"] for one in sources):
        sources = [*sources, mine]
    fresh = {**descriptor, "sources": sources}
    day = newest_day(awards)
    if day and str(descriptor.get("created") or "")[:10] < day:
        fresh["created"] = f"{day}T00:00:00Z"
    return fresh
