"""Ids as long as they may be, and one character longer."""

from pathlib import Path

import pytest

from generator.limits import limit
from tests.checks import LH, Firing, Quiet, cell, check_fires, check_quiet

MOST = limit("id_characters")
LONG = "a" * (MOST + 1)
FIRING = (
    Firing(
        *("limits", LH, (cell("recipients.csv", 3, "id", LONG),), "recipients.csv", 3, "id"),
        *(f"{LONG[:40]}…", (f"more than {MOST} characters",)),
    ),
)
QUIET = (Quiet("limits", LH, (cell("recipients.csv", 3, "id", LONG[1:]),)),)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)
