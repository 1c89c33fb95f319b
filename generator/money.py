"""Exact money and percentages: `Decimal` in, `Decimal` or text out, never a float."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

_SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
_ZERO = Decimal(0)
_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(101))
"""The last decimal that is kept, by how many are."""
_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
"""Short enough that sums, and shares of them, stay exact in Decimal's 28 digits."""


def parse_decimal(text: str) -> Decimal | None:
    """A plain decimal number such as `625940.00`; None when the text is anything else."""
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def has_pence_precision(amount: Decimal) -> bool:
    """Whether an amount has at most two decimals that say anything."""
    return amount == amount.quantize(Decimal("0.01"))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum; zero for nothing."""
    return sum(amounts, Decimal(0))


def round_half_up(number: Decimal, places: int) -> Decimal:
    """Round half up at `places` decimals: 0.125 becomes 0.13 at two."""
    unit = _UNITS[places]
    return number if number.same_quantum(unit) else number.quantize(unit, rounding=ROUND_HALF_UP)


def percent(part: Decimal, whole: Decimal, places: int) -> Decimal | None:
    """`part` as a percentage of `whole`, rounded half up; None when the whole is zero."""
    if whole == _ZERO:
        return None
    return round_half_up(part * 100 / whole, places)


def plain(amount: Decimal) -> str:
    """The amount as downloads and `value` attributes have it: `3549244.02`."""
    return f"{round_half_up(amount, 2):f}"


def currency_mark(currency: str) -> str:
    """What stands before an amount: `£`, or `CHF `."""
    return _SYMBOLS.get(currency, currency + " ")


def shown(amount: Decimal, currency: str) -> str:
    """The amount as pages show it: `£3,549,244.02`, or `CHF 3,549,244.02`."""
    sign = "−" if amount < 0 else ""
    return f"{sign}{currency_mark(currency)}{abs(round_half_up(amount, 2)):,f}"
