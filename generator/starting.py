"""A new publisher's package before its first award: settings, and empty tables to fill.

Pure: the answers of whoever starts it go in, a Draft comes out. What an answer may be is said
here too, so that an option and a question at the terminal are judged alike.
"""

import re
from datetime import date
from typing import Any

from msgspec import Struct

from generator.descriptor import SITE_ADDRESS
from generator.draft import Draft, entry
from generator.errors import UsageProblem
from generator.licences import LICENCES
from generator.slugs import LONGEST, slug

TABLES = (
    *("awards", "award_services", "award_recipients", "recipients", "recipient_identifiers"),
    *("funds", "revisions"),
)
"""What a first award needs, and the record of changes that its first correction needs."""
RESERVED = ("imports", "inbox")
"""Folders of data/ that are no package."""
VERSION = "0.1.0"
NO_LICENCE = "none"


class Answers(Struct, frozen=True):
    """What somebody says who starts a publication; each has passed its check below."""

    name: str
    """The package's folder, and its name in addresses."""
    publisher: str
    publisher_id: str
    licence: str
    """A code of LICENCES, or NO_LICENCE."""
    year: str
    """The first financial year, such as `2026-27`."""
    currency: str
    official: bool
    site_name: str
    contact: str
    """Empty when none is to be shown, as is the address below."""
    base_url: str
    created: date


def package_name(text: str) -> str:
    """A name for a package's folder and addresses. Raises UsageProblem."""
    _id(text, "a package")
    if text in RESERVED:
        raise UsageProblem(
            f"“{text}” is a folder with a use of its own in data/.", "choose another name."
        )
    return text


def publisher_id(text: str) -> str:
    """A publisher's id. Raises UsageProblem."""
    return _id(text, "a publisher’s id")


def _id(text: str, what: str) -> str:
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > LONGEST:
        raise UsageProblem(
            f"“{text}” can't be {what}: it becomes part of web addresses.",
            f"use up to {LONGEST} small letters and digits, with single hyphens between words, "
            f"such as {slug(text) or 'my-funder'}.",
        )
    return text


def words(text: str) -> str:
    """A name in words, of one line. Raises UsageProblem."""
    tidy = " ".join(text.split())
    if not tidy:
        raise UsageProblem("The name is empty.", "write it as readers should see it.")
    return tidy


def contact(text: str) -> str:
    """Where readers may write, of one line; empty for nowhere."""
    return " ".join(text.split())


def licence(text: str) -> str:
    """A licence's code, in any case. Raises UsageProblem."""
    known = {code.lower(): code for code in (*LICENCES, NO_LICENCE)}
    if text.strip().lower() not in known:
        raise UsageProblem(
            f"“{text}” is no licence that is known here.",
            f"name one of {', '.join(known.values())}. For another, name none, and write it "
            "into datapackage.json afterwards.",
        )
    return known[text.strip().lower()]


def year(text: str) -> str:
    """A financial year as tables have it: `2026-27`. Raises UsageProblem."""
    found = re.fullmatch("([0-9]{4})[-/]([0-9]{2})", text.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise UsageProblem(
            f"“{text}” is not a financial year.", "write it like 2026-27, for April to March."
        )
    return f"{found[1]}-{found[2]}"


def currency(text: str) -> str:
    """A currency's code. Raises UsageProblem."""
    code = text.strip().upper()
    if not re.fullmatch("[A-Z]{3}", code):
        raise UsageProblem(f"“{text}” is no currency code.", "write three letters, such as GBP.")
    return code


def base_url(text: str) -> str:
    """The site's public address, ending in a slash; empty for not known. Raises UsageProblem."""
    address = text.strip()
    if not address:
        return ""
    if not re.fullmatch(SITE_ADDRESS, address):
        raise UsageProblem(
            f"“{text}” is not the address of a site.",
            "write it whole, such as https://my-funder.github.io/awards/.",
        )
    return address.rstrip("/") + "/"


def draft(answers: Answers) -> Draft:
    """The empty package: a descriptor, and tables without a row."""
    descriptor: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": answers.name,
        "title": answers.site_name,
        "version": VERSION,
        "created": f"{answers.created.isoformat()}T00:00:00Z",
        "currency": answers.currency,
        **_licences(answers.licence),
        "purse": _settings(answers),
        "resources": [entry(name) for name in TABLES],
    }
    return Draft(descriptor, dict.fromkeys(TABLES, ()))


def _licences(code: str) -> dict[str, Any]:
    if code == NO_LICENCE:
        return {}
    title, address = LICENCES[code]
    return {"licenses": [{"name": code, "title": title, "path": address}]}


def _settings(answers: Answers) -> dict[str, Any]:
    stated = {"contact": answers.contact, "base_url": answers.base_url}
    return {
        "publisher": {"id": answers.publisher_id, "name": answers.publisher},
        "site_name": answers.site_name,
        "official": answers.official,
        "first_year": answers.year,
        **{key: value for key, value in stated.items() if value},
    }
