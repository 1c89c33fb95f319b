"""Values in the words that people read."""

from datetime import date
from decimal import Decimal

from generator.figures import Figure
from generator.missing import Missing
from generator.money import parse_decimal, shown
from generator.summaries.resources import MONEY_COLUMNS

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def figure_text(figure: Figure, currency: str) -> str:
    """A figure as people read it: `£3,549,244.02`, `51.44%`, `1,204`."""
    return value_text(figure.value, figure, currency)


def value_text(value: Decimal, like: Figure, currency: str) -> str:
    """A value as a figure of its kind is read."""
    if like.unit == "money":
        return shown(value, like.currency or currency)
    if like.unit == "number":
        return f"{value:,f}"
    number = f"{value:,.{like.places}f}"
    return number + "%" if like.unit == "percent" else number


def year_text(year: object) -> str:
    """`2020-21` as people write it: `2020/21`."""
    return year.value if isinstance(year, Missing) else str(year).replace("-", "/")


def amount_text(currency: str, value: object, field: object) -> object:
    """A value of a money column as money; any other value as it is.

    Revisions hold old and new values as text, whatever the column.
    """
    number = parse_decimal(value) if isinstance(value, str) and field in MONEY_COLUMNS else None
    return value if number is None else shown(number, currency)


def date_text(day: date) -> str:
    """`1 April 2020`, whatever the machine's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
