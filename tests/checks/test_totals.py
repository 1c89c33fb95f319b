"""Stated totals and percentages: a penny is noticed, and said where it is."""

from pathlib import Path

import pytest

from generator import site
from generator.checks import Outcome
from tests.checks import (
    WM,
    Firing,
    Quiet,
    added,
    cell,
    changed,
    check_fires,
    check_quiet,
    ended,
    errors,
    without,
)

FIGURES, AWARDS = "stated_figures.csv", "awards.csv"
TOTAL = "3549244.02"
P01 = "id=2020-21-p01"
OTHER_FIGURE = ("p01-other", "99", "Another figure with the same filter", "2020-21")

FIRING = (
    Firing(
        "R21-totals",
        WM,
        (cell(AWARDS, 2, "amount", "625940.01"),),
        *(FIGURES, 3, "amount", TOTAL),
        words=(
            r"£3,549,244\.02",
            r"awards\.csv, rows 2–12, column amount",
            r"£3,549,244\.03",
            r"£0\.01\b",
        ),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(FIGURES, 3, "covers_resource", "recipients"), cell(FIGURES, 3, "covers_where", "")),
        *(FIGURES, 3, "covers_resource", "recipients"),
        words=(r"recipients\.csv has no column “amount” to add up",),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(AWARDS, 28, "amount", "47279.93"),),
        *(FIGURES, 21, "amount", "4163775.49"),
        words=(r"£4,163,775\.49", r"rows 13–28", r"£4,163,775\.48", r"£0\.01\b"),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(FIGURES, 3, "covers_where", "id=2020-21-v01"),),
        *(FIGURES, 3, "amount", TOTAL),
        words=(r"awards\.csv, row 2, column amount", r"£625,940\.00", r"£2,923,304\.02"),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(FIGURES, 3, "covers_where", "programme=victims&id!=2020-21-v02"),),
        *(FIGURES, 3, "amount", TOTAL),
        words=(r"10 rows between 2 and 12", r"£408,346\.00"),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(FIGURES, 3, "covers_where", "programme=nobody"),),
        *(FIGURES, 3, "amount", TOTAL),
        words=(r"no rows", r"£0\.00"),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(FIGURES, 3, "covers_where", "programme"),),
        *(FIGURES, 3, "covers_where", "programme"),
        words=("not a filter", "field=value"),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(FIGURES, 3, "covers_where", "colour=red"),),
        *(FIGURES, 3, "covers_where", "colour=red"),
        words=(r"awards\.csv has no column “colour”",),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(FIGURES, 3, "covers_resource", "ponds"),),
        *(FIGURES, 3, "covers_resource", "ponds"),
        words=("no such resource",),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(FIGURES, 2, "amount", "not published"),),
        *(FIGURES, 2, "amount", None),
        words=("has none",),
    ),
    Firing(
        "R21-totals",
        WM,
        (cell(AWARDS, 2, "amount", "1e5"),),
        *(FIGURES, 3, "amount", "victims-total-2020-21"),
        words=("can't be read",),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    Firing(
        "R21-percentages",
        WM,
        (cell(FIGURES, 4, "percentage", "44"),),
        *(FIGURES, 4, "percentage", "44"),
        words=(
            "victims-share-2020-21",
            r"is 44%",
            r"£3,549,244\.02 \(.*awards\.csv, rows 2–12\) is 43% of £8,175,577\.39",
        ),
    ),
    Firing(
        "R21-percentages",
        WM,
        (cell(FIGURES, 5, "base", "available-2020-21"),),
        *(FIGURES, 5, "percentage", "6.1"),
        words=(r"£254,710\.00 \(.*, row 13\) is 3\.1% of £8,175,577\.39",),
    ),
    Firing(
        "R21-percentages",
        WM,
        (cell(FIGURES, 5, "percentage", "withheld"),),
        *(FIGURES, 5, "percentage", None),
        words=("has none",),
    ),
    Firing(
        "R21-percentages",
        WM,
        (cell(FIGURES, 4, "covers_where", "colour=red&size=9"),),
        *(FIGURES, 4, "covers_where", "colour=red&size=9"),
        words=("no column “colour”",),
    ),
    Firing(
        "R21-percentages",
        WM,
        (cell(FIGURES, 4, "decimals", "100"),),
        *(FIGURES, 4, "decimals", "100"),
        words=("No percentage is printed like that",),
    ),
    *(
        Firing(
            "R21-percentages",
            WM,
            (cell(FIGURES, 4, column, "not published"),),
            *(FIGURES, 4, "percentage", "victims-share-2020-21"),
            words=("not stated",),
            outcome=Outcome.NOT_COMPUTABLE,
        )
        for column in ("base", "decimals", "covers_resource")
    ),
    Firing(
        "R21-percentages",
        WM,
        (cell(AWARDS, 13, "amount", "a lot"),),
        *(FIGURES, 5, "percentage", "p01-share-2020-21"),
        words=("can't be read",),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    *(
        Firing(
            "R21-percentages",
            WM,
            (cell(FIGURES, 4, "decimals", decimals),),
            *(FIGURES, 4, "decimals", decimals),
            words=("No percentage is printed like that",),
        )
        for decimals in ("-1", "11")
    ),
    Firing(
        "R21-percentages",
        WM,
        (cell(FIGURES, 2, "amount", "0.00"), cell(FIGURES, 21, "base", "prevention-total-2020-21")),
        *(FIGURES, 4, "percentage", "victims-share-2020-21"),
        words=("its base is 0",),
        outcome=Outcome.NOT_COMPUTABLE,
    ),
    Firing(
        "percentage-copies",
        WM,
        (cell(AWARDS, 13, "published_percentage", "6.2"),),
        *(AWARDS, 13, "published_percentage", "6.2"),
        words=("6.2 of prevention-total-2020-21", r"stated_figures\.csv, row 5 says 6\.1"),
    ),
    Firing(
        "percentage-copies",
        WM,
        (cell(AWARDS, 13, "published_percentage", "not published"),),
        *(AWARDS, 13, "published_percentage", "not published"),
        words=("says not published of prevention-total", r"row 5 says 6\.1"),
    ),
    Firing(
        "percentage-copies",
        WM,
        (cell(AWARDS, 13, "percentage_base", "available-2020-21"),),
        *(AWARDS, 13, "published_percentage", "6.1"),
        words=("6.1 of available-2020-21", r"says 6\.1 of prevention-total"),
    ),
    Firing(
        "percentage-copies",
        WM,
        (without(FIGURES, 5),),
        *(AWARDS, 13, "published_percentage", "6.1"),
        words=("no stated figure says not published of not published",),
    ),
)

QUIET = (
    Quiet(
        "R21-totals",
        WM,
        (cell(FIGURES, 3, "covers_where", ""), cell(FIGURES, 3, "amount", "7713019.51")),
    ),
    Quiet("R21-totals", WM, (cell(AWARDS, 2, "amount", "625940.000"),)),
    Quiet("R21-totals", WM, (cell(FIGURES, 3, "amount", "three million"),)),
    Quiet("R21-percentages", WM, (cell(FIGURES, 4, "percentage", "43.0"),)),
    Quiet("R21-percentages", WM, (cell(FIGURES, 4, "percentage", "most"),)),
    Quiet(
        "R21-percentages",
        WM,
        (
            cell(FIGURES, 4, "decimals", "10"),
            cell(FIGURES, 4, "percentage", "100"),
            cell(FIGURES, 4, "base", "victims-total-2020-21"),
        ),
    ),
    Quiet("percentage-copies", WM, (cell(AWARDS, 13, "published_percentage", "6.10"),)),
    *(
        Quiet("percentage-copies", WM, (added(FIGURES, *OTHER_FIGURE, *kind, P01, "", ""),))
        for kind in (
            ("amount", "254710.00", "", "2", "", "", "awards"),
            ("percentage", "", "6.2", "1", "available-2020-21", "", "allocations"),
        )
    ),
    Quiet("percentage-copies", WM, (cell(AWARDS, 13, "published_percentage", "few"),)),
)


@pytest.mark.parametrize("case", FIRING)
def test_the_rule_speaks(case: Firing, tmp_path: Path) -> None:
    check_fires(case, tmp_path)


@pytest.mark.parametrize("case", QUIET)
def test_the_rule_keeps_quiet(case: Quiet, tmp_path: Path) -> None:
    check_quiet(case, tmp_path)


def test_a_penny_gives_one_error_and_no_other(tmp_path: Path) -> None:
    broken = changed(WM, (cell(AWARDS, 2, "amount", "625940.01"),), tmp_path)
    report = site.check(broken).report
    assert [one.code for one in errors(report)] == ["R21-totals"]


def test_a_filter_for_no_value_covers_no_rows(tmp_path: Path) -> None:
    wrong = cell(FIGURES, 3, "covers_where", "fund=not published")
    (found,) = errors(site.check(changed(WM, (wrong,), tmp_path)).report)
    assert "awards.csv, no rows, column amount" in found.message


def test_one_wrong_figure_hides_no_other(tmp_path: Path) -> None:
    """Whatever is wrong with one, or can't be told of it, the next is looked at."""
    broken = changed(
        WM,
        (
            cell(FIGURES, 2, "amount", "not published"),
            cell(FIGURES, 3, "covers_where", "programme"),
            cell(FIGURES, 20, "kind", "amount"),
            cell(FIGURES, 20, "amount", "one pound"),
            cell(FIGURES, 21, "amount", "4163775.50"),
            cell(FIGURES, 4, "percentage", "withheld"),
            cell(FIGURES, 5, "percentage", "few"),
            cell(FIGURES, 6, "base", "not published"),
            cell(FIGURES, 7, "decimals", "100"),
            cell(FIGURES, 8, "percentage", "not published"),
            cell(FIGURES, 19, "percentage", "3.7"),
            cell(AWARDS, 14, "published_percentage", "many"),
            cell(AWARDS, 15, "published_percentage", "15"),
            cell(AWARDS, 16, "published_percentage", "not published"),
            cell(AWARDS, 28, "published_percentage", "1.2"),
        ),
        tmp_path,
    )
    rows = {
        code: [one.row for one in ended(broken, code).findings]
        for code in ("R21-totals", "R21-percentages", "percentage-copies")
    }
    assert rows == {
        "R21-totals": [2, 3, 21],
        "R21-percentages": [4, 7, 8, 19],
        "percentage-copies": [15, 27, 28],
    }
