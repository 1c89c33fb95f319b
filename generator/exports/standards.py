"""What the exports to other standards share: numbers of organisations, and who is left out."""

from collections.abc import Mapping
from typing import TypeVar

from generator import model, urls
from generator.descriptor import OrganisationNumber
from generator.exports import plain_json
from generator.exports.base import Download
from generator.ledger import Ledger
from generator.missing import Missing
from generator.package import DataPackage
from generator.tables import Cells, PublishedTable

T = TypeVar("T")


def said(value: T | Missing) -> T | None:
    """A value, or None when it isn't there."""
    return None if isinstance(value, Missing) else value


def numbers(ledger: Ledger) -> Mapping[str, tuple[OrganisationNumber, ...]]:
    """Each recipient's numbers in public lists; the publisher's own stand in the descriptor."""
    found: dict[str, tuple[OrganisationNumber, ...]] = {
        one.id: ledger.package.settings.publisher_numbers
        for one in ledger.recipients
        if one.kind == "publisher"
    }
    for row in ledger.recipient_identifiers:
        if isinstance(row.scheme, str) and isinstance(row.identifier, str):
            number = OrganisationNumber(row.scheme, row.identifier)
            found[row.recipient] = (*found.get(row.recipient, ()), number)
    return found


def documents(ledger: Ledger, column: str) -> Mapping[object, tuple[model.Document, ...]]:
    """The documents of each award, or of each contract."""
    found: dict[object, tuple[model.Document, ...]] = {}
    for one in ledger.documents:
        owner = getattr(one, column)
        if isinstance(owner, str):
            found[owner] = (*found.get(owner, ()), one)
    return found


def address(package: DataPackage, target: str) -> str | None:
    """A full web address on the publisher's site; None when the package doesn't state one."""
    base = package.settings.base_url
    return f"{base.rstrip('/')}/{target}" if base else None


def licence(package: DataPackage) -> str | None:
    """The address of the licence, when one with an address is stated."""
    for one in package.descriptor.get("licenses") or ():
        path = one.get("path") if isinstance(one, dict) else None
        if isinstance(path, str) and path.startswith(("http:", "https:")):
            return path
    return None


def json_file(
    package: DataPackage, name: str, title: str, description: str, value: object
) -> Download:
    """A standard's file as JSON."""
    path = urls.package_folder(package.name) + name
    return Download(path, name, title, description, plain_json.content(value))


def csv_file(
    package: DataPackage,
    name: str,
    words: tuple[str, str],
    header: tuple[str, ...],
    rows: tuple[Cells, ...],
) -> Download:
    """A table of a standard as CSV; `words` are its title and description."""
    units = {"Amount Awarded": "money"}
    table = PublishedTable(urls.package_folder(package.name) + name, header, rows, units)
    return Download(table.path, name, *words, table.csv(), table)
