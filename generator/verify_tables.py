"""The tables that figures name: one file each, or parts that are gone through one by one.

A table in parts may be larger than memory. So all that a page asks of it is answered together, as
its parts are read, and kept: other pages ask the same again.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from generator.verify_markup import cut
from generator.verify_rows import Effort, Found, Table, Unsound, found_in, measured, whole_of

T = TypeVar("T")
Asked = tuple[str, str]
"""A measure, and the filter that says of which rows."""
_KEPT = 100_000
"""Answers that are kept."""


class Tables:
    """The tables of a site, as figures ask for them."""

    def __init__(
        self,
        files: Callable[[str], Sequence[str]],
        read: Callable[[str], Table],
        effort: Effort,
    ) -> None:
        """`files` tells the files of a table, `read` the rows of a file. Both raise Unsound."""
        self._files, self._read, self._effort = files, read, effort
        self._known: dict[tuple[str, Asked], Decimal | str | None] = {}
        """Of tables in parts: what was found, if anything, or why nothing can be."""

    def measured(self, path: str, asked: Asked, others: Callable[[], Iterable[Asked]]) -> Decimal:
        """What a table gives; `others` is all that a page asks of it. Raises Unsound and Weary."""
        files = self._files(path)
        if len(files) == 1:
            found = _or_why_not(measured, self._read(files[0]), *asked, self._effort)
        else:
            if (path, asked) not in self._known:
                self._look_through(path, files, {asked, *others()})
            found = self._known[path, asked]
        if isinstance(found, Decimal):
            return found
        raise Unsound(f"{cut(path)} {found or 'has no value for it'}")

    def _look_through(self, path: str, files: Sequence[str], wanted: Iterable[Asked]) -> None:
        """Find what is not known yet, in one pass through the parts."""
        if len(self._known) > _KEPT:
            self._known.clear()
        lacking = [one for one in wanted if (path, one) not in self._known]
        found: dict[Asked, list[Found | str]] = {one: [] for one in lacking}
        for file in files:
            part = self._read(file)
            for one in lacking:
                found[one].append(_or_why_not(found_in, part, *one, self._effort))
        for one, parts in found.items():
            fault = next((each for each in parts if isinstance(each, str)), None)
            self._known[path, one] = fault or _or_why_not(whole_of, one[0], parts)


def _or_why_not(function: Callable[..., T], *given: object) -> T | str:
    """What a function gives, or why it can't, in words that follow the table's name."""
    try:
        return function(*given)
    except Unsound as fault:
        return str(fault)
