"""The rows of a package's tables, from awards whose ids are settled. Nothing is added to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator import schemas
from generator.canonical import header_of
from generator.imports.base import Heading, Incoming, Place
from generator.imports.one_value import one_value
from generator.imports.who import INDIVIDUAL, Bodies
from generator.missing import Missing
from generator.slugs import slug
from generator.tables import Cells

NOT_PUBLISHED, NOT_APPLICABLE = Missing.NOT_PUBLISHED.value, Missing.NOT_APPLICABLE.value
ALWAYS = ("funds", "awards", "recipients", "award_services", "award_recipients")
"""The tables that every package has, be they empty."""


class Placed(Struct, frozen=True):
    """An award of a source with the ids of all that it points at."""

    incoming: Incoming
    id: str
    recipients: tuple[tuple[str, str], ...]
    """Each recipient's id, and its name as printed."""
    fund: str
    theme: str
    topics: tuple[str, ...]
    areas: tuple[str, ...]


class Headings(Struct, frozen=True):
    """The ids of what awards are gathered under."""

    funds: Mapping[Heading, str]
    themes: Mapping[Heading, str]
    topics: Mapping[Heading, str]
    areas: Mapping[Place, str]


def _row(resource: str, **cells: str) -> Cells:
    """A row in the schema's columns; what isn't given is not published."""
    columns = header_of(schemas.load(resource) or {})
    return {**dict.fromkeys(columns, NOT_PUBLISHED), **{k: v for k, v in cells.items() if v}}


def unit(form: str) -> str:
    """What a file of this form has its awards in, in words."""
    return "item" if form == "json" else "row"


def place_in(name: str, form: str, one: Incoming) -> str:
    """Where an award stands in its file, in words."""
    sheet = f"sheet {one.sheet}, " if one.sheet else ""
    *most, last = map(str, one.lines)
    numbers = f"{', '.join(most)} and {last}" if most else last
    return f"{name}, {sheet}{unit(form)}{'s' if most else ''} {numbers}"


def _award(one: Placed, order: int, file: str, form: str) -> Cells:
    given = dict(one.incoming.cells)
    places = "; ".join(dict.fromkeys(place.title for place in one.incoming.places))
    made = {
        "id": one.id,
        "source_order": str(order),
        "amount": f"{one.incoming.amount:f}",
        "fund": one.fund,
        "fund_basis": "stated" if one.fund else NOT_APPLICABLE,
        "fund_basis_note": NOT_APPLICABLE,
        "theme": one.theme,
        "programme": NOT_APPLICABLE,
        "percentage_base": NOT_APPLICABLE,
        "area_text": places,
        "source_ref": place_in(file, form, one.incoming),
    }
    return _row("awards", **{**made, **given, "id": one.id})


def _recipients_of(one: Placed) -> Iterator[Cells]:
    basis = "joint" if len(one.recipients) > 1 else "stated"
    for position, (recipient, printed) in enumerate(one.recipients, 1):
        yield {
            "award": one.id,
            "service": "1",
            "position": str(position),
            "recipient": recipient,
            "published_name": printed,
            "naming": "named",
            "role": "recipient",
            "basis": basis,
        }
    if not one.recipients:
        yield {
            "award": one.id,
            "service": "1",
            "position": "1",
            "recipient": NOT_PUBLISHED,
            "published_name": NOT_PUBLISHED,
            "naming": "none",
            "role": "recipient",
            "basis": NOT_APPLICABLE,
        }


def _documents_of(one: Placed) -> Iterator[Cells]:
    kinds = next(
        field["constraints"]["enum"]
        for field in (schemas.load("documents") or {})["fields"]
        if field["name"] == "kind"
    )
    for number, document in enumerate(one.incoming.documents, 1):
        kind = slug(document.kind)
        yield _row(
            "documents",
            id=f"{one.id}-document-{number}",
            award=one.id,
            fund=NOT_APPLICABLE,
            contract=NOT_APPLICABLE,
            kind=kind if kind in kinds else "other",
            title=" ".join(document.title.split()) or "Document",
            url=document.url,
            exemption=NOT_APPLICABLE,
            note=NOT_APPLICABLE,
        )


