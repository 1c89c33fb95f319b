"""The descriptor of a data package: what it says of publisher, currency, licence, sources."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator import inside, json_text
from generator.errors import UnreadablePackage, UsageProblem
from generator.limits import limit

DESCRIPTOR = "datapackage.json"
SITE_ADDRESS = r"https?://[\w.-]+(:\d{1,5})?(/[\w.~%+,=:@-]*)*"
"""What a site's own address may be. It is written into every page, so it holds no odd mark."""
_WEB = re.compile(r"https?://\S+")
_NAME = re.compile("[a-z0-9]+([-_.][a-z0-9]+)*")
"""Names become parts of addresses and of paths that are written: nothing that climbs."""
_LONGEST = 100
"""Characters of a name, and of a wrong value as messages show it."""
_NUMBER = ("scheme", "identifier")
LIMITS = "limits"
"""The code of what is too large."""


class Source(Struct, frozen=True):
    """A document that the package was compiled from."""

    title: str
    hash: str | None
    path: str | None


class OrganisationNumber(Struct, frozen=True):
    """An organisation's number in a list; `scheme` is the list's code at org-id.guide."""

    scheme: str
    identifier: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.identifier}"


class Settings(Struct, frozen=True):
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
    repository: str | None = None
    """The site's repository on GitHub, where readers report mistakes."""
    corrections_email: str | None = None
    """The address to which readers write about mistakes."""
    first_year: str | None = None
    """The financial year that the publication begins with, for pages that no award fills yet."""
    award_pages: str = "all"
    """`all`, or `listing`: each is a row of a list, for a host that limits files."""
    recipient_pages: str = "all"
    feeds: str = "all"
    """`listing`: one feed for the whole site."""
    rows_in_a_file: int = limit("rows_in_a_file")
    """A published table with more rows is several files."""


def cut(value: object) -> str:
    """A value as Python writes it, with what can't be seen spelt out, and not too long."""
    shown = repr(value if isinstance(value, str | int | None) else str(value))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def objects(value: object) -> list[dict[str, Any]]:
    """The JSON objects of a list; none when it isn't a list (the checks say so)."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def paths_of(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """The files of a resource, in order: one, or several parts."""
    path = resource.get("path")
    return tuple(map(str, path)) if isinstance(path, list) else (str(path),)


_copies: dict[Path, str] = {}
"""Folders that are copies of what lies elsewhere, and where that is."""


@contextmanager
def shown_as(folder: Path, words: str) -> Iterator[None]:
    """Let people read where a copied folder comes from, while the context lasts."""
    whole = folder.resolve()
    _copies[whole] = words
    try:
        yield
    finally:
        del _copies[whole]


def display_path(path: Path) -> str:
    """A path as people know it: relative to the working folder when it lies below it."""
    whole = path.parent.resolve() / path.name  # a link is known by its own name
    for folder, words in _copies.items():
        if whole.is_relative_to(folder):
            return f"{words}/{whole.relative_to(folder).as_posix()}".removesuffix("/.")
    try:
        return whole.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def read_text(folder: Path, name: str, megabytes: int) -> str | None:
    """A text file of a package; None where there is none. Raises UnreadablePackage."""
    try:
        content = inside.read(folder, name, megabytes)
        return None if content is None else content.decode("utf-8-sig")
    except inside.Refused as fault:
        raise not_read(folder / name, fault) from fault
    except UnicodeDecodeError as fault:
        raise UnreadablePackage(
            display_path(folder / name), "this is not UTF-8 text", "save the file again as UTF-8."
        ) from fault


def not_read(path: Path, fault: inside.Refused) -> UnreadablePackage:
    """The error for a file that is no plain file inside its package, or is too large."""
    code = LIMITS if fault.too_large else "structure"
    return UnreadablePackage(display_path(path), str(fault), fault.mend, code=code)


def read_descriptor(folder: Path) -> dict[str, Any]:
    """A package's descriptor. Raises UsageProblem or UnreadablePackage when it has none."""
    text = read_text(folder, DESCRIPTOR, limit("descriptor_megabytes"))
    file = display_path(folder / DESCRIPTOR)
    if text is None:
        raise UsageProblem(
            f"{display_path(folder)} is not a data package: it has no {DESCRIPTOR}.",
            f"name a folder that holds a {DESCRIPTOR}, such as data/<your package>.",
        )
    try:
        descriptor = json_text.parse(text)
    except json_text.NotJson as fault:
        raise UnreadablePackage(file, str(fault), fault.mend, fault.line) from fault
    if not isinstance(descriptor, dict):
        raise UnreadablePackage(
            file, "this is not a JSON object", "a descriptor begins with { and ends with }."
        )
    return descriptor


def _optional(owner: Mapping[str, Any], key: str, file: str) -> str | None:
    value = owner.get(key)
    if value is not None and not isinstance(value, str):
        raise UnreadablePackage(
            file,
            f'"{key}" in the "purse" object is not a text',
            "write it in double quotes, or take it out.",
        )
    return value or None


