"""What is known of each recipient's money, and the order that it puts them in."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from generator import model, urls
from generator.exports.summary_tables import by_recipient
from generator.grouping import Groups
from generator.ledger import Awards
from generator.pages.site import Listing, Site
from generator.relations import ATTRIBUTIONS
from generator.selectors import Condition, Where, where
from generator.summaries.recipients import Held, held
from generator.tables import Figure, PublishedTable

FAMILY = "recipients"
SOLE, *OTHERS = ATTRIBUTIONS
ALONE = where(attribution="sole")
"""The awards that one recipient is known to hold."""
NOT_ALONE = (Condition("attribution", "sole", equal=False),)
"""The awards that no single recipient is known to hold."""


@dataclass(frozen=True, eq=False)
class Holding:
    """What is known of a recipient's money. Neither figure is what it received in all."""

    _site: Site
    row: int
    """The recipient's row, from 0."""

    @property
    def recipient(self) -> model.Recipient:
        """Whose money it is."""
        return self._site.ledger.recipients[self.row]

    @property
    def held(self) -> Decimal:
        """The sum of what it holds alone."""
        return _held(self._site).at_least[self.row]

    @property
    def named(self) -> Decimal:
        """The sum of all that names it."""
        return _held(self._site).named_in[self.row]

    @property
    def holds(self) -> int:
        """How many awards it holds alone."""
        return _held(self._site).alone[self.row]

    @property
    def awards(self) -> Awards:
        """The awards that name it, largest first."""
        return self._site.awards.with_rows(_naming(self._site).of(self.row))

    @cached_property
    def listing(self) -> Listing:
        """Its awards as a list: those that it holds alone first."""
        attributed = self._site.ledger.relations.attributed
        groups = (("Held alone", attributed(SOLE)), ("Shared with others", attributed(*OTHERS)))
        return self._site.listing(urls.profile(FAMILY, self.recipient.id), self.awards, groups)

    @property
    def table(self) -> PublishedTable:
        """The CSV of its awards."""
        return self.listing.table

    @property
    def _named_times(self) -> int:
        return _held(self._site).named[self.row]

    def _told(self, value: Decimal, measure: str, rows: Where = ()) -> Figure:
        """A figure of its page's CSV, or of any other page that gives the same."""
        path = urls.awards_csv(urls.profile(FAMILY, self.recipient.id))
        return self._site.all_awards.told(value, measure, rows, path=path)

    @property
    def at_least(self) -> Figure:
        """Awards that it holds alone."""
        if self._site.lists_only(FAMILY):
            return _summary(self._site).figure("sum:at_least", where(id=self.recipient.id))
        return self._told(self.held, "sum:amount", ALONE)

    @property
    def named_in(self) -> Figure:
        """Every award that names it, whole: no ceiling while other money names nobody."""
        if self._site.lists_only(FAMILY):
            return _summary(self._site).figure("sum:named_in", where(id=self.recipient.id))
        return self._told(self.named, "sum:amount")

    @property
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
        return self._told(Decimal(self._named_times - self.holds), "count", NOT_ALONE)


@cache
def _summary(site: Site) -> PublishedTable:
    """The download that has each recipient's two figures, where none has a CSV of its own."""
    return by_recipient(site.ledger).table


@cache
def _naming(site: Site) -> Groups:
    """The awards that name each recipient, largest first."""
    return site.awards.by_pair(site.ledger.relations.recipients)


@cache
def _held(site: Site) -> Held:
    return held(site.ledger)


@cache
def ranked(site: Site) -> tuple[Holding, ...]:
    """By what they hold at least, largest first; then by what names them; then by name."""
    money, recipients = _held(site), site.ledger.recipients

    def rank(row: int) -> tuple[Decimal, Decimal, str]:
        return -money.at_least[row], -money.named_in[row], str(recipients[row].name)

    return tuple(Holding(site, row) for row in sorted(range(len(recipients)), key=rank))
