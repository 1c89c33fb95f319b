"""The tables that figures name: one file each, or parts that are gone through one by one.

A table in parts may be larger than memory. So all that a page asks of it is answered together, as
its parts are read, and kept: other pages ask the same again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from generator.verify_markup import cut
from generator.verify_rows import Effort, Found, Table, Unsound, found_in, measured, whole_of

Asked = tuple[str, str]
"""A measure, and the filter that says of which rows."""
_KEPT = 10_000_000
"""Characters of questions whose answers are kept."""
_HELD = 2_000_000
"""Texts that are held while parts are read."""
_ROWS_AS_QUESTION = 200
"""Rows that cost as much to look at as asking a part anything."""
_LETTERS = 50
"""Characters of a text that take as much memory as one more text does."""


class _Answer:
    """What the parts of a table have given so far."""

    def __init__(self) -> None:
        self.parts: list[Found] = []
        self.why_not = ""
        """Why there can be no answer."""

    def take(self, found: Found) -> int:
        """What one more part gives; returns how much memory that takes, counted as texts."""
        self.parts.append(found)
        if isinstance(found, tuple):
            return sum(1 + len(one) // _LETTERS for one in found)
        return 0

    def give_up(self, why_not: str) -> None:
        """It can't be answered."""
        self.parts, self.why_not = [], why_not

    def value(self, measure: str) -> Decimal | str | None:
        """What the whole table gives, if anything, or why it can't."""
        try:
            return self.why_not or whole_of(measure, self.parts)
        except Unsound as fault:
            return str(fault)


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
        """Of tables in parts: what was found, if anything, or why it can't be."""
        self._letters = 0

    def measured(self, path: str, asked: Asked, others: Callable[[], Iterable[Asked]]) -> Decimal:
        """What a table gives; `others` is all that a page asks of it. Raises Unsound and Weary."""
        files = self._files(path)
        if len(files) == 1:
            found = self._of_one(files[0], asked)
        else:
            if (path, asked) not in self._known:
                self._look_through(path, files, {asked, *others()})
            found = self._known[path, asked]
        if isinstance(found, Decimal):
            return found
        raise Unsound(f"{cut(path)} {found or 'has no value for it'}")

    def _of_one(self, file: str, asked: Asked) -> Decimal | str | None:
        table = self._read(file)
        try:
            return measured(table, *asked, self._effort)
        except Unsound as fault:
            return str(fault)

    def _look_through(self, path: str, files: Sequence[str], wanted: Iterable[Asked]) -> None:
        """Find what is not known yet, in one pass through the parts."""
        answers = {one: _Answer() for one in wanted if (path, one) not in self._known}
        room = _HELD
        for file in files:
            part = self._read(file)
            self._effort.spend(_ROWS_AS_QUESTION * len(answers))
            for asked, answer in answers.items():
                if answer.why_not:
                    continue
                try:
                    room -= answer.take(found_in(part, *asked, self._effort))
                except Unsound as fault:
                    answer.give_up(str(fault))
                if room < 0:
                    answer.give_up("has more texts than can be held to measure them")
        self._keep(path, answers)

    def _keep(self, path: str, answers: Mapping[Asked, _Answer]) -> None:
        if self._letters > _KEPT:
            self._known.clear()
            self._letters = 0
        for asked, answer in answers.items():
            self._known[path, asked] = answer.value(asked[0])
            self._letters += len(path) + sum(map(len, asked))
