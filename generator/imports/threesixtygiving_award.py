"""One grant of a 360Giving file as an award, or refused with the reason."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from generator.imports.base import Correction, Incoming, Party, Refused
from generator.imports.threesixtygiving_columns import DAYS
from generator.imports.threesixtygiving_parts import Parts
from generator.imports.threesixtygiving_rows import Cell, Grant, Rejected
from generator.imports.values import (
    Unclear,
    award_amount,
    currency_code,
    financial_year,
    garbled,
    money,
    prose,
)

REDACTED = "REDACTED PERSONAL DATA"
DayReaders = Mapping[tuple[str, str], Callable[[str], str | Unclear]]
"""How the days of a column are written, by sheet and title."""


class Given(Struct, frozen=True):
    """What the caller knows and the file may lack."""

    days: DayReaders
    currency: str = ""
    year: str = ""
    publisher: Party | None = None


class _Fault(Exception):
    """A grant can't be taken."""

    def __init__(self, unclear: Unclear) -> None:
        super().__init__(unclear.reason)
        self.unclear = unclear


def award(grant: Grant, given: Given) -> tuple[Incoming | Refused, tuple[Correction, ...]]:
    """The award that a grant makes, and the cells that were taken as something else."""
    reader = _Reader(grant, given)
    try:
        return reader.award(), tuple(reader.parts.corrections)
    except _Fault as fault:
        rejected = Rejected(grant, fault.unclear.reason, fault.unclear.mend)
        return refused(rejected, given.currency), ()


def refused(rejected: Rejected, currency_given: str = "") -> Refused:
    """A row that is not taken, with its amount as far as it can be read."""
    grant = rejected.grant
    currency = currency_code(grant.texts.get(("currency", ""), currency_given))
    amount = money(grant.texts.get(("amountawarded", ""), ""))
    return Refused(
        tuple(grant.lines),
        grant.id,
        amount if isinstance(amount, Decimal) else None,
        "" if isinstance(currency, Unclear) else currency,
        rejected.reason,
        rejected.mend,
        grant.sheet,
    )


