"""Amounts unlike their fellows: worked out anew in plain Python, and compared."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest

from generator import ledger, package
from generator.checks import Outcome, RuleResult, registry, rules
from generator.missing import is_missing
from tests.checks import LH, changed

Row = tuple[str, str, str, str]
"""Fund, programme, amount, status."""
FEWEST, TIMES = 12, 10


def result_of(rows: Sequence[Row], at: Path) -> RuleResult:
    """What the rule says of awards with these cells; the first stands in line 2."""
    copy = changed(LH, (), at)
    lines = [f"a{number},{','.join(row)}" for number, row in enumerate(rows)]
    text = "\n".join(["id,fund,programme,amount,status", *lines, ""])
    (copy / "awards.csv").write_text(text, encoding="utf-8")
    rule = next(one for one in rules() if one.code == "amount-unlike")
    return registry.run(rule, ledger.build(package.read(copy)))


def cohorts(rows: Sequence[Row]) -> dict[str, list[tuple[int, Decimal]]]:
    """The awards that stand, with an amount above zero, by fund or else programme."""
    found = defaultdict(list)
    for line, (fund, programme, amount, status) in enumerate(rows, 2):
        if status != "withdrawn" and not is_missing(amount) and Decimal(amount) > 0:
            name = programme if is_missing(fund) else fund
            found["" if is_missing(name) else name].append((line, Decimal(amount)))
    return found


def expected(rows: Sequence[Row]) -> Iterator[tuple[int, str, str, bool]]:
    """Line and amount of each award that is unlike, whether it is above, and the median."""
    for held in cohorts(rows).values():
        if len(held) >= FEWEST:
            middle = median(amount for _, amount in held)
            for line, amount in held:
                if amount >= TIMES * middle or amount * TIMES <= middle:
                    square = amount >= 100 * middle or amount * 100 <= middle
                    yield line, str(amount), "100" if square else "10", amount > middle


def said(result: RuleResult) -> list[tuple[int, str, str, bool]]:
    """The same of what was found."""
    found = []
    for one in result.findings:
        assert one.column == "amount"
        assert (" above " in one.message) != (" below " in one.message)
        times = one.message.split(" is ")[1].split(" ")[0]
        found.append((one.row or 0, str(one.value), times, " above " in one.message))
    return found


def chance(seed: int) -> list[Row]:
    """Awards of two funds, of a programme, and of neither, one in ten far off."""
    dice = random.Random(seed)
    rows = []
    for _ in range(60):
        fund, programme = dice.choice(
            [("f", "p"), ("g", ""), ("not published", "p"), ("not applicable", "not published")]
        )
        amount = dice.choice([900, 1000, 1100, 1200]) * dice.choice([*[1] * 8, 10, 100])
        if dice.random() < 0.1:
            amount = dice.choice([0, 9, 10, 90, 95, 99, 100, 105, 110])
        rows.append((fund, programme, f"{amount}.00", dice.choice(["awarded"] * 9 + ["withdrawn"])))
    return [*rows, ("f", "p", "not published", "awarded"), ("f", "p", "withheld", "awarded")]


@pytest.mark.parametrize("seed", range(6))
def test_the_awards_found_are_those_of_plain_arithmetic(seed: int, tmp_path: Path) -> None:
    rows = chance(seed)
    assert sorted(said(result_of(rows, tmp_path))) == sorted(expected(rows))
    assert len(list(expected(rows))) > 2


PLAIN: Row = ("f", "p", "1000.00", "awarded")


@pytest.mark.parametrize(
    ("amount", "times"),
    [
        *(("9999.99", ""), ("10000.00", "10"), ("99999.99", "10"), ("100000.00", "100")),
        *(("100.01", ""), ("100.00", "10"), ("10.01", "10"), ("10.00", "100")),
    ],
)
def test_the_first_amount_that_is_unlike(amount: str, times: str, tmp_path: Path) -> None:
    rows = [PLAIN] * 12 + [("f", "p", amount, "awarded")]
    side = Decimal(amount) > 1000
    assert said(result_of(rows, tmp_path)) == ([(14, amount, times, side)] if times else [])


def test_too_few_fellows_are_said_by_name(tmp_path: Path) -> None:
    alone = [("", "", "1.00", "awarded")]
    result = result_of([PLAIN] * 11 + [("g", "", "2.00", "awarded")] * 2 + alone, tmp_path)
    assert result.findings == ()
    assert [(one.outcome, one.subject, one.reason) for one in result.unanswered] == [
        (Outcome.BELOW_MINIMUM, subject, f"it has {number}, fewer than 12")
        for subject, number in (
            ("f", "11 awards"),
            ("g", "2 awards"),
            ("awards without fund and programme", "1 award"),
        )
    ]
    assert result_of([PLAIN] * 12, tmp_path / "more").unanswered == ()
