"""The tables that we make for readers: the awards joined, and sums by fund, recipient and more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct
from msgspec.structs import replace

from generator import model, urls
from generator.csv_columns import Columns, encoded
from generator.grouping import Array
from generator.ledger import Awards, Ledger
from generator.missing import Missing
from generator.money import plain
from generator.rows import Kept, Rows
from generator.summaries.awards import AWARD_COLUMNS, awards_table
from generator.summaries.base import cell, published
from generator.summaries.recipients import held
from generator.tables import Cells, PublishedTable

AWARDS_JOINED = "awards_joined"
BY_RECIPIENT = "by_recipient"
_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_MISSING_VALUES = [
    {"value": "", "label": "Left blank, read as not published"},
    {"value": "not published", "label": "Not published"},
    {"value": "not applicable", "label": "Not applicable"},
    {"value": "withheld", "label": "Withheld"},
]
_ATTRIBUTION = {
    "sole": "One recipient is named and nobody is left unnamed",
    "shared": "Several recipients, all named; the split is not published",
    "partial": "Some recipients are named, some are not",
    "unnamed": "Recipients are mentioned, none is named",
    "none": "Nothing is printed about who received it",
}


class MadeTable(Struct, frozen=True):
    """A table of ours with the words and the schema that describe it."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    table: PublishedTable


def _field(name: str, kind: str, title: str, description: str, **constraints: object) -> Any:
    field: dict[str, object] = {
        "name": name,
        "type": kind,
        "title": title,
        "description": description,
    }
    return {**field, "constraints": constraints} if constraints else field


def _schema(
    title: str, description: str, fields: Sequence[object], **more: object
) -> Mapping[str, Any]:
    schema = {"$schema": _PROFILE, "title": title, "description": description}
    return {**schema, "fields": list(fields), **more, "missingValues": _MISSING_VALUES}


_JOINED = {
    "programme_title": ("string", "Programme, in words", "The programme's title as published."),
    "fund_title": ("string", "Fund, in words", "The fund's title as published."),
    "theme_title": ("string", "Theme, in words", "The theme's title as published."),
    "attribution": ("string", "Attribution", "How surely it is known who got the money."),
    "named_recipients": ("integer", "Named recipients", "How many recipients the award names."),
    "recipients": (
        "string",
        "Recipients",
        "The names of the recipients, joined by a semicolon. The amount belongs to all of them "
        "together: it must not be divided.",
    ),
    "services": ("string", "Services", "What the award pays for, joined by a semicolon."),
    "areas": ("string", "Areas", "The titles of the award's areas, joined by a semicolon."),
    "area_count": ("integer", "Number of areas", "How many areas the award is linked to."),
    "topics": ("string", "Topics", "The titles of the award's topics, joined by a semicolon."),
    "source": ("string", "Where in the source", "The place in the source that gives the award."),
    "order": ("integer", "Order in the source", "The place of the award in its table there."),
}


