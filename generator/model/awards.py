"""Awards and what they link to: services, recipients, areas, sources, terms."""

from generator.model.base import Day, Flag, Number, Record, Text, Whole


class Award(Record, frozen=True):
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


class AwardService(Record, frozen=True):
    """A service that an award pays for, as published."""

    award: str
    service: Whole
    title: Text


class AwardRecipient(Record, frozen=True):
    """Who an award names for one of its services. It never holds money."""

    award: str
    service: Whole
    position: Whole
    recipient: Text
    published_name: Text
    naming: Text
    role: Text
    basis: Text


class AwardArea(Record, frozen=True):
    """An award's link to an area."""

    award: str
    area: Text
    basis: Text
    basis_note: Text


class AwardSource(Record, frozen=True):
    """An award's link to the income it is paid from."""

    award: str
    funding_source: Text
    basis: Text
    basis_note: Text


class AwardTerm(Record, frozen=True):
    """An award's link to a term."""

    award: str
    scheme: Text
    term: Text
    basis: Text
    basis_note: Text


class Recipient(Record, frozen=True):
    """An organisation, group or (anonymised) person that awards name."""

    id: str
    name: Text
    kind: Text
    url: Text


class RecipientName(Record, frozen=True):
    """Another name of a recipient in the source."""

    recipient: str
    name: Text
    note: Text
    source_ref: Text


class RecipientIdentifier(Record, frozen=True):
    """A recipient's number in a public register."""

    recipient: str
    scheme: Text
    identifier: Text
    source_ref: Text
