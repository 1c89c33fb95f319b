"""Claims about the money: each verdict is reached, and by a penny."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator import ledger, package
from generator.ledger import Ledger
from generator.reconcile import (
    Claim,
    StatedCheck,
    Verdict,
    claims,
    stated_checks,
    stated_figure,
    stated_id,
)
from generator.selectors import where
from tests.checks import Change, cell, changed, without
from tests.conftest import LITTLEHAM, WEST_MERCIA

HOLDS, FAILS, CONSISTENT = Verdict.HOLDS, Verdict.FAILS, Verdict.CONSISTENT
AWARDS, CLAIMS, TERMS = "awards.csv", "reconciliations.csv", "reconciliation_terms.csv"
FIGURES = "stated_figures.csv"


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


WM = book(WEST_MERCIA)


def claim(read: Ledger, id: str) -> Claim:
    return next(one for one in claims(read) if one.record.id == id)


def check(read: Ledger, id: str) -> StatedCheck:
    return next(one for one in stated_checks(read) if one.record.id == id)


@pytest.mark.parametrize(
    ("id", "verdict", "difference"),
    [
        ("row-percentages-100", FAILS, "0.1"),
        ("table-shares-100", FAILS, "6"),
        ("covid-lines-grant", HOLDS, None),
        ("awarded-within-available", HOLDS, "462557.88"),
        ("lpcaf-allocations-award", HOLDS, None),
        ("coronavirus-within-allocation", HOLDS, "2720.06"),
        ("safer-roads-pot-road-safety", CONSISTENT, None),
        ("prevention-percentage-base", HOLDS, None),
    ],
)
def test_what_the_strategys_claims_come_to(
    id: str, verdict: Verdict, difference: str | None
) -> None:
    found = claim(WM, id)
    assert found.verdict is verdict
    if difference is not None:
        assert found.difference is not None
        assert found.difference.value == Decimal(difference)
    if verdict is HOLDS and found.record.relation == "equal":
        assert found.difference is None


@pytest.mark.parametrize(
    ("id", "change", "verdict"),
    [
        ("covid-lines-grant", cell(AWARDS, 12, "amount", "105777.26"), FAILS),
        ("covid-lines-grant", cell(CLAIMS, 4, "if_true", "consistent"), CONSISTENT),
        ("coronavirus-within-allocation", cell(AWARDS, 28, "amount", "50000.00"), HOLDS),
        ("coronavirus-within-allocation", cell(AWARDS, 28, "amount", "50000.01"), FAILS),
        ("coronavirus-within-allocation", cell(CLAIMS, 7, "relation", "equal"), FAILS),
        ("safer-roads-pot-road-safety", cell(AWARDS, 19, "amount", "100000.00"), CONSISTENT),
        ("safer-roads-pot-road-safety", cell(AWARDS, 19, "amount", "99999.99"), FAILS),
        ("row-percentages-100", cell(TERMS, 3, "value", "99.9"), HOLDS),
    ],
)
def test_a_small_change_changes_the_verdict(
    tmp_path: Path, id: str, change: Change, verdict: Verdict
) -> None:
    assert claim(book(changed(WEST_MERCIA, (change,), tmp_path)), id).verdict is verdict


def test_a_difference_is_right_less_left_and_points_at_both() -> None:
    found = claim(WM, "awarded-within-available")
    assert found.difference is not None
    assert found.difference.op == "difference"
    assert found.difference.parts == (found.right.total.id, found.left.total.id)
    assert found.left.is_sum
    assert found.left.total.parts == tuple(one.figure.id for one in found.left.terms)
    assert not found.right.is_sum
    assert found.right.total is found.right.terms[0].figure


def test_a_term_points_at_its_rows_or_at_its_own_value() -> None:
    found = claim(WM, "row-percentages-100")
    (left,), (right,) = found.left.terms, found.right.terms
    assert left.figure.rows == "data/v1/west-mercia-pcc/stated_figures.csv"
    assert (left.figure.measure, left.figure.unit) == ("sum:percentage", "percent")
    assert right.figure.rows == "data/v1/west-mercia-pcc/reconciliation_terms.csv"
    assert right.figure.where == where(
        reconciliation="row-percentages-100", side="right", position="1"
    )
    assert (right.figure.value, right.figure.places) == (Decimal(100), 0)


def test_claims_come_in_the_sources_order(tmp_path: Path) -> None:
    orders = [one.record.source_order for one in claims(WM)]
    assert orders == list(range(1, len(orders) + 1))
    moved = book(changed(WEST_MERCIA, (cell(CLAIMS, 2, "source_order", "100"),), tmp_path))
    assert claims(moved)[-1].record.id == "row-percentages-100"


def test_every_figure_of_a_claim_has_an_id_of_its_own() -> None:
    ids = [
        figure.id
        for one in claims(WM)
        for side in (one.left, one.right)
        for figure in {term.figure.id: term.figure for term in side.terms}.values()
    ]
    assert None not in ids
    assert len(set(ids)) == len(ids)


def test_a_claim_without_a_side_is_refused(tmp_path: Path) -> None:
    broken = book(changed(WEST_MERCIA, (without(TERMS, 3),), tmp_path))
    with pytest.raises(ValueError, match="has nothing on its right side"):
        claims(broken)


def test_a_claim_of_a_resource_that_is_not_there_is_refused(tmp_path: Path) -> None:
    broken = book(changed(WEST_MERCIA, (cell(TERMS, 2, "resource", "ponds"),), tmp_path))
    with pytest.raises(ValueError, match="has no resource ponds"):
        claims(broken)


def test_stated_figures_hold_in_the_strategy() -> None:
    checked = stated_checks(WM)
    assert [one.record for one in checked] == list(WM.stated_figures)
    assert {one.verdict for one in checked} == {HOLDS, None}
    assert [one.record.id for one in checked if one.verdict is None] == ["available-2020-21"]


def test_a_stated_total_beside_its_rows(tmp_path: Path) -> None:
    found = check(WM, "victims-total-2020-21")
    assert found.stated.id == stated_id("victims-total-2020-21") == "stated-victims-total-2020-21"
    assert found.stated.where == where(id="victims-total-2020-21")
    assert found.computed is not None
    assert found.computed.value == found.stated.value == Decimal("3549244.02")
    assert found.computed.rows == "data/v1/west-mercia-pcc/awards.csv"
    broken = changed(WEST_MERCIA, (cell(AWARDS, 2, "amount", "625940.01"),), tmp_path)
    assert check(book(broken), "victims-total-2020-21").verdict is FAILS


def test_a_stated_percentage_on_its_own_base(tmp_path: Path) -> None:
    found = check(WM, "p01-share-2020-21")
    assert found.part is not None
    assert found.computed is not None
    assert found.part.value == Decimal("254710.00")
    assert found.computed.parts == (found.part.id, stated_id("prevention-total-2020-21"))
    assert str(found.computed.value) == "6.1"
    broken = changed(WEST_MERCIA, (cell(FIGURES, 5, "percentage", "6.2"),), tmp_path)
    assert check(book(broken), "p01-share-2020-21").verdict is FAILS


@pytest.mark.parametrize(("column", "value"), [("base", "not published"), ("decimals", "withheld")])
def test_a_percentage_without_base_or_precision_is_not_judged(
    tmp_path: Path, column: str, value: str
) -> None:
    folder = changed(WEST_MERCIA, (cell(FIGURES, 5, column, value),), tmp_path)
    found = check(book(folder), "p01-share-2020-21")
    assert (found.verdict, found.computed) == (None, None)
    assert found.part is not None


def test_a_percentage_of_nothing_is_not_judged(tmp_path: Path) -> None:
    folder = changed(WEST_MERCIA, (cell(FIGURES, 21, "amount", "0.00"),), tmp_path)
    found = check(book(folder), "p01-share-2020-21")
    assert (found.verdict, found.computed) == (None, None)


def test_a_stated_figure_points_at_its_one_row() -> None:
    figure = stated_figure(WM, WM.stated_figures[2])
    assert (figure.measure, figure.unit, figure.value) == ("sum:percentage", "percent", Decimal(43))


def test_a_package_without_claims() -> None:
    assert claims(book(LITTLEHAM)) == ()
    assert stated_checks(book(LITTLEHAM)) == ()
