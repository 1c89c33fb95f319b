"""Structure, keys and links: one finding a fault, at its line, in words that help."""

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


def bytes_of(file: str, content: bytes) -> Change:
    def change(package: Path) -> None:
        (package / file).write_bytes(content)

    return change


def gone(file: str) -> Change:
    return lambda package: (package / file).unlink()


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
    one(
        text("award_services.csv", ",Posters", ""),
        ("award_services.csv", 3, "title", None),
        "ends before this column",
    ),
    one(
        text(RECIPIENTS, "https://pond.example/", "https://pond.example/,a"),
        (RECIPIENTS, 3, None, "a"),
        "more cells than the header; the first too many is “a”",
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
        gone("funds.csv"),
        ("funds.csv", None, None, None),
        "lists this file, but it can't be found",
    ),
    one(
        bytes_of(RECIPIENTS, b"id,name,kind,url\n\xe9,b,c,d\n"),
        (RECIPIENTS, None, None, None),
        "not UTF-8",
    ),
)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_said_once_at_its_place(case: Firing, tmp_path: Path) -> None:
    found = said(changed(case.package, case.changes, tmp_path))
    # What links to a broken table leads nowhere: a fault in files of its own.
    named = [one for one in found if Path(one.file).name == case.file]
    assert len(named) == 1, found
    assert all(one in named or "leads nowhere" in one.message for one in found), found
    assert named[0].code == "structure"
    assert named[0].severity is Severity.ERROR
    check_finding(case, named[0])


def test_a_sound_package_has_no_fault() -> None:
    assert said(LH) == said(WM) == ()


def test_codes_are_offered_with_their_labels(tmp_path: Path) -> None:
    (finding,) = said(changed(LH, (cell(AWARDS, 2, "instrument", "grunt"),), tmp_path))
    assert (
        finding.mend == "write one of: grant (Grant); contract (Contract); other (Other agreement)."
    )


def test_what_may_stand_for_no_value_is_offered(tmp_path: Path) -> None:
    (finding,) = said(changed(LH, (cell(AWARDS, 2, "amount", "?"),), tmp_path))
    assert "1250.00" in finding.mend
    assert '"not published", "not applicable" or "withheld"' in finding.mend


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    changes = (
        text(AWARDS, "Planting at £2 a reed.", '"One\nTwo\n\nThree"'),
        text(AWARDS, "99.99", "few"),
    )
    (finding,) = said(changed(LH, changes, tmp_path))
    assert (finding.row, finding.column) == (6, "amount")


def test_no_finding_blames_a_file_for_another_that_cannot_be_opened(tmp_path: Path) -> None:
    for file in (AWARDS, "funds.csv"):
        missing = changed(LH, (gone(file),), tmp_path / file)
        assert {Path(one.file).name for one in said(missing)} == {file}


TEN = (
    ("id", "Not a slug"),
    ("source_order", "second"),
    ("financial_year", "2020"),
    ("programme", "nowhere"),
    ("fund", "nobody"),
    ("instrument", "gift"),
    ("amount", "£5"),
    ("amount_basis", ""),
    ("status", "lost"),
    ("decided_on", "yesterday"),
)


def test_ten_rows_broken_ten_ways_are_all_said_in_one_run(tmp_path: Path) -> None:
    changes = [cell(AWARDS, row, column, value) for row, (column, value) in enumerate(TEN, 2)]
    findings = site.check(changed(WM, tuple(changes), tmp_path)).report.findings
    places = {(one.row, one.column) for one in findings if one.file.endswith(AWARDS)}
    assert places >= {(row, column) for row, (column, _) in enumerate(TEN, 2)}
    assert len(findings) >= 10
    assert list(findings) == sorted(findings, key=lambda one: one.sort_key)
    assert len(set(findings)) == len(findings)
    structural = [one for one in findings if one.code == "structure"]
    assert len({(one.file, one.row, one.column) for one in structural}) == len(structural)
