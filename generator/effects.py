"""What a change of the data does to the totals that people quote."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from generator.ledger import Attribution, Ledger
from generator.summaries.base import amount, cell

_ZERO = Decimal(0)
_Key = tuple[str, str, str]


class Effect(Struct, frozen=True):
    """A total before and after; None where there was, or is, nobody to have one."""

    scope: str
    id: str
    title: str
    measure: str
    old: Decimal | None
    new: Decimal | None

    @property
    def difference(self) -> Decimal:
        """By how much it grew."""
        return (self.new or _ZERO) - (self.old or _ZERO)


def _totals(ledger: Ledger) -> tuple[Mapping[_Key, Decimal], Mapping[_Key, str]]:
    """Every total by scope, id and measure, and what each is of."""
    names: dict[_Key, str] = {("all awards", "", "total"): "All awards"}
    for fund in ledger.funds:
        names["fund", fund.id, "total"] = cell(fund.title)
    for programme in ledger.programmes:
        names["programme", programme.id, "total"] = cell(programme.title)
    for recipient in ledger.recipients:
        for measure in ("at least", "named in"):
            names["recipient", recipient.id, measure] = cell(recipient.name)
    sums = dict.fromkeys(names, _ZERO)
    for one in ledger.standing:
        keys = [("all awards", "", "total")]
        keys += [("fund", one.fund.id, "total")] if one.fund else []
        keys += [("programme", one.programme.id, "total")] if one.programme else []
        keys += [("recipient", each.id, "named in") for each in one.recipients]
        if one.attribution is Attribution.SOLE:
            keys += [("recipient", each.id, "at least") for each in one.recipients]
        for key in keys:
            sums[key] += amount(one)
    return sums, names


def effects(base: Ledger, head: Ledger) -> Iterator[Effect]:
    """The totals that differ: of all awards, each fund, programme and recipient."""
    before, old_names = _totals(base)
    now, names = _totals(head)
    for key in {**now, **before}:
        old, new = before.get(key), now.get(key)
        if old != new:
            scope, id, measure = key
            yield Effect(scope, id, names.get(key) or old_names[key], measure, old, new)
