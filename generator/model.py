"""The records of a ledger: one frozen dataclass a resource, one attribute a column.

The annotations are the types: `ledger.py` converts each cell by them. A value that the
data doesn't have is a `Missing`, which says why.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.missing import Missing

Text = str | Missing
Number = Decimal | Missing
Whole = int | Missing
Day = date | Missing
Flag = bool | Missing


@dataclass(frozen=True)
class Origin:
    """The file and line that a record comes from."""

    file: str
    line: int


@dataclass(frozen=True)
class Record:
    """What every record has."""

    at: Origin


@dataclass(frozen=True)
class Award(Record):
    """One published amount."""

    id: str
    source_id: Text
    source_order: Whole
    title: Text
    financial_year: Text
    programme: Text
    fund: Text
    fund_basis: Text
    fund_basis_note: Text
    theme: Text
    instrument: Text
    legal_power: Text
    purpose: Text
    reasons: Text
    conditions: Text
    amount: Number
    amount_basis: Text
    original_amount: Number
    published_percentage: Number
    percentage_base: Text
    status: Text
    decided_on: Day
    published_on: Day
    start_on: Day
    end_on: Day
    route: Text
    bids_received: Whole
    contract: Text
    ocid: Text
    area_text: Text
    source_ref: Text
    round: Text
    pilot: Flag
    reporting_frequency: Text
    reporting_note: Text


@dataclass(frozen=True)
class AwardService(Record):
    """A service that an award pays for, as published."""

    award: str
    service: Whole
    title: Text


@dataclass(frozen=True)
class AwardRecipient(Record):
    """Who an award names for one of its services. It never holds money."""

    award: str
    service: Whole
    position: Whole
    recipient: Text
    published_name: Text
    naming: Text
    role: Text
    basis: Text


@dataclass(frozen=True)
class Recipient(Record):
    """An organisation, group or (anonymised) person that awards name."""

    id: str
    name: Text
    kind: Text
    url: Text


@dataclass(frozen=True)
class RecipientName(Record):
    """Another name of a recipient in the source."""

    recipient: str
    name: Text
    note: Text
    source_ref: Text


@dataclass(frozen=True)
class RecipientIdentifier(Record):
    """A recipient's number in a public register."""

    recipient: str
    scheme: Text
    identifier: Text
    source_ref: Text


@dataclass(frozen=True)
class Programme(Record):
    """A table of the source."""

    id: str
    source_order: Whole
    title: Text
    amount_label: Text
    percentage_label: Text
    description: Text
    source_ref: Text


@dataclass(frozen=True)
class Theme(Record):
    """A thematic heading of the source."""

    id: str
    source_order: Whole
    title: Text
    note: Text


@dataclass(frozen=True)
class Area(Record):
    """A place that awards or allocations are for."""

    id: str
    title: Text
    kind: Text
    gss_code: Text
    valid_from: Day
    valid_to: Day
    note: Text
    source_ref: Text


@dataclass(frozen=True)
class AwardArea(Record):
    """An award's link to an area."""

    award: str
    area: Text
    basis: Text
    basis_note: Text


@dataclass(frozen=True)
class AwardSource(Record):
    """An award's link to the income it is paid from."""

    award: str
    funding_source: Text
    basis: Text
    basis_note: Text


@dataclass(frozen=True)
class Term(Record):
    """A word of one of the vocabularies: objective, topic, need, indicator, outcome."""

    scheme: Text
    id: str
    source_order: Whole
    title: Text
    description: Text
    source_ref: Text


@dataclass(frozen=True)
class AwardTerm(Record):
    """An award's link to a term."""

    award: str
    scheme: Text
    term: Text
    basis: Text
    basis_note: Text


@dataclass(frozen=True)
class FundingSource(Record):
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


@dataclass(frozen=True)
class Allocation(Record):
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


@dataclass(frozen=True)
class Fund(Record):
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


@dataclass(frozen=True)
class StatedFigure(Record):
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


@dataclass(frozen=True)
class Reconciliation(Record):
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


@dataclass(frozen=True)
class ReconciliationTerm(Record):
    """One figure on one side of a reconciliation."""

    reconciliation: str
    side: Text
    position: Whole
    title: Text
    resource: Text
    where: Text
    measure: Text
    value: Number


@dataclass(frozen=True)
class Query(Record):
    """An open question about a published value."""

    id: str
    resource: Text
    row: Text
    field: Text
    question: Text
    why: Text
    status: Text
    source_ref: Text


@dataclass(frozen=True)
class Contract(Record):
    """An agreement to deliver a service; several awards may belong to one."""

    id: str
    title: Text
    supplier_note: Text
    procedure: Text
    tender_reference: Text
    tender_url: Text
    intention_published_on: Day
    market_engagement_on: Day
    tender_published_on: Day
    envelope: Number
    quality_weight: Number
    price_weight: Number
    multi_agency_panel: Flag
    single_tender_reason: Text
    single_tender_evidence: Text
    original_months: Whole
    extension_months: Whole
    extensions_used_months: Whole
    break_clause_publisher: Flag
    break_clause_supplier: Flag
    signed_on: Day
    start_on: Day
    end_on: Day
    total_value: Number
    source_ref: Text


@dataclass(frozen=True)
class Round(Record):
    """A time in which applications to a fund are taken."""

    id: str
    fund: Text
    title: Text
    status: Text
    opens_on: Day
    closes_on: Day
    decided_on: Day
    budget: Number
    applications_received: Whole
    applications_funded: Whole
    quality_weight: Number
    price_weight: Number
    source_ref: Text


@dataclass(frozen=True)
class OutcomeReport(Record):
    """What a recipient reports for one period of an award, or is due to."""

    id: str
    award: str
    period_start: Day
    period_end: Day
    due_on: Day
    received_on: Day
    activity: Text
    outputs: Text
    impact: Text
    source_ref: Text


@dataclass(frozen=True)
class OutcomeMeasure(Record):
    """One number of an outcome report."""

    id: str
    report: str
    kind: Text
    outcome: Text
    need: Text
    indicator: Text
    title: Text
    value: Number
    unit: Text
    count_of_people: Flag


@dataclass(frozen=True)
class Document(Record):
    """A published document of an award, fund or contract."""

    id: str
    award: Text
    fund: Text
    contract: Text
    kind: Text
    title: Text
    url: Text
    date: Day
    sha256: Text
    exemption: Text
    note: Text


@dataclass(frozen=True)
class Omission(Record):
    """Why a value is missing."""

    id: str
    resource: Text
    row: Text
    field: Text
    label: Text
    reason: Text
    duty: Text


@dataclass(frozen=True)
class Revision(Record):
    """A change to something already published."""

    id: str
    resource: Text
    row: Text
    field: Text
    kind: Text
    old: Text
    new: Text
    reason: Text
    date: Day


@dataclass(frozen=True)
class RuleSetting(Record):
    """A threshold, cap, year or exemption that a rule uses, dated and cited."""

    id: str
    rule: Text
    subject: Text
    value: Text
    unit: Text
    valid_from: Day
    valid_to: Day
    source: Text
    note: Text


@dataclass(frozen=True)
class Duty(Record):
    """Something that the law, a promise or good practice asks the publisher to publish."""

    id: str
    regime: Text
    kind: Text
    paragraph: Text
    title: Text
    field: Text
    requirement: Text
    timing: Text
    scope: Text
    where_met: Text
    source_ref: Text
    note: Text
