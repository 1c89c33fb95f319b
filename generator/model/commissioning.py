"""How awards are decided and followed: contracts, rounds, reports, documents."""

from generator.model.base import Day, Flag, Number, Record, Text, Whole


class Contract(Record, frozen=True):
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


class Round(Record, frozen=True):
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


class OutcomeReport(Record, frozen=True):
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


class OutcomeMeasure(Record, frozen=True):
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


class Document(Record, frozen=True):
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
