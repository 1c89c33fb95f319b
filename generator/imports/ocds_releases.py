"""The releases of an OCDS document, and the versions of one award among them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from msgspec import Struct

from generator.descriptor import objects

_DIGITS = 50
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Entry(Struct, frozen=True, eq=False):
    """One row of the account: an award of a release, or a release that has no award."""

    line: int
    """The place of its release in the list, from 1."""
    release: Mapping[str, Any]
    award: Mapping[str, Any] | None
    fault: str = ""
    """Why it can't even be looked at."""

    @property
    def made_at(self) -> datetime:
        """When the release was made; long ago when it doesn't say so in a form that we know."""
        try:
            moment = datetime.fromisoformat(text(self.release.get("date")))
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            return _LONG_AGO

    @property
    def source_id(self) -> str:
        """The award's id, after its process's id where it doesn't begin with that."""
        ocid = text(self.release.get("ocid"))
        id = text((self.award or self.release).get("id"))
        return id if not id or not ocid or id.startswith(ocid) else f"{ocid}-{id}"


def text(value: object) -> str:
    """A plain value as text, numbers in short; empty for objects, lists and null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        # a number with a huge exponent would fill the disk with noughts
        short = value.is_finite() and abs(value.adjusted()) < _DIGITS
        digits = f"{value:f}" if short else str(value)
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    if isinstance(value, int):
        return str(Decimal(value))  # Python refuses to print huge whole numbers
    return value.strip() if isinstance(value, str) else ""


def part(of: object, name: str) -> Mapping[str, Any]:
    """An object inside an object; empty when there is none."""
    found = of.get(name) if isinstance(of, Mapping) else None
    return found if isinstance(found, dict) else {}


def listed(of: object, name: str) -> list[dict[str, Any]]:
    """A list of objects inside an object; empty when there is none."""
    return objects(of.get(name)) if isinstance(of, Mapping) else []


def is_ocds(document: object) -> bool:
    """Whether a JSON document is a package of releases or records, or a bare list of releases."""
    if isinstance(document, list):
        return any(is_ocds(one) for one in document if isinstance(one, dict))
    if not isinstance(document, dict):
        return False
    packed = any(isinstance(document.get(name), list) for name in ("releases", "records"))
    return packed or "ocid" in document


def places(document: object) -> Iterator[list[object]]:
    """The places of the lists of releases or records, in order, each with its releases.

    A record's compiled release speaks for all of its releases.
    """
    if isinstance(document, list):
        for one in document:
            yield from places(one)
    elif isinstance(document, dict) and isinstance(document.get("releases"), list):
        yield from ([one] for one in document["releases"])
    elif isinstance(document, dict) and isinstance(document.get("records"), list):
        for record in document["records"]:
            compiled = part(record, "compiledRelease")
            whole = [one for one in listed(record, "releases") if "ocid" in one]
            yield [compiled] if compiled else [*whole] or [record]
    else:
        yield [document]


def _fault(release: object) -> str:
    if not isinstance(release, dict):
        return "This is no release: it isn't a JSON object."
    if not {"ocid", "tag", "awards"} & set(release):
        return "This is no release: it has no ocid, no tag and no awards."
    if "releases" in release:
        return "The record only links to its releases, and holds none."
    return ""


def entries(document: object) -> Iterator[Entry]:
    """Each award of each release, and each release without one."""
    for line, releases in enumerate(places(document), 1):
        for release in releases:
            if fault := _fault(release):
                yield Entry(line, {}, None, fault)
            else:
                yield from _awards(line, release)


def _awards(line: int, release: Any) -> Iterator[Entry]:
    given = release.get("awards")
    for award in given if isinstance(given, list) else ():
        fault = "" if isinstance(award, dict) else "The award isn't a JSON object."
        yield Entry(line, release, {} if fault else award, fault)
    if not isinstance(given, list) or not given:
        yield Entry(line, release, None)


def versions(found: Iterable[Entry]) -> list[list[Entry]]:
    """The entries that are versions of one award together, the one that holds first.

    The newest release holds. Awards that have no id, and releases without an award, stand alone.
    """
    groups: dict[object, list[Entry]] = {}
    for entry in found:
        id = text(entry.award.get("id")) if entry.award else ""
        key = (text(entry.release.get("ocid")), id) if id else entry
        groups.setdefault(key, []).append(entry)
    # sorted keeps the file's order among releases of one moment
    newest_first = (
        sorted(one, key=lambda entry: entry.made_at, reverse=True) for one in groups.values()
    )
    return sorted(newest_first, key=lambda one: min(entry.line for entry in one))
