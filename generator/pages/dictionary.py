"""The data dictionary: what each table and field means, its codes, how often it is filled."""

from collections.abc import Iterator

from msgspec import Struct

from generator import urls
from generator.exports.tabular import Column, TypedTable, typed_tables
from generator.figures import Figure
from generator.pages.page import Page
from generator.pages.site import Site

_KINDS = {
    "text": "text",
    "integer": "whole number",
    "number": "number",
    "money": "money",
    "date": "day, year-month-day",
    "flag": "yes or no",
}


class Entry(Struct, frozen=True):
    """A field, and how many rows have a value in it."""

    column: Column
    kind: str
    required: bool
    filled: Figure


class Chapter(Struct, frozen=True):
    """A table and its fields."""

    table: TypedTable
    anchor: str
    rows: Figure
    entries: tuple[Entry, ...]


def _chapter(table: TypedTable) -> Chapter:
    entries = []
    for column in table.columns:
        required = (column.field.get("constraints") or {}).get("required") is True
        filled = table.table.figure(f"filled:{column.name}")
        entries.append(Entry(column, _KINDS[column.kind], required, filled))
    anchor = urls.dictionary(table.name).rpartition("#")[2]
    return Chapter(table, anchor, table.table.figure("count"), tuple(entries))


def pages(site: Site) -> Iterator[Page]:
    """The one page of all tables and fields."""
    yield Page(
        url=urls.DICTIONARY,
        title="Data dictionary",
        description=(
            f"What each table and field of the data of {site.settings.publisher_name} means, "
            "its codes, and how often it is filled."
        ),
        template="dictionary.md",
        context={"chapters": tuple(map(_chapter, site.ledger.once(typed_tables)))},
        trail=(("Data", urls.DATA),),
    )
