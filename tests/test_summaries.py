"""Published tables: their cells and order, coverage, and sets of recipients that are exact."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import ledger, model, package
from generator.ledger import Attribution, Ledger, LinkedAward
from generator.missing import Missing
from generator.selectors import where
from generator.summaries import (
    AWARD_COLUMNS,
    COVERAGE_FIELDS,
    amount,
    awards_table,
    cell,
    coverage_table,
    exact_groups,
    findings_table,
    largest_first,
    resource_table,
)
from tests.conftest import LITTLEHAM, WEST_MERCIA, edit
from tests.test_findings import ERROR, GAP


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


WM, LH = book(WEST_MERCIA), book(LITTLEHAM)
REEDS, POSTERS = LH.linked
FRIENDS, WARDENS = POSTERS.recipients


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(5), "5.00"),
        (Decimal("-0.5"), "-0.50"),
        (3, "3"),
        ("None", "None"),
        (Missing.WITHHELD, "withheld"),
        (Missing.NOT_APPLICABLE, "not applicable"),
    ],
)
def test_cells_keep_amounts_exact_and_absences_apart(value: object, text: str) -> None:
    assert cell(value) == text


def test_the_largest_award_comes_first_and_equals_by_id() -> None:
    assert [one.award.id for one in largest_first(LH.linked[::-1])] == ["2031-32-1", "2031-32-2"]
    same = [
        replace(REEDS, award=replace(REEDS.award, id=id, amount=Decimal(worth)))
        for id, worth in (("b", 5), ("a", 5), ("c", 50))
    ]
    assert [one.award.id for one in largest_first(same)] == ["c", "a", "b"]
    amounts = [amount(one) for one in largest_first(WM.linked)]
    assert amounts == sorted(amounts, reverse=True)


def test_an_unreadable_amount_weighs_nothing() -> None:
    broken = replace(REEDS, award=replace(REEDS.award, amount=Missing.UNREADABLE))
    assert amount(broken) == 0
    assert largest_first([broken, POSTERS]) == (POSTERS, broken)


def test_the_table_of_awards() -> None:
    table = awards_table(LH, LH.linked, "funds/x/")
    assert (table.path, table.header) == ("funds/x/awards.csv", AWARD_COLUMNS)
    reeds, posters = table.rows
    assert set(reeds) == set(AWARD_COLUMNS)
    assert reeds["amount"] == "1200.50"
    assert reeds["fund_title"] == "Pond Fund"
    assert reeds["attribution"] == "sole"
    assert posters["fund"] == posters["fund_title"] == posters["areas"] == "not published"
    assert posters["recipients"] == "Friends of the Pond <b>& Ducks</b>; Duck Wardens"
    assert (posters["named_recipients"], posters["area_count"]) == ("2", "0")
    assert posters["services"] == "Posters"
    percentages = awards_table(WM, WM.linked, "").rows
    assert [row["published_percentage"] for row in percentages][10:13] == [
        *("not published", "6.1", "8.2")
    ]


def test_awards_stand_in_the_order_given() -> None:
    ids = [row["id"] for row in awards_table(WM, WM.linked[::-1], "").rows]
    assert ids == [one.award.id for one in WM.linked][::-1]


def test_a_resource_is_published_as_it_stands() -> None:
    table = resource_table(LH, "awards")
    assert table is not None
    assert table.path == "data/v1/littleham/awards.csv"
    assert table.csv() == (LITTLEHAM / "awards.csv").read_bytes()
    assert table.units["amount"] == "money"
    assert table.units["published_percentage"] == "percent"
    assert resource_table(LH, "ponds") is None


def test_coverage() -> None:
    table = coverage_table(LH, LH.linked)
    assert [row["field"] for row in table.rows] == list(COVERAGE_FIELDS)
    assert table.path == "quality/coverage.csv"
    for row in table.rows:
        assert (row["awards"], row["amount"]) == ("2", "1300.49")

    def covered(field: str) -> tuple[str, str]:
        (row,) = table.select(where(field=field))
        return row["awards_with_value"], row["amount_with_value"]

    assert covered("recipients") == ("2", "1300.49")
    assert covered("fund") == ("1", "1200.50")
    assert covered("areas") == ("0", "0.00")
    assert covered("objective") == ("0", "0.00")
    assert covered("conditions") == ("1", "1200.50"), "“None” is a value; withheld is none"
    assert covered("period") == ("1", "1200.50")
    assert table.figure("sum:amount_with_value", where(field="fund")).unit == "money"


def test_coverage_of_no_awards() -> None:
    for row in coverage_table(LH, ()).rows:
        assert (row["awards"], row["awards_with_value"], row["amount"]) == ("0", "0", "0.00")


def test_a_set_that_covers_whole_awards_is_exact() -> None:
    ((members, awards),) = exact_groups(LH.linked)
    assert {one.id for one in members} == {"friends-of-the-pond", "duck-wardens"}
    assert sum(map(amount, awards)) == Decimal("1300.49")


@pytest.mark.parametrize("naming", ["unnamed", "none"])
def test_nobody_unnamed_shares_an_exact_set(littleham: Path, naming: str) -> None:
    edit(
        littleham,
        "award_recipients.csv",
        "friends-of-the-pond,Friends of the Pond,named,recipient,joint",
        f"not published,Several groups,{naming},recipient,joint",
    )
    assert exact_groups(book(littleham).linked) == ()


def test_west_mercias_exact_sets() -> None:
    for members, awards in exact_groups(WM.linked):
        ids = {one.id for one in members}
        assert len(ids) > 1
        for one in WM.linked:
            inside = ids & {recipient.id for recipient in one.recipients}
            assert bool(inside) == (one in awards)
            assert not inside or one.attribution in (Attribution.SOLE, Attribution.SHARED)


def award(names: frozenset[str], unnamed: bool) -> LinkedAward:
    recipients = tuple(replace(FRIENDS, id=name) for name in sorted(names))
    rows = [
        replace(POSTERS.services[0].recipients[0].record, recipient=name) for name in sorted(names)
    ]
    if unnamed:
        rows.append(replace(rows[0], naming="unnamed") if rows else UNNAMED)
    return replace(REEDS, recipients=recipients, attribution=ledger.attribution_of(rows))


UNNAMED = replace(POSTERS.services[0].recipients[0].record, naming="unnamed")
AWARDS = st.lists(
    st.builds(award, st.frozensets(st.sampled_from("abcdef"), max_size=3), st.booleans()),
    max_size=8,
)


@given(AWARDS)
def test_exact_sets_are_the_closed_ones(awards: list[LinkedAward]) -> None:
    def ids(recipients: tuple[model.Recipient, ...]) -> frozenset[str]:
        return frozenset(one.id for one in recipients)

    sets = [ids(one.recipients) for one in awards if one.recipients]
    closed = set(sets)
    while True:
        merged = {frozenset().union(*(other for other in closed if other & one)) for one in closed}
        if merged == closed:
            break
        closed = merged
    whole = {
        group
        for group in closed
        if len(group) > 1
        and all(
            one.attribution in (Attribution.SOLE, Attribution.SHARED)
            for one in awards
            if ids(one.recipients) & group
        )
    }
    found = exact_groups(awards)
    assert {ids(members) for members, _ in found} == whole
    assert len(found) == len(whole)
    for members, held in found:
        assert list(held) == [one for one in awards if ids(one.recipients) & ids(members)]


def test_findings_as_a_table_name_no_folder_of_this_machine() -> None:
    table = findings_table([ERROR, GAP])
    assert [row["file"] for row in table.rows] == ["stated_figures.csv", "datapackage.json"]
    assert [(row["row"], row["column"]) for row in table.rows] == [
        ("3", "amount"),
        ("not applicable", "not applicable"),
    ]
