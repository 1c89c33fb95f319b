"""The pieces of HTML that thousands of pages and rows have, made without a template, for speed.

Each text in them is escaped; what they need of a page is where it lives.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from generator import selectors, urls
from generator.figures import Figure
from generator.missing import Missing
from generator.money import plain, round_half_up
from generator.pages.holdings import Holding
from generator.pages.lines import Group, Line, Listing, Named
from generator.pages.site import ATTRIBUTION_WORDS
from generator.pages.words import date_text, value_text
from generator.safety import html as safe
from generator.selectors import where
from generator.tables import PublishedTable

MARK = "\x0e"
"""Stands for what tells a row. The check `unseen-characters` lets no data say it."""
_KEPT = 20_000
"""How many things a macro's results are kept for."""


def published(text: object) -> str:
    """Words that are the publisher's, not ours, and look so."""
    return f'<span class="as-published">{safe(str(text))}</span>'


Maker = Callable[[Any], str]
"""Makes a piece of a thing."""
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


def _meta(said: tuple[str, str, str]) -> str:
    """What stands small below an award in a list: its year, its theme, how it was attributed."""
    year, theme, attribution = said
    under = f" · {published(theme)}" if theme else ""
    return f'<span class="meta">{safe(year)}{under} · {ATTRIBUTION_WORDS[attribution]}</span>'


