"""The CSVs that a site offers for download, as a stranger reads them: csv and Decimal, no more."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from tests.crawler.rows import MISSING


@dataclass(frozen=True)
class Award:
    """One published amount and whom it names."""

    id: str
    programme: str
    fund: str
    amount: Decimal
    named: frozenset[str]
    namings: frozenset[str]

    @property
    def attribution(self) -> str:
        """How much of the award the source pins on named recipients."""
        if self.named and self.namings != {"named"}:
            return "partial"
        if self.named:
            return "sole" if len(self.named) == 1 else "shared"
        return "unnamed" if "unnamed" in self.namings else "none"


@dataclass(frozen=True)
class Downloads:
    """The CSVs that the site offers, as a stranger reads them."""

    folder: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        """All rows of one resource."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def amounts(self, name: str) -> list[Decimal]:
        """The published amounts of one resource."""
        return [Decimal(row["amount"]) for row in self.rows(name) if row["amount"] not in MISSING]

    @cached_property
    def awards(self) -> list[Award]:
        """Every award, with its attribution to be worked out from the pairings."""
        pairings = self.rows("award_recipients")
        awards = []
        for row in self.rows("awards"):
            own = [pairing for pairing in pairings if pairing["award"] == row["id"]]
            named = {pairing["recipient"] for pairing in own if pairing["naming"] == "named"}
            namings = frozenset(pairing["naming"] for pairing in own)
            amount = Decimal(row["amount"])
            award = Award(
                row["id"], row["programme"], row["fund"], amount, frozenset(named), namings
            )
            awards.append(award)
        return awards

    def total(self, **wanted: str) -> Decimal:
        """The sum of the awards with these properties."""
        return total(
            award
            for award in self.awards
            if all(getattr(award, name) == value for name, value in wanted.items())
        )

    def at_least(self, recipient: str) -> Decimal:
        """What a recipient holds alone."""
        return total(
            award
            for award in self.awards
            if award.attribution == "sole" and recipient in award.named
        )

    def named_in(self, recipient: str) -> Decimal:
        """The whole of every award that names a recipient."""
        return total(award for award in self.awards if recipient in award.named)

    def on_topic(self, topic: str) -> Decimal:
        """The whole of every award that is linked to a topic."""
        linked = {
            row["award"]
            for row in self.rows("award_terms")
            if (row["scheme"], row["term"]) == ("topic", topic)
        }
        return total(award for award in self.awards if award.id in linked)


def total(awards: Iterable[Award]) -> Decimal:
    """The sum of some awards, exactly."""
    return sum((award.amount for award in awards), Decimal(0))
