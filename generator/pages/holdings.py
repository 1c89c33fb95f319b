"""What is known of each recipient's money, and the order that it puts them in."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property, partial
from itertools import compress
from operator import not_

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator import model, urls
from generator.exports.summary_tables import BY_RECIPIENT
from generator.figures import Figure
from generator.grouping import Array, Groups
from generator.pages.lines import Listing
from generator.pages.site import Site, of_site
from generator.relations import ATTRIBUTIONS
from generator.selectors import Condition, Where, where
from generator.summaries.recipients import Held, held
from generator.tables import PublishedTable

FAMILY = "recipients"
SOLE = ATTRIBUTIONS[0]
ALONE = where(attribution="sole")
"""The awards that one recipient is known to hold."""
NOT_ALONE = (Condition("attribution", "sole", equal=False),)
"""The awards that no single recipient is known to hold."""


class Holding(Struct, frozen=True, eq=False, dict=True):
    """What is known of a recipient's money. Neither sum is what it received in all."""

    _site: Site
    row: int
    """The recipient's row, from 0."""
    recipient: model.Recipient
    held: Decimal
    """The sum of what it holds alone."""
    named: Decimal
    """The sum of all that names it."""
    holds: int
    """How many awards it holds alone."""
    named_times: int
    """How many awards name it."""

    @property
    def awards(self) -> memoryview:
        """The rows of the awards that name it, largest first."""
        return _naming(self._site).numbers(self.row)

    @cached_property
    def listing(self) -> Listing:
        """Its awards as a list: those that it holds alone first."""
        rows = self.awards.tolist()
        codes = self._site.ledger.relations.attribution.take(pa.array(rows, pa.int64()))
        alone = [ATTRIBUTIONS[code] == SOLE for code in codes.to_pylist()]
        groups = (
            ("Held alone", list(compress(rows, alone))),
            ("Shared with others", list(compress(rows, map(not_, alone)))),
        )
        return self._site.listed(urls.profile(FAMILY, self.recipient.id), groups)

    @property
    def table(self) -> PublishedTable:
        """The CSV of its awards."""
        return self.listing.table

    def _told(self, value: Decimal, measure: str, rows: Where = ()) -> Figure:
        """A figure of its page's CSV, or of any other page that gives the same."""
        path = urls.awards_csv(urls.profile(FAMILY, self.recipient.id))
        return self._site.all_awards.told(value, measure, rows, path=path)

    def _summed(self, value: Decimal, measure: str) -> Figure:
        """A figure of its row in the download, where it has no CSV of its own."""
        ledger, row = self._site.ledger, where(id=self.recipient.id)
        path = urls.resource_csv(ledger.package.name, BY_RECIPIENT)
        return self._site.all_awards.told(value, measure, row, unit="money", path=path)

    @property
    def at_least(self) -> Figure:
        """Awards that it holds alone."""
        if self._site.lists_only(FAMILY):
            return self._summed(self.held, "sum:at_least")
        return self._told(self.held, "sum:amount", ALONE)

    @property
    def named_in(self) -> Figure:
        """Every award that names it, whole: no ceiling while other money names nobody."""
        if self._site.lists_only(FAMILY):
            return self._summed(self.named, "sum:named_in")
        return self._told(self.named, "sum:amount")

    @cached_property
    def share(self) -> Figure | None:
        """What it holds at least, as a share of all awards."""
        whole = self._site.all_awards
        return self.table.share("amount", ALONE, of=whole, part=self.held, places=1)

    @property
    def alone(self) -> Figure:
        """How many awards it holds alone."""
        return self._told(Decimal(self.holds), "count", ALONE)

    @property
    def shared(self) -> Figure:
        """What the others come to that name it."""
        return self._told(self.named - self.held, "sum:amount", NOT_ALONE)

    @property
    def shared_count(self) -> Figure:
        """How many those are."""
        return self._told(Decimal(self.named_times - self.holds), "count", NOT_ALONE)


@of_site
def _naming(site: Site) -> Groups:
    """The awards that name each recipient, largest first."""
    return site.awards.by_pair(site.ledger.relations.recipients)


@of_site
def _held(site: Site) -> Held:
    return held(site.ledger)


@of_site
def rank(site: Site) -> Array:
    """The rows of recipients, by what they hold at least, largest first; then by what names them.

    Those that are equal in both stand by name.
    """
    names = site.ledger.frame(model.Recipient).mapped("name", str).cast(pa.string())
    money = _held(site)
    table = pa.table({"at_least": money.at_least, "named_in": money.named_in, "name": names})
    keys = [("at_least", "descending"), ("named_in", "descending"), ("name", "ascending")]
    return pc.sort_indices(table, keys)


def holdings(site: Site, rows: Sequence[int]) -> Iterator[Holding]:
    """What is known of some recipients' money, told by their rows."""
    at, money = pa.array(rows, pa.int64()), _held(site)
    return map(
        partial(Holding, site),
        rows,
        site.ledger.frame(model.Recipient).take(at),
        *(
            column.take(at).to_pylist()
            for column in (money.at_least, money.named_in, money.alone, money.named)
        ),
    )


def ranked(site: Site, start: int = 0, end: int | None = None) -> tuple[Holding, ...]:
    """The recipients in their rank, or some of them."""
    return tuple(holdings(site, rank(site)[start:end].to_pylist()))
