"""One row of a mapped table as an award: who, where, what it is called, and all that is kept."""

import re
from collections.abc import Iterator

from generator.imports import registers
from generator.imports.base import Heading, Incoming, Party, Place
from generator.imports.mapping_cells import RowCells, unclear
from generator.imports.mapping_file import TITLE_PART, TableMapping
from generator.imports.mapping_targets import IGNORE, KEEP
from generator.imports.private_columns import is_private
from generator.imports.values import one_line, prose

_AREA_CODE = re.compile(r"[EKNSW]\d{8}")
_WEB = re.compile(r"https?://\S+")
_SOMEBODY = "an individual"
_REGISTERS = {"charity_number": registers.charity, "company_number": registers.company}
_TEXTS = ("source_id", "ocid", "legal_power", "route")
_PROSE = ("purpose", "reasons", "conditions")
_CODED = ("instrument", "amount_basis", "status")


class MappedRow(RowCells):
    """One row, read by a mapping."""

    def title(self) -> str:
        """The title, else one made as the mapping says. A private person's name is left out."""
        if (given := self.text("title")) or not self.mapping.title_from:
            return one_line(given)
        parts = {column: self.row.cells[column].strip() for column in self.mapping.title_columns()}
        if not any(parts.values()):
            return ""
        if self.is_individual:
            targets = {one: self.mapping.columns.get(one) for one in parts}
            named = [one for one in parts if targets[one] in {"recipient", IGNORE}]
            parts |= dict.fromkeys(named, _SOMEBODY)
        made = TITLE_PART.sub(lambda part: parts[part[1]], self.mapping.title_from)
        return one_line(made.strip(" :;,–-"))

    def _funder(self) -> Party:
        """Who gives the money."""
        name, id = one_line(self.text("funder")), self.text("funder_id")
        if not name:
            raise unclear("It names no funder.", "fill it in, or write one under fixed.")
        number = registers.of_identifier(id)
        return Party(name, id, (number,) if number else ())

    def _recipients(self) -> tuple[Party, ...]:
        """Those who get it, as one group; nobody where the row names nobody."""
        if self.is_individual:
            return (Party("", individual=True),)
        names = dict.fromkeys(one_line(cell) for _, cell in self.columns("recipient"))
        if len(names) == 1:
            numbers = tuple(self._numbers())
            return (Party(next(iter(names)), numbers=numbers, url=self._url()),)
        for target in ("charity_number", "company_number", "recipient_url"):
            for column, cell in self.columns(target):
                self.unused(column, cell, "it isn't clear whose this is")
        return tuple(Party(name) for name in names)

    def _numbers(self) -> Iterator[registers.Number]:
        for target, read in _REGISTERS.items():
            for column, cell in self.columns(target):
                number = read(cell)
                if registers.is_placeholder(cell):
                    self.kept.append((column, cell))
                elif number is None:
                    self.unused(column, cell, "this is no such number")
                else:
                    yield number
                    if number[1] != cell and cell.isdecimal():
                        self.note(column, cell, number[1], "its leading noughts were lost")

    def _url(self) -> str:
        for column, cell in self.columns("recipient_url"):
            if _WEB.fullmatch(cell):
                return cell
            self.kept.append((column, cell))
        return ""

    def _places(self) -> tuple[Place, ...]:
        """Where it is to help."""
        names = [one_line(cell) for _, cell in self.columns("area")]
        codes = []
        for column, cell in self.columns("area_code"):
            if _AREA_CODE.fullmatch(cell) and len(names) <= 1:
                codes.append(cell)
            else:
                self.kept.append((column, cell))
        if codes:
            return (Place(names[0] if names else codes[0], codes[0]),)
        return tuple(Place(name) for name in dict.fromkeys(names))

    def _bids(self) -> str:
        for column, cell in self.columns("bids_received"):
            if cell.isascii() and cell.isdecimal():
                return cell
            self.unused(column, cell, "this is no whole number")
        return ""

    def _fund(self) -> Heading | None:
        title, code = one_line(self.text("fund")), self.text("fund_code")
        return Heading(title or code, code) if title or code else None

    def award(self) -> Incoming:
        """The whole award. Raises NoAward with what keeps the row from being one."""
        amount, funder, title, dates = self.amount(), self._funder(), self.title(), self.dates()
        if not title:
            raise unclear("It has no title.", "fill it in, or set title_from in the mapping.")
        cells = {
            **{target: one_line(self.text(target)) for target in _TEXTS},
            **{target: prose(self.text(target)) for target in _PROSE},
            **{target: self.coded(target) for target in _CODED},
            **dates,
            "title": title,
            "financial_year": self.financial_year(dates),
            "bids_received": self._bids(),
        }
        if cells["instrument"] == "grant":
            cells["contract"] = "not applicable"
        theme = one_line(self.text("theme"))
        recipients, places = self._recipients(), self._places()
        beside = [
            (column, cell.strip())
            for column, cell in self.row.cells.items()
            if cell.strip() and is_kept(column, self.mapping)
        ]
        return Incoming(
            lines=(self.row.line,),
            amount=amount,
            currency=self.currency(),
            funder=funder,
            cells={name: cell for name, cell in cells.items() if cell},
            recipients=recipients,
            fund=self._fund(),
            theme=Heading(theme) if theme else None,
            places=places,
            kept=(*beside, *self.kept),
            sheet=self.sheet,
        )


def is_kept(column: str, mapping: TableMapping) -> bool:
    """Whether a column is published beside the award. One the mapping doesn't name is, too."""
    if column in mapping.columns:
        return mapping.columns[column] == KEEP
    return not is_private(column)
