"""What every record has, and the kinds of value that a cell can be.

A value that the data doesn't have is a `Missing`, which says why.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.missing import Missing

Text = str | Missing
Number = Decimal | Missing
Whole = int | Missing
Day = date | Missing
Flag = bool | Missing


@dataclass(frozen=True, slots=True)
class Origin:
    """The file and line that a record comes from."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """What every record has."""

    at: Origin
