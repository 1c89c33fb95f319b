"""The gate in a package: where things stand matters, reviews let through, nothing is echoed."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from click.testing import CliRunner

from generator import checks, ledger, site
from generator.checks import privacy, privacy_reviews
from generator.cli import cli
from generator.downloads import downloads
from generator.draft import entry, files, of_package
from generator.findings import RENDERERS
from generator.ledger import Ledger
from generator.missing import Missing
from generator.outputs import build_folder, contents
from generator.package import read
from generator.project import Project
from generator.summaries.findings import findings_table
from generator.write import Output, pieces_of, update
from tests.checks import LH, Change, Firing, Quiet, cell, changed, check_fires, check_quiet, page
from tests.checks import descriptor as described
from tests.conftest import ROOT
from tests.test_hostile import in_time

CODE = "R26-personal-data"
NUMBER = "07700 900123"
ORGANISATIONS, AWARDS = "recipients.csv", "awards.csv"


def rows(resource: str, *cells: dict[str, str]) -> Change:
    """Put rows into a table, which is added when the package has none of the name."""

    def change(package: Path) -> None:
        draft = of_package(read(package))
        names = [str(one["name"]) for one in entry(resource)["schema"]["fields"]]
        blank = dict.fromkeys(names, "not applicable")
        whole = (*draft.rows(resource), *({**blank, **one} for one in cells))
        update(package, files(draft.with_rows(resource, whole)))

    return change


def source(column: str, value: str) -> Change:
    """A cell of an imported file, beside the first award."""
    return rows(
        "source_values",
        {"award": "2031-32-1", "position": "1", "source_column": column, "value": value},
    )


def review(field: str, category: str, **more: str) -> Change:
    """An entry of the list of reviews, about any row of awards unless it says otherwise."""
    about = {"id": "review-1", "resource": "awards", "row": "*", "field": field}
    allowed = {"status": "allowed", "reason": "The helpline is public.", "reviewed_by": "DPO"}
    return rows(
        "privacy_reviews",
        {**about, "category": category, **allowed, "reviewed_on": "2031-05-01", **more},
    )


def number_of(recipient: str, scheme: str, identifier: str) -> Change:
    return rows(
        "recipient_identifiers",
        {"recipient": recipient, "scheme": scheme, "identifier": identifier},
    )


def first_recipient() -> dict[str, str]:
    """The recipient of the first award of Littleham."""
    book = ledger.build(read(LH))
    (one,) = (
        row
        for row in read(LH).tables["recipients"].rows
        if row.cells["id"] == book.linked[0].recipients[0].id
    )
    return {"line": str(one.line), **one.cells}


FIRST = first_recipient()
LINE = int(FIRST["line"])


def named(name: str, kind: str = "organisation") -> tuple[Change, ...]:
    """The first award's recipient, with another name."""
    changes: tuple[Change, ...] = (cell(ORGANISATIONS, LINE, "name", name),)
    if kind == FIRST["kind"]:
        return changes
    printed = (cell("award_recipients.csv", row, "published_name", "withheld") for row in (2, 3))
    return (*changes, cell(ORGANISATIONS, LINE, "kind", kind), *printed)


def fires(at: tuple[str, int | None, str | None], shown: str, words: str, *how: Change) -> Firing:
    return Firing(CODE, LH, how, *at, shown, (words,))


VALUE = ("source_values.csv", 2, "value")
FIRING = (
    fires((AWARDS, 2, "title"), "0… (12 characters)", "a telephone number",
          cell(AWARDS, 2, "title", f"Ask {NUMBER}")),
    fires((AWARDS, 2, "title"), "P… (11 characters)", "a person’s name",
          cell(AWARDS, 2, "title", "Priya Patel")),
    fires((ORGANISATIONS, LINE, "name"), "P… (11 characters)", "a private person",
          *named("Priya Patel")),
    fires((ORGANISATIONS, LINE, "name"), "P… (5 characters)", "not anonymised",
          *named("Priya", "individual")),
    fires((ORGANISATIONS, LINE, "name"), "V… (12 characters)", "a private person",
          *named("Violet Young")),
    fires((ORGANISATIONS, LINE, "name"), "M… (16 characters)", "a private person",
          *named("Mrs Dunn's group", "informal-group")),
    fires((ORGANISATIONS, LINE, "name"), "1… (16 characters)", "the address of a home",
          *named("Knitters, 12 Acacia Avenue", "informal-group")),
    fires((AWARDS, 2, "area_text"), "w… (6 characters)", "a place finer than a ward",
          cell(AWARDS, 2, "area_text", "wr53da")),
    fires(VALUE, "W… (7 characters)", "a postcode",
          *named("Evening Owls", "informal-group"), source("Recipient Org:Postal Code", "WR5 3DA")),
    fires(VALUE, "W… (7 characters)", "a postcode",
          number_of(FIRST["id"], "GB-CHC", "1123456"), *named("Anytown Women's Aid"),
          source("Recipient Org:Postal Code", "WR5 3DA")),
    fires(VALUE, "E… (9 characters)", "a place finer than a ward",
          source("Beneficiary Location:Geographic Code", "E01032740")),
    fires(VALUE, "S… (5 characters)", "a person’s name", source("Surname of lead", "Smith")),
    fires(VALUE, "B… (6 characters)", "a person’s name", source("Contact name", "Bukola")),
    fires(VALUE, "1… (10 characters)", "a telephone number", source("Telephone", "1632960321")),
    fires(("a.md", 3, None), "j… (22 characters)", "This line seems to hold an e-mail address",
          page("a.md", "# Ponds\n\njane.smith@example.org\n")),
    fires(("datapackage.json", None, None), "0… (12 characters)", r"The description \(title\)",
          described(lambda found: found.update(title=f"Ponds {NUMBER}"))),
)  # fmt: skip

