"""The records of a ledger: one frozen struct a resource, one attribute a column.

The annotations are the types: `ledger.py` converts each cell by them.
"""

from generator.model.awards import (
    Award,
    AwardArea,
    AwardRecipient,
    AwardService,
    AwardSource,
    AwardTerm,
    Recipient,
    RecipientIdentifier,
    RecipientName,
)
from generator.model.base import Day, Flag, Number, Origin, Record, Text, Whole
from generator.model.commissioning import Contract, Document, OutcomeMeasure, OutcomeReport, Round
from generator.model.finance import (
    Allocation,
    Fund,
    FundingSource,
    Reconciliation,
    ReconciliationTerm,
    StatedFigure,
)
from generator.model.headings import Area, Programme, Term, Theme
from generator.model.publication import (
    Duty,
    Omission,
    PrivacyReview,
    Query,
    Revision,
    RuleSetting,
    SourceValue,
)

__all__ = [
    "Allocation",
    "Area",
    "Award",
    "AwardArea",
    "AwardRecipient",
    "AwardService",
    "AwardSource",
    "AwardTerm",
    "Contract",
    "Day",
    "Document",
    "Duty",
    "Flag",
    "Fund",
    "FundingSource",
    "Number",
    "Omission",
    "Origin",
    "OutcomeMeasure",
    "OutcomeReport",
    "PrivacyReview",
    "Programme",
    "Query",
    "Recipient",
    "RecipientIdentifier",
    "RecipientName",
    "Reconciliation",
    "ReconciliationTerm",
    "Record",
    "Revision",
    "Round",
    "RuleSetting",
    "SourceValue",
    "StatedFigure",
    "Term",
    "Text",
    "Theme",
    "Whole",
]
