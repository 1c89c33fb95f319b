"""A file read again: ids stay, what people wrote stays, what the file says replaces."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.draft import Draft, files
from generator.imports.base import Attachment, Heading, Incoming, Party, Place
from generator.imports.packaging import Packaged, packages
from tests.imports.made import FROGS, NEWTS, award, cells, reading


def first(*awards: Incoming) -> Draft:
    (one,) = packages(reading(*awards), {}, "pond")
    return one.draft


def again(draft: Draft, *awards: Incoming) -> Packaged:
    (one,) = packages(reading(*awards), {"pond": draft}, "pond")
    return one


def edited(draft: Draft, resource: str, id: str, **cells: str) -> Draft:
    rows = [{**row, **cells} if row["id"] == id else row for row in draft.rows(resource)]
    return draft.with_rows(resource, rows)


RICH = award(
    2,
    fund=Heading("Reed Fund", "RF"),
    places=(Place("Upper Pond", "E08000009"),),
    topics=(Heading("Frogs"),),
    documents=(Attachment("Letter", "https://pond.example/a"),),
    kept=(("Note", "old"),),
)
PERSON = award(3, recipients=(Party("", individual=True),))
BARE = award(4, cells={"source_id": ""}, recipients=(NEWTS,))


words = st.text("aB é-/;", max_size=4).map(lambda text: " ".join(text.split()))
wild = st.builds(
    lambda source, title, name, number, fund, amount: award(
        2,
        amount,
        cells={"source_id": source, "title": title or "T", "decided_on": "2031-05-01"},
        recipients=(Party(name, numbers=(("GB-CHC", number),) if number else ()),),
        fund=Heading(title or "F", fund),
    ),
    words,
    words,
    words,
    st.sampled_from(["", "9000001", "9000002", "0000000", "x"]),
    words,
    st.sampled_from(["1", "2.50"]),
)


@settings(max_examples=40)
@given(st.lists(wild, min_size=1, max_size=8))
def test_whatever_the_file_holds_ids_are_fit_unique_and_for_ever(found: list[Incoming]) -> None:
    draft = first(*found)
    for resource in ("awards", "recipients", "funds"):
        ids = [row["id"] for row in draft.rows(resource)]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", id) for id in ids)
    assert list(files(again(draft, *found).draft)) == list(files(draft))


def test_the_same_file_changes_nothing() -> None:
    draft = first(RICH, PERSON, BARE)
    one = again(draft, RICH, PERSON, BARE)
    assert list(files(one.draft)) == list(files(draft))
    assert not one.is_new
    assert one.absent == ()


def test_neither_does_the_same_file_in_another_order() -> None:
    draft = first(RICH, PERSON, BARE)
    assert list(files(again(draft, BARE, PERSON, RICH).draft)) == list(files(draft))


def test_what_the_file_says_replaces_and_what_people_wrote_stays() -> None:
    draft = edited(first(RICH), "awards", "002", reasons="A need was found.", amount="100.00")
    draft = edited(draft, "funds", "rf", purpose="Reeds.", short_title="Reeds")
    draft = edited(draft, "areas", "upper-pond", kind="force-area")
    later = replace(
        award(7, cells={"source_id": "360G-pond-002", "title": "Renamed"}), fund=RICH.fund
    )
    one = again(draft, later).draft
    row = cells(one, "awards", "002")
    assert (row["title"], row["reasons"]) == ("Renamed", "A need was found.")
    assert row["amount"] == "100.00", "100 means the same"
    assert row["source_ref"] == "pond grants 2031.csv, row 7"
    assert cells(one, "funds", "rf")["purpose"] == "Reeds."
    assert cells(one, "funds", "rf")["short_title"] == "Reeds"
    assert cells(one, "areas", "upper-pond")["kind"] == "force-area"
    assert [row["title"] for row in one.rows("award_services")] == ["Renamed"]
    assert [row["area"] for row in one.rows("award_areas")] == ["upper-pond"], "not given: kept"


def test_rows_that_are_gone_stay_and_are_told() -> None:
    draft = first(RICH, award(3))
    one = again(draft, award(3), award(9))
    assert one.absent == ("002",)
    assert [row["id"] for row in one.draft.rows("awards")] == ["002", "003", "009"]
    assert cells(one.draft, "awards", "009")["source_order"] == "3"


def test_a_withdrawn_award_stays_withdrawn() -> None:
    draft = edited(first(RICH), "awards", "002", status="withdrawn")
    row = cells(again(draft, RICH).draft, "awards", "002")
    assert row["status"] == "withdrawn"


def test_an_award_without_identifier_is_known_by_what_it_is() -> None:
    draft = first(BARE)
    later = replace(BARE, cells={**BARE.cells, "source_id": "360G-pond-late"})
    one = again(draft, later, award(5, cells={"source_id": "", "title": "Other"}))
    known, new = (row["id"] for row in one.draft.rows("awards"))
    assert known == draft.rows("awards")[0]["id"]
    assert new == "2031-32-other"
    assert cells(one.draft, "awards", known)["source_id"] == "360G-pond-late"


def test_copies_that_nothing_tells_apart_keep_their_ids() -> None:
    copy = replace(BARE, lines=(5,))
    draft = first(BARE, copy)
    assert list(files(again(draft, BARE, copy).draft)) == list(files(draft))


def test_other_recipients_replace_and_persons_keep_their_numbers() -> None:
    draft = first(RICH, PERSON, award(5, recipients=(Party("", individual=True),)))
    moved = replace(RICH, recipients=(FROGS, NEWTS))
    one = again(draft, replace(PERSON, lines=(9,)), moved).draft
    assert [
        (row["award"], row["recipient"], row["basis"]) for row in one.rows("award_recipients")
    ] == [
        ("002", "frog-choir", "joint"),
        ("002", "newt-club", "joint"),
        ("003", "individual-1", "stated"),
        ("005", "individual-2", "stated"),
    ]


def test_links_that_people_inferred_stay_beside_what_the_file_states() -> None:
    draft = first(RICH)
    inferred = {"award": "002", "area": "lower-pond", "basis": "inferred", "basis_note": "Map."}
    draft = draft.with_rows("award_areas", [*draft.rows("award_areas"), inferred])
    objective = {"award": "002", "scheme": "objective", "term": "wet", "basis": "stated"}
    draft = draft.with_rows("award_terms", [*draft.rows("award_terms"), objective])
    moved = replace(RICH, places=(Place("Far Pond"),), topics=(Heading("Newts"),))
    one = again(draft, moved).draft
    assert [row["area"] for row in one.rows("award_areas")] == ["lower-pond", "far-pond"]
    assert [row["term"] for row in one.rows("award_terms")] == ["wet", "newts"]


def test_documents_keep_their_ids_by_address() -> None:
    draft = first(RICH)
    more = (Attachment("New", "https://pond.example/b"), *RICH.documents)
    one = again(draft, replace(RICH, documents=more, kept=(("Note", "new"),))).draft
    known = {row["url"][-1]: row["id"] for row in one.rows("documents")}
    assert known["a"] == "002-document-1"
    assert known["b"] != known["a"]
    assert [row["value"] for row in one.rows("source_values")] == ["new"]


def test_a_recipient_that_gets_a_number_stays_the_same() -> None:
    draft = first(award(2, recipients=(NEWTS,)))
    numbered = replace(NEWTS, numbers=(("GB-COH", "09000004"),))
    one = again(draft, award(2, recipients=(numbered,))).draft
    assert [row["id"] for row in one.rows("recipients")] == ["newt-club"]
    assert [row["identifier"] for row in one.rows("recipient_identifiers")] == ["09000004"]


def test_a_second_file_joins_the_sources_and_the_date_goes_on() -> None:
    draft = first(RICH)
    other = replace(reading().source, sha256="cd" * 32)
    later = award(3, cells={"decided_on": "2031-09-09"})
    (one,) = packages(reading(later, source=other), {"pond": draft}, "pond")
    described = one.draft.descriptor
    assert len(described["sources"]) == 2
    assert described["created"] == "2031-09-09T00:00:00Z"
    assert described["purse"] == draft.descriptor["purse"]


def test_our_own_export_comes_home() -> None:
    draft = edited(first(RICH), "awards", "002", source_id="POND/2")
    back = replace(RICH, cells={**RICH.cells, "source_id": "360G-pond-002"})
    one = again(draft, back)
    assert one.placed[0].id == "002"
    assert cells(one.draft, "awards", "002")["source_id"] == "POND/2"
