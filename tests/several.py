"""Small, plainly fictional packages of several publishers, for tests of one site of them all."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from generator import package, write
from generator.draft import files, of_package
from tests.conftest import LITTLEHAM

NUMBERED = ("XY-FICTION", "77001")
"""A number in a register that there isn't."""
UNKNOWN = "not published"


def made(
    data: Path,
    name: str,
    publisher: tuple[str, str],
    awards: Sequence[Mapping[str, str]],
    *,
    recipients: Mapping[str, str],
    numbers: Mapping[str, tuple[str, str]] | None = None,
    currency: str = "GBP",
    **purse: object,
) -> Path:
    """A package in a `data/` folder.

    An award says its `id`, `amount` and `to` (a recipient's id), and whatever else differs;
    `recipients` has names by id, `numbers` a scheme and a number by recipient.
    """
    draft = of_package(package.read(LITTLEHAM))
    award, service, link = (
        draft.rows(one)[0] for one in ("awards", "award_services", "award_recipients")
    )
    id, words = publisher
    own = {"publisher": {"id": id, "name": words}, "official": True, "site_name": words, **purse}
    descriptor = {**draft.descriptor, "name": name, "title": f"{words}: {name}", "purse": own}
    descriptor["currency"] = currency
    rows, services, links = [], [], []
    for number, one in enumerate(awards, 1):
        own_cells = {key: value for key, value in one.items() if key != "to"}
        rows.append(
            {
                **award,
                "title": f"Ducklings, brood {number}",
                "source_order": str(number),
                "purpose": UNKNOWN,
                "source_id": UNKNOWN,
                **own_cells,
            }
        )
        services.append({**service, "award": one["id"]})
        links.append(
            {
                **link,
                "award": one["id"],
                "recipient": one["to"],
                "published_name": recipients[one["to"]],
            }
        )
    draft = type(draft)(descriptor, draft.tables)
    draft = draft.with_rows("awards", rows).with_rows("award_services", services)
    draft = draft.with_rows("award_recipients", links)
    people = [
        {"id": key, "name": value, "kind": "organisation", "url": UNKNOWN}
        for key, value in recipients.items()
    ]
    draft = draft.with_rows("recipients", people)
    if numbers:
        known = [
            {"recipient": key, "scheme": scheme, "identifier": number, "source_ref": "Invented."}
            for key, (scheme, number) in numbers.items()
        ]
        draft = draft.with_rows("recipient_identifiers", known)
    write.update(data / name, files(draft))
    return data / name


NORTH, SOUTH, EIRE = (
    ("northmoor", "Northmoor Council (fictional)"),
    ("southmoor", "Southmoor Council (fictional)"),
    ("ballymoor", "Ballymoor Trust (fictional)"),
)


def four(data: Path) -> tuple[Path, ...]:
    """Two years of one publisher, another in the same currency, and one in euros.

    The same ids stand in all of them. One recipient has the same number in three packages; two
    pairs have names that are much the same, and no number.
    """
    year, next_year = {"financial_year": "2031-32"}, {"financial_year": "2032-33"}
    pond, owls = {"id": "a-1", "to": "pond"}, {"id": "a-2", "to": "owls"}
    mill = {"id": "a-4", "to": "mill", **year, "amount": "0.10"}
    names = {"pond": "Friends of the Pond", "owls": "Night Owls Club"}
    number = {"pond": NUMBERED}
    return (
        made(
            data,
            "north-2031",
            NORTH,
            [{**pond, **year, "amount": "1200.50"}, {**owls, **year, "amount": "99.99"}],
            recipients=names,
            numbers=number,
        ),
        made(
            data,
            "north-2032",
            NORTH,
            [{**pond, **next_year, "amount": "0.01", "amount_basis": "funded-in-year"}],
            recipients={"pond": "Pond Friends Ltd"},
            numbers=number,
        ),
        made(
            data,
            "south",
            SOUTH,
            [
                {**pond, **year, "amount": "300.10"},
                {**owls, **year, "amount": "700.20"},
                {**owls, **year, "id": "a-3", "amount": "5.00", "status": "withdrawn"},
                mill,
            ],
            recipients={
                "pond": "Pond Aid",
                "owls": "The Night-Owls Club Limited",
                "mill": "Mill Wardens",
            },
        ),
        made(
            data,
            "eire",
            EIRE,
            [{**pond, **year, "amount": "800.00"}, mill],
            recipients={"pond": "Friends of the Pond", "mill": "Mill Wardens Ltd"},
            numbers=number,
            currency="EUR",
        ),
    )


def review(data: Path, *rows: tuple[str, str, str, str, str, str]) -> None:
    """Write `same-as.csv`: two recipients by package and id, the verdict, the reason."""
    header = ["package", "recipient", "other_package", "other_recipient", "verdict", "reason"]
    with (data / "same-as.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*header, "reviewed_by", "reviewed_on"])
        writer.writerows((*row, "grants officer", "2032-01-05") for row in rows)


def totals(packages: Sequence[Path]) -> dict[tuple[str, str, str], Decimal]:
    """What awards come to by publisher, currency and basis: from the files alone."""
    import json

    found: dict[tuple[str, str, str], Decimal] = {}
    for folder in packages:
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        publisher, currency = descriptor["purse"]["publisher"]["id"], descriptor["currency"]
        with (folder / "awards.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["status"] != "withdrawn":
                    key = (publisher, currency, row["amount_basis"])
                    found[key] = found.get(key, Decimal(0)) + Decimal(row["amount"])
    return found
