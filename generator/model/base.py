"""What every record has, and the kinds of value that a cell can be.

A value that the data doesn't have is a `Missing`, which says why.
"""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from generator.missing import Missing

Text = str | Missing
Number = Decimal | Missing
Whole = int | Missing
Day = date | Missing
Flag = bool | Missing


class Origin(Struct, frozen=True):
    """The file and line that a record comes from."""

    file: str
    line: int


class Record(Struct, frozen=True):
    """What every record has."""

    at: Origin
