"""The lines of facts on awards' pages: words, a value, how it is known."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from generator import model, urls
from generator.ledger import RecordT
from generator.missing import Missing
from generator.money import percent
from generator.pages.blocks import Block
from generator.pages.lines import Line
from generator.pages.pieces import MARK, Pieces
from generator.pages.site import BASIS_WORDS, EXPLAINED, Site, of_site
from generator.safety import html as safe
from generator.selectors import where

_PLAIN = (
    ("Grant or contract", "instrument"),
    ("Status", "status"),
    ("Decided on", "decided_on"),
    ("Starts", "start_on"),
    ("Ends", "end_on"),
    ("How it was chosen (route)", "route"),
    ("Conditions", "conditions"),
    ("Reasons", "reasons"),
    ("Legal power", "legal_power"),
)
"""What an award's own columns say, as (words, column)."""


Figures = Callable[[Decimal, str], str]
_PRINTED = "sum:published_percentage"


def _by_id(records: Sequence[RecordT]) -> Mapping[object, RecordT]:
    return {one.id: one for one in reversed(records)}  # type: ignore[attr-defined]


class _Facts:
    """Makes the lines of facts on one site. What many awards have in common is made once."""

    def __init__(self, site: Site, pieces: Pieces) -> None:
        ledger = site.ledger
        self._site, self._pieces = site, pieces
        self._funds, self._areas = _by_id(ledger.funds), _by_id(ledger.areas)
        self._sources = _by_id(ledger.funding_sources)
        self._programmes, self._themes = _by_id(ledger.programmes), _by_id(ledger.themes)
        self._terms: Mapping[object, model.Term] = {
            (one.scheme, one.id): one for one in ledger.terms
        }
        self._plain = [(name, partial(self._fact, words)) for words, name in _PLAIN]
        self._wholes: dict[object, tuple[Decimal, Figures]] = {}

    def of(self, block: Block) -> list[str]:
        """The facts of each award of a block."""
        every = self._pieces.all
        columns = (
            self._shares(block),
            every(self._fund, block.zipped("fund", "fund_basis", "fund_basis_note")),
            every(self._programme, block.some("programme")),
            every(self._theme, block.some("theme")),
            self._linked(block, model.AwardArea, self._area, "area"),
            self._linked(block, model.AwardTerm, self._objective, "scheme", "term"),
            self._linked(block, model.AwardTerm, self._topic, "scheme", "term"),
            self._linked(block, model.AwardSource, self._source, "funding_source"),
            *self._own(block),
            map(partial(self._fact, "Publisher’s own reference"), block.some("source_id")),
            every(self._pilot, block.some("pilot")),
            every(self._reports, block.zipped("reporting_frequency", "reporting_note")),
        )
        return list(map("".join, zip(*columns, strict=True)))

    def _fact(
        self,
        words: str,
        value: object,
        url: str | None = None,
        basis: object = None,
        note: object = None,
        omission: str | None = None,
    ) -> str:
        """A line; `omission` says why there is no value, where the package does."""
        pieces, term = self._pieces, EXPLAINED.get(words)
        said = pieces.value(value)
        if url:
            said = f'<a href="{safe(pieces.link(url))}">{said}</a>'
        if isinstance(basis, str) and basis in BASIS_WORDS:
            said += f' <span class="basis">{BASIS_WORDS[basis]}</span>'
        for one in (note, omission):
            if isinstance(one, str):
                said += f' <span class="note as-published">{safe(one)}</span>'
        return f"<div><dt>{pieces.term(term, words) if term else words}</dt><dd>{said}</dd></div>\n"

    def _profile(self, words: str, family: str, record: Any, *known: Any) -> str:
        """A line that leads to a profile."""
        return self._fact(words, record.title, urls.profile(family, record.id), *known)

    def _shares(self, block: Block) -> list[str]:
        """Which share of its programme each award is."""
        said = zip(
            block.lines,
            block.some("programme"),
            block.some("status"),
            block.some("published_percentage"),
            strict=True,
        )
        return [
            self._share(line, programme, printed)
            if programme in self._programmes and status != "withdrawn"
            else ""
            for line, programme, status, printed in said
        ]

    def _share(self, line: Line, programme: str, printed: object) -> str:
        if programme not in self._wholes:
            self._wholes[programme] = self._whole(programme)
        whole, figures = self._wholes[programme]
        value = percent(line.amount, whole, 2)
        if value is None:
            return ""
        pieces, said = self._pieces, figures(value, line.id)
        if not isinstance(printed, Missing):
            table = self._site.needed("awards")
            said += (
                f"; the source prints {pieces.figure(table.figure(_PRINTED, where(id=line.id)))}"
            )
        term = pieces.term("programme", "programme")
        return f"<div><dt>Share of its {term}</dt><dd>{said}</dd></div>\n"

    def _whole(self, programme: str) -> tuple[Decimal, Figures]:
        """What a programme's awards come to, and what makes shares of it."""
        table, rows = self._site.all_awards, where(programme=programme)
        like = table.told(Decimal(0), "share:amount", where(id=MARK), unit="percent")
        figures = self._pieces.figures(like._replace(places=2, of_where=rows))
        return table.figure("sum:amount", rows).value, figures

    def _fund(self, said: tuple[object, object, object]) -> str:
        fund, basis, note = said
        if known := self._funds.get(fund):
            return self._profile("Fund", "funds", known, basis, note)
        return self._fact("Fund", fund)

    def _programme(self, id: object) -> str:
        known = self._programmes.get(id)
        if known:
            return self._profile("Programme", "programmes", known)
        return self._fact("Programme", id)

    def _theme(self, id: object) -> str:
        known = self._themes.get(id)
        return self._profile("Theme", "themes", known) if known else self._fact("Theme", id)

    def _linked(
        self, block: Block, kind: type[model.Record], make: Callable[[Any], str], *names: str
    ) -> Iterator[str]:
        """The lines that a resource of links gives each award; what is said where it gives none."""
        said, none = block.said(kind), make(None)
        columns = (said.some(name) for name in (*names, "basis", "basis_note"))
        made = self._pieces.all(make, zip(*columns, strict=True))
        return ("".join(some) or none for some in said.by_award(made))

    def _area(self, said: tuple[object, object, object] | None) -> str:
        if said is None:
            return self._fact("Area", Missing.NOT_PUBLISHED)
        id, basis, note = said
        known = self._areas.get(id)
        return self._profile("Area", "areas", known, basis, note) if known else ""

    def _objective(self, said: tuple[object, object, object, object] | None) -> str:
        if said is None:
            return self._fact("Objective", Missing.NOT_PUBLISHED)
        return self._term("objective", "Objective", *said)

    def _topic(self, said: tuple[object, object, object, object] | None) -> str:
        return self._term("topic", "Topic it names", *said) if said else ""

    def _term(self, meant: str, words: str, scheme: object, id: object, *known: object) -> str:
        term = self._terms.get((scheme, id))
        return self._profile(words, f"{meant}s", term, *known) if term and scheme == meant else ""

    def _source(self, said: tuple[object, object, object] | None) -> str:
        id, basis, note = said or (None, None, None)
        known = self._sources.get(id)
        return self._fact("Paid from", known.title, urls.MONEY, basis, note) if known else ""

    def _own(self, block: Block) -> Iterator[list[str]]:
        """What the awards' own columns say, or why they don't."""
        omitted = [(place, one.omissions) for place, one in enumerate(block.extras)]
        omitted = [(place, reasons) for place, reasons in omitted if reasons]
        for name, make in self._plain:
            values = block.some(name)
            made = self._pieces.all(make, values)
            for place, reasons in omitted:
                made[place] = make(values[place], omission=reasons.get(name))
            yield made

    def _pilot(self, said: object) -> str:
        return self._fact("Pilot", "yes: a trial in part of the area") if said is True else ""

    def _reports(self, said: tuple[object, object]) -> str:
        frequency, note = said
        return self._fact("Reports", frequency, note=note) if isinstance(frequency, str) else ""


@of_site
def _maker(site: Site, pieces: Pieces) -> _Facts:
    return _Facts(site, pieces)


def facts(block: Block, pieces: Pieces) -> list[str]:
    """The lines of facts of each of some awards."""
    return _maker(block.site, pieces).of(block)