def name_of(name: object, file: str) -> str:
    """A package's or resource's name. Raises UnreadablePackage when no address can hold it."""
    if not isinstance(name, str) or len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise UnreadablePackage(
            file,
            f"the name {cut(name)} can't be part of a web address",
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
            file,
            'the publisher\'s "identifiers" are not a list of numbers',
            'write each as {"scheme": "GB-...", "identifier": "..."}, or take them out.',
        )
    return tuple(OrganisationNumber(*(one[key] for key in _NUMBER)) for one in numbers)


def _prefix(purse: Mapping[str, Any], key: str, shape: str, mend: str, file: str) -> str | None:
    prefix = _optional(purse, key, file)
    if prefix is not None and not re.fullmatch(shape, prefix):
        raise UnreadablePackage(file, f"{cut(prefix)} can't be the {key}", mend)
    return prefix


def _policy(purse: Mapping[str, Any], key: str, file: str) -> str:
    return _prefix(purse, key, "all|listing", "write all or listing.", file) or "all"


def _rows_in_a_file(purse: Mapping[str, Any], file: str) -> int:
    rows, most = purse.get("rows_in_a_file"), limit("most_rows_in_a_file")
    if rows is None:
        return limit("rows_in_a_file")
    if not isinstance(rows, int) or isinstance(rows, bool) or not 1 <= rows <= most:
        raise UnreadablePackage(
            file,
            f"purse.rows_in_a_file is {cut(rows)}, which no file can hold",
            f"write a whole number from 1 to {most}, or take it out.",
        )
    return rows


def _as_of(purse: Mapping[str, Any], file: str) -> str | None:
    day = _optional(purse, "as_of", file)
    try:
        return day and date.fromisoformat(day).isoformat()
    except ValueError as fault:
        raise UnreadablePackage(
            file,
            f"purse.as_of is {cut(day)}, which is not a date",
            "write year, month and day, such as 2026-11-22.",
        ) from fault


def settings_of(descriptor: Mapping[str, Any], file: str) -> Settings:
    """The `purse` object. Raises UnreadablePackage for what is missing or malformed in it."""
    purse = descriptor.get("purse")
    publisher = purse.get("publisher") if isinstance(purse, dict) else None
    if not isinstance(purse, dict) or not isinstance(publisher, dict):
        raise UnreadablePackage(
            file,
            'there is no "purse" object with a "publisher"',
            'add "purse": {"publisher": {"id": "...", "name": "..."}} to the descriptor.',
        )
    for key in ("id", "name"):
        if not isinstance(publisher.get(key), str) or not publisher[key]:
            raise UnreadablePackage(
                file, f'the publisher has no "{key}"', f'add "{key}" to purse.publisher.'
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
        base_url=_prefix(
            purse,
            "base_url",
            SITE_ADDRESS,
            "write it whole, such as https://my-funder.github.io/awards/.",
            file,
        ),
        as_of=_as_of(purse, file) or str(descriptor.get("created") or "")[:10],
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
        repository=_prefix(
            purse,
            "repository",
            r"https://[\w.-]+(/[\w.~-]+)+/?",
            "write the repository's whole address, such as https://github.com/our-name/our-site.",
            file,
        ),
        corrections_email=_prefix(
            purse,
            "corrections_email",
            r"[\w.+-]+@[\w-]+(\.[\w-]+)+",
            "write one e-mail address and nothing else.",
            file,
        ),
        first_year=_prefix(
            purse, "first_year", r"\d{4}-\d{2}", "write a financial year, such as 2026-27.", file
        ),
        award_pages=_policy(purse, "award_pages", file),
        recipient_pages=_policy(purse, "recipient_pages", file),
        feeds=_policy(purse, "feeds", file),
        rows_in_a_file=_rows_in_a_file(purse, file),
    )


def licence_of(descriptor: Mapping[str, Any]) -> str | None:
    """The first licence in words; None when none is stated."""
    licences = objects(descriptor.get("licenses"))
    if not licences:
        return None
    first = licences[0]
    return str(first.get("title") or first.get("name") or first.get("path") or "") or None


def currency_of(descriptor: Mapping[str, Any], file: str) -> str:
    """The currency's three letters. Raises UnreadablePackage when it isn't stated."""
    currency = descriptor.get("currency")
    if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
        raise UnreadablePackage(
            file,
            "the descriptor does not say its currency",
            'add "currency": "GBP" (or another three-letter code) to the descriptor.',
        )
    return currency


def sources_of(descriptor: Mapping[str, Any], file: str) -> tuple[Source, ...]:
    """The documents that the package was compiled from.

    Raises UnreadablePackage for a path that is no web address: pages make a link of it, and what
    begins with "javascript:" would run in readers' browsers.
    """
    sources = objects(descriptor.get("sources"))
    for one in sources:
        path = one.get("path")
        if path is not None and not (isinstance(path, str) and _WEB.fullmatch(path)):
            raise UnreadablePackage(
                file,
                f"the path {path!r} of a source is no web address",
                "begin it with https://, or take it out.",
            )
    return tuple(
        Source(str(one.get("title", "")), one.get("hash"), one.get("path")) for one in sources
    )