QUIET = (
    Quiet(CODE, LH),
    Quiet(CODE, LH, named("REDACTED PERSONAL DATA", "individual")),
    Quiet(CODE, LH, named("Individual 1", "individual")),
    Quiet(CODE, LH, (number_of(FIRST["id"], "GB-CHC", "1123456"), *named("Priya Patel"))),
    Quiet(CODE, LH, (number_of(FIRST["id"], "GB-CHC", "1123456"), *named("The Dunn Family"))),
    Quiet(CODE, LH, (source("Contact name", "Grants team"),)),
    Quiet(CODE, LH, (cell(AWARDS, 2, "title", "Resurfacing Church Street"),)),
    Quiet(CODE, LH, (cell(AWARDS, 2, "area_text", "Anytown; Church Stretton"),)),
    Quiet(
        CODE,
        LH,
        (
            number_of(FIRST["id"], "GB-CHC", "1123456"),
            *named("Evening Owls"),
            source("Recipient Org:Postal Code", "WR5 3DA"),
        ),
    ),
    Quiet(CODE, LH, (source("Funding Org:Postal Code", "WR5 3DA"),)),
    Quiet(CODE, LH, (source("Beneficiary Location:Geographic Code", "E05012345"),)),
    Quiet(CODE, LH, (cell(AWARDS, 2, "title", f"Ask {NUMBER}"), review("title", "phone"))),
)


@pytest.mark.parametrize("case", FIRING)
def test_the_gate_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_gate_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)


def purse(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value), done.stdout


def test_what_waits_for_review_is_an_error_only_before_publishing(tmp_path: Path) -> None:
    waits = review("title", "phone", status="to-review", reason="not applicable")
    package = changed(LH, (cell(AWARDS, 2, "title", f"Ask {NUMBER}"), waits), tmp_path)
    code, said = purse("check", str(package))
    assert (code, "waits for review" in said, "No errors" in said) == (0, True, True)
    code, said = purse("check", "--publish", str(package))
    assert code == 1
    assert "1 error" in said
    assert NUMBER not in said


def test_an_entry_without_a_reason_lets_nothing_through(tmp_path: Path) -> None:
    empty = review("title", "phone", reason="not applicable")
    package = changed(LH, (cell(AWARDS, 2, "title", f"Ask {NUMBER}"), empty), tmp_path)
    book = ledger.build(read(package))
    codes = {one.code for one in checks.run(book).findings}
    assert {privacy.WAITING, "personal-data-reviews"} <= codes


@pytest.mark.parametrize(
    "wrong", [{"row": "2031-32-2"}, {"field": "purpose"}, {"category": "email"}]
)
def test_an_entry_about_something_else_lets_nothing_through(
    wrong: dict[str, str], tmp_path: Path
) -> None:
    other = review(**{"field": "title", "category": "phone", **wrong})
    package = changed(LH, (cell(AWARDS, 2, "title", f"Ask {NUMBER}"), other), tmp_path)
    codes = {one.code for one in checks.run(ledger.build(read(package))).findings}
    assert {CODE, "personal-data-reviews"} <= codes


def test_rows_for_review_are_what_the_gate_then_waits_for(tmp_path: Path) -> None:
    package = changed(LH, (cell(AWARDS, 2, "title", f"Ask {NUMBER}"),), tmp_path)
    book = ledger.build(read(package))
    (row,) = privacy_reviews.to_review(book)
    assert (row["resource"], row["row"], row["field"]) == ("awards", "2031-32-1", "title")
    assert (row["category"], row["status"]) == ("phone", "to-review")
    rows("privacy_reviews", dict(row))(package)
    after = ledger.build(read(package))
    assert privacy_reviews.unreviewed(after) == ()
    assert privacy_reviews.to_review(after) == ()
    assert not checks.run(after).has_errors


def everything(checked: site.Checked) -> Iterator[Output]:
    """All files from which the site is made."""
    for path, content in build_folder(
        contents(Project(ROOT), checked.ledger, checked.report, None)
    ):
        yield path, b"".join(pieces_of(content))


