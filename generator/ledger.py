"""The ledger: a package's rows as typed, frozen records with their links resolved.

It is built leniently, so that checks can look at a package that is still broken: a cell
that can't be read becomes `Missing.UNREADABLE`, a link that leads nowhere becomes None.
Only a package without an error among its findings is ever published.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any, Generic, TypeVar, overload

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator import model
from generator.frames import Frame, Mask
from generator.grouping import up_to
from generator.linking import (
    Attribution,
    Awards,
    LinkedAward,
    LinkedService,
    Linker,
    NamedIn,
)
from generator.package import DataPackage
from generator.relations import Relations

__all__ = [
    "Attribution",
    "Awards",
    "Ledger",
    "LinkedAward",
    "LinkedService",
    "NamedIn",
    "build",
    "resource_types",
]

RecordT = TypeVar("RecordT", bound=model.Record)
Made = TypeVar("Made")


class Records(Generic[RecordT]):
    """One resource of a ledger: its records in the order of the file, made when first asked for."""

    def __init__(self, kind: type[RecordT]) -> None:
        self.kind = kind

    def __set_name__(self, owner: type["Ledger"], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, ledger: None, owner: type["Ledger"]) -> "Records[RecordT]": ...
    @overload
    def __get__(self, ledger: "Ledger", owner: type["Ledger"]) -> tuple[RecordT, ...]: ...
    def __get__(
        self, ledger: "Ledger | None", owner: type["Ledger"]
    ) -> "Records[RecordT] | tuple[RecordT, ...]":
        if ledger is None:
            return self
        made = ledger.frame(self.kind).records
        vars(ledger)[self._name] = made  # found there from now on
        return made


class Ledger(Struct, frozen=True, dict=True):
    """All records of one package, in the order of their files."""

    package: DataPackage
    awards = Records(model.Award)
    award_services = Records(model.AwardService)
    award_recipients = Records(model.AwardRecipient)
    recipients = Records(model.Recipient)
    recipient_names = Records(model.RecipientName)
    recipient_identifiers = Records(model.RecipientIdentifier)
    programmes = Records(model.Programme)
    themes = Records(model.Theme)
    areas = Records(model.Area)
    award_areas = Records(model.AwardArea)
    award_sources = Records(model.AwardSource)
    terms = Records(model.Term)
    award_terms = Records(model.AwardTerm)
    funding_sources = Records(model.FundingSource)
    allocations = Records(model.Allocation)
    funds = Records(model.Fund)
    stated_figures = Records(model.StatedFigure)
    reconciliations = Records(model.Reconciliation)
    reconciliation_terms = Records(model.ReconciliationTerm)
    queries = Records(model.Query)
    contracts = Records(model.Contract)
    rounds = Records(model.Round)
    outcome_reports = Records(model.OutcomeReport)
    outcome_measures = Records(model.OutcomeMeasure)
    documents = Records(model.Document)
    omissions = Records(model.Omission)
    revisions = Records(model.Revision)
    rule_settings = Records(model.RuleSetting)
    duties = Records(model.Duty)
    source_values = Records(model.SourceValue)
    privacy_reviews = Records(model.PrivacyReview)

    @cached_property
    def _frames(self) -> dict[type[model.Record], Frame[Any]]:
        tables = self.package.tables
        return {kind: Frame(kind, tables.get(name)) for name, kind in resource_types().items()}

    def frame(self, kind: type[RecordT]) -> Frame[RecordT]:
        """The records of a kind, to be looked at by whole columns."""
        return self._frames[kind]

    @cached_property
    def _made(self) -> dict[object, Any]:
        return {}

    def once(self, make: Callable[["Ledger"], Made]) -> Made:
        """What a function makes of this ledger; made when first asked for, and kept."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    @cached_property
    def today(self) -> date | None:
        """The package's own "today"; None when it states neither that nor its creation."""
        try:
            return date.fromisoformat(self.package.settings.as_of)
        except ValueError:
            return None

    @cached_property
    def relations(self) -> Relations:
        """What the awards point at, by whole columns."""
        return Relations(self.frame)

    @cached_property
    def linked(self) -> Awards:
        """Every award with its links, in the order of the file."""
        rows = up_to(self.frame(model.Award).size)
        return Awards(Linker(self.frame, self.relations), rows)

    def linked_at(self, mask: Mask) -> Awards:
        """Some of the awards with their links, in the order of the file."""
        return self.linked.with_rows(pc.indices_nonzero(mask).cast(pa.int64()))

    @cached_property
    def numbered(self) -> frozenset[str]:
        """The recipients with a number in a public register."""
        return frozenset(one.recipient for one in self.recipient_identifiers)

    @cached_property
    def reported(self) -> frozenset[str]:
        """The awards with an outcome report that was received."""
        return frozenset(
            one.award for one in self.outcome_reports if isinstance(one.received_on, date)
        )

    @cached_property
    def withdrawn(self) -> Awards:
        """The awards that have been withdrawn."""
        return self.linked.among(self.frame(model.Award).among("status", ["withdrawn"]))

    @cached_property
    def standing(self) -> Awards:
        """The awards that have not been withdrawn."""
        withdrawn = self.frame(model.Award).among("status", ["withdrawn"])
        return self.linked.among(pc.invert(withdrawn))

    def award(self, id: object) -> LinkedAward | None:
        """The award of an id, if there is one."""
        row = self._rows.get(str(id))
        return None if row is None else self.linked[row]

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        """The row of each award by its id; the first, where a broken package has it again."""
        ids = self.linked.ids
        return dict(zip(reversed(ids), range(len(ids) - 1, -1, -1), strict=True))


@cache
def resource_types() -> Mapping[str, type[model.Record]]:
    """The record type of each resource that a ledger holds, by the resource's name."""
    return {name: one.kind for name, one in vars(Ledger).items() if isinstance(one, Records)}


def build(package: DataPackage) -> Ledger:
    """A package's ledger. It never fails: see the module's note on lenience."""
    return Ledger(package)
