"""The publication itself: queries, omissions, revisions, settings, duties, what else was read."""

from dataclasses import dataclass

from generator.model.base import Day, Record, Text, Whole


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Omission(Record):
    """Why a value is missing."""

    id: str
    resource: Text
    row: Text
    field: Text
    label: Text
    reason: Text
    duty: Text


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class PrivacyReview(Record):
    """Something that looks personal and was looked at. Never published."""

    id: str
    resource: Text
    row: Text
    field: Text
    category: Text
    status: Text
    reason: Text
    reviewed_by: Text
    reviewed_on: Day


@dataclass(frozen=True, slots=True)
class SourceValue(Record):
    """A cell of an imported file that has no column of its own here."""

    award: str
    position: Whole
    source_column: Text
    value: Text
