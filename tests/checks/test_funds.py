"""What funds may give, and what can't be said of them."""

from pathlib import Path

import pytest

from generator.checks import Outcome
from tests.checks import LH, WM, Firing, Quiet, added, cell, check_fires, check_quiet, ended

FUNDS, AREAS = "funds.csv", "award_areas.csv"
LPCAF = "2020-21-p15"
PLACED = added(AREAS, LPCAF, "herefordshire", "stated", "not applicable")
IN_TWO = added(AREAS, LPCAF, "shropshire", "stated", "not applicable")

FIRING = (
    Firing(
        "R13-fund-cap",
        LH,
        (cell(FUNDS, 2, "cap", "1200.49"),),
        *(FUNDS, 2, "cap", "1200.49"),
        words=("“Pond Fund” in 2031-32", r"£1,200\.50: £0\.01 more", r"cap of £1,200\.49"),
    ),
    Firing(
        "R13-fund-cap",
        LH,
        (cell("awards.csv", 3, "fund", "pond-fund"), cell(FUNDS, 2, "cap", "1300.48")),
        *(FUNDS, 2, "cap", "1300.48"),
        words=(r"£1,300\.49: £0\.01 more",),
    ),
    Firing(
        "R12-area-cap",
        WM,
        (PLACED,),
        *(FUNDS, 5, "cap_per_area", "30000.00"),
        words=("for Herefordshire in 2020-21", r"£150,000\.00: £120,000\.00 more"),
    ),
    Firing(
        "R12-area-cap",
        WM,
        (),
        *(FUNDS, 5, "cap_per_area", "Local Policing and Community Ambassador's Fund"),
        words=("1 of 1 awards", "which one area"),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    Firing(
        "R12-area-cap",
        WM,
        (PLACED, IN_TWO),
        *(FUNDS, 5, "cap_per_area", "Local Policing and Community Ambassador's Fund"),
        words=("1 of 1 awards", "which one area"),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    Firing(
        "R12-area-cap",
        WM,
        (PLACED, cell(FUNDS, 4, "cap_per_area", "1.00")),
        *(FUNDS, 5, "cap_per_area", "30000.00"),
        words=("for Herefordshire in 2020-21",),
    ),
    Firing(
        "R13-pot",
        WM,
        (),
        *("allocations.csv", 7, "amount", "Safer Roads LPCAF pot"),
        words=("don't say which part of the fund",),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    Firing(
        "R13-only-year",
        LH,
        (cell(FUNDS, 2, "only_year", "2030-31"),),
        *("awards.csv", 2, "financial_year", "2031-32"),
        words=("“Pond Fund” gives in 2030-31 only",),
    ),
)

QUIET = (
    Quiet("R13-fund-cap", LH, (cell(FUNDS, 2, "cap", "1200.50"),)),
    Quiet("R13-fund-cap", LH, (cell(FUNDS, 2, "cap", "not published"),)),
    Quiet(
        "R13-fund-cap",
        LH,
        (
            cell("awards.csv", 3, "fund", "pond-fund"),
            cell("awards.csv", 3, "financial_year", "2032-33"),
            cell(FUNDS, 2, "cap", "1200.50"),
        ),
    ),
    Quiet("R13-fund-cap", LH, (cell("awards.csv", 2, "amount", "lots"),)),
    Quiet("R12-area-cap", WM, (PLACED, cell(FUNDS, 5, "cap_per_area", "150000.00"))),
    Quiet("R13-pot", WM),
    Quiet("R13-only-year", LH, (cell(FUNDS, 2, "only_year", "2031-32"),)),
    Quiet("R13-only-year", LH, (cell(FUNDS, 2, "only_year", "not applicable"),)),
)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)


def test_a_package_without_pots_or_area_caps_has_nothing_to_ask() -> None:
    for code in ("R12-area-cap", "R13-pot"):
        assert ended(LH, code).outcome is Outcome.NONE_FOUND
