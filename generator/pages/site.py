"""What all page makers share: the ledger, the tables they read, and lists of awards."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property, wraps
from itertools import chain
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from msgspec import Struct

from generator import model, urls
from generator.checks import Report
from generator.descriptor import Settings
from generator.frames import Mask
from generator.ledger import Awards, Ledger, RecordT
from generator.pages.lines import Group, Lines, Listing
from generator.reconcile import Claim, StatedCheck, claims, stated_checks
from generator.scope import WHOLE, Scope
from generator.summaries.awards import awards_table
from generator.summaries.resources import resource_table
from generator.tables import PublishedTable

Given = ParamSpec("Given")
Made = TypeVar("Made")

SHOWN = 100
"""Awards shown in one table of a page; the CSV beside it has them all."""

UNDER_AWARDS = (("Awards", urls.family("awards")),)
UNDER_HOW_IT_WORKS = (("How it works", urls.HOW_IT_WORKS),)
"""What stands above a page that is no section of its own, as (words, url)."""

ATTRIBUTION_WORDS = {
    "sole": "one named recipient",
    "shared": "shared, split not published",
    "partial": "shared, some not named",
    "unnamed": "recipients not named",
    "none": "no recipient printed",
}
BASIS_WORDS = {
    "stated": "stated in the source",
    "inferred": "inferred",
    "positional": "matched by position only",
    "joint": "named together",
}
AMOUNT_BASIS_WORDS = {
    "funded-in-year": "funded in the year",
    "total-value": "total value",
    "allocation": "allocation",
}
EXPLAINED = {
    "Fund": "fund",
    "Programme": "programme",
    "Theme": "theme",
    "Objective": "objective",
    "Topic it names": "topic",
    "Paid from": "funding-source",
    "Grant or contract": "instrument",
    "How it was chosen (route)": "route",
    "Legal power": "legal-power",
    "Pilot": "pilot",
}
"""The words of facts that the glossary explains, and where it does."""


def year_words(years: Sequence[str]) -> str:
    """`2020/21`, or `2019/20 to 2021/22`; years come latest first."""
    shown = [year.replace("-", "/") for year in years]
    if not shown:
        return "no year stated"
    return shown[0] if len(shown) == 1 else f"{shown[-1]} to {shown[0]}"


class HandWritten(Struct, frozen=True):
    """A page of prose that the site links to: the publisher's own or the project's."""

    url: str
    title: str
    description: str
    order: int


class Site(Struct, frozen=True, eq=False, dict=True):
    """One package's site in the making."""

    ledger: Ledger
    report: Report
    prose: tuple[HandWritten, ...]
    docs: tuple[HandWritten, ...]
    base_url: str | None = None
    """The site's public address, where it is known."""
    scope: Scope = WHOLE
    mount: str = ""
    """The folder of a site of several packages in which this package's site lies."""

    def address(self, page: str) -> str:
        """A page's permanent address: whole where the site's is known, else the path on it."""
        return f"{(self.base_url or f'/{self.mount}').rstrip('/')}/{page}"

    @property
    def way_up(self) -> str:
        """From this package's home page to that of all publishers."""
        return "../" * self.mount.count("/")

    @cached_property
    def data_date(self) -> date | None:
        """When the data was compiled, else its own "today"."""
        for text in ((self.ledger.package.created or "")[:10], self.settings.as_of):
            with suppress(ValueError):
                return date.fromisoformat(text)
        return None

    @property
    def settings(self) -> Settings:
        """What the package says of its publisher."""
        return self.ledger.package.settings

    @cached_property
    def awards(self) -> Awards:
        """The awards that stand, largest first; withdrawn ones are never counted."""
        return self.ledger.standing.largest_first()

    @property
    def withdrawn(self) -> Awards:
        """The withdrawn awards, which keep their pages."""
        return self.ledger.withdrawn

    def lists_only(self, family: str) -> bool:
        """Whether awards or recipients have no page each, but a row of a list."""
        chosen = {"awards": self.settings.award_pages, "recipients": self.settings.recipient_pages}
        return chosen.get(family) == "listing"

    @property
    def without_awards(self) -> str | None:
        """Why the site shows no award at all, as a sentence; None when it shows some."""
        if self.awards:
            return None
        if self.withdrawn:
            return "No award stands: all that were published have been withdrawn."
        return "No award is published yet."

    @cached_property
    def source_values(self) -> Mapping[str, tuple[model.SourceValue, ...]]:
        """What an imported file says of each award beyond its own columns, by award."""
        found: dict[str, list[model.SourceValue]] = {}
        for one in self.ledger.source_values:
            found.setdefault(one.award, []).append(one)
        return {award: tuple(values) for award, values in found.items()}

    @cached_property
    def all_awards(self) -> PublishedTable:
        """The table of all awards, `/awards/awards.csv`."""
        return self.table(urls.family("awards"), self.awards)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The package's reconciliations, computed."""
        return claims(self.ledger)

    @cached_property
    def stated(self) -> tuple[StatedCheck, ...]:
        """The source's own figures beside their rows."""
        return stated_checks(self.ledger)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The financial years of the awards, latest first."""
        found = self.ledger.frame(model.Award).values("financial_year")
        return tuple(sorted((year for year in found if isinstance(year, str)), reverse=True))

    @property
    def period(self) -> str:
        """The financial years of the awards in words; without one, the first that will come."""
        first = self.settings.first_year
        if first and not self.years:
            return f"from {year_words((first,))}"
        return year_words(self.years)

    @cached_property
    def made(self) -> dict[object, Any]:
        """What was made of this site and is kept as long as it: see `of_site`."""
        return {}

    @cached_property
    def _indexes(self) -> dict[tuple[object, str], dict[object, list[model.Record]]]:
        return {}

    def having(self, records: tuple[RecordT, ...], field: str, value: object) -> list[RecordT]:
        """Those of a resource's records that have a value in a field, found by an index."""
        key = (id(records), field)  # the ledger keeps them as long as this site
        if key not in self._indexes:
            index: dict[object, list[model.Record]] = {}
            for one in records:
                index.setdefault(getattr(one, field), []).append(one)
            self._indexes[key] = index
        return cast(list[RecordT], self._indexes[key].get(value, []))

    @cached_property
    def _resources(self) -> dict[str, PublishedTable | None]:
        return {}

    def resource(self, name: str) -> PublishedTable | None:
        """A resource of the package as its download has it."""
        if name not in self._resources:
            self._resources[name] = resource_table(self.ledger, name)
        return self._resources[name]

    def needed(self, name: str) -> PublishedTable:
        """A resource that a package which passed the checks has. Raises ValueError."""
        table = self.resource(name)
        if table is None:
            raise ValueError(f"a package without {name} got past the checks")
        return table

    def table(self, page: str, awards: Awards) -> PublishedTable:
        """The CSV of awards beside a page that lists them, in the order given."""
        return awards_table(self.ledger, awards.numbers, page)

    @cached_property
    def lines(self) -> Lines:
        """What lists say of each award."""
        return Lines(self.ledger)

    def listing(
        self,
        page: str,
        awards: Awards,
        group_by: Sequence[tuple[str, Mask]] = (),
    ) -> Listing:
        """The awards of a page, in the order given, perhaps in groups.

        Groups come first to last; the CSV has the same order as the page.
        """
        parts: list[tuple[str | None, Awards]] = [
            (words, awards.among(meant)) for words, meant in group_by
        ] or [(None, awards)]
        return self.listed(page, [(words, part.numbers) for words, part in parts])

    def listed(self, page: str, parts: Sequence[tuple[str | None, Sequence[int]]]) -> Listing:
        """The same of awards that are told by their rows, in groups under words or none."""
        rows = parts[0][1] if len(parts) == 1 else list(chain.from_iterable(p for _, p in parts))
        lines, groups = self.lines.of(rows[:SHOWN]), []
        for words, part in parts:
            mine, lines = tuple(lines[: len(part)]), lines[len(part) :]
            if mine:
                groups.append(Group(words, mine))
        table = awards_table(self.ledger, rows, page)
        return Listing(table, tuple(groups), cut=len(rows) > SHOWN)


def of_site(
    make: Callable[Concatenate[Site, Given], Made],
) -> Callable[Concatenate[Site, Given], Made]:
    """A function of a site, whose results the site keeps: they go when it goes."""

    @wraps(make)
    def asked(site: Site, *given: Given.args, **named: Given.kwargs) -> Made:
        key = (make, given, *named.items())
        if key not in site.made:
            site.made[key] = make(site, *given, **named)
        found: Made = site.made[key]
        return found

    return cast(Callable[Concatenate[Site, Given], Made], asked)
