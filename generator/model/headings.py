"""What awards are gathered under: programmes, themes, areas, vocabularies."""

from dataclasses import dataclass

from generator.model.base import Day, Record, Text, Whole


@dataclass(frozen=True, slots=True)
class Programme(Record):
    """A table of the source."""

    id: str
    source_order: Whole
    title: Text
    amount_label: Text
    percentage_label: Text
    description: Text
    source_ref: Text


@dataclass(frozen=True, slots=True)
class Theme(Record):
    """A thematic heading of the source."""

    id: str
    source_order: Whole
    title: Text
    note: Text


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Term(Record):
    """A word of one of the vocabularies: objective, topic, need, indicator, outcome."""

    scheme: Text
    id: str
    source_order: Whole
    title: Text
    description: Text
    source_ref: Text
