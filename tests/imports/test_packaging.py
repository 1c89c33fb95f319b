"""From a reading to packages: who is who, ids, what each table holds; and the checks agree."""

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator import site
from generator.draft import Draft, files
from generator.errors import UsageProblem
from generator.imports.base import Attachment, Heading, Incoming, Party, Place
from generator.imports.packaging import Packaged, packages
from tests.imports.made import FROGS, FUNDER, NEWTS, award, book_of, cells, reading


def made(*awards: Incoming) -> Packaged:
    (one,) = packages(reading(*awards), {}, "pond")
    return one


def recipients(draft: Draft) -> list[tuple[str, str]]:
    return [(row["award"], row["recipient"]) for row in draft.rows("award_recipients")]


FULL = award(
    2,
    "1234.50",
    fund=Heading("Reed Fund", "RF"),
    theme=Heading("Water"),
    topics=(Heading("Frogs"), Heading("Reeds")),
    places=(Place("Upper Pond", "E08000009"), Place("Lower Pond")),
    documents=(Attachment("Letter", "https://pond.example/letter", "grant agreement"),),
    kept=(("Amount Applied For", "2000"), ("From an open call?", "Yes")),
)


def test_everything_the_source_says_has_its_place(tmp_path: Path) -> None:
    one = made(FULL)
    row = cells(one.draft, "awards", "002")
    assert (row["amount"], row["fund"], row["fund_basis"]) == ("1234.50", "rf", "stated")
    assert (row["theme"], row["source_id"], row["source_order"]) == ("water", "360G-pond-002", "1")
    assert row["source_ref"] == "pond grants 2031.csv, row 2"
    assert row["area_text"] == "Upper Pond; Lower Pond"
    assert row["status"] == "not published"
    fund = cells(one.draft, "funds", "rf")
    assert (fund["title"], fund["also_called"]) == ("Reed Fund", "RF")
    book = book_of(one.draft, tmp_path / "pond")
    (linked,) = book.linked
    assert next(area.gss_code for _, area in linked.areas) == "E08000009"
    assert [term.title for _, term in linked.terms] == ["Frogs", "Reeds"]
    assert [document.kind for document in book.documents] == ["grant-agreement"]
    assert [(value.source_column, value.value) for value in book.source_values] == list(FULL.kept)
    assert book.package.settings.threesixtygiving_prefix == "pond"
    assert [str(number) for number in book.package.settings.publisher_numbers] == ["GB-CHC-9000001"]
    assert (book.package.created, book.package.licence) == ("2031-05-01T00:00:00Z", None)
    assert book.package.sources[0].hash == f"sha256:{'ab' * 32}"


def test_the_sheet_and_all_rows_of_an_award_are_named() -> None:
    one = made(award(2, sheet="Grants", lines=(2, 5, 9)))
    ref = cells(one.draft, "awards", "002")["source_ref"]
    assert ref == "pond grants 2031.csv, sheet Grants, rows 2, 5 and 9"


def test_the_checks_find_no_error_and_the_package_stays_as_written(tmp_path: Path) -> None:
    nobody = award(3, recipients=())
    person = award(4, recipients=(Party("", "360G-pond-x", individual=True),))
    several = award(5, recipients=(FROGS, NEWTS), cells={"title": "Reeds; rushes | sedges"})
    one = made(FULL, nobody, person, several)
    book_of(one.draft, tmp_path / "pond")
    report = site.check(tmp_path / "pond").report
    assert not report.has_errors, report.findings
    assert [linked.attribution.value for linked in site.check(tmp_path / "pond").ledger.linked] == [
        "sole",
        "none",
        "sole",
        "shared",
    ]


def test_one_number_is_one_recipient_whatever_it_is_called() -> None:
    again = replace(FROGS, name="The Frog Choir CIO")
    one = made(award(2), award(3, recipients=(again,)), award(4, recipients=(FROGS,)))
    assert [row["id"] for row in one.draft.rows("recipients")] == ["frog-choir"]
    assert [row["name"] for row in one.draft.rows("recipient_names")] == ["The Frog Choir CIO"]
    assert [row["published_name"] for row in one.draft.rows("award_recipients")] == [
        "Frog Choir",
        "The Frog Choir CIO",
        "Frog Choir",
    ]


def test_one_name_with_two_numbers_is_two_recipients() -> None:
    other = replace(FROGS, identifier="", numbers=(("GB-CHC", "9000003"),))
    one = made(award(2), award(3, recipients=(other,)), award(4, recipients=(Party("Frog Choir"),)))
    first, second, third = (recipient for _, recipient in recipients(one.draft))
    assert first == "frog-choir"
    assert len({first, second, third}) == 3, "nothing says which of the two the third is"
    assert second.startswith("frog-choir-")


def test_a_name_alone_joins_the_one_body_of_that_name() -> None:
    one = made(award(2, recipients=(Party("Frog Choir"),)), award(3))
    assert {recipient for _, recipient in recipients(one.draft)} == {"frog-choir"}


@pytest.mark.parametrize("number", [("GB-CHC", "0000000"), ("GB-COH", "n/a"), ("GB-CHC", "12")])
def test_stand_ins_for_numbers_join_nobody(number: tuple[str, str]) -> None:
    parties = [Party(name, numbers=(number,)) for name in ("Frog Choir", "Newt Club")]
    one = made(*(award(line, recipients=(who,)) for line, who in enumerate(parties, 2)))
    assert [row["name"] for row in one.draft.rows("recipients")] == ["Frog Choir", "Newt Club"]