class Pieces:
    """Makes the pieces of one page after another."""

    def __init__(self, currency: str, places: Mapping[str, str]) -> None:
        self._places = places or None
        self._made: dict[str, defaultdict[Maker, dict[Hashable, str]]] = {}
        """What was made once, for pages beside one another: by what made it, and of what."""
        self.at("")
        self.shared: Any = None
        """The macros that templates share."""
        self.parts: Mapping[str, Any] = {}
        """The macros of what pages have of their own, by the kind of page."""
        self._currency = currency
        self._shown: dict[object, tuple[str, str]] = {}
        self._traces: dict[tuple[str, str], str] = {}

    def at(self, here: str) -> None:
        """Make pieces for a page from now on."""
        self._here, self._beside = here, urls.beside(here)
        self._near = self._made.setdefault(self._beside, defaultdict(dict))
        top, mark, below = here.partition("/")
        self._inside = (top if mark else "", "#")
        self._up = "../" * here.count("/")
        self._folder = f"{top}/" if below.count("/") == 1 else "\0"

    def link(self, target: str) -> str:
        """The link to a page or file, or to the row that stands for a page that isn't made."""
        if self._places is not None:
            target = self._places.get(target, target)
        if not target.startswith(self._inside):  # as most: it lies below another folder
            return self._up + target
        if target.startswith(self._here):
            return target.removeprefix(self._here) or "./"
        if target.startswith(self._folder):
            return "../" + target.removeprefix(self._folder)  # from one profile to another
        return urls.relative(self._here, target)

    def one(self, make: Maker, thing: Hashable) -> str:
        """What a function makes of a thing.

        Pages show many things again and again, such as a fund's name. So what was made once is
        kept, for pages beside one another: all links are alike on them, but for that of a page
        to itself.
        """
        kept = self._near[make]
        found = kept.get(thing)
        if found is None:
            if len(kept) == _KEPT:
                kept.clear()
            found = kept[thing] = make(thing)
        return found

    def all(self, make: Maker, things: Iterable[Hashable]) -> list[str]:
        """The same of each of some things."""
        get = self._near[make].get
        return [get(thing) or self.one(make, thing) for thing in things]

    def each(self, make: Maker, things: Iterable[Hashable]) -> str:
        """The same, one after another."""
        return "".join(self.all(make, things))

    def file(self, said: tuple[str, str]) -> str:
        """A link to a file, told by its path and the words for it."""
        path, words = said
        return f'<a href="{safe(self.link(path))}">{safe(words)}</a>'

    def term(self, anchor: str, words: str) -> str:
        """Words that the glossary explains."""
        return self.one(self._term, (anchor, words))

    def _term(self, said: tuple[str, str]) -> str:
        anchor, words = said
        return f'<a class="term" href="{safe(self.link(urls.glossary(anchor)))}">{words}</a>'

    def figure(self, figure: Figure, alike: str = "") -> str:
        """A figure with its trace.

        `alike` names a figure of all pages beside one another whose trace reads alike on them.
        """
        if not alike:
            return self._data(figure, figure.value, self._trace(figure))
        key = (alike, self._beside)
        if key not in self._traces:
            self._traces[key] = self._trace(figure)
        return self._data(figure, figure.value, self._traces[key])

    def figures(self, like: Figure) -> Callable[[Decimal, str], str]:
        """Makes figures that differ in their value and in the row that they come from.

        `like` is one of them, whose filter wants MARK where the others want what tells their row.
        """
        before, _, after = self._trace(like).partition(selectors.quoted(MARK))
        return lambda value, key: self._data(like, value, f"{before}{selectors.quoted(key)}{after}")

    def _data(self, like: Figure, value: Decimal, trace: str) -> str:
        id = "" if like.id is None else f' id="{safe(like.id)}"'
        number, words = self._value(like, value)
        return f'<data{id} value="{number}"{trace}>{words}</data>'

    def _value(self, like: Figure, value: Decimal) -> tuple[str, str]:
        """A figure's value for machines and for people; many pages show the same."""
        key = (str(value), like.unit, like.places, like.currency)
        if key not in self._shown:
            if len(self._shown) == _KEPT:
                self._shown.clear()
            value = round_half_up(value, 2) if like.unit == "money" else value
            number = plain(value) if like.unit == "money" else f"{value:f}"
            self._shown[key] = number, safe(value_text(value, like, self._currency))
        return self._shown[key]

    def _trace(self, figure: Figure) -> str:
        """What a figure can be recomputed from, as attributes."""
        if figure.rows is None:
            return f' data-op="{figure.op}" data-from="{safe(" ".join(figure.parts))}"'
        said = f' data-rows="{safe(self.link(figure.rows))}" data-measure="{safe(figure.measure)}"'
        if figure.where:
            said += f' data-where="{safe(selectors.encode(figure.where))}"'
        if figure.of is not None:
            said += f' data-of="{safe(self.link(figure.of))}"'
        if figure.of_where:
            said += f' data-of-where="{safe(selectors.encode(figure.of_where))}"'
        return said

    def value(self, value: object) -> str:
        """A value of the data, or in words why there is none, with a link that explains them."""
        if isinstance(value, Missing):
            where = self.link(f"{urls.HOW_TO_READ}#{urls.NOT_PUBLISHED}")
            return f'<a class="missing" href="{safe(where)}">{safe(value.label)}</a>'
        return published(date_text(value) if isinstance(value, date) else str(value))

    def page(self, family: str, id: str, words: object) -> str:
        """A link to a profile by its name."""
        return f'<a href="{safe(self.link(urls.profile(family, id)))}">{published(words)}</a>'

    def recipient(self, one: Named) -> str:
        """A link to a recipient's page, which may be this one: its link is like no other's."""
        if self._here == urls.profile("recipients", one.id):
            return self._recipient(one)
        return self.one(self._recipient, one)

    def _recipient(self, one: Named) -> str:
        return self.page("recipients", one.id, one.name)

    def outside(self, address: object) -> str:
        """A link out of the site, which search engines don't follow; or why there is none."""
        if not isinstance(address, str):
            return self.value(address)
        return f'<a href="{safe(address)}" rel="nofollow">{safe(address)}</a>'

    def who_gets(self, who: Sequence[Named], attribution: str) -> str:
        """Who an award names, with links; in words, when it is nobody or not all."""
        named = "; ".join(map(self.recipient, who))
        match attribution:
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

    def _row(self, line: Line, anchored: bool, amount: Callable[[Decimal, str], str]) -> str:
        """An award as a row of a list."""
        anchor = f' id="{urls.row_anchor(urls.profile("awards", line.id))}"' if anchored else ""
        return (
            f'<tr role="row"{anchor} data-row="{safe(line.id)}">\n'
            f'<th scope="row" role="rowheader">{self.page("awards", line.id, line.title)}\n'
            f'<span class="who">{self.who_gets(line.who, line.attribution)}</span>\n'
            f"{self.one(_meta, (line.year, line.theme, line.attribution))}</th>\n"
            '<td class="number" role="cell" data-label="Amount">'
            f"{amount(line.amount, line.id)}</td>\n</tr>\n"
        )

    def holding(self, one: Holding, anchored: bool) -> str:
        """A recipient as a row of the list of all; `anchored` where it has no page."""
        page, id, anchor = urls.profile("recipients", one.recipient.id), one.recipient.id, ""
        to = self.link(page)
        if anchored:
            anchor = f' id="{urls.row_anchor(page)}"'
            to = f"{self.link(urls.family('awards'))}?recipient={id}"
        name = f'<a href="{safe(to)}">{published(one.recipient.name)}</a>'
        return (
            f'<tr role="row"{anchor}><th scope="row" role="rowheader">{name}</th>'
            '<td class="number" role="cell" data-label="At least">'
            f"{self.figure(one.at_least)}</td>"
            '<td class="number" role="cell" data-label="Named in awards worth">'
            f"{self.figure(one.named_in)}</td></tr>\n"
        )

    def award_list(self, listing: Listing, caption: str) -> str:
        """A list of awards under a caption, and the link to its CSV."""
        csv = safe(self.link(listing.table.path))
        table, cut = "", ""
        if listing.groups:
            amount = self.figures(listing.table.told(Decimal(0), "sum:amount", where(id=MARK)))
            row = partial(self._row, anchored=listing.anchored, amount=amount)
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
