"""The pieces of HTML that thousands of pages and rows have, made without a template, for speed.

Each text in them is escaped; what they need of a page is where it lives.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from generator import selectors, urls
from generator.ledger import LinkedAward, LinkedService, NamedIn
from generator.missing import Missing
from generator.money import plain
from generator.pages.site import BASIS_WORDS, Group, Line, Listing
from generator.pages.words import date_text, figure_text, year_text
from generator.safety import html as safe
from generator.tables import Figure, PublishedTable

_KEPT = 20_000
"""How many things a macro's results are kept for."""


def published(text: object) -> str:
    """Words that are the publisher's, not ours, and look so."""
    return f'<span class="as-published">{safe(str(text))}</span>'


_HEAD = (
    '<thead role="rowgroup"><tr role="row">'
    '<th scope="col" role="columnheader">Award, and who it names</th>'
    '<th scope="col" role="columnheader" class="number">Amount</th></tr></thead>\n'
)


def _group_row(group: Group) -> str:
    if not group.words:
        return ""
    return (
        '<tr class="group" role="row"><th scope="rowgroup" role="rowheader" colspan="2">'
        f"{safe(group.words)}</th></tr>\n"
    )


class Pieces:
    """Makes the pieces of one page after another."""

    def __init__(self, currency: str, places: Mapping[str, str]) -> None:
        self._places = places
        self.at("")
        self.shared: Any = None
        """The macros that templates share."""
        self.parts: Mapping[str, Any] = {}
        """The macros of what pages have of their own, by the kind of page."""
        self._currency = currency
        self._made: dict[object, dict[object, Markup]] = {}

    def at(self, here: str) -> None:
        """Make pieces for a page from now on."""
        self._here, self._beside = here, urls.beside(here)
        top, mark, below = here.partition("/")
        self._inside = (top if mark else "", "#")
        self._up = "../" * here.count("/")
        self._folder = f"{top}/" if below.count("/") == 1 else "\0"

    def link(self, target: str) -> str:
        """The link to a page or file, or to the row that stands for a page that isn't made."""
        target = self._places.get(target, target)
        if not target.startswith(self._inside):  # as most: it lies below another folder
            return self._up + target
        if target.startswith(self._folder) and not target.startswith(self._here):
            return "../" + target.removeprefix(self._folder)  # from one profile to another
        return urls.relative(self._here, target)

    def each(self, macro: Callable[[Hashable], Markup], things: Iterable[Hashable]) -> str:
        """What a macro makes of each of some things.

        Pages show many things again and again, such as a fund's name. So what was made once is
        kept, for pages beside one another: links to other folders are alike on them.
        """
        kept = self._made.setdefault((macro, self._beside), {})
        made = []
        for one in things:
            if one not in kept:
                if len(kept) == _KEPT:
                    kept.clear()
                kept[one] = macro(one)
            made.append(kept[one])
        return "".join(made)

    def term(self, anchor: str, words: str) -> str:
        """Words that the glossary explains."""
        return f'<a class="term" href="{safe(self.link(urls.glossary(anchor)))}">{words}</a>'

    def figure(self, figure: Figure) -> str:
        """A figure with its trace."""
        value = plain(figure.value) if figure.unit == "money" else f"{figure.value:f}"
        said = f'<data id="{safe(figure.id)}"' if figure.id is not None else "<data"
        if figure.rows is None:
            parts = safe(" ".join(figure.parts))
            said += f' value="{value}" data-op="{figure.op}" data-from="{parts}"'
        else:
            rows, measure = safe(self.link(figure.rows)), safe(figure.measure)
            said += f' value="{value}" data-rows="{rows}" data-measure="{measure}"'
            if figure.where:
                said += f' data-where="{safe(selectors.encode(figure.where))}"'
            if figure.of is not None:
                said += f' data-of="{safe(self.link(figure.of))}"'
            if figure.of_where:
                said += f' data-of-where="{safe(selectors.encode(figure.of_where))}"'
        return f"{said}>{safe(figure_text(figure, self._currency))}</data>"

    def value(self, value: object) -> str:
        """A value of the data, or in words why there is none, with a link that explains them."""
        if isinstance(value, Missing):
            where = self.link(f"{urls.HOW_TO_READ}#{urls.NOT_PUBLISHED}")
            return f'<a class="missing" href="{safe(where)}">{safe(value.label)}</a>'
        return published(date_text(value) if isinstance(value, date) else str(value))

    def page(self, family: str, id: str, words: object) -> str:
        """A link to a profile by its name."""
        return f'<a href="{safe(self.link(urls.profile(family, id)))}">{published(words)}</a>'

    def outside(self, address: object) -> str:
        """A link out of the site, which search engines don't follow; or why there is none."""
        if not isinstance(address, str):
            return self.value(address)
        return f'<a href="{safe(address)}" rel="nofollow">{safe(address)}</a>'

    def who_gets(self, one: LinkedAward) -> str:
        """Who an award names, with links; in words, when it is nobody or not all."""
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
        return f'{named}<a class="missing" href="{safe(where)}">{words}</a>'

    def award_row(self, line: Line, anchored: bool) -> str:
        """An award as a row of a list."""
        award, theme = line.linked.award, line.linked.theme
        under = f" · {published(theme.title)}" if theme else ""
        anchor = f' id="{urls.row_anchor(urls.profile("awards", award.id))}"' if anchored else ""
        return (
            f'<tr role="row"{anchor} data-row="{safe(award.id)}">\n'
            f'<th scope="row" role="rowheader">{self.page("awards", award.id, award.title)}\n'
            f'<span class="who">{self.who_gets(line.linked)}</span>\n'
            f'<span class="meta">{safe(year_text(award.financial_year))}{under}'
            f" · {line.words}</span></th>\n"
            f'<td class="number" role="cell" data-label="Amount">{self.figure(line.amount)}</td>\n'
            "</tr>\n"
        )

    def award_list(self, listing: Listing, caption: str) -> str:
        """A list of awards under a caption, and the link to its CSV."""
        csv = safe(self.link(listing.table.path))
        table, cut = "", ""
        if listing.groups:
            row = partial(self.award_row, anchored=listing.anchored)
            bodies = "".join(
                f'<tbody role="rowgroup">\n{_group_row(group)}'
                f"{''.join(map(row, group.lines))}</tbody>\n"
                for group in listing.groups
            )
            table = (
                f'<table class="awards as-cards" role="table" data-csv="{csv}">\n'
                f"<caption>{safe(caption)}</caption>\n{_HEAD}{bodies}</table>\n"
            )
        if listing.cut:
            cut = (
                f"<p>The table shows the first hundred of {self.figure(listing.count)} awards. "
                "The download has them all.</p>\n"
            )
        rows = "" if listing.groups else ": the names of the columns, and no rows"
        link = self.download(listing.table, "Download these awards (CSV)")
        return f'{table}{cut}<p class="download">{link}{rows}</p>\n'

    def download(self, table: PublishedTable, words: str) -> str:
        """The link to a table's file; where it is in parts, one to each."""
        if not table.in_parts:
            return f'<a href="{safe(self.link(table.path))}" download>{safe(words)}</a>'
        links = ", ".join(
            f'<a href="{safe(self.link(file.path))}" download>{file.words}</a>'
            for file in table.files
        )
        return f"{safe(words)}, in {len(table.files):,} files: {links}"

    def service_rows(self, one: LinkedAward) -> str:
        """The rows that say what an award pays for, and who is printed beside it."""
        return "".join(
            f"<tr>\n{self._service(service) if not place else ''}"
            f"<td>{self._who(who)}</td>\n<td>{self._basis(who)}</td>\n</tr>\n"
            for service in one.services
            for place, who in enumerate(service.recipients)
        )

    def _service(self, service: LinkedService) -> str:
        rows = len(service.recipients)
        return f'<th scope="row" rowspan="{rows}">{published(service.record.title)}</th>\n'

    def _who(self, who: NamedIn) -> str:
        printed = who.record.published_name
        if who.recipient:
            said = self.page("recipients", who.recipient.id, who.recipient.name)
            if isinstance(printed, str) and printed != who.recipient.name:
                said += f" (printed as {published(printed)})"
            if who.record.role != "recipient":
                said += f" · {safe(str(who.record.role))}"
            return said
        if isinstance(printed, str):
            return f"{published(printed)}, not named"
        return self.value(printed)

    def _basis(self, who: NamedIn) -> str:
        basis = who.record.basis
        return BASIS_WORDS[basis] if isinstance(basis, str) else self.value(basis)