class _Reader:
    def __init__(self, grant: Grant, given: Given) -> None:
        self.grant, self.given = grant, given
        self.parts = Parts(grant)

    def _cell(self, member: str) -> Cell | None:
        """The first cell of a column that stands alone. Others that say the same are taken."""
        found = [cell for cell in self.grant.cells if cell.column.key == (member, "")]
        if not found:
            return None
        self.parts.take(*(one for one in found if one.text.strip() == found[0].text.strip()))
        return found[0]

    def _needed(self, member: str, what: str) -> Cell:
        cell = self._cell(member)
        if cell is None:
            raise _Fault(Unclear(f"It has no {what}.", f"give the {what} in the source."))
        return cell

    def _said(self, column: str, taken: str, why: str) -> None:
        """Tell of something that the source doesn't give."""
        line, sheet = self.grant.lines[0], self.grant.sheet
        self.parts.corrections.append(Correction(line, column, "", taken, why, sheet))

    def award(self) -> Incoming:
        title = self._needed("title", "title")
        currency = self._currency()
        amount_cell = self._needed("amountawarded", "amount")
        amount = award_amount(amount_cell.text, currency)
        if isinstance(amount, Unclear):
            raise _Fault(amount)
        if amount != money(amount_cell.text, currency):
            self.parts.correct(amount_cell, f"{amount:f}", "a trace beyond the penny was dropped")
        cells = {"title": self.parts.line(title), **self._dates()}
        if identifier := self._cell("id"):
            cells["source_id"] = self.parts.line(identifier)
        else:
            self._said("Identifier", "", "the source gives no reference")
        if description := self._cell("description"):
            cells["purpose"] = prose(description.text)
        cells |= {"instrument": "grant", "amount": f"{amount:f}"}
        cells |= {"amount_basis": "total-value", "contract": "not applicable"}
        names = self._names()
        funder = self._funder()
        recipients = tuple(party for party, _ in self.parts.organisations("recipient"))
        recipients += self.parts.individuals()
        theme, topics = self.parts.headings()
        fund, places = self.parts.programme(), self.parts.places()
        documents = self.parts.documents()
        kept = tuple(
            (cell.column.title, self._without(names, cell.text.strip(), cell))
            for cell in self.parts.left()
            if not cell.column.is_private
        )
        for column, cell in (("title", title), ("purpose", description)):
            if cell is not None:
                cells[column] = self._without(names, cells[column], cell)
        self._look_for_garbled()
        self._hide(names)
        return Incoming(
            lines=tuple(self.grant.lines),
            amount=amount,
            currency=currency,
            funder=funder,
            cells=cells,
            recipients=recipients,
            fund=fund,
            theme=theme,
            topics=topics,
            places=places,
            documents=documents,
            kept=tuple(dict.fromkeys(kept)),
            sheet=self.grant.sheet,
        )

    def _currency(self) -> str:
        cell = self._cell("currency")
        if cell is None and self.given.currency:
            self._said("Currency", self.given.currency, "the source gives no currency")
            return self.given.currency
        if cell is None:
            raise _Fault(
                Unclear("It has no currency.", "fill in the currency, or import with --currency.")
            )
        code = currency_code(cell.text)
        if isinstance(code, Unclear):
            raise _Fault(code)
        if code != cell.text.strip():
            self.parts.correct(cell, code, "the currency's three letters")
        return code

    def _day(self, cell: Cell) -> str | Unclear:
        return self.given.days[cell.sheet, cell.column.title](cell.text)

    def _dates(self) -> dict[str, str]:
        """Days as 2031-04-05, and the financial year."""
        cells: dict[str, str] = {}
        if decided := self._cell("awarddate"):
            day = self._day(decided)
            if isinstance(day, Unclear):
                raise _Fault(day)
            cells["decided_on"] = day
        unclear: Unclear | None = None
        for part, column in (("startdate", "start_on"), ("enddate", "end_on")):
            groups = (group[part] for group in self.parts.all("planned") if part in group)
            for cell in groups:
                day = self._day(cell)
                if isinstance(day, Unclear):
                    unclear = day
                    self.parts.correct(cell, cell.text.strip(), f"{day.reason} Kept as found")
                elif cells.setdefault(column, day) == day:
                    self.parts.take(cell)
        known = cells.get("decided_on") or cells.get("start_on")
        if known:
            cells["financial_year"] = financial_year(known)
            if "decided_on" not in cells:
                self._said("Award Date", cells["financial_year"], "the year of the planned start")
        elif self.given.year:
            cells["financial_year"] = self.given.year
            self._said("Award Date", self.given.year, "the year that was given for such rows")
        else:
            raise _Fault(
                unclear
                or Unclear(
                    "It has no award date and no planned start, so its year is not known.",
                    "fill in the award date, or import with --year.",
                )
            )
        return cells

    def _funder(self) -> Party:
        found = self.parts.organisations("funder")
        if len(found) > 1:
            for party, group in found[1:]:
                self.parts.give_back(*group.values())
                cell = next(iter(group.values()))
                why = f"a second funder: {found[0][0].name} was taken. Kept beside the award"
                self.parts.correct(cell, party.name, why)
        if found:
            return found[0][0]
        if self.given.publisher is not None:
            taken = self.given.publisher.name
            self._said("Funding Org:Name", taken, "the row names no funder; the file's publisher")
            return self.given.publisher
        self._said("Funding Org:Name", "", "the source names no funder")
        return Party("")

    def _names(self) -> re.Pattern[str] | None:
        """The private persons among the recipients, wherever the award names them."""
        groups = self.parts.all("individual")
        names = [group["name"].text.split() for group in groups if "name" in group]
        worded = [r"\s+".join(map(re.escape, name)) for name in names if len("".join(name)) > 2]
        return re.compile(rf"(?<!\w)(?:{'|'.join(worded)})(?!\w)", re.I) if worded else None

    def _without(self, names: re.Pattern[str] | None, text: str, cell: Cell) -> str:
        if names is None or not names.search(text):
            return text
        why = "it named the private person who gets the grant"
        self.parts.corrections.append(
            Correction(cell.line, cell.column.title, "", REDACTED, why, cell.sheet)
        )
        return names.sub(REDACTED, text)

    def _hide(self, names: re.Pattern[str] | None) -> None:
        """Take private persons' names out of the corrections too."""
        if names is not None:
            self.parts.corrections = [
                replace(
                    one,
                    found=names.sub(REDACTED, one.found),
                    taken=names.sub(REDACTED, one.taken),
                )
                for one in self.parts.corrections
            ]

    def _look_for_garbled(self) -> None:
        for cell in self.grant.cells:
            if not cell.column.is_private and cell.column.key not in DAYS:
                found = garbled(cell.line, cell.column.title, cell.text, cell.sheet)
                self.parts.corrections += [found] if found else []
