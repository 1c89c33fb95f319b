"""The awards as compact columns, for the script that filters the list in a reader's browser.

The script is in `theme/explorer/`. It loads `head.json` first: a number for each award and
facet, the amounts, the dates. Ids and titles follow in chunks as rows are shown, and what only
a search reads (purposes, services, references) when somebody searches.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from generator import model, urls
from generator.bands import band_of, band_titles
from generator.grouping import split
from generator.ledger import Awards
from generator.missing import Missing, is_missing
from generator.money import currency_mark, plain
from generator.pages.site import ATTRIBUTION_WORDS, Site, year_words
from generator.relations import Pairs
from generator.summaries.base import cell
from generator.tables import PublishedTable
from generator.write import Output

PAGE = urls.family("awards")
CHUNK = 5000
"""Awards whose titles, or whose searched words, are in one file."""

MISSING = (Missing.NOT_PUBLISHED, Missing.NOT_APPLICABLE, Missing.WITHHELD)
"""The reasons why a date can be absent, in the order of their numbers in a column of dates."""

DATES = {"decided_on": "Decided on", "start_on": "Starts", "end_on": "Ends"}


class Facet(Struct, frozen=True):
    """A property that awards can be chosen by.

    `ids` gives each award's value, by its row in the ledger: the id of one, or a label of a
    missing one; or it gives a list of several, which may be empty. `titles` has the words of each
    value that there could be, in the order in which they are listed.
    """

    name: str
    title: str
    titles: dict[str, str]
    ids: Any


def _titles(records: Iterable[Any], name: str = "title") -> dict[str, str]:
    return {one.id: cell(getattr(one, name)) for one in records}


def _codes(site: Site, name: str) -> dict[str, str]:
    """The words of a column of codes, as far as awards use them: `under-way`, Under way."""
    used = site.ledger.frame(model.Award).values(name)
    found = sorted(code for code in used if isinstance(code, str))
    return {code: code.replace("-", " ").capitalize() for code in found}


def facets(site: Site) -> tuple[Facet, ...]:
    """Every property that awards can be chosen by, in the order of the panel."""
    ledger, relations = site.ledger, site.ledger.relations
    attribution = {id: words[0].upper() + words[1:] for id, words in ATTRIBUTION_WORDS.items()}
    years = {year: year_words((year,)) for year in site.years}

    def field(name: str, of: Callable[[Any], str] = cell) -> Any:
        return ledger.frame(model.Award).mapped(name, of)

    def linked(pairs: Pairs, kind: type[model.Record]) -> Any:
        return relations.by_award(pairs).lists(relations.ids(kind))

    bands = band_titles(currency_mark(ledger.package.currency))
    return (
        Facet("year", "Year", years, field("financial_year")),
        Facet("programme", "Programme", _titles(ledger.programmes), field("programme")),
        Facet("fund", "Fund", _titles(ledger.funds), field("fund")),
        Facet("theme", "Theme", _titles(ledger.themes), field("theme")),
        Facet("area", "Area", _titles(ledger.areas), linked(relations.areas, model.Area)),
        Facet(
            "recipient",
            "Recipient",
            _titles(ledger.recipients, "name"),
            linked(relations.recipients, model.Recipient),
        ),
        Facet("instrument", "Grant or contract", _codes(site, "instrument"), field("instrument")),
        Facet("status", "Status", _codes(site, "status"), field("status")),
        Facet(
            "attribution",
            "How surely the recipients are known",
            attribution,
            relations.attribution_words,
        ),
        Facet("band", "Size of the amount", bands, field("amount", band_of)),
    )


def _column(facet: Facet, awards: Awards) -> dict[str, object]:
    """A facet with the choices that awards use, and each award's as numbers of choices.

    "Not published" is a choice of every facet, so that no award is out of reach.
    """
    of_each = facet.ids.take(awards.rows)
    several = pa.types.is_large_list(of_each.type)
    ids = (of_each.flatten() if several else of_each).cast(pa.string())
    used = {*pc.unique(ids).to_pylist(), Missing.NOT_PUBLISHED.value}
    missing = {one.value: one.label for one in MISSING}
    choices = [(id, words) for id, words in (facet.titles | missing).items() if id in used]
    codes = pc.index_in(ids, value_set=pa.array([id for id, _ in choices], pa.string()))
    if several:
        none = [id for id, _ in choices].index(Missing.NOT_PUBLISHED.value)
        lists = pa.LargeListArray.from_arrays(_from_zero(of_each.offsets), codes).to_pylist()
        coded = [found if len(found) > 1 else (found or (none,))[0] for found in lists]
    else:
        coded = codes.to_pylist()
    return {"name": facet.name, "title": facet.title, "choices": choices, "codes": coded}


def _from_zero(offsets: Any) -> Any:
    return pc.subtract(offsets, offsets[0])


def hundredths(amount: Decimal) -> str:
    """An amount as a whole number, as text: exact at any size."""
    return str(int(plain(amount).replace(".", "")))


def _day(value: date | Missing) -> int:
    """A date as the number 20200401, or the number of the reason why there is none."""
    if isinstance(value, date):
        return value.year * 10_000 + value.month * 100 + value.day
    return MISSING.index(value)


def _days(site: Site, name: str, awards: Awards) -> list[int]:
    frame = site.ledger.frame(model.Award)
    days = pa.array([_day(value) for value in frame.values(name)], pa.int64())
    found: list[int] = days.take(frame.texts(name).indices.take(awards.rows)).to_pylist()
    return found


def _words(site: Site, awards: Awards) -> list[str]:
    """What a search reads of each award beside ids, titles and names: a line each."""
    frame = site.ledger.frame(model.Award)

    def texts(name: str) -> list[str]:
        found: list[str] = frame.texts(name).take(awards.rows).cast(pa.string()).to_pylist()
        return found

    services, sizes = site.ledger.relations.links(model.AwardService).some(awards.rows.to_pylist())
    titles = site.ledger.frame(model.AwardService).texts("title").take(services)
    each = split(titles.cast(pa.string()).to_pylist(), sizes)
    said = zip(texts("title"), texts("purpose"), texts("source_id"), each, strict=True)
    return [
        "\n".join(
            dict.fromkeys(
                text for text in (purpose, id, *each) if text != title and not is_missing(text)
            )
        )
        for title, purpose, id, each in said
    ]


def _address(site: Site, family: str) -> str:
    """Where a profile is, or what leads to the row that stands for it."""
    page = urls.profile(family, "{id}")
    return urls.find(page) if site.lists_only(family) else page


def _ends(tables: Sequence[PublishedTable]) -> dict[str, object]:
    """Where tables are in parts: how many awards stand in a file of them or in those before it."""
    if not any(table.in_parts for table in tables):
        return {}
    rows = (file.rows for table in tables for file in table.files)
    return {"ends": list(accumulate(rows))}


def _head(site: Site, awards: Awards) -> dict[str, object]:
    def link(target: str) -> str:
        return urls.relative(PAGE, target)

    tables = [site.all_awards]
    if site.withdrawn:
        tables.append(site.table(urls.profile("awards", urls.WITHDRAWN), site.withdrawn))
    return {
        "currency": currency_mark(site.ledger.package.currency),
        "standing": len(site.awards),
        "chunk": CHUNK,
        "tables": [link(file.path) for table in tables for file in table.files],
        **_ends(tables),
        "links": {
            "award": link(_address(site, "awards")),
            "recipient": link(_address(site, "recipients")),
            "unnamed": link(urls.profile("recipients", urls.NOT_PUBLISHED)),
        },
        "missing": [one.label for one in MISSING],
        "dates": [
            {
                "name": name,
                "title": title,
                "days": _days(site, name, awards),
            }
            for name, title in DATES.items()
        ],
        "amounts": " ".join(map(hundredths, awards.amounts.to_pylist())),
        "facets": [_column(facet, awards) for facet in facets(site)],
    }


def _bytes(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def data(site: Site) -> Iterator[Output]:
    """The files that the script loads: the standing awards largest first, then the withdrawn.

    All carry the same mark, so that a browser that kept an old one never mixes two builds.
    """
    awards = Awards.together([site.awards, site.withdrawn])
    title = site.ledger.frame(model.Award).mapped("title", cell)
    made = {"head": _bytes(_head(site, awards))}
    for number, start in enumerate(range(0, len(awards), CHUNK)):
        part = awards[start : start + CHUNK]
        titles = title.take(part.rows).cast(pa.string()).to_pylist()
        made[f"titles-{number}"] = _bytes({"ids": part.ids, "titles": titles})
        made[f"words-{number}"] = _bytes({"words": _words(site, part)})
    build = hashlib.sha256(b"".join(made.values())).hexdigest()[:16]
    for name, document in made.items():
        yield urls.explorer(f"{name}.json"), b'{"build":"%s",' % build.encode() + document[1:]
