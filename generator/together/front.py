"""The pages that all publishers on a site share, in the making: what they are made from."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from generator import urls
from generator.figures import Figure
from generator.pages.places import places
from generator.pages.site import HandWritten, Site
from generator.scope import WHOLE, Scope
from generator.selectors import Where, where
from generator.tables import PublishedTable
from generator.together import tables
from generator.together.identity import WhoIsWho, who_is_who
from generator.together.mounts import publisher_id
from generator.together.same_as import SameAs


class Publisher(Struct, frozen=True, eq=False):
    """A publisher on the site, with its packages."""

    id: str
    name: str
    sites: tuple[Site, ...]

    @property
    def url(self) -> str:
        """Its page."""
        return urls.publisher(self.id)


class Kind(Struct, frozen=True):
    """Amounts of one kind: only these may be added up."""

    currency: str
    basis: str

    @property
    def where(self) -> Where:
        """Which rows of the table of all awards are of this kind."""
        return where(currency=self.currency, amount_basis=self.basis)


class Front(Struct, frozen=True, eq=False, dict=True):
    """What the publishers on one site share."""

    name: str
    """The site's name, of the project's configuration: no publisher's."""
    sites: tuple[Site, ...]
    same_as: SameAs
    docs: tuple[HandWritten, ...] = ()
    base_url: str | None = None
    repository: str | None = None
    """Where readers report mistakes on the shared pages."""
    scope: Scope = WHOLE

    def address(self, page: str) -> str:
        """A page's permanent address: whole where the site's is known, else the path on it."""
        return f"{(self.base_url or '').rstrip('/')}/{page}"

    @cached_property
    def publishers(self) -> tuple[Publisher, ...]:
        """By name; each with its packages, by name."""
        found: dict[str, list[Site]] = {}
        for site in sorted(self.sites, key=lambda one: one.ledger.package.name):
            found.setdefault(publisher_id(site.ledger.package), []).append(site)
        listed = (
            Publisher(id, sites[0].settings.publisher_name, tuple(sites))
            for id, sites in found.items()
        )
        return tuple(sorted(listed, key=lambda one: (one.name.casefold(), one.id)))

    @cached_property
    def packages(self) -> Mapping[str, tuple[Publisher, Site]]:
        """Each package by its name, in the order of its publisher."""
        return {
            site.ledger.package.name: (publisher, site)
            for publisher in self.publishers
            for site in publisher.sites
        }

    @cached_property
    def who(self) -> WhoIsWho:
        """Which recipients of the packages are one organisation."""
        return who_is_who([site.ledger for site in self.sites], self.same_as)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The row that stands for each page that a package's site doesn't make."""
        return {
            site.mount + address: site.mount + place
            for site in self.sites
            for address, place in places(site).items()
        }

    @cached_property
    def _sources(self) -> tuple[tables.Source, ...]:
        return tuple(tables.Source(one.id, site) for one, site in self.packages.values())

    @cached_property
    def awards(self) -> PublishedTable:
        """Every award that stands, of every package."""
        return tables.awards(self._sources)

    @cached_property
    def recipients(self) -> PublishedTable:
        """Every recipient of every package, and which of them are one organisation."""
        return tables.recipients(self._sources, self.who)

    @cached_property
    def possibly_same(self) -> PublishedTable:
        """Recipients that may be the same."""
        sources = zip(self.packages, self._sources, strict=True)
        return tables.possibly_same(dict(sources), self.who)

    @cached_property
    def reviews(self) -> PublishedTable | None:
        """The reviews of who is who, as they lie in data/; None where there is no list."""
        return tables.reviews(self.same_as)

    @cached_property
    def publications(self) -> PublishedTable:
        """A row for each package: whose it is, how fresh and how complete."""
        return tables.publications(self._sources)

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of amounts that the awards have."""
        found = {(one["currency"], one["amount_basis"]) for one in self.awards.rows}
        return tuple(Kind(*one) for one in sorted(found))

    def count(self, where: Where = ()) -> Figure:
        """How many awards there are of those."""
        return self.awards.figure("count", where)

    def amount(self, kind: Kind, where: Where = ()) -> Figure:
        """What awards of a kind come to."""
        figure = self.awards.figure("sum:amount", (*kind.where, *where))
        return figure._replace(currency=kind.currency)


def mounted(site: Site, table: PublishedTable) -> PublishedTable:
    """A table of a package's own site, seen from the pages that all share."""
    return PublishedTable(site.mount + table.path, table.header, table.rows, table.units)
