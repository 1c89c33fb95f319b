"""The publication itself: queries, omissions, revisions, settings, duties, what else was read."""

from generator.model.base import Day, Record, Text, Whole


class Query(Record, frozen=True):
    """An open question about a published value."""

    id: str
    resource: Text
    row: Text
    field: Text
    question: Text
    why: Text
    status: Text
    source_ref: Text


class Omission(Record, frozen=True):
    """Why a value is missing."""

    id: str
    resource: Text
    row: Text
    field: Text
    label: Text
    reason: Text
    duty: Text


class Revision(Record, frozen=True):
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


class RuleSetting(Record, frozen=True):
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


class Duty(Record, frozen=True):
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


class PrivacyReview(Record, frozen=True):
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


class SourceValue(Record, frozen=True):
    """A cell of an imported file that has no column of its own here."""

    award: str
    position: Whole
    source_column: Text
    value: Text
