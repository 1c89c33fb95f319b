"""The ready-to-use tables of awards."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator import model, urls
from generator.frames import Frame
from generator.grouping import Groups
from generator.ledger import Ledger
from generator.missing import Missing
from generator.model.base import Text
from generator.rows import Kept, Rows
from generator.summaries.base import cell, published
from generator.tables import PublishedTable

AWARD_COLUMNS = (
    "id",
    "title",
    "financial_year",
    "programme",
    "programme_title",
    "fund",
    "fund_title",
    "fund_basis",
    "theme",
    "theme_title",
    "instrument",
    "amount",
    "amount_basis",
    "attribution",
    "named_recipients",
    "recipients",
    "services",
    "areas",
    "area_count",
    "topics",
    "published_percentage",
    "status",
    "source",
    "order",
)
AWARD_UNITS = {"amount": "money", "published_percentage": "percent"}
SEPARATOR = "; "
_AS_WRITTEN = (
    *("title", "financial_year", "programme", "fund", "fund_basis", "theme", "instrument"),
    *("amount", "amount_basis", "status", "published_percentage", "source_order", "source_ref"),
)
"""The columns of the table of awards that say what the resource says, in one spelling."""
_RENAMED = {"source_ref": "source", "source_order": "order"}


def _joined(groups: Groups, titles: Any) -> Any:
    """For each award the titles of a group of rows, in one cell."""
    joined = pc.binary_join(groups.lists(titles.cast(pa.string())), SEPARATOR)
    nothing = pc.equal(groups.sizes, 0)
    return pc.if_else(nothing, Missing.NOT_PUBLISHED.value, joined).dictionary_encode()


_SPELT = {
    "amount": r"^-?(0|[1-9][0-9]{0,14})\.[0-9][0-9]$",
    "source_order": "^(0|[1-9][0-9]{0,14})$",
    "published_percentage": r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$",
}
"""How the cells of columns of numbers look that stay as they are."""


def _percentage(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else cell(value)


def _respelt(column: Any, cells: Iterable[str]) -> Any:
    """A column with another text for each of its distinct ones."""
    return _each_once(column.indices, pa.array(cells, pa.string()))


def _each_once(codes: Any, texts: Any) -> Any:
    """A column of texts by their codes, in which each text has one code."""
    column = pa.DictionaryArray.from_arrays(codes, texts)
    if pc.count_distinct(texts).as_py() == len(texts):
        return column
    return column.cast(pa.string()).dictionary_encode()


def _as_written(frame: Frame[model.Award], name: str) -> Any:
    """A column of the resource in one spelling. Few cells have another."""
    column, spell = frame.texts(name), _percentage if name == "published_percentage" else cell
    same = pc.match_substring_regex(column.dictionary, _SPELT.get(name, "(?s)."))
    odd = column.dictionary.filter(pc.invert(same))
    respelt = pa.array(map(spell, map(frame.value_of(name), odd.to_pylist())), pa.string())
    cells = pc.replace_with_mask(column.dictionary.cast(pa.string()), pc.invert(same), respelt)
    return _each_once(column.indices, cells)


def _award_columns(ledger: Ledger) -> Kept:
    """The table of all awards, withdrawn ones too, in the order of the file."""
    frame, relations = ledger.frame(model.Award), ledger.relations
    made = {"id": frame.texts("id")}
    for name in _AS_WRITTEN:
        made[_RENAMED.get(name, name)] = _as_written(frame, name)
    headings: dict[str, tuple[model.Programme | model.Fund | model.Theme, ...]] = {
        "programme": ledger.programmes,
        "fund": ledger.funds,
        "theme": ledger.themes,
    }
    for name, records in headings.items():
        titles: dict[object, Text] = {one.id: one.title for one in reversed(records)}
        absent = Missing.NOT_PUBLISHED
        spelt = (cell(titles.get(id, absent)) for id in frame.values(name))
        made[f"{name}_title"] = _respelt(frame.texts(name), spelt)
    made["attribution"] = relations.attribution_words
    for name, pairs in {
        "named_recipients": relations.recipients,
        "area_count": relations.areas,
    }.items():
        made[name] = relations.counts(pairs).cast(pa.string()).dictionary_encode()
    for name, groups, kind, title in (
        ("recipients", relations.named, model.Recipient, "name"),
        ("services", relations.links(model.AwardService), model.AwardService, "title"),
        ("areas", relations.by_award(relations.areas), model.Area, "title"),
        ("topics", relations.by_award(relations.terms_of("topic")), model.Term, "title"),
    ):
        made[name] = _joined(groups, ledger.frame(kind).mapped(title, cell))
    return Kept({name: made[name] for name in AWARD_COLUMNS})


def awards_table(ledger: Ledger, awards: Sequence[int], page: str) -> PublishedTable:
    """The ready-to-use awards table of a page: some of the ledger's awards, told by their rows.

    Names stand beside ids; several names in one cell are joined by `; `. One row an award.
    """
    rows = Rows(ledger.once(_award_columns), awards)
    return published(ledger, urls.awards_csv(page), AWARD_COLUMNS, rows, AWARD_UNITS)


def ready(ledger: Ledger, awards: Iterable[int]) -> None:
    """Have the lines of some awards in CSV made at once, for the many tables that have a few."""
    ledger.once(_award_columns).ready(tuple(dict.fromkeys(awards)))
