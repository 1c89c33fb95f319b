"""The tables that figures name: one file each, or parts that are gone through one by one.

Tables may be larger than memory. So all that many pages will ask of a table is answered together,
as its files are read, and kept: other pages ask the same again.
"""

from collections.abc import Callable, Iterable, Sequence
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
        self.size = 0
        """How much memory they take, counted as texts."""
        self.why_not = ""
        """Why there can be no answer."""

    def take(self, found: Found) -> None:
        """What one more part gives."""
        self.parts.append(found)
        if isinstance(found, tuple):
            self.size += sum(1 + len(one) // _LETTERS for one in found)

    def give_up(self, why_not: str) -> None:
        """It can't be answered."""
        self.parts, self.size, self.why_not = [], 0, why_not

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
        self._expected: dict[str, dict[Asked, None]] = {}
        self._known: dict[tuple[str, Asked], Decimal | str | None] = {}
        """What was found, if anything, or why it can't be."""
        self._letters = 0

    def expect(self, path: str, asked: Asked) -> None:
        """Note what will soon be asked of a table."""
        self._expected.setdefault(path, {})[asked] = None

    def measured(self, path: str, asked: Asked) -> Decimal:
        """What a table gives. Raises Unsound and Weary."""
        if (path, asked) not in self._known:
            self._look_through(path, {asked: None, **self._expected.pop(path, {})})
        found = self._known[path, asked]
        if isinstance(found, Decimal):
            return found
        raise Unsound(f"{cut(path)} {found or 'has no value for it'}")

    def forget(self) -> None:
        """All that was expected was asked; what was found is let go where it is much."""
        self._expected.clear()
        if self._letters > _KEPT:
            self._known.clear()
            self._letters = 0

    def _look_through(self, path: str, wanted: Iterable[Asked]) -> None:
        """Find what is not known yet."""
        files = self._files(path)
        left = [one for one in wanted if (path, one) not in self._known]
        if len(files) == 1:
            table = self._read(files[0])
            for one in left:
                self._keep(path, one, self._of_one(table, one))
            left = []
        while left:
            left = self._go_through(path, files, left)

    def _of_one(self, table: Table, asked: Asked) -> Decimal | str | None:
        try:
            return measured(table, *asked, self._effort)
        except Unsound as fault:
            return str(fault)

    def _go_through(self, path: str, files: Sequence[str], wanted: Sequence[Asked]) -> list[Asked]:
        """Read the parts once; returns what there was no room to answer beside the rest."""
        answers, later = {one: _Answer() for one in wanted}, list[Asked]()
        for file in files:
            part = self._read(file)
            self._effort.spend(_ROWS_AS_QUESTION * len(answers))
            held = sum(one.size for one in answers.values())
            for asked, answer in tuple(answers.items()):
                if answer.why_not:
                    continue
                held -= answer.size
                try:
                    answer.take(found_in(part, *asked, self._effort))
                except Unsound as fault:
                    answer.give_up(str(fault))
                if answer.size > _HELD:
                    answer.give_up("has more texts than can be held to measure them")
                elif held + answer.size > _HELD:
                    later.append(asked)
                    answers.pop(asked)
                    continue
                held += answer.size
        for asked, answer in answers.items():
            self._keep(path, asked, answer.value(asked[0]))
        return later

    def _keep(self, path: str, asked: Asked, found: Decimal | str | None) -> None:
        self._known[path, asked] = found
        self._letters += len(path) + sum(map(len, asked))