def _joined_field(name: str, own: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    if name not in _JOINED:
        return own.get(name, {"name": name, "type": "string"})
    kind, title, description = _JOINED[name]
    field: dict[str, Any] = _field(name, kind, title, description)
    if name == "attribution":
        field["categories"] = [{"value": key, "label": text} for key, text in _ATTRIBUTION.items()]
        field["constraints"] = {"required": True, "enum": list(_ATTRIBUTION)}
    return field


def awards_joined(ledger: Ledger) -> MadeTable:
    """The awards that stand, names beside ids, one row an award, largest first."""
    title = "Awards, joined"
    description = (
        "The awards ready to use: names beside ids, one row for each award. Withdrawn awards "
        "are left out; the table awards has them."
    )
    tables = ledger.package.tables
    awards = tables.get("awards")
    own = {str(field.get("name")): field for field in (awards.fields if awards else ())}
    links = {"id": "awards", "programme": "programmes", "fund": "funds", "theme": "themes"}
    keys = [
        {"fields": [field], "reference": {"resource": resource, "fields": ["id"]}}
        for field, resource in links.items()
        if resource in tables
    ]
    fields = [_joined_field(name, own) for name in AWARD_COLUMNS]
    schema = _schema(title, description, fields, primaryKey=["id"], foreignKeys=keys)
    made = awards_table(ledger, ledger.standing.largest_first().numbers, urls.HOME)
    path = urls.resource_csv(ledger.package.name, AWARDS_JOINED)
    return MadeTable(AWARDS_JOINED, title, description, schema, replace(made, path=path))


def _line(id: object, title: object, awards: Awards) -> Cells:
    return {
        "id": cell(id),
        "title": cell(title),
        "awards": str(len(awards)),
        "amount": plain(awards.total),
    }


def _grouped(
    ledger: Ledger,
    what: str,
    members: Iterable[tuple[str, object]],
    groups: Iterable[Awards],
    without: Awards,
    note: str = "",
) -> MadeTable:
    """Awards and money by the members of a family, and one line for what has none."""
    rows = [_line(*member, awards) for member, awards in zip(members, groups, strict=True)]
    lacking = Missing.NOT_PUBLISHED
    rows.append(_line(lacking, lacking, without))
    title = f"Awards by {what}"
    description = (
        f"How many awards each {what} has, and what they come to. The last line, whose id is "
        f"not published, holds the awards without one. Withdrawn awards are left out.{note}"
    )
    money = _field(
        "amount", "number", "Amount", f"The sum of those awards, each whole.{note}", required=True
    )
    fields = (
        _field("id", "string", "Id", f"The id of the {what}."),
        _field("title", "string", "Title", f"The {what} as published."),
        _field("awards", "integer", "Awards", "How many awards stand.", required=True, minimum=0),
        money,
    )
    name = f"by_{what}"
    table = published(
        ledger,
        urls.resource_csv(ledger.package.name, name),
        ("id", "title", "awards", "amount"),
        tuple(rows),
        {"amount": "money"},
    )
    return MadeTable(name, title, description, _schema(title, description, fields), table)


def _by_recipient_columns(ledger: Ledger) -> Columns:
    """What is known of each recipient's money, by what it holds at least, then what names it."""
    money, frame = held(ledger), ledger.frame(model.Recipient)
    names = frame.mapped("name", cell).cast(pa.string())
    rank = pa.table({"at_least": money.at_least, "named_in": money.named_in, "name": names})
    keys = [("at_least", "descending"), ("named_in", "descending"), ("name", "ascending")]
    columns = {
        "id": ledger.relations.ids(model.Recipient),
        "name": names,
        "at_least": encoded(map(plain, money.at_least.to_pylist())),
        "named_in": encoded(map(plain, money.named_in.to_pylist())),
        "awards_alone": money.alone.cast(pa.string()),
        "awards_shared": pc.subtract(money.named, money.alone).cast(pa.string()),
    }
    order = pc.sort_indices(rank, keys)
    return {
        name: (one if pa.types.is_dictionary(one.type) else one.dictionary_encode()).take(order)
        for name, one in columns.items()
    }


def by_recipient(ledger: Ledger) -> MadeTable:
    """What is known of each recipient's money: two figures that must be read together."""
    title = "Money by recipient"
    description = (
        "Two figures for each recipient. Neither is what it received in all. named_in must "
        "never be added up: a shared award is in it once for each recipient that it names."
    )
    fields = (
        _field("id", "string", "Id", "The id of the recipient.", required=True, unique=True),
        _field("name", "string", "Name", "The recipient's name.", required=True),
        _field(
            "at_least",
            "number",
            "At least",
            "The sum of the awards that it holds alone. It got this much or more.",
            required=True,
        ),
        _field(
            "named_in",
            "number",
            "Named in awards worth",
            "The sum of every award that names it, each whole. Some of it went to others, and "
            "awards that name nobody may have gone to it as well. Never add this up.",
            required=True,
        ),
        _field(
            "awards_alone", "integer", "Awards alone", "How many it holds alone.", required=True
        ),
        _field(
            "awards_shared",
            "integer",
            "Awards shared",
            "How many name it with others, named or not.",
            required=True,
        ),
    )
    keys = [{"fields": ["id"], "reference": {"resource": "recipients", "fields": ["id"]}}]
    more = {"foreignKeys": keys} if "recipients" in ledger.package.tables else {}
    schema = _schema(title, description, fields, primaryKey=["id"], **more)
    table = published(
        ledger,
        urls.resource_csv(ledger.package.name, BY_RECIPIENT),
        tuple(field["name"] for field in fields),
        Rows(Kept(_by_recipient_columns(ledger))),
        {"at_least": "money", "named_in": "money"},
    )
    return MadeTable(BY_RECIPIENT, title, description, schema, table)


def _years(ledger: Ledger) -> list[tuple[str, object]]:
    found = ledger.frame(model.Award).values("financial_year")
    years = sorted((year for year in found if isinstance(year, str)), reverse=True)
    return [(year, year.replace("-", "/")) for year in years]


def made_tables(ledger: Ledger) -> Iterator[MadeTable]:
    """Every table of ours, a package's own table of the same name going before it."""
    standing, relations = ledger.standing, ledger.relations

    def by_key(what: str, members: list[tuple[str, object]], key: Array) -> MadeTable:
        groups, without = standing.by(key, len(members)), standing.among(pc.is_null(key))
        return _grouped(ledger, what, members, groups, without)

    def by_column(what: str, kind: type[Any]) -> MadeTable:
        members = [(one.id, one.title) for one in ledger.frame(kind).records]
        return by_key(what, members, relations.row_of(model.Award, what, kind))

    years = _years(ledger)
    of_year = ledger.frame(model.Award).place_among("financial_year", [year for year, _ in years])
    areas = [(one.id, one.title) for one in ledger.areas]
    by_area = map(standing.with_rows, standing.by_pair(relations.areas))
    no_area = standing.among(pc.invert(relations.having(relations.areas)))
    twice = " An award for several areas is counted whole in each, so never add areas up."
    made = (
        awards_joined(ledger),
        by_column("fund", model.Fund),
        by_recipient(ledger),
        by_column("programme", model.Programme),
        by_column("theme", model.Theme),
        _grouped(ledger, "area", areas, by_area, no_area, twice),
        by_key("year", years, of_year),
    )
    for one in made:
        if one.name not in ledger.package.tables:
            yield one
