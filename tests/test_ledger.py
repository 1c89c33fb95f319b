"""The ledger: types, absences kept apart, links resolved, attribution, lenience."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import ledger, model, package
from generator.cells import is_readable
from generator.ledger import Attribution, Ledger
from generator.missing import Missing
from tests.anyshire import TODAY, data, standing
from tests.conftest import ANYSHIRE, LITTLEHAM, WEST_MERCIA, edit, edit_descriptor, there


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


@pytest.fixture(scope="module")
def wm() -> Ledger:
    return book(WEST_MERCIA)


def test_cells_become_the_types_of_their_columns() -> None:
    award = book(LITTLEHAM).awards[0]
    assert award.at == model.Origin("tests/packages/littleham/awards.csv", 2)
    assert award.id == "2031-32-1"
    assert award.amount == Decimal("1200.50")
    assert isinstance(award.amount, Decimal)
    assert award.bids_received == 3
    assert award.decided_on == date(2031, 5, 1)
    assert award.conditions == "None"


def test_kinds_of_absence_stay_apart() -> None:
    first, second = book(LITTLEHAM).awards
    assert first.legal_power is Missing.NOT_PUBLISHED
    assert first.contract is Missing.NOT_APPLICABLE
    assert second.conditions is Missing.WITHHELD
    assert second.published_on is Missing.NOT_PUBLISHED


def test_a_blank_cell_reads_as_not_published(littleham: Path) -> None:
    edit(littleham, "awards.csv", ",Minute 14", ",")
    assert book(littleham).awards[0].source_ref is Missing.NOT_PUBLISHED


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        book(LITTLEHAM).awards[0].title = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (",1200.50,", ",£1200.50,", "amount"),
        (",1200.50,", ",1e3,", "amount"),
        ("PC/1,1,", "PC/1,--1,", "source_order"),
        ("PC/1,1,", "PC/1,1.0,", "source_order"),
        ("PC/1,1,", f"PC/1,{'9' * 5000},", "source_order"),
        ("2031-06-01,", "1 June,", "start_on"),
        ("2031-06-01,", "2031-6-1,", "start_on"),
        ("2031-06-01,", "20310601,", "start_on"),
    ],
)
def test_what_cannot_be_read_is_marked_and_stops_nothing(
    littleham: Path, old: str, new: str, field: str
) -> None:
    edit(littleham, "awards.csv", old, new)
    read = book(littleham)
    assert getattr(read.awards[0], field) is Missing.UNREADABLE
    assert len(read.linked) == 2


@pytest.mark.parametrize(
    ("kind", "cell", "readable"),
    [
        ("number", "1.5", True),
        ("number", "1_0", False),
        ("integer", "-3", True),
        ("integer", "3.0", False),
        ("date", "2020-07-01", True),
        ("date", "2020-7-1", False),
        ("string", "anything", True),
    ],
)
def test_plain_writing(kind: str, cell: str, readable: bool) -> None:
    assert is_readable(kind, cell) is readable


@given(st.sampled_from(["number", "integer", "date", "string", "boolean", "else"]), st.text())
def test_any_cell_is_readable_or_not(kind: str, cell: str) -> None:
    assert is_readable(kind, cell) in (True, False)


def test_missing_columns_and_tables_are_lenient(littleham: Path) -> None:
    (littleham / "awards.csv").write_text("id,amount\na,5.00\n", encoding="utf-8")
    (littleham / "award_services.csv").unlink()
    read = book(littleham)
    assert read.awards[0].amount == Decimal("5.00")
    assert read.awards[0].title is Missing.NOT_PUBLISHED
    assert read.award_services == ()
    assert read.linked[0].services == ()


def test_links_lead_to_records(wm: Ledger) -> None:
    linked = there(wm.award("2020-21-v05"))
    assert linked.programme is not None
    assert linked.programme.id == "victims"
    assert linked.fund is not None
    assert linked.fund.title == "Victim Services"
    assert linked.theme is None
    assert [one.record.title for one in linked.services] == [
        "The Branch Project",
        "The Empowerment Project",
    ]
    assert [len(one.recipients) for one in linked.services] == [1, 1]
    assert len(linked.recipients) == 1
    assert [area.id for _, area in linked.areas] == [
        *("shropshire", "herefordshire", "worcestershire")
    ]
    assert linked.has_term("topic", "sexual-violence")
    assert not linked.has_term("topic", "domestic-abuse")
    assert not linked.has_term("objective", "sexual-violence")
    covid = there(wm.award("2020-21-v10"))
    assert [source.id for _, source in covid.sources] == ["moj-covid-19"]


def test_a_link_that_leads_nowhere_is_none(littleham: Path) -> None:
    edit(littleham, "awards.csv", ",pond-fund,", ",pnd-fund,")
    edit(littleham, "recipients.csv", "duck-wardens,", "goose-wardens,")
    first, second = book(littleham).linked
    assert first.fund is None
    assert [one.id for one in second.recipients] == ["friends-of-the-pond"]
    assert second.services[0].recipients[1].recipient is None


def test_repeated_ids_do_not_merge_rows(littleham: Path) -> None:
    edit(littleham, "awards.csv", "2031-32-2,", "2031-32-1,")
    edit(littleham, "recipients.csv", "duck-wardens,", "friends-of-the-pond,")
    read = book(littleham)
    assert [one.award.amount for one in read.linked] == [Decimal("1200.50"), Decimal("99.99")]
    assert [one.at.line for one in read.recipients] == [2, 3]
    assert there(read.award("2031-32-1")).award.amount == Decimal("1200.50")
    assert str(read.linked[0].recipients[0].name) == "Duck Wardens"


A, B = ("a", "named", "recipient"), ("b", "named", "recipient")
BLANK = ("not published", "named", "recipient")
PARTNER, ROUTE = ("b", "named", "partner"), ("c", "named", "route")
SOME, NOBODY = ("not applicable", "unnamed", "recipient"), ("not applicable", "none", "recipient")


@pytest.mark.parametrize(
    ("rows", "attribution"),
    [
        ([A], "sole"),
        ([A, A], "sole"),
        ([A, ROUTE], "sole"),
        ([A, B], "shared"),
        ([A, PARTNER], "shared"),
        ([A, B, ROUTE], "shared"),
        ([A, BLANK], "shared"),
        ([BLANK, A], "shared"),
        ([A, SOME], "partial"),
        ([A, NOBODY], "partial"),
        ([A, B, SOME, NOBODY], "partial"),
        ([SOME], "unnamed"),
        ([SOME, NOBODY], "unnamed"),
        ([SOME, ROUTE], "unnamed"),
        ([NOBODY], "none"),
        ([ROUTE], "none"),
        ([], "none"),
    ],
)
def test_attribution(
    littleham: Path, rows: Sequence[tuple[str, str, str]], attribution: str
) -> None:
    lines = ["award,service,position,recipient,naming,role"]
    for award, said in (("2031-32-1", rows), ("2031-32-2", rows[::-1])):
        for position, (recipient, naming, role) in enumerate(said, 1):
            lines.append(f"{award},1,{position},{recipient},{naming},{role}")
    (littleham / "award_recipients.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = book(littleham)
    assert [one.attribution.value for one in read.linked] == [attribution] * 2


def test_a_route_is_no_recipient(littleham: Path) -> None:
    edit(
        littleham,
        "award_recipients.csv",
        "Duck Wardens,named,recipient",
        "Duck Wardens,named,route",
    )
    second = book(littleham).linked[1]
    assert [one.id for one in second.recipients] == ["friends-of-the-pond"]
    assert second.attribution is Attribution.SOLE
    assert len(second.services[0].recipients) == 2


def test_every_award_is_in_the_ledger_once(wm: Ledger) -> None:
    assert len(wm.linked) == len(wm.awards) == len(set(wm.linked.ids)) == 27
    assert sum(one.amount for one in wm.awards if isinstance(one.amount, Decimal)) == Decimal(
        "7713019.51"
    )


@pytest.fixture(scope="module")
def anyshire() -> Ledger:
    return book(ANYSHIRE)


def test_what_the_ledger_says_of_all_is_what_the_rows_say(anyshire: Ledger) -> None:
    ids = [one["id"] for one in standing()]
    assert anyshire.standing.ids == ids
    assert anyshire.withdrawn.ids == [one["id"] for one in data("awards") if one["id"] not in ids]
    assert len(ids) < len(anyshire.linked)
    reports = data("outcome_reports")
    received = {one["award"] for one in reports if one["received_on"][:2] == "20"}
    assert anyshire.reported == received
    assert received < {one["award"] for one in reports}, "one is still to come"
    assert anyshire.numbered == {one["recipient"] for one in data("recipient_identifiers")}


def test_today_is_the_day_of_the_package_or_none(anyshire: Ledger, littleham: Path) -> None:
    assert anyshire.today == TODAY
    edit_descriptor(littleham, lambda found: found.update(created="one day"))
    assert book(littleham).today is None


def test_some_awards_are_linked_as_when_all_are(anyshire: Ledger) -> None:
    every = list(anyshire.linked)
    for wanted in ({3}, {0, len(every) - 1}, set(), set(range(len(every)))):
        mask = pa.array([row in wanted for row in range(len(every))])
        assert list(book(ANYSHIRE).linked_at(mask)) == [every[row] for row in sorted(wanted)]


def test_an_amount_that_is_missing_adds_nothing(littleham: Path) -> None:
    edit(littleham, "awards.csv", ",1200.50,", ",withheld,")
    assert book(littleham).linked.total == Decimal("99.99")


def test_an_award_is_found_by_its_id_or_not_at_all(anyshire: Ledger) -> None:
    for one in (anyshire.linked[0], anyshire.linked[-1]):
        assert anyshire.award(one.award.id) == one
    assert anyshire.award("nobody") is None


def test_what_is_made_of_a_ledger_is_made_once(anyshire: Ledger) -> None:
    assert anyshire.once(_count) == [len(anyshire.awards)]
    assert anyshire.once(_count) is anyshire.once(_count)


def _count(one: Ledger) -> list[int]:
    return [len(one.awards)]


@pytest.mark.parametrize("amount", ["1200.50", "1200.505", "999999999999999.999999"])
def test_an_amounts_decimals_are_never_lost(littleham: Path, amount: str) -> None:
    edit(littleham, "awards.csv", ",1200.50,", f",{amount},")
    amounts = ledger.build(package.read(littleham)).relations.amounts.to_pylist()
    assert Decimal(amount) in amounts
