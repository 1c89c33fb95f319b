"""Structure, keys and links: one finding a fault, at its line, in words that help."""

import re
from pathlib import Path
from typing import Any

import pytest

from generator import site
from generator.checks import structure
from generator.findings import Finding, Severity, tidy
from generator.package import read
from tests.checks import (
    LH,
    WM,
    Change,
    Firing,
    added,
    cell,
    changed,
    check_finding,
    descriptor,
    text,
    without,
)

AWARDS, ROWS, RECIPIENTS = "awards.csv", "award_recipients.csv", "recipients.csv"


def said(folder: Path) -> tuple[Finding, ...]:
    return tidy(tuple(structure.check(read(folder))))


def one(
    change: Change,
    place: tuple[str, int | None, str | None, str | None],
    *words: str,
    package: Path = LH,
) -> Firing:
    return Firing("structure", package, (change,), *place, words=words)


def wrong(row: int, column: str, value: str, *words: str) -> Firing:
    """An award with one cell changed."""
    return one(cell(AWARDS, row, column, value), (AWARDS, row, column, value), *words)


def drop(name: str) -> Change:
    """Leave a resource out of the descriptor; its links are left out as well."""

    def change(found: dict[str, Any]) -> None:
        found["resources"] = [one for one in found["resources"] if one["name"] != name]
        for resource in found["resources"]:
            keys = resource["schema"].pop("foreignKeys", [])
            kept = [key for key in keys if key["reference"]["resource"] != name]
            if kept:
                resource["schema"]["foreignKeys"] = kept

    return descriptor(change)


CASES = (
    *(wrong(2, "amount", value, "is not a plain number") for value in ("£5", "1,200.50", "lots")),
    *(
        wrong(2, "amount", value, "is not a plain number")
        for value in ("1e5", "1_000", " 12 ", "+5", "١٢", "Infinity", "9" * 20, "0.1234567")
    ),
    *(
        wrong(2, "source_order", value, "is not a whole number")
        for value in ("first", "1.0", "--1", "+1", "1_0", "9" * 20)
    ),
    *(
        wrong(2, "decided_on", value, "is not a date")
        for value in ("1 May 2031", "2031-02-30", "2031-5-1", "20310501", "2031-05-01T00:00")
    ),
    wrong(2, "amount", "", "is empty, but every row needs a value"),
    wrong(2, "amount", "not published", "is empty, but every row needs a value"),
    wrong(2, "amount", "0.00", "0.00 is less than 0.01"),
    wrong(2, "published_percentage", "101", "101 is more than 100"),
    wrong(2, "financial_year", "2031/32", "“2031/32” is not written as this column needs it"),
    wrong(2, "instrument", "grunt", "“grunt” is not one of the codes"),
    wrong(2, "fund", "pnd-fund", "fund “pnd-fund” leads nowhere: funds has no such row"),
    one(
        cell(ROWS, 4, "service", "2"),
        (ROWS, 4, "award", "2031-32-2, 2"),
        "award and service “2031-32-2”, “2” leads nowhere",
    ),
    one(
        cell("queries.csv", 3, "id", "home-office-label"),
        ("queries.csv", 3, "id", "home-office-label"),
        "stands in this column already: the same as in row 2",
        package=WM,
    ),
    one(cell(ROWS, 4, "position", "1"), (ROWS, 4, None, None), "same key as another.* in row 3"),
    one(text(AWARDS, ",Minute 14", ""), (AWARDS, 2, "source_ref", None), "ends before this column"),
    one(
        text(RECIPIENTS, "organisation,https", "organisation,a,https"),
        (RECIPIENTS, 2, None, "https://pond.example/"),
        "more cells than the header; the first too many is “https://pond.example/”",
    ),
    one(text(AWARDS, "2031-32-2,", "\n2031-32-2,"), (AWARDS, 3, None, None), "row is blank"),
    one(added(AWARDS, "", "", ""), (AWARDS, 4, None, None), "row is blank"),
    one(
        text(RECIPIENTS, "id,name,kind", "id,nom,kind"),
        (RECIPIENTS, 1, "name", "nom"),
        "has “nom” where the schema has “name”",
    ),
    one(
        text(RECIPIENTS, "id,name,kind", "id,id,kind"),
        (RECIPIENTS, 1, "name", "id"),
        "has “id” where the schema has “name”",
    ),
    one(
        text(RECIPIENTS, "id,name,kind", "id,,kind"),
        (RECIPIENTS, 1, "name", None),
        "where the schema has “name”",
    ),
    one(
        without("award_services.csv", 1, 2, 3),
        ("award_services.csv", None, None, None),
        "the source is empty",
    ),
    one(drop("funds"), ("datapackage.json", None, None, None), "no resource “funds”"),
    one(
        text("datapackage.json", "The awards. One row", "Awards. One row"),
        ("datapackage.json", None, None, None),
        "schema of “awards” in the descriptor is not the current one",
    ),
    one(
        descriptor(lambda found: found.update(created="yesterday")),
        ("datapackage.json", None, None, None),
        "created",
    ),
    one(
        lambda package: (package / "funds.csv").unlink(),
        ("funds.csv", None, None, None),
        "lists this file, but it can't be found",
    ),
    one(
        lambda package: (package / RECIPIENTS).write_bytes(b"id,name,kind,url\n\xe9,b,c,d\n") and None,
        (RECIPIENTS, None, None, None),
        "not UTF-8",
    ),
)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_said_once_at_its_place(case: Firing, tmp_path: Path) -> None:
    found = said(changed(case.package, case.changes, tmp_path))
    about = [one for one in found if "leads nowhere" not in one.message or "fund" in one.message]
    assert len(found if case.row else about) >= 1
    named = [one for one in found if Path(one.file).name == case.file]
    assert len(named) == 1, found
    assert named[0].code == "structure"
    assert named[0].severity is Severity.ERROR
    check_finding(case, named[0])
