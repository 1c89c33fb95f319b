"""Amounts beside those of the same fund: which are unlike their cohort's."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from itertools import accumulate
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator.checks.registry import Outcome, Statement, Unanswered, awards_words, fault, rule
from generator.findings import Severity
from generator.frames import Frame, Mask
from generator.ledger import Ledger
from generator.limits import limit
from generator.missing import Missing
from generator.model import Award
from generator.money import shown

SMALLEST_COHORT = limit("cohort_awards")
TIMES = limit("unlike_times")
_LABEL = "\0"
"""Before the words that say why an award has neither fund nor programme."""
_FINE = Decimal("0.00000001")
_LIMIT = pa.decimal128(38, 8)


class _Cohorts(Struct, frozen=True):
    """The awards that stand, with an amount above zero, by their fund or else programme."""

    rows: Any
    """Which of all awards they are."""
    codes: Any
    """The cohort of each."""
    names: tuple[str, ...]
    sizes: tuple[int, ...]
    middles: tuple[Decimal | None, ...]
    """The median of each cohort that isn't too small."""

    def unlike(self, amounts: Any) -> Mask:
        """Those that may be too far from the median."""
        high = [
            None if one is None else (one * TIMES).quantize(_FINE, ROUND_DOWN)
            for one in self.middles
        ]
        low = [
            None if one is None else (one / TIMES).quantize(_FINE, ROUND_UP) for one in self.middles
        ]
        above = pc.greater_equal(amounts, pa.array(high, _LIMIT).take(self.codes))
        return pc.or_(above, pc.less_equal(amounts, pa.array(low, _LIMIT).take(self.codes)))


def _names(awards: Frame[Award]) -> Any:
    """For each award its fund, else its programme, else why it has none."""
    programmes = awards.texts("programme")
    label = {"": f"{_LABEL}{Missing.NOT_PUBLISHED}"} | {
        str(one): f"{_LABEL}{one}" for one in Missing
    }
    texts = [label.get(one, one) for one in programmes.dictionary.to_pylist()]
    programme = pa.array(texts, pa.string()).take(programmes.indices)
    return pc.coalesce(awards.column("fund", str), programme)


def _cohorts(awards: Frame[Award], amounts: Any) -> _Cohorts:
    positive = pc.greater(amounts, 0).fill_null(False)
    rows = pc.indices_nonzero(pc.and_not(positive, awards.among("status", ["withdrawn"])))
    names = _names(awards).take(rows).dictionary_encode()
    counts = pc.value_counts(names.indices)
    # Codes are given in the order of the first award of each cohort, and so are the counts.
    sizes = tuple(counts.field("counts").to_pylist())
    held = pa.table({"code": names.indices, "amount": amounts.take(rows)})
    order = held["amount"].take(
        pc.sort_indices(held, [("code", "ascending"), ("amount", "ascending")])
    )
    starts = accumulate(sizes, initial=0)
    return _Cohorts(
        rows,
        names.indices,
        tuple(names.dictionary.to_pylist()),
        sizes,
        tuple(
            None if size < SMALLEST_COHORT else _middle(order, start, size)
            for start, size in zip(starts, sizes, strict=False)
        ),
    )


def _middle(order: Any, start: int, size: int) -> Decimal:
    between = order.slice(start + (size - 1) // 2, 2 - size % 2).to_pylist()
    middle: Decimal = median(between)
    return middle


@rule(
    "amount-unlike",
    "An amount is like others of its fund",
    severity=Severity.WARNING,
    reason="An amount ten or a hundred times off is most often a misplaced point.",
    source="the design of the data",
    mend="check the amount; else leave it: it is a hint.",
)
def unlike_amounts(ledger: Ledger) -> Iterator[Statement]:
    """No amount is ten times above or below the median of its fund (or programme)."""
    awards = ledger.frame(Award)
    amounts = awards.column("amount", Decimal)
    cohorts = _cohorts(awards, amounts)
    unlike = cohorts.unlike(amounts.take(cohorts.rows))
    far: dict[int, list[Award]] = {}
    found = awards.take(cohorts.rows.filter(unlike))
    for award, code in zip(found, cohorts.codes.filter(unlike).to_pylist(), strict=True):
        far.setdefault(code, []).append(award)
    for code in sorted(
        range(len(cohorts.names)), key=lambda one: cohorts.names[one].lstrip(_LABEL)
    ):
        name, size, middle = cohorts.names[code], cohorts.sizes[code], cohorts.middles[code]
        if middle is None:
            yield Unanswered(
                Outcome.BELOW_MINIMUM,
                "awards without fund and programme" if name.startswith(_LABEL) else name,
                f"it has {awards_words(size)}, fewer than {SMALLEST_COHORT}",
            )
            continue
        for award in far.get(code, ()):
            if isinstance(award.amount, Decimal) and (
                award.amount >= middle * TIMES or award.amount * TIMES <= middle
            ):
                yield fault(
                    award, "amount", str(award.amount), _words(award.amount, middle, size, ledger)
                )


def _words(amount: Decimal, middle: Decimal, size: int, ledger: Ledger) -> str:
    square = TIMES * TIMES
    times = square if amount >= middle * square or amount * square <= middle else TIMES
    side = "above" if amount > middle else "below"
    return (
        f"The amount is {times} times or more {side} the median of its {size} fellows, "
        f"{shown(middle, ledger.package.currency)}."
    )