def test_the_reviews_are_never_published(tmp_path: Path) -> None:
    allowed = review("title", "phone")
    package = changed(LH, (cell(AWARDS, 2, "title", f"Ask {NUMBER}"), allowed), tmp_path)
    checked = site.check(package)
    assert not checked.report.has_errors
    for download in downloads(checked.ledger):
        assert "privacy_reviews" not in download.path
        assert b"The helpline is public" not in download.content, download.path
    for path, content in everything(checked):
        assert b"The helpline is public" not in content, path


PLANTED = {
    "email": "jane.smith@example.org",
    "phone": "07700 900123",
    "postcode": "WR5 3DA",
    "national-insurance": "CE 12 34 56 B",
    "nhs-number": "NHS number 943 476 5919",
    "birth-date": "DOB 01/02/1980",
    "bank-account": "sort code 20-00-00 account 55779911",
    "name": "Mrs Priya Patel",
    "plain-name": "Priya Patel",
    "home-address": "14 Acacia Avenue",
    "refuge-address": "refuge, 9 Elm Close",
    "place": "52.19362, -2.22165",
}
"""What must not be repeated; a cell holds nothing else."""


def planted(package: Path, value: str) -> None:
    """Write the value into every cell of every table that doesn't lead to a row."""
    for path in sorted(package.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file)
        links = {"id", "award", "recipient", "service", "position", "fund"}
        lines = [
            [one if name in links else value for name, one in zip(header, line, strict=True)]
            for line in lines
        ]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *lines])


def everything_said(package: Path, before: Path) -> Iterator[tuple[str, str]]:
    """All that commands and the quality page say of a package, each with its name."""
    report = site.check(package).report
    for form, render in RENDERERS.items():
        yield f"check {form}", render(report.findings)
    assert purse("check", str(package))[1] == RENDERERS["text"](report.findings)
    for form in ("text", "markdown", "json"):
        yield f"changes {form}", purse("changes", str(before), str(package), "--format", form)[1]
    yield "findings.csv", findings_table(report.findings).csv().decode()
    yield "results", repr([(one.findings, one.unanswered) for one in report.results])


@pytest.mark.parametrize("category", PLANTED)
def test_nothing_personal_is_echoed_anywhere(category: str, tmp_path: Path) -> None:
    value = PLANTED[category]
    package = changed(LH, (), tmp_path)
    planted(package, value)
    page("a.md", f"# Ponds\n\n{value}\n")(package)
    said = dict(everything_said(package, LH))
    assert len(said) == 9
    for name, text in said.items():
        for raw in (value, json.dumps(value)[1:-1], value.lower().replace(" ", "-")):
            assert raw not in text, name


def test_what_only_its_place_tells_is_not_in_the_changes(tmp_path: Path) -> None:
    package = changed(LH, (cell(AWARDS, 2, "area_text", "Acacia Avenue"),), tmp_path)
    for form in ("text", "markdown", "json"):
        said = purse("changes", str(LH), str(package), "--format", form)[1]
        assert "A… (13 characters)" in said
        assert "Acacia Avenue" not in said


def test_the_quality_page_repeats_nothing_that_waits_for_review(tmp_path: Path) -> None:
    package = changed(LH, (cell(AWARDS, 2, "purpose", f"Ask {NUMBER}"),), tmp_path)
    rows("privacy_reviews", *map(dict, privacy_reviews.to_review(ledger.build(read(package)))))(
        package
    )
    checked = site.check(package)
    assert not checked.report.has_errors
    files = dict(everything(checked))
    pages = [content for path, content in files.items() if "quality" in str(path)]
    assert any(b"waits for review" in content for content in pages)
    assert all(NUMBER.encode() not in content for content in pages)


def test_reviews_are_looked_up_and_not_looked_through() -> None:
    """Twenty thousand of each would take minutes otherwise."""
    count = 20_000
    told = [
        SimpleNamespace(resource="awards", field="purpose", category="email", row=f"a-{number}")
        for number in range(count)
    ]
    reviews = privacy_reviews.Reviews(cast(Ledger, SimpleNamespace(privacy_reviews=told)))
    with in_time():
        for one in told:
            assert len(reviews.of(cast(privacy_reviews.Found, one))) == 1


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("allowed", "They agreed.", "allowed"),
        ("allowed", Missing.NOT_PUBLISHED, "to-review"),
        ("to-review", "Somebody asks them.", "to-review"),
    ],
)
def test_only_what_is_allowed_for_a_reason_is_allowed(
    status: str, reason: object, said: str
) -> None:
    place = {"resource": "awards", "field": "purpose", "category": "email", "row": "a-1"}
    entry = SimpleNamespace(**place, status=status, reason=reason)
    reviews = privacy_reviews.Reviews(cast(Ledger, SimpleNamespace(privacy_reviews=[entry])))
    assert reviews.status(cast(privacy_reviews.Found, SimpleNamespace(**place))) == said
    other = SimpleNamespace(**{**place, "row": "a-2"})
    assert reviews.status(cast(privacy_reviews.Found, other)) is None
