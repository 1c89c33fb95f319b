"""Texts that look damaged, told to the publisher and kept as found."""

from collections.abc import Iterable, Iterator, Mapping

from generator.imports.base import Correction, Incoming
from generator.imports.line_breaks import lost_breaks, words_of
from generator.imports.values import garbled

_CELLS = ("title", "purpose", "reasons", "conditions", "route")


class Doubts:
    """What looks damaged in the texts of one source."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = words_of(texts)

    def of(self, line: int, column: str, text: str, sheet: str = "") -> Iterator[Correction]:
        """Characters decoded wrongly, and line breaks that got lost."""
        if found := garbled(line, column, text, sheet):
            yield found
        if lost := lost_breaks(text, self._words):
            places = "1 place" if lost.count == 1 else f"{lost.count} places"
            why = f"the source lost its line breaks here ({places}). Kept as found"
            yield Correction(line, column, lost.found, lost.likely, why, sheet)

    def about(self, award: Incoming, line: int, columns: Mapping[str, str]) -> Iterator[Correction]:
        """Everything of an award that is printed; `columns` names where its texts stand."""
        texts = [(name, award.cells[name]) for name in _CELLS if name in award.cells]
        texts += [("recipient", party.name) for party in award.recipients]
        texts += [("document", document.title) for document in award.documents]
        named = [(columns.get(name, name), text) for name, text in texts]
        for column, text in dict.fromkeys([*named, *award.kept]):
            yield from self.of(line, column, text, award.sheet)
