"""What is known of each recipient's money, and the order that it puts them in."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, cached_property

from generator import model, urls
from generator.exports.summary_tables import by_recipient
from generator.ledger import LinkedAward
from generator.money import total
from generator.pages.site import Listing, Site
from generator.selectors import Condition, where
from generator.summaries.base import amount
from generator.tables import Figure, PublishedTable

FAMILY = "recipients"
ALONE = where(attribution="sole")
"""The awards that one recipient is known to hold."""
NOT_ALONE = (Condition("attribution", "sole", equal=False),)
"""The awards that no single recipient is known to hold."""


class Holding:
    """What is known of a recipient's money. Neither figure is what it received in all."""

    def __init__(self, site: Site, recipient: model.Recipient, awards: list[LinkedAward]) -> None:
        self.recipient = recipient
        self._site, self._awards = site, awards
        sole = [one.attribution.value == "sole" for one in awards]
        self._order = sorted(range(len(awards)), key=lambda place: not sole[place])
        self.held = total(amount(one) for one, alone in zip(awards, sole, strict=True) if alone)
        """The sum of what it holds alone."""
        self.named = total(map(amount, awards))
        """The sum of all that names it."""
        self.holds = sum(sole)
        """How many awards it holds alone."""

    @cached_property
    def table(self) -> PublishedTable:
        """Its awards: those that it holds alone first."""
        page = urls.profile(FAMILY, self.recipient.id)
        return self._site.table(page, (self._awards[place] for place in self._order))

    @cached_property
    def listing(self) -> Listing:
        """Its awards as a list."""
        return self._site.listing(
            urls.profile(FAMILY, self.recipient.id),
            self._awards,
            (
                ("Held alone", lambda one: one.attribution.value == "sole"),
                ("Shared with others", lambda one: one.attribution.value != "sole"),
            ),
        )

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
def _naming(site: Site) -> Mapping[str, list[LinkedAward]]:
    """The awards that name each recipient, largest first."""
    found: dict[str, list[LinkedAward]] = defaultdict(list)
    for one in site.awards:
        for recipient in one.recipients:
            found[recipient.id].append(one)
    return found


def holding_of(site: Site, recipient: model.Recipient) -> Holding:
    """What is known of a recipient's money."""
    return Holding(site, recipient, _naming(site).get(recipient.id, []))


@cache
def ranked(site: Site) -> tuple[Holding, ...]:
    """By what they hold at least, largest first; then by what names them; then by name."""
    return tuple(
        sorted(
            (holding_of(site, one) for one in site.ledger.recipients),
            key=lambda one: (-one.held, -one.named, str(one.recipient.name)),
        )
    )