def _links(
    one: Placed, column: str, targets: Iterable[str], **more: str
) -> Iterator[dict[str, str]]:
    for target in dict.fromkeys(targets):
        yield {
            "award": one.id,
            **more,
            column: target,
            "basis": "stated",
            "basis_note": NOT_APPLICABLE,
        }


def _headed(resource: str, ids: Mapping[Heading, str], **more: str) -> Iterator[Cells]:
    seen: set[str] = set()
    for heading, id in ids.items():
        if id in seen:
            continue
        seen.add(id)
        title = " ".join((heading.title or heading.code).split())
        cells = {**more, "id": id, "source_order": str(len(seen)), "title": title}
        if resource == "funds":
            named = heading.code in ("", heading.title, id)
            cells |= {"short_title": title, "also_called": "" if named else heading.code}
        if resource == "themes":
            cells["note"] = NOT_APPLICABLE
        yield _row(resource, **cells)


def _areas(ids: Mapping[Place, str]) -> Iterator[Cells]:
    seen: dict[str, Place] = {}
    for place, id in ids.items():
        seen.setdefault(id, place)
    for id, place in seen.items():
        title = " ".join((place.title or place.code).split())
        yield _row("areas", id=id, title=title, kind="place", gss_code=place.code)


def _recipients(bodies: Bodies, people: Iterable[str]) -> Iterator[Cells]:
    for body in bodies.listed():
        yield _row("recipients", id=body.id, name=body.name, kind="organisation", url=body.url)
    for person in dict.fromkeys(people):
        name = person.replace("-", " ").capitalize()
        yield _row("recipients", id=person, name=name, kind=INDIVIDUAL, url=NOT_APPLICABLE)


def tables(
    placed: Sequence[Placed],
    bodies: Bodies,
    people: Iterable[str],
    headings: Headings,
    file: tuple[str, str],
) -> dict[str, tuple[Cells, ...]]:
    """Every table that the awards fill; `file` is the source's name and form."""
    found: dict[str, tuple[Cells, ...]] = {
        "funds": tuple(_headed("funds", headings.funds)),
        "awards": tuple(_award(one, order, *file) for order, one in enumerate(placed, 1)),
        "recipients": tuple(_recipients(bodies, people)),
        "award_services": tuple(
            {"award": one.id, "service": "1", "title": one_value(one.incoming.cells["title"])}
            for one in placed
        ),
        "award_recipients": tuple(row for one in placed for row in _recipients_of(one)),
        "recipient_identifiers": tuple(
            _row("recipient_identifiers", recipient=body.id, scheme=scheme, identifier=number)
            for body in bodies.listed()
            for scheme, number in body.numbers
        ),
        "recipient_names": tuple(
            _row("recipient_names", recipient=body.id, name=name, note=NOT_APPLICABLE)
            for body in bodies.listed()
            for name in body.names
            if name != body.name
        ),
        "themes": tuple(_headed("themes", headings.themes)),
        "terms": tuple(_headed("terms", headings.topics, scheme="topic")),
        "areas": tuple(_areas(headings.areas)),
        "award_areas": tuple(row for one in placed for row in _links(one, "area", one.areas)),
        "award_terms": tuple(
            row for one in placed for row in _links(one, "term", one.topics, scheme="topic")
        ),
        "documents": tuple(row for one in placed for row in _documents_of(one)),
        "source_values": tuple(
            {"award": one.id, "position": str(place), "source_column": column, "value": value}
            for one in placed
            for place, (column, value) in enumerate(one.incoming.kept, 1)
        ),
    }
    return {name: rows for name, rows in found.items() if rows or name in ALWAYS}
