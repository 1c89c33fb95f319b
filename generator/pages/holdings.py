"""What is known of each recipient's money, and the order that it puts them in."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from generator import model, urls
from generator.exports.summary_tables import by_recipient
from generator.frames import Mask
from generator.grouping import Groups
from generator.ledger import Awards
from generator.pages.site import Listing, Site
from generator.relations import ATTRIBUTIONS
from generator.selectors import Condition, where
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

    @property
    def _groups(self) -> tuple[tuple[str, Mask], ...]:
        attributed = self._site.ledger.relations.attributed
        return (("Held alone", attributed(SOLE)), ("Shared with others", attributed(*OTHERS)))

    @cached_property
    def table(self) -> PublishedTable:
        """Its awards: those that it holds alone first."""
        parts = [self.awards.among(meant) for _, meant in self._groups]
        return self._site.table(urls.profile(FAMILY, self.recipient.id), Awards.together(parts))

    @cached_property
    def listing(self) -> Listing:
        """Its awards as a list."""
        page = urls.profile(FAMILY, self.recipient.id)
        return self._site.listing(page, self.awards, self._groups)

    @property
    def at_least(self) -> Figure:
        """Awards that it holds alone."""
        if self._site.lists_only(FAMILY):
            return _summary(self._site).figure("sum:at_least", where(id=self.recipient.id))
        return self.table.figure("sum:amount", ALONE)

    @property
    def named_in(self) -> Figure:
        """Every award that names it, whole: no ceiling while other money names nobody."""
        if self._site.lists_only(FAMILY):
            return _summary(self._site).figure("sum:named_in", where(id=self.recipient.id))
        return self.table.figure("sum:amount")

    @property
    def share(self) -> Figure | None:
        """What it holds at least, as a share of all awards."""
        return self.table.share("amount", ALONE, of=self._site.all_awards, places=1)

    @property
    def alone(self) -> Figure:
        """How many awards it holds alone."""
        return self.table.figure("count", ALONE)

    @property
    def shared(self) -> Figure:
        """What the others come to that name it."""
        return self.table.figure("sum:amount", NOT_ALONE)

    @property
    def shared_count(self) -> Figure:
        """How many those are."""
        return self.table.figure("count", NOT_ALONE)


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
