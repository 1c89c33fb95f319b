"""The parts of a grant: its organisations, places, headings and documents.

A part is a group of cells: those of one row whose titles have one member and number, such as
`Recipient Org:1:…`. Whatever is taken is noted, and all other cells are kept beside the award.
"""

import re
from collections.abc import Iterator, Mapping

from generator.imports import registers
from generator.imports.base import Attachment, Correction, Heading, Party, Place
from generator.imports.threesixtygiving_rows import Cell, Grant
from generator.imports.values import one_line

_OFFICIAL = re.compile(r"[EKNSW]\d{8}")
Part = Mapping[str, Cell]


class Parts:
    """A grant while it is taken apart."""

    def __init__(self, grant: Grant) -> None:
        self.grant = grant
        self.corrections: list[Correction] = []
        self._taken: set[Cell] = set()

    def left(self) -> Iterator[Cell]:
        """The cells that nothing has taken, in the order of the file."""
        return (cell for cell in self.grant.cells if cell not in self._taken)

    def take(self, *cells: Cell) -> None:
        """Note that cells have a place of their own."""
        self._taken.update(cells)

    def give_back(self, *cells: Cell) -> None:
        """Note that cells have no place of their own after all."""
        self._taken.difference_update(cells)

    def correct(self, cell: Cell, taken: str, why: str) -> None:
        """Tell that a cell was taken as something else than it says."""
        self.corrections.append(
            Correction(cell.line, cell.column.title, cell.text, taken, why, cell.sheet)
        )

    def line(self, cell: Cell) -> str:
        """A cell that is to be one line of text."""
        text = one_line(cell.text)
        if text != cell.text.strip():
            self.correct(cell, text, "line breaks inside became spaces")
        return text

    def all(self, member: str) -> list[Part]:
        """The groups of a member, each once, by the standard's name of each part."""
        groups: dict[tuple[str, int, int], dict[str, Cell]] = {}
        for cell in self.grant.cells:
            column = cell.column
            if column.member == member and (column.words or column.is_private):
                group = groups.setdefault((cell.sheet, cell.line, column.place), {})
                group.setdefault(column.part, cell)
        return list(groups.values())

    def _distinct(self, member: str) -> list[Part]:
        """The groups of a member without those that repeat another, whose cells are taken."""
        found: dict[tuple[tuple[str, str], ...], Part] = {}
        for group in self.all(member):
            key = tuple(sorted((part, cell.text.strip()) for part, cell in group.items()))
            if found.setdefault(key, group) is not group:
                self.take(*group.values())
        return list(found.values())

    def organisations(self, member: str) -> tuple[tuple[Party, Part], ...]:
        """The organisations of a member. Groups with one identifier, or one name, are one."""
        merged: list[dict[str, Cell]] = []
        for group in self.all(member):
            same = next((one for one in merged if _same(one, group)), None)
            if same is None:
                merged.append(dict(group))
                continue
            for part, cell in group.items():
                if same.setdefault(part, cell).text.strip() == cell.text.strip():
                    self.take(cell)
        parties = ((self._organisation(group), group) for group in merged)
        return tuple((party, group) for party, group in parties if party is not None)

    def _organisation(self, group: Part) -> Party | None:
        numbers: list[registers.Number] = []
        if "id" in group:
            found = registers.of_identifier(group["id"].text)
            numbers += [found] if found else []
            self.take(group["id"])
            self._changed(group["id"], "-".join(found) if found else "", "GB-COH-")
        readers = {"charitynumber": registers.charity, "companynumber": registers.company}
        for part, read in readers.items():
            if part in group:
                self._number(group[part], read(group[part].text), numbers)
        if not numbers and "id" not in group and "name" not in group:
            return None
        name = self.line(group["name"]) if "name" in group else ""
        url = _web(group.get("url"))
        self.take(*(group[part] for part in ("name", *(["url"] if url else [])) if part in group))
        identifier = group["id"].text.strip() if "id" in group else ""
        return Party(name, identifier, tuple(numbers), url=url)

    def _number(
        self, cell: Cell, found: registers.Number | None, numbers: list[registers.Number]
    ) -> None:
        """Take a number from a column of its own, unless it can't be one or another is given."""
        if found is None:
            if not registers.is_placeholder(cell.text):
                self.correct(cell, cell.text.strip(), "no register writes its numbers so. Kept")
            return
        other = next((one for one in numbers if one[0] == found[0] and one != found), None)
        if other is not None:
            words = f"the identifier says {'-'.join(other)}, which was taken. This one is kept"
            self.correct(cell, cell.text.strip(), words)
            return
        if found not in numbers:
            numbers.append(found)
        self.take(cell)
        self._changed(cell, found[1], "")

    def _changed(self, cell: Cell, taken: str, before: str) -> None:
        """Tell of noughts that were put back before a company's number."""
        bare = cell.text.strip()
        if taken.startswith(f"{before}0") and bare.isascii() and taken != bare:
            self.correct(cell, taken, "noughts at the start of the number were put back")

    def individuals(self) -> tuple[Party, ...]:
        """The private persons among the recipients. Their names stay behind."""
        people = []
        for group in self._distinct("individual"):
            self.take(*group.values())
            identifier = group["id"].text.strip() if "id" in group else ""
            people.append(Party("", identifier, individual=True))
        return tuple(people)

    def programme(self) -> Heading | None:
        """The one grant programme. Of several, none is the fund, and all are kept."""
        groups = self._distinct("programme")
        if len(groups) > 1:
            for group in groups:
                cell = next(iter(group.values()))
                self.correct(cell, "", "several grant programmes: none is the fund. All kept")
            return None
        return self._heading(groups[0]) if groups else None

    def _heading(self, group: Part) -> Heading:
        code = self.line(group["code"]) if "code" in group else ""
        title = self.line(group["title"]) if "title" in group else code
        self.take(*(cell for part, cell in group.items() if part in ("code", "title")))
        return Heading(title, code)

    def places(self) -> tuple[Place, ...]:
        """Where the money is meant to help. A code that is no official one is kept."""
        places = []
        for group in self._distinct("location"):
            code = group["geocode"].text.strip() if "geocode" in group else ""
            if code and not _OFFICIAL.fullmatch(code):
                code = ""
            title = self.line(group["name"]) if "name" in group else code
            if title:
                places.append(Place(title, code))
                taken = ("name", "geocode") if code else ("name",)
                self.take(*(group[part] for part in taken if part in group))
        return tuple(dict.fromkeys(places))

    def headings(self) -> tuple[Heading | None, tuple[Heading, ...]]:
        """The theme, and the topics. A second theme and other vocabularies are kept."""
        theme: Heading | None = None
        topics: list[Heading] = []
        for group in self._distinct("classifications"):
            kind = group["vocabulary"].text.strip().lower() if "vocabulary" in group else ""
            named = "code" in group or "title" in group
            if named and (kind == "topic" or (kind == "theme" and theme is None)):
                heading = self._heading(group)
                self.take(group["vocabulary"])
                if kind == "topic":
                    topics.append(heading)
                else:
                    theme = heading
        return theme, tuple(dict.fromkeys(topics))

    def documents(self) -> tuple[Attachment, ...]:
        """Documents with a web address."""
        found = []
        for group in self._distinct("document"):
            if url := _web(group.get("url")):
                title = self.line(group["title"]) if "title" in group else url
                kind = self.line(group["documenttype"]) if "documenttype" in group else ""
                found.append(Attachment(title, url, kind))
                self.take(*group.values())
        return tuple(found)


def _same(one: Part, other: Part) -> bool:
    """Whether two groups of cells are one organisation's: one identifier, or else one name."""

    def alike(part: str) -> bool | None:
        if part not in one or part not in other:
            return None
        return one[part].text.strip() == other[part].text.strip()

    by_id = alike("id")
    return bool(alike("name")) if by_id is None else by_id


def _web(cell: Cell | None) -> str:
    """A web address as the cell has it; empty when it doesn't begin with http."""
    text = "" if cell is None else cell.text.strip()
    return text if re.fullmatch(r"https?://\S+", text, re.IGNORECASE) else ""
