"""Awards and what they link to: services, recipients, areas, sources, terms."""

from dataclasses import dataclass

from generator.model.base import Day, Flag, Number, Record, Text, Whole


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class AwardService(Record):
    """A service that an award pays for, as published."""

    award: str
    service: Whole
    title: Text


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class AwardArea(Record):
    """An award's link to an area."""

    award: str
    area: Text
    basis: Text
    basis_note: Text


@dataclass(frozen=True, slots=True)
class AwardSource(Record):
    """An award's link to the income it is paid from."""

    award: str
    funding_source: Text
    basis: Text
    basis_note: Text


@dataclass(frozen=True, slots=True)
class AwardTerm(Record):
    """An award's link to a term."""

    award: str
    scheme: Text
    term: Text
    basis: Text
    basis_note: Text


@dataclass(frozen=True, slots=True)
class Recipient(Record):
    """An organisation, group or (anonymised) person that awards name."""

    id: str
    name: Text
    kind: Text
    url: Text


@dataclass(frozen=True, slots=True)
class RecipientName(Record):
    """Another name of a recipient in the source."""

    recipient: str
    name: Text
    note: Text
    source_ref: Text


@dataclass(frozen=True, slots=True)
class RecipientIdentifier(Record):
    """A recipient's number in a public register."""

    recipient: str
    scheme: Text
    identifier: Text
    source_ref: Text
