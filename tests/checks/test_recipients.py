"""Who gets it: naming, silence that is stated, and what is inferred from what."""

from pathlib import Path

import pytest

from tests.checks import LH, WM, Firing, Quiet, cell, check_fires, check_quiet, without

ROWS, SERVICES, AWARDS = "award_recipients.csv", "award_services.csv", "awards.csv"

FIRING = (
    Firing(
        "naming",
        LH,
        (cell(ROWS, 4, "recipient", "not published"),),
        *(ROWS, 4, "recipient", None),
        words=("says “named”, but names no recipient",),
    ),
    *(
        Firing(
            "naming",
            LH,
            (cell(ROWS, 4, "naming", naming),),
            *(ROWS, 4, "naming", naming),
            words=(f"names “duck-wardens”, but says naming is “{naming}”",),
        )
        for naming in ("unnamed", "none")
    ),
    Firing(
        "recipient-rows",
        LH,
        (without(SERVICES, 3),),
        *(AWARDS, 3, "id", "2031-32-2"),
        words=(r"no row in award_services\.csv",),
    ),
    Firing(
        "recipient-rows",
        LH,
        (without(ROWS, 2),),
        *(SERVICES, 2, "service", "1"),
        words=("Nothing says who gets service 1 of 2031-32-1",),
    ),
    Firing(
        "recipient-rows",
        LH,
        (cell(SERVICES, 2, "service", "one"), without(ROWS, 3, 4)),
        *(SERVICES, 3, "service", "1"),
        words=("Nothing says who gets service 1 of 2031-32-2",),
    ),
    Firing(
        "basis",
        LH,
        (cell(AWARDS, 2, "fund_basis", "not published"),),
        *(AWARDS, 2, "fund_basis", None),
        words=("has a fund, but not its basis",),
    ),
    Firing(
        "basis",
        LH,
        (cell(AWARDS, 2, "fund_basis", "inferred"),),
        *(AWARDS, 2, "fund_basis_note", None),
        words=("fund is inferred: from what",),
    ),
    Firing(
        "basis",
        WM,
        (cell("award_areas.csv", 2, "basis", "inferred"),),
        *("award_areas.csv", 2, "basis_note", None),
        words=("link is inferred: from what",),
    ),
    Firing(
        "basis",
        WM,
        (cell("award_terms.csv", 2, "basis", "inferred"),),
        *("award_terms.csv", 2, "basis_note", None),
        words=("link is inferred: from what",),
    ),
    Firing(
        "basis",
        WM,
        (cell("award_sources.csv", 2, "basis_note", ""),),
        *("award_sources.csv", 2, "basis_note", None),
        words=("link is inferred: from what",),
    ),
)

NAMELESS = cell(ROWS, 4, "recipient", "not applicable")

QUIET = (
    Quiet("naming", LH, (cell(ROWS, 4, "naming", "unnamed"), NAMELESS)),
    Quiet("naming", LH, (cell(ROWS, 4, "naming", "none"), NAMELESS)),
    Quiet("recipient-rows", LH, (cell(ROWS, 2, "naming", "none"),)),
    Quiet("recipient-rows", LH, (without(ROWS, 4),)),
    Quiet("recipient-rows", LH, (cell(SERVICES, 2, "service", "one"),)),
    Quiet(
        "basis",
        LH,
        (
            cell(AWARDS, 2, "fund_basis", "inferred"),
            cell(AWARDS, 2, "fund_basis_note", "Ducks are named."),
        ),
    ),
    Quiet("basis", LH, (cell(AWARDS, 2, "fund", "not published"),)),
)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)
