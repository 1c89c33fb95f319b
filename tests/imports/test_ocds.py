"""OCDS releases become awards: every release and award imported or refused, nothing guessed."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import PurseError, UsageProblem
from generator.imports import ocds
from generator.imports.base import Incoming, Party, Reading, Refused, SourceFile

BUYER = {"id": "GB-LAE-ANY", "name": "Anyshire Borough Council"}


def source(document: Any) -> SourceFile:
    return SourceFile("notices.json", "0" * 64, "json", document=document)


def award(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": "1",
        "status": "active",
        "date": "2031-04-05T00:00:00+01:00",
        "datePublished": "2031-04-09T10:00:00Z",
        "value": {"amount": Decimal("1234.50"), "currency": "GBP"},
        "suppliers": [{"id": "GB-COH-01234567", "name": "Littleham Paving Ltd"}],
        "contractPeriod": {"startDate": "2031-05-01", "endDate": "2032-04-30T23:59:59+01:00"},
    }
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def release(*awards: Any, **changes: Any) -> dict[str, Any]:
    plain = {
        "ocid": "ocds-abc123-7",
        "id": "r1",
        "date": "2031-04-10T10:00:00Z",
        "tag": ["award"],
        "buyer": BUYER,
        "tender": {
            "title": "Paving of Any Street",
            "description": "New paving.",
            "procurementMethod": "open",
            "procurementMethodDetails": "Open procedure",
        },
        "awards": list(awards),
    }
    return {name: value for name, value in {**plain, **changes}.items() if value is not None}


def read(*releases: Any, **options: Any) -> Reading:
    return ocds.read(source({"version": "1.1", "releases": list(releases)}), **options)


def only(reading: Reading) -> Incoming:
    (found,) = reading.awards
    return found


def refused(reading: Reading) -> Refused:
    assert reading.awards == ()
    (found,) = reading.refused
    return found


def is_accounted(reading: Reading) -> bool:
    """Whether each row ends in exactly one award or refusal."""
    every = [one.lines for one in reading.awards] + [one.lines for one in reading.refused]
    ends = [line for lines in every for line in lines]
    return len(ends) == reading.rows


def test_a_contract_as_published() -> None:
    found = only(read(release(award())))
    assert found.cells == {
        "source_id": "ocds-abc123-7-1",
        "ocid": "ocds-abc123-7",
        "title": "Paving of Any Street",
        "purpose": "New paving.",
        "instrument": "contract",
        "amount_basis": "total-value",
        "status": "awarded",
        "decided_on": "2031-04-05",
        "published_on": "2031-04-09",
        "start_on": "2031-05-01",
        "end_on": "2032-04-30",
        "financial_year": "2031-32",
        "route": "Open procedure",
    }
    assert (found.lines, found.amount, found.currency) == ((1,), Decimal("1234.5"), "GBP")
    assert found.funder == Party(BUYER["name"], "GB-LAE-ANY", (("GB-LAE", "ANY"),))
    assert found.recipients == (
        Party("Littleham Paving Ltd", "GB-COH-01234567", (("GB-COH", "01234567"),)),
    )
    assert found.kept == (("tender/procurementMethod", "open"),)


def test_what_is_not_stated_is_not_there() -> None:
    bare = award(contractPeriod=None, datePublished=None, suppliers=None, status=None)
    found = only(read(release(bare, date=None, tender={"title": "Paving"})))
    assert set(found.cells) == {
        *("source_id", "ocid", "title", "instrument", "amount_basis"),
        *("decided_on", "financial_year"),
    }
    assert found.recipients == ()


def test_several_suppliers_share_one_amount() -> None:
    pair = [{"id": "a", "name": "Alpha Ltd"}, {"id": "b", "name": "Beta Ltd"}]
    found = only(read(release(award(suppliers=[*pair, pair[0]]))))
    assert [one.name for one in found.recipients] == ["Alpha Ltd", "Beta Ltd"]
    assert found.amount == Decimal("1234.5")


def test_an_id_of_a_portal_is_no_number_and_is_kept() -> None:
    parties = [
        {
            "id": "GB-CFS-7",
            "name": "Alpha Ltd",
            "identifier": {"scheme": "GB-COH", "id": "158718", "legalName": "Alpha Limited"},
            "additionalIdentifiers": [
                {"scheme": "GB-SRS", "id": "x"},
                {"scheme": "IE-CRO", "id": 9},
            ],
            "details": {"url": "https://alpha.example", "scale": "sme", "vcse": False},
            "address": {"streetAddress": "1 Any Street"},
            "contactPoint": {"name": "Pat Example", "email": "pat@alpha.example"},
        }
    ]
    told = read(
        release(
            award(suppliers=[{"id": "GB-CFS-7"}]),
            parties=parties,
            buyer={"id": "GB-CFS-1", "name": "Any"},
        )
    )
    found = only(told)
    assert found.recipients == (
        Party(
            name="Alpha Ltd",
            identifier="GB-CFS-7",
            numbers=(("GB-COH", "00158718"), ("IE-CRO", "9")),
            url="https://alpha.example",
        ),
    )
    assert found.funder == Party("Any")
    assert ("buyer/id", "GB-CFS-1") in found.kept
    assert ("awards/suppliers/id", "GB-CFS-7") in found.kept
    assert ("parties/details/vcse", "false") in found.kept
    assert ("parties/identifier/legalName", "Alpha Limited") in found.kept
    assert [(one.found, one.taken) for one in told.corrections] == [("158718", "00158718")]
    everything = repr((told.awards, told.corrections))
    assert "Pat" not in everything
    assert "Any Street" not in everything.replace("Paving of Any Street", "")
    fates = {one.column: (one.fate, one.words) for one in told.columns}
    assert fates["parties/contactPoint/name"][0] == "ignored"
    assert "private person" in fates["parties/contactPoint/email"][1]
    assert "home" in fates["parties/address/streetAddress"][1]


def test_the_buyer_may_stand_among_the_parties() -> None:
    parties = [{**BUYER, "roles": ["buyer"]}, {"id": "x", "name": "Other", "roles": "buyer"}]
    assert only(read(release(award(), buyer=None, parties=parties))).funder.name == BUYER["name"]


def test_the_amount_may_be_its_only_contracts() -> None:
    one = {
        "awardID": "1",
        "value": {"amount": 99, "currency": "GBP"},
        "period": {"startDate": "2031-06-01"},
    }
    told = read(release(award(value=None, contractPeriod=None), contracts=[one, {"awardID": "2"}]))
    assert (only(told).amount, only(told).cells["start_on"]) == (Decimal(99), "2031-06-01")
    assert "contract" in told.corrections[0].why
    two = release(award(value=None), contracts=[one, one])
    assert refused(read(two)).reason == "It has no amount."


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"value": {"amount": 0, "currency": "GBP"}}, "nought"),
        ({"value": {"amount": -5, "currency": "GBP"}}, "below nought"),
        ({"value": {"amount": "ten", "currency": "GBP"}}, "can't be read"),
        ({"value": {"amount": True, "currency": "GBP"}}, "can't be read"),
        ({"value": {"amount": 5}}, "no currency"),
        ({"value": {"currency": "GBP"}}, "no amount"),
        ({"status": "cancelled"}, "cancelled"),
        ({"status": "unsuccessful"}, "unsuccessful"),
        ({"status": "pending"}, "pending"),
        ({"date": None, "contractPeriod": None}, "no date"),
        ({"date": "5 of April", "contractPeriod": {}}, "no date"),
    ],
)
def test_refused_with_a_reason(changes: dict[str, Any], reason: str) -> None:
    found = refused(read(release(award(**changes))))
    assert reason in found.reason
    assert found.mend.endswith(".")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (release(), "no award yet"),
        (release(awards="none"), "no award yet"),
        (release("no object"), "isn't a JSON object"),
        ("no object", "no release"),
        ({"hello": "world"}, "no release"),
        (release(award(), buyer=None), "who the buyer is"),
        (release(award(), tender=None), "no title"),
    ],
)
def test_releases_that_make_no_award(made: Any, reason: str) -> None:
    assert reason in refused(read(made)).reason


def test_the_title_and_the_purpose_are_of_one_place() -> None:
    own = award(title="Lot 1:\nkerbs", description="Kerbs only.")
    found = only(read(release(own)))
    assert (found.cells["title"], found.cells["purpose"]) == ("Lot 1: kerbs", "Kerbs only.")
    assert found.kept[:2] == (
        ("tender/description", "New paving."),
        ("tender/title", "Paving of Any Street"),
    )
    found = only(read(release(award(description="More words."))))
    assert found.cells["purpose"] == "New paving."
    assert found.kept[0] == ("awards/description", "More words.")


def test_the_newest_version_holds_and_the_older_is_accounted_for() -> None:
    old = release(award(value={"amount": 100, "currency": "GBP"}), date="2031-04-10T10:00:00Z")
    # later, though its clock shows an earlier hour
    new = release(award(), date="2031-04-10T09:30:00-01:00")
    told = read(old, new)
    found = only(told)
    assert (found.lines, found.amount, told.rows) == ((1, 2), Decimal("1234.5"), 2)
    (note,) = told.corrections
    assert (note.line, note.found, note.taken) == (1, "100 GBP", "1234.5 GBP")
    assert "item 2" in note.why


def test_a_cancellation_takes_the_earlier_version_along() -> None:
    later = release(award(status="cancelled"), date="2031-05-01T00:00:00Z")
    assert refused(read(release(award()), later)).lines == (1, 2)


def test_versions_of_one_moment() -> None:
    assert only(read(release(award()), release(award()))).lines == (1, 2)
    other = release(award(value={"amount": 7, "currency": "GBP"}))
    assert "differ" in refused(read(release(award()), other)).reason


def test_awards_that_look_like_versions_are_pointed_out() -> None:
    told = read(release(award()), release(award(id="2")), release(award(id="3"), ocid="ocds-x-1"))
    assert len(told.awards) == 3
    assert [(one.line, "item 1" in one.why) for one in told.corrections] == [(2, True)]
    assert read(release(award(), award(id="2"))).corrections == ()


def test_bids_are_counted_only_where_they_are_this_awards() -> None:
    def bids(*counts: dict[str, Any], tenderers: Any = None, **own: Any) -> str | None:
        tender = {"title": "Paving", "numberOfTenderers": tenderers}
        made = release(award(**own), tender=tender, bids={"statistics": list(counts)})
        return only(read(made)).cells.get("bids_received")

    assert bids() is None
    assert bids(tenderers=4) == "4"
    assert bids({"measure": "bids", "value": 3}, tenderers=4) == "3"
    lot = {"measure": "bids", "value": 2, "relatedLot": "L1"}
    assert bids(lot) is None
    assert bids(lot, relatedLots=["L1"]) == "2"
    assert bids({"measure": "smeBids", "value": 9}, tenderers="many") is None


def test_documents_have_a_web_address() -> None:
    files = [
        {"documentType": "contractSigned", "title": "The contract", "url": "https://a.example/c"},
        {"description": "A file", "url": "c:\\contract.doc"},
    ]
    told = read(release(award(documents=files)))
    assert [(one.title, one.kind) for one in only(told).documents] == [("The contract", "contract")]
    assert [one.column for one in told.corrections] == ["awards/documents/url"]


def test_damaged_texts_are_reported_and_kept_as_found() -> None:
    words = "Repairs today.rnrnThe cafÃ© stays open."
    told = read(release(award(), tender={"title": "Paving", "description": words}))
    assert only(told).cells["purpose"] == words
    assert [one.taken for one in told.corrections] == [
        "Repairs today.rnrnThe café stays open.",
        "Repairs today. ↵ ↵ The cafÃ© stays open.",
    ]
    assert {one.column for one in told.corrections} == {"tender/description"}


def test_records_and_bare_lists() -> None:
    record = {"ocid": "ocds-abc123-7", "compiledRelease": release(award(), date="2031-05-01")}
    linked = {"ocid": "ocds-abc123-8", "releases": [{"url": "https://a.example/r", "date": "2031"}]}
    inside = {"ocid": "ocds-abc123-9", "releases": [release(award(), ocid="ocds-abc123-9")] * 2}
    told = ocds.read(source({"records": [record, linked, inside]}))
    assert [one.lines for one in told.awards] == [(1,), (3, 3)]
    assert "links" in told.refused[0].reason
    assert {one.column for one in told.columns} >= {"awards/value/amount", "ocid"}
    assert only(ocds.read(source([release(award())]))).lines == (1,)


@pytest.mark.parametrize(
    ("document", "is_one"),
    [
        ({"releases": []}, True),
        ({"records": []}, True),
        ([{"ocid": "ocds-1"}], True),
        ({"ocid": "ocds-1"}, True),
        ({"grants": []}, False),
        ([{"id": "360G-a-1"}], False),
        ([1], False),
        ("releases", False),
    ],
)
def test_which_files_are_ocds(document: Any, is_one: bool) -> None:
    assert ocds.reads(source(document)) is is_one


def test_a_number_that_no_register_has_is_left_out() -> None:
    told = read(release(award(suppliers=[{"id": "GB-COH-n/a", "name": "Alpha Ltd"}])))
    assert only(told).recipients == (Party("Alpha Ltd", "GB-COH-n/a"),)
    assert [one.found for one in told.corrections] == ["n/a"]


def test_one_buyer_is_picked_and_the_others_are_accounted_for() -> None:
    other = release(award(id="2"), buyer={"id": "GB-CFS-9", "name": "Littleham Council"})
    for wanted in ("littleham council", " gb-cfs-9 "):
        told = read(release(award()), other, buyer=wanted)
        assert only(told).lines == (2,)
        assert "buyer" in told.refused[0].reason
        assert is_accounted(told)


def test_an_unknown_buyer_is_told_the_near_names() -> None:
    with pytest.raises(UsageProblem) as caught:
        read(release(award()), buyer="Anyshire")
    assert BUYER["name"] in caught.value.advice
    with pytest.raises(UsageProblem):
        read("nothing", buyer="Anyshire")


def test_the_licence_is_taken_where_it_is_stated() -> None:
    address = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    licence = ocds.read(source({"license": address, "releases": []})).licence
    assert licence
    assert licence["name"] == "OGL-UK-3.0"
    assert read().licence is None


PLAIN = st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=8)
NAMES = st.sampled_from(
    [
        *(
            "ocid",
            "id",
            "date",
            "tag",
            "buyer",
            "parties",
            "awards",
            "contracts",
            "tender",
            "value",
        ),
        *("amount", "currency", "suppliers", "name", "title", "description", "status", "bids"),
        *("documents", "url", "awardID", "statistics", "roles", "identifier", "scheme", "records"),
        *("releases", "compiledRelease", "license", "contractPeriod", "startDate", "relatedLots"),
    ]
)
WILD = st.recursive(
    PLAIN,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=6),
    max_leaves=25,
)


@given(WILD, WILD, WILD, st.none() | st.text(max_size=3))
def test_wild_json_raises_nothing_but_our_own_errors(
    document: Any, first: Any, second: Any, buyer: str | None
) -> None:
    changes = first if isinstance(first, dict) else {"awards": [first]}
    other = second if isinstance(second, dict) else {"value": second}
    made = [document, {**release(), "awards": [{**award(), **other}], **changes}]
    for wild in (document, {"releases": made}, {"records": made}):
        ocds.reads(source(wild))
        try:
            assert is_accounted(ocds.read(source(wild), buyer=buyer))
        except PurseError as problem:
            assert problem.advice


def test_contracts_finder(samples: Path) -> None:
    text = (samples / "ocds-contracts-finder.json").read_text(encoding="utf-8")
    told = ocds.read(source(json.loads(text, parse_float=Decimal)))
    assert told.rows == 200
    assert is_accounted(told)
    assert (len(told.awards), len(told.refused)) == (135, 61)
    reasons = Counter(one.reason for one in told.refused)
    assert reasons == {"The release has no award yet.": 53, "The amount is nought: 0.": 8}
    assert len({one.funder.name for one in told.awards}) == 93
    assert sum("line breaks" in one.why for one in told.corrections) >= 30
    assert sum("earlier version" in one.why for one in told.corrections) == 4
