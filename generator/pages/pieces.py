"""The pieces of HTML that thousands of pages and rows have, made without a template, for speed.

Each text in them is escaped; what they need of a page is where it lives.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from generator import selectors, urls
from generator.ledger import LinkedAward, LinkedService, NamedIn
from generator.missing import Missing
from generator.money import plain
from generator.pages import frame
from generator.pages.site import BASIS_WORDS, Line
from generator.pages.words import date_text, figure_text, year_text
from generator.tables import Figure

_KEPT = 20_000
"""How many things a macro's results are kept for."""


def safe(text: object) -> str:
    """A text of the data, escaped, on one line."""
    return escape(frame.kept(text))


def published(text: object) -> str:
    """Words that are the publisher's, not ours, and look so."""
    return f'<span class="as-published">{safe(text)}</span>'


class Pieces:
    """Makes the pieces of one page after another."""

    def __init__(self, currency: str) -> None:
        self.here = ""
        """The page that pieces are made for."""
        self.shared: Any = None
        """The macros that templates share."""
        self.parts: Mapping[str, Any] = {}
        """The macros of what pages have of their own, by the kind of page."""
        self._currency = currency
        self._made: dict[object, dict[object, Markup]] = {}

    def link(self, target: str) -> str:
        """The link to a page or file."""
        return urls.relative(self.here, target)

    def each(self, macro: Callable[[Hashable], Markup], things: Iterable[Hashable]) -> Markup:
        """What a macro makes of each of some things.

        Pages show many things again and again, such as a fund's name. So what was made once is
        kept, for pages beside one another: links to other folders are alike on them.
        """
        kept = self._made.setdefault((macro, urls.beside(self.here)), {})
        made = []
        for one in things:
            if one not in kept:
                if len(kept) == _KEPT:
                    kept.clear()
                kept[one] = macro(one)
            made.append(kept[one])
        return Markup("".join(made))  # noqa: S704 - a macro's result is escaped

    def term(self, anchor: str, words: str) -> str:
        """Words that the glossary explains."""
        return f'<a class="term" href="{escape(self.link(urls.glossary(anchor)))}">{words}</a>'

    def figure(self, figure: Figure) -> Markup:
        """A figure with its trace."""
        return Markup(self._figure(figure))  # noqa: S704 - escaped, piece by piece

    def _figure(self, figure: Figure) -> str:
        value = plain(figure.value) if figure.unit == "money" else f"{figure.value:f}"
        said = f'<data id="{escape(figure.id)}"' if figure.id is not None else "<data"
        if figure.rows is None:
            parts = escape(" ".join(figure.parts))
            said += f' value="{value}" data-op="{escape(figure.op)}" data-from="{parts}"'
        else:
            rows, measure = escape(self.link(figure.rows)), escape(figure.measure)
            said += f' value="{value}" data-rows="{rows}" data-measure="{measure}"'
            if figure.where:
                said += f' data-where="{escape(selectors.encode(figure.where))}"'
            if figure.of is not None:
                said += f' data-of="{escape(self.link(figure.of))}"'
            if figure.of_where:
                said += f' data-of-where="{escape(selectors.encode(figure.of_where))}"'
        return f"{said}>{escape(figure_text(figure, self._currency))}</data>"

    def value(self, value: object) -> Markup:
        """A value of the data, or in words why there is none, with a link that explains them."""
        return Markup(self._value(value))  # noqa: S704 - escaped, piece by piece

    def _value(self, value: object) -> str:
        if isinstance(value, Missing):
            where = self.link(f"{urls.HOW_TO_READ}#{urls.NOT_PUBLISHED}")
            return f'<a class="missing" href="{escape(where)}">{escape(value.label)}</a>'
        return published(date_text(value) if isinstance(value, date) else str(value))

    def page(self, family: str, id: str, words: object) -> str:
        """A link to a profile by its name."""
        return f'<a href="{escape(self.link(urls.profile(family, id)))}">{published(words)}</a>'

    def outside(self, address: object) -> str:
        """A link out of the site, which search engines don't follow; or why there is none."""
        if not isinstance(address, str):
            return self._value(address)
        return f'<a href="{safe(address)}" rel="nofollow">{safe(address)}</a>'

    def who_gets(self, one: LinkedAward) -> Markup:
        """Who an award names, with links; in words, when it is nobody or not all."""
        return Markup(self._who_gets(one))  # noqa: S704 - escaped, piece by piece

    def _who_gets(self, one: LinkedAward) -> str:
        named = "; ".join(self.page("recipients", each.id, each.name) for each in one.recipients)
        match one.attribution.value:
            case "partial":
                return f"{named} and others not named"
            case "unnamed":
                words = "Recipients not named"
            case "none":
                words = "No recipient printed"
            case _:
                return named
        where = self.link(urls.profile("recipients", urls.NOT_PUBLISHED))
        return f'{named}<a class="missing" href="{escape(where)}">{words}</a>'

    def award_row(self, line: Line) -> Markup:
        """An award as a row of a list."""
        award, theme = line.linked.award, line.linked.theme
        under = f" · {published(theme.title)}" if theme else ""
        return Markup(  # noqa: S704 - escaped, piece by piece
            f'<tr role="row" data-row="{escape(award.id)}">\n'
            f'<th scope="row" role="rowheader">{self.page("awards", award.id, award.title)}\n'
            f'<span class="who">{self._who_gets(line.linked)}</span>\n'
            f'<span class="meta">{safe(year_text(award.financial_year))}{under}'
            f" · {line.words}</span></th>\n"
            f'<td class="number" role="cell" data-label="Amount">{self._figure(line.amount)}</td>\n'
            "</tr>\n"
        )

    def service_rows(self, one: LinkedAward) -> Markup:
        """The rows that say what an award pays for, and who is printed beside it."""
        rows = (
            f"<tr>\n{self._service(service) if not place else ''}"
            f"<td>{self._who(who)}</td>\n<td>{self._basis(who)}</td>\n</tr>\n"
            for service in one.services
            for place, who in enumerate(service.recipients)
        )
        return Markup("".join(rows))  # noqa: S704 - escaped, piece by piece

    def _service(self, service: LinkedService) -> str:
        rows = len(service.recipients)
        return f'<th scope="row" rowspan="{rows}">{published(service.record.title)}</th>\n'

    def _who(self, who: NamedIn) -> str:
        printed = who.record.published_name
        if who.recipient:
            said = self.page("recipients", who.recipient.id, who.recipient.name)
            if isinstance(printed, str) and printed != who.recipient.name:
                said += f" (printed as {published(printed)})"
            return said + (f" · {safe(who.record.role)}" if who.record.role != "recipient" else "")
        return (
            f"{published(printed)}, not named" if isinstance(printed, str) else self._value(printed)
        )

    def _basis(self, who: NamedIn) -> str:
        basis = who.record.basis
        return BASIS_WORDS[basis] if isinstance(basis, str) else self._value(basis)
