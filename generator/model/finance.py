"""Where money comes from, what is set aside, what the source states of it."""

from generator.model.base import Day, Number, Record, Text, Whole


class FundingSource(Record, frozen=True):
    """Income."""

    id: str
    source_order: Whole
    title: Text
    amount: Number
    precision: Text
    rounded_to: Number
    financial_year: Text
    year_basis: Text
    restricted_to: Text
    ends_on: Day
    note: Text
    source_ref: Text


class Allocation(Record, frozen=True):
    """Budget set aside in a fund, perhaps for an area. It is not an award."""

    id: str
    title: Text
    fund: Text
    scope: Text
    area: Text
    financial_year: Text
    year_basis: Text
    amount: Number
    basis: Text
    basis_note: Text
    source_ref: Text


class Fund(Record, frozen=True):
    """A stream that money is given from."""

    id: str
    source_number: Whole
    source_order: Whole
    title: Text
    short_title: Text
    also_called: Text
    purpose: Text
    applicants: Text
    decided_by: Text
    legal_power: Text
    only_year: Text
    cap: Number
    cap_per_area: Number
    opens_on: Day
    closes_on: Day
    source_ref: Text


class StatedFigure(Record, frozen=True):
    """A total or percentage that the source itself states."""

    id: str
    source_order: Whole
    title: Text
    financial_year: Text
    kind: Text
    amount: Number
    percentage: Number
    decimals: Whole
    base: Text
    base_label: Text
    covers_resource: Text
    covers_where: Text
    source_ref: Text
    note: Text


class Reconciliation(Record, frozen=True):
    """A claim about figures that should agree."""

    id: str
    source_order: Whole
    title: Text
    unit: Text
    relation: Text
    if_true: Text
    origin: Text
    difference_label: Text
    note: Text
    source_ref: Text


class ReconciliationTerm(Record, frozen=True):
    """One figure on one side of a reconciliation."""

    reconciliation: str
    side: Text
    position: Whole
    title: Text
    resource: Text
    where: Text
    measure: Text
    value: Number