def test_a_row_with_two_numbers_ties_both_together() -> None:
    charity, company = ("GB-CHC", "9000002"), ("GB-COH", "09000002")
    rows = [Party("A", numbers=(charity,)), Party("B", numbers=(company,))]
    both = Party("C", numbers=(charity, company))
    one = made(*(award(line, recipients=(who,)) for line, who in enumerate([*rows, both], 2)))
    assert [row["name"] for row in one.draft.rows("recipients")] == ["A"]
    assert [row["name"] for row in one.draft.rows("recipient_names")] == ["B", "C"]


def test_persons_are_numbered_and_never_named() -> None:
    person = Party("Jane Roe", individual=True)
    referred = Party("", "360G-pond-IND-9", individual=True)
    one = made(
        award(2, recipients=(person,)),
        award(3, recipients=(referred,)),
        award(4, recipients=(referred,)),
    )
    assert recipients(one.draft) == [
        ("002", "individual-1"),
        ("003", "individual-2"),
        ("004", "individual-2"),
    ]
    assert "Roe" not in str([content for _, content in files(one.draft)])


def test_no_id_spells_what_seems_to_be_a_persons_name() -> None:
    named = award(2, recipients=(Party("Mr Adam Testman"), Party("Testman, Eve")))
    untitled = award(3, cells={"source_id": "", "title": "For Mrs Eve Testman"})
    draft = made(named, untitled).draft
    ids = [row["id"] for name in ("recipients", "awards") for row in draft.rows(name)]
    assert not any("testman" in id for id in ids), ids
    assert len(set(ids)) == len(ids)


def test_two_persons_of_one_award_are_two_and_a_label_names_nobody() -> None:
    person = Party("", individual=True)
    one = made(award(2, recipients=(person, person)), award(3, recipients=(Party("withheld"),)))
    assert recipients(one.draft) == [
        ("002", "individual-1"),
        ("002", "individual-2"),
        ("003", "not published"),
    ]


def test_ids_come_from_identifiers_else_from_year_and_title() -> None:
    titled = award(4, cells={"source_id": "", "title": "Bigger & better: Ponds!"})
    one = made(award(2), titled, award(5, cells={"source_id": "", "title": titled.cells["title"]}))
    first, second, third = (row["id"] for row in one.draft.rows("awards"))
    assert (first, second) == ("002", "2031-32-bigger-better-ponds")
    assert third.startswith(second)
    assert third != second


@pytest.mark.parametrize("tail", ["withdrawn", "not-published", "page-2", "x" * 300, "東京"])
def test_awkward_identifiers_give_fit_ids(tail: str, tmp_path: Path) -> None:
    one = made(award(2, cells={"source_id": f"360G-pond-{tail}"}))
    book_of(one.draft, tmp_path / "pond")
    assert not site.check(tmp_path / "pond").report.has_errors
    assert len(one.placed[0].id) <= 75


def test_identifiers_that_differ_in_case_alone_give_two_ids() -> None:
    ids = ("360G-pond-aB1", "360G-pond-Ab1")
    one = made(*(award(line, cells={"source_id": id}) for line, id in enumerate(ids, 2)))
    assert len({placed.id for placed in one.placed}) == 2


def test_a_code_beside_several_titles_is_several_funds() -> None:
    headings = [Heading("Frogs", "OPEN"), Heading("Newts", "OPEN"), Heading("Frogs", "OPEN")]
    one = made(*(award(line, fund=fund) for line, fund in enumerate(headings, 2)))
    titles = {row["id"]: row["title"] for row in one.draft.rows("funds")}
    assert titles == {"open-frogs": "Frogs", "open-newts": "Newts"}


def test_places_of_one_name_and_two_codes_are_two() -> None:
    places = [Place("Newport", "W06000022"), Place("Newport", "E06000046")]
    one = made(*(award(line, places=(place,)) for line, place in enumerate(places, 2)))
    assert [row["gss_code"] for row in one.draft.rows("areas")] == ["W06000022", "E06000046"]


def test_funders_and_currencies_get_packages_of_their_own() -> None:
    toads = Party("Toad Fund (fictional)")
    found = packages(
        reading(
            award(2, "10"),
            award(3, "20", funder=toads),
            award(4, "40", currency="EUR"),
            award(5, "80", funder=Party(FUNDER.name)),
        ),
        {},
        "all",
    )
    sums = {
        one.name: sum(Decimal(row["amount"]) for row in one.draft.rows("awards")) for one in found
    }
    assert sums == {
        "all-pond-trust-fictional-gbp": 90,
        "all-toad-fund-fictional": 20,
        "all-pond-trust-fictional-eur": 40,
    }
    assert [one.draft.descriptor["currency"] for one in found] == ["GBP", "GBP", "EUR"]


def test_another_funders_package_is_left_alone() -> None:
    there = {"pond": made(award(2)).draft}
    stranger = Party("Toad Fund", "GB-CHC-9000009", (("GB-CHC", "9000009"),))
    with pytest.raises(UsageProblem, match="is that of Pond Trust"):
        packages(reading(award(2, funder=stranger)), there, "pond")
    with pytest.raises(UsageProblem, match="in EUR, and the package pond is in GBP"):
        packages(reading(award(2, currency="EUR")), there, "pond")


def test_the_same_reading_gives_the_same_bytes() -> None:
    assert list(files(made(FULL, award(3)).draft)) == list(files(made(FULL, award(3)).draft))


def test_nothing_comes_of_no_awards() -> None:
    assert packages(reading(), {}, "pond") == ()
