"""The awards as compact columns, for the script that filters the list in a reader's browser.

The script is in `theme/explorer/`. It loads `head.json` first: a number for each award and
facet, the amounts, the dates. Ids and titles follow in chunks as rows are shown, and what only
a search reads (purposes, services, references) when somebody searches.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator import urls
from generator.bands import band_of, band_titles
from generator.ledger import LinkedAward
from generator.missing import Missing
from generator.money import currency_mark, plain
from generator.pages.site import ATTRIBUTION_WORDS, Site, year_words
from generator.summaries.base import amount, cell
from generator.write import Output

PAGE = urls.family("awards")
CHUNK = 5000
"""Awards whose titles, or whose searched words, are in one file."""

MISSING = (Missing.NOT_PUBLISHED, Missing.NOT_APPLICABLE, Missing.WITHHELD)
"""The reasons why a date can be absent, in the order of their numbers in a column of dates."""

DATES = {"decided_on": "Decided on", "start_on": "Starts", "end_on": "Ends"}


@dataclass(frozen=True)
class Facet:
    """A property that awards can be chosen by.

    `ids` gives an award's values, or one label of a missing value; `titles` has the words of
    each value that there could be, in the order in which they are listed.
    """

    name: str
    title: str
    titles: dict[str, str]
    ids: Callable[[LinkedAward], Sequence[str]]


def _field(name: str) -> Callable[[LinkedAward], Sequence[str]]:
    return lambda one: (cell(getattr(one.award, name)),)


def _or_missing(ids: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(ids)) or (Missing.NOT_PUBLISHED.value,)


def _titles(records: Iterable[Any], name: str = "title") -> dict[str, str]:
    return {one.id: cell(getattr(one, name)) for one in records}


def _codes(site: Site, name: str) -> dict[str, str]:
    """The words of a column of codes, as far as awards use them: `under-way`, Under way."""
    used = {getattr(one.award, name) for one in site.ledger.linked}
    found = sorted(code for code in used if isinstance(code, str))
    return {code: code.replace("-", " ").capitalize() for code in found}


def facets(site: Site) -> tuple[Facet, ...]:
    """Every property that awards can be chosen by, in the order of the panel."""
    ledger = site.ledger
    attribution = {id: words[0].upper() + words[1:] for id, words in ATTRIBUTION_WORDS.items()}
    years = {year: year_words((year,)) for year in site.years}
    return (
        Facet("year", "Year", years, _field("financial_year")),
        Facet("programme", "Programme", _titles(ledger.programmes), _field("programme")),
        Facet("fund", "Fund", _titles(ledger.funds), _field("fund")),
        Facet("theme", "Theme", _titles(ledger.themes), _field("theme")),
        Facet(
            "area",
            "Area",
            _titles(ledger.areas),
            lambda one: _or_missing(area.id for _, area in one.areas),
        ),
        Facet(
            "recipient",
            "Recipient",
            _titles(ledger.recipients, "name"),
            lambda one: _or_missing(recipient.id for recipient in one.recipients),
        ),
        Facet("instrument", "Grant or contract", _codes(site, "instrument"), _field("instrument")),
        Facet("status", "Status", _codes(site, "status"), _field("status")),
        Facet(
            "attribution",
            "How surely the recipients are known",
            attribution,
            lambda one: (one.attribution.value,),
        ),
        Facet(
            "band",
            "Size of the amount",
            band_titles(currency_mark(ledger.package.currency)),
            lambda one: (band_of(amount(one)),),
        ),
    )


def _column(facet: Facet, awards: Sequence[LinkedAward]) -> dict[str, object]:
    """A facet with the choices that awards use, and each award's as numbers of choices.

    "Not published" is a choice of every facet, so that no award is out of reach.
    """
    values = [facet.ids(one) for one in awards]
    used = {id for ids in values for id in ids} | {Missing.NOT_PUBLISHED.value}
    missing = {one.value: one.label for one in MISSING}
    choices = [(id, words) for id, words in (facet.titles | missing).items() if id in used]
    numbers = {id: number for number, (id, _) in enumerate(choices)}
    coded = [[numbers[id] for id in ids] for ids in values]
    return {
        "name": facet.name,
        "title": facet.title,
        "choices": choices,
        "codes": [codes[0] if len(codes) == 1 else codes for codes in coded],
    }


def pence(one: LinkedAward) -> str:
    """An award's amount in hundredths, as text: exact at any size."""
    return str(int(plain(amount(one)).replace(".", "")))


def _day(value: date | Missing) -> int:
    """A date as the number 20200401, or the number of the reason why there is none."""
    if isinstance(value, date):
        return value.year * 10_000 + value.month * 100 + value.day
    return MISSING.index(value)


def _words(one: LinkedAward) -> str:
    """What a search reads beside ids, titles and names: a line each."""
    services = (service.record.title for service in one.services)
    texts = (one.award.purpose, one.award.source_id, *services)
    said = (text for text in texts if isinstance(text, str) and text != one.award.title)
    return "\n".join(dict.fromkeys(said))


def _address(site: Site, family: str) -> str:
    """Where a profile is, or what leads to the row that stands for it."""
    page = urls.profile(family, "{id}")
    return urls.find(page) if site.lists_only(family) else page


def _head(site: Site, awards: Sequence[LinkedAward]) -> dict[str, object]:
    def link(target: str) -> str:
        return urls.relative(PAGE, target)

    tables = [urls.awards_csv(PAGE)]
    if site.withdrawn:
        tables.append(urls.awards_csv(urls.profile("awards", urls.WITHDRAWN)))
    return {
        "currency": currency_mark(site.ledger.package.currency),
        "standing": len(site.awards),
        "chunk": CHUNK,
        "tables": [link(table) for table in tables],
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
                "days": [_day(getattr(one.award, name)) for one in awards],
            }
            for name, title in DATES.items()
        ],
        "amounts": " ".join(map(pence, awards)),
        "facets": [_column(facet, awards) for facet in facets(site)],
    }


def _bytes(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def data(site: Site) -> Iterator[Output]:
    """The files that the script loads: the standing awards largest first, then the withdrawn.

    All carry the same mark, so that a browser that kept an old one never mixes two builds.
    """
    awards = (*site.awards, *site.withdrawn)
    head = _head(site, awards)
    parts: dict[str, dict[str, object]] = {}
    for number, start in enumerate(range(0, len(awards), CHUNK)):
        part = awards[start : start + CHUNK]
        parts[f"titles-{number}"] = {
            "ids": [one.award.id for one in part],
            "titles": [cell(one.award.title) for one in part],
        }
        parts[f"words-{number}"] = {"words": [_words(one) for one in part]}
    build = hashlib.sha256(_bytes([head, parts])).hexdigest()[:16]
    for name, document in {"head": head, **parts}.items():
        yield urls.explorer(f"{name}.json"), _bytes({"build": build, **document})
