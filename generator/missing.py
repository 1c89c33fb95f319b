"""The ways in which a value can be absent. They stay different from the cell to the page."""

from enum import Enum


class Missing(Enum):
    """Why there is no value. The value of each member is the label in a CSV cell."""

    NOT_PUBLISHED = "not published"
    NOT_APPLICABLE = "not applicable"
    WITHHELD = "withheld"
    UNREADABLE = "unreadable"
    """Only in a ledger under check: the cell breaks its schema, and a finding says so."""

    __hash__ = object.__hash__  # each is the only one of its kind; an enum's own is slow

    @property
    def label(self) -> str:
        """The words that pages show."""
        return self.value.capitalize()

    def __str__(self) -> str:
        return self.value


_BY_LABEL = {member.value: member for member in Missing if member is not Missing.UNREADABLE}
_BY_LABEL[""] = Missing.NOT_PUBLISHED
LABELS = tuple(_BY_LABEL)
"""What a cell without a value may say."""


def missing_of(cell: str) -> Missing | None:
    """Which kind of absence a cell states; None when the cell holds a value."""
    return _BY_LABEL.get(cell)


def is_missing(cell: str) -> bool:
    """Whether a cell holds no value."""
    return cell in _BY_LABEL
