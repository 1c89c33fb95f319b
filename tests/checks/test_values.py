"""Single values: parts of a penny, lists in a cell, ids that the site keeps for itself."""

from pathlib import Path

import pytest

from tests.checks import LH, WM, Firing, Quiet, cell, check_fires, check_quiet

AWARDS, FUNDS, RECIPIENTS = "awards.csv", "funds.csv", "recipients.csv"

FIRING = (
    *(
        Firing(
            "reserved-id",
            LH,
            (cell(file, 2, "id", "page-2"),),
            *(file, 2, "id", "page-2"),
            words=("kept for the site itself",),
        )
        for file in (AWARDS, RECIPIENTS)
    ),
    Firing(
        "R22-amounts",
        LH,
        (cell(AWARDS, 2, "amount", "1200.505"),),
        *(AWARDS, 2, "amount", "1200.505"),
        words=("part of a penny",),
    ),
    Firing(
        "R22-amounts",
        LH,
        (cell(FUNDS, 2, "cap", "5000.001"),),
        *(FUNDS, 2, "cap", "5000.001"),
        words=("part of a penny",),
    ),
    Firing(
        "R22-amounts",
        LH,
        (cell(AWARDS, 3, "original_amount", "99.999"),),
        *(AWARDS, 3, "original_amount", "99.999"),
        words=("part of a penny",),
    ),
    *(
        Firing(
            "R22-amounts",
            LH,
            (cell(AWARDS, 3, "amount", amount),),
            *(AWARDS, 3, "amount", amount),
            words=("not above zero",),
        )
        for amount in ("0.00", "-5.00")
    ),
    *(
        Firing(
            "list-in-cell",
            LH,
            (cell(RECIPIENTS, 3, "name", name),),
            *(RECIPIENTS, 3, "name", name),
            words=("seems to hold a list",),
        )
        for name in ("Ducks; Geese", "Ducks|Geese", "Ducks\nGeese", "Ducks\rGeese")
    ),
    *(
        Firing(
            "reserved-id",
            package,
            (cell(file, 2, "id", "not-published"),),
            *(file, 2, "id", "not-published"),
            words=("kept for the site itself",),
        )
        for package, file in (
            (LH, AWARDS),
            (LH, FUNDS),
            (LH, RECIPIENTS),
            (WM, "programmes.csv"),
            (WM, "themes.csv"),
            (WM, "areas.csv"),
            (WM, "terms.csv"),
        )
    ),
)

QUIET = (
    Quiet("reserved-id", LH, (cell(AWARDS, 2, "id", "page-two"),)),
    Quiet("reserved-id", LH, (cell(FUNDS, 2, "id", "page-2"),)),
    *(
        Quiet("R22-amounts", LH, (cell(AWARDS, 2, "amount", amount),))
        for amount in ("0.01", "1200.500", "1200", "not a number", "not published")
    ),
    Quiet("R22-amounts", WM, (cell("stated_figures.csv", 5, "percentage", "6.125"),)),
    Quiet("list-in-cell", LH, (cell(AWARDS, 2, "title", "Reeds; rushes | sedge"),)),
    Quiet("list-in-cell", LH, (cell(RECIPIENTS, 3, "name", "Ducks, Geese & Co"),)),
    Quiet("reserved-id", LH, (cell(RECIPIENTS, 3, "id", "published"),)),
    Quiet("reserved-id", LH, (cell(RECIPIENTS, 3, "url", "not-published"),)),
)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)
