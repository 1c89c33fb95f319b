"""The publication around the awards: claims, settings, and no amounts typed into pages."""

from pathlib import Path

import pytest

from tests.checks import (
    LH,
    WM,
    Change,
    Firing,
    Quiet,
    cell,
    check_fires,
    check_quiet,
    descriptor,
    page,
    without,
)

TERMS, CLAIMS = "reconciliation_terms.csv", "reconciliations.csv"
FILTER = "base=prevention-total-2020-21&kind=percentage"


def broken_term(column: str, value: str, at: str, shown: str | None, words: str) -> Firing:
    """The first term, with one cell changed."""
    return Firing(
        "reconciliation-terms",
        WM,
        (cell(TERMS, 2, column, value),),
        *(TERMS, 2, at, shown),
        words=(words,),
    )


def available(id: str) -> Change:
    """Another figure for home to show first."""
    return descriptor(lambda found: found["purse"].update(available=id))


def prose(text: str, row: int, value: str) -> Firing:
    """A page that holds an amount."""
    return Firing(
        "prose-money", LH, (page("a.md", text),), "a.md", row, None, value, words=("an amount",)
    )


FIRING = (
    broken_term("where", "colour=red", "where", "colour=red", "has no column “colour”"),
    broken_term("where", "colour!=red", "where", "colour!=red", "has no column “colour”"),
    broken_term("where", "kind=nothing", "where", "kind=nothing", "finds no row"),
    broken_term("where", "kind", "where", "kind", "can't be computed: .*field=value"),
    broken_term("measure", "mean:amount", "where", FILTER, "'mean:amount' is not a measure"),
    broken_term("measure", "not published", "where", FILTER, "is not a measure"),
    broken_term("measure", "sum:colour", "where", FILTER, "has no column “colour”"),
    broken_term("measure", "sum:title", "where", FILTER, "is not a plain number"),
    broken_term("measure", "max:amount", "where", FILTER, "no value for max:amount"),
    broken_term("resource", "ponds", "resource", "ponds", "no such resource"),
    broken_term("resource", "not applicable", "value", None, "neither a resource nor a value"),
    *(
        Firing(
            "reconciliation-sides",
            WM,
            (without(TERMS, row),),
            *(CLAIMS, 2, "id", "row-percentages-100"),
            words=(f"no term on its {side} side",),
        )
        for row, side in ((2, "left"), (3, "right"))
    ),
    *(
        Firing(
            "available",
            WM,
            (available(id),),
            *("datapackage.json", None, None, id),
            words=("does not name a stated amount",),
        )
        for id in ("nothing", "victims-share-2020-21")
    ),
    prose("# Ponds\n\nIt gave £5,000.00 to ducks.\n", 3, "£5,000.00"),
    prose("About £ 5 each", 1, "£ 5"),
    prose("€3m", 1, "€3"),
    prose("$1", 1, "$1"),
    prose("a\nb\n1,500 pounds", 3, "1,500 pounds"),
    prose("2.5 million pounds", 1, "2.5 million pounds"),
)

QUIET = (
    Quiet("reconciliation-terms", WM, (cell(TERMS, 3, "value", "99.5"),)),
    Quiet("reconciliation-terms", WM, (cell(TERMS, 2, "where", "not applicable"),)),
    Quiet("reconciliation-sides", WM, (without(TERMS, 4),)),
    Quiet("reconciliation-sides", LH),
    Quiet("available", LH),
    Quiet(
        "available",
        WM,
        (available("victims-total-2020-21"),),
    ),
    Quiet("prose-money", LH, (page("a.md", "In 2020/21, 16 awards; 51%; pounds and pence.\n"),)),
    Quiet("prose-money", LH, (page("a.txt", "£5 in what is no page"),)),
)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)
