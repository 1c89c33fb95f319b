"""What awards are gathered under: programmes, themes, areas, vocabularies."""

from generator.model.base import Day, Record, Text, Whole


class Programme(Record, frozen=True):
    """A table of the source."""

    id: str
    source_order: Whole
    title: Text
    amount_label: Text
    percentage_label: Text
    description: Text
    source_ref: Text


class Theme(Record, frozen=True):
    """A thematic heading of the source."""

    id: str
    source_order: Whole
    title: Text
    note: Text


class Area(Record, frozen=True):
    """A place that awards or allocations are for."""

    id: str
    title: Text
    kind: Text
    gss_code: Text
    valid_from: Day
    valid_to: Day
    note: Text
    source_ref: Text


class Term(Record, frozen=True):
    """A word of one of the vocabularies: objective, topic, need, indicator, outcome."""

    scheme: Text
    id: str
    source_order: Whole
    title: Text
    description: Text
    source_ref: Text
