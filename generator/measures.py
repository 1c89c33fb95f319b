"""What is measured of the rows of a table: sums, counts and the like, exactly."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from statistics import median

from generator.missing import is_missing
from generator.money import parse_decimal, total
from generator.rows import Rows

Cells = Mapping[str, str]
_MANY = 1000
"""Rows that are sooner added up by column than one by one."""


def number_in(cell: str) -> Decimal:
    """The number in a cell. Raises ArithmeticError where there is none."""
    number = parse_decimal(cell)
    if number is None:
        raise ArithmeticError(f"{cell!r} is not a plain number")
    return number


def texts_in(rows: Sequence[Cells], name: str) -> list[str]:
    """The cells of a column; empty ones where there is no such column."""
    return rows.texts(name) if isinstance(rows, Rows) else [one.get(name, "") for one in rows]


def lacks_in(rows: Sequence[Cells], name: str) -> bool:
    """Whether any row has no value in a column."""
    if isinstance(rows, Rows):
        return rows.filled(name) < len(rows)
    return any(is_missing(one.get(name, "")) for one in rows)


def distinct_in(rows: Sequence[Cells], name: str) -> Iterable[str]:
    """The cells of a column, each once."""
    return rows.distinct(name) if isinstance(rows, Rows) else {one.get(name, "") for one in rows}


def _numbers(rows: Sequence[Cells], name: str) -> list[Decimal]:
    return [number_in(cell) for cell in texts_in(rows, name) if not is_missing(cell)]


STATISTICS: Mapping[str, Callable[[list[Decimal]], Decimal]] = {
    "sum": total,
    "min": min,
    "max": max,
    "median": median,
}
"""The measures of numbers."""


def measure_of(rows: Sequence[Cells], measure: str) -> Decimal | None:
    """Evaluate `sum:f`, `min:f`, `max:f`, `median:f`, `count`, `count:f` or `filled:f`.

    None when there is nothing to measure: the smallest of no values, say. Raises
    ArithmeticError for a cell that is no number, which only an unchecked package has.
    """
    if measure == "count":
        return Decimal(len(rows))
    kind, _, name = measure.partition(":")
    if kind == "sum" and isinstance(rows, Rows) and len(rows) > _MANY:
        return rows.total(name)
    if kind in STATISTICS:
        numbers = _numbers(rows, name)
        return STATISTICS[kind](numbers) if numbers or kind == "sum" else None
    if kind == "filled" and isinstance(rows, Rows):
        return Decimal(rows.filled(name))
    if kind == "count":
        return Decimal(sum(not is_missing(text) for text in set(distinct_in(rows, name))))
    if kind == "filled":
        return Decimal(sum(not is_missing(text) for text in texts_in(rows, name)))
    raise ValueError(f"{measure!r} is not a measure")
