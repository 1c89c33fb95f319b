"""Made-up packages of any size, the same at each run: what the benchmarks build.

The funder is fictional. Texts are put together from lists of words, so that they vary in length
and wording as real ones do; nothing in them is a person's name. A fifth as many recipients as
awards; two awards in ten have two services, one in ten several recipients.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from generator import schemas

YEARS = ("2030-31", "2031-32", "2032-33", "2033-34", "2034-35")
FUNDS = (
    *("Community grants", "Victims and witnesses", "Safer streets"),
    *("Young people", "Rural and heritage", "Small sparks"),
)
PROGRAMMES = ("Main programme", "Pilot programme", "Match funding", "Renewals")
THEMES = (
    *("Arts", "Health", "Sport", "Housing", "Advice", "Environment"),
    *("Education", "Transport", "Food", "Heritage", "Crime", "Digital"),
)
AREAS = (
    *("North Vale", "South Vale", "East Marsh", "West Marsh", "Upper Dale", "Lower Dale"),
    *("Great Fen", "Little Fen", "Old Town", "New Town", "Harbour", "The Moors"),
)
_WHAT = (
    *("Evening sessions", "A minibus", "Training", "Repairs", "An outreach worker", "Equipment"),
    *("A drop-in", "Workshops", "A helpline", "Tools", "Core costs", "A festival", "Tree planting"),
)
_WHOM = (
    *("older residents", "young carers", "new parents", "refugees", "tenants", "volunteers"),
    *("school leavers", "rural households", "people leaving hospital", "night workers"),
)
_WHERE = ("in the valley", "on the estate", "near the station", "in two villages", "by the coast")
_WHY = (
    *("Need was shown by a survey of the parish.", "Demand has grown for three years running."),
    *("The service would have closed.", "No other body offers it within ten miles."),
)
_BODY = ("Trust", "Association", "Community Centre", "Forum", "Society", "Partnership", "Club")
_PLACE = ("Fen", "Dale", "Marsh", "Harbour", "Moor", "Vale", "Ferry", "Mill", "Quay", "Heath")
_NONE, _NOT = "not published", "not applicable"
Rows = Iterator[dict[str, str]]


def _pick(choices: Sequence[str], number: int, turn: int) -> str:
    """A choice that looks random and is the same at each run."""
    mixed = (number * 2654435761 + turn * 40503) & 0xFFFFFFFF
    return choices[(mixed >> 7) % len(choices)]


def _id(number: int) -> str:
    return f"{_pick(YEARS, number, 1)}-{number}"


def _slug(words: str) -> str:
    return words.lower().replace(" ", "-")


def _amount(number: int) -> str:
    pence = (number * 7919 * 104729) % 2_000_000 + 500_000
    return f"{pence // 100}.{pence % 100:02d}"


def recipients(awards: int) -> int:
    """How many recipients a package of so many awards has."""
    return max(1, awards // 5)


def _of(number: int, awards: int) -> tuple[int, ...]:
    """The recipients of an award, each once."""
    count, held = recipients(awards), 3 if number % 10 == 7 else 1
    return tuple(dict.fromkeys((number * 31 + 17 * place) % count for place in range(held)))


def _award(number: int) -> dict[str, str]:
    what, whom = _pick(_WHAT, number, 2), _pick(_WHOM, number, 3)
    year = int(_id(number)[:4])
    decided = date(year, 4, 1) + timedelta(days=number % 300)
    return {
        "id": _id(number),
        "source_id": f"BM/{number}",
        "source_order": str(number),
        "title": f"{what} for {whom} {_pick(_WHERE, number, 4)}",
        "financial_year": _id(number)[:7],
        "programme": _slug(_pick(PROGRAMMES, number, 5)),
        "fund": _slug(_pick(FUNDS, number, 6)),
        "fund_basis": "stated",
        "fund_basis_note": _NOT,
        "theme": _slug(_pick(THEMES, number, 7)),
        "instrument": _pick(("grant", "grant", "grant", "other"), number, 8),
        "legal_power": _NONE,
        "purpose": f"{what} for {whom}, {_pick(_WHERE, number, 9)}, for {number % 24 + 2} months.",
        "reasons": _pick(_WHY, number, 10),
        "conditions": "A report at the end.",
        "amount": _amount(number),
        "amount_basis": "total-value",
        "status": "awarded",
        "decided_on": decided.isoformat(),
        "published_on": (decided + timedelta(days=20)).isoformat(),
        "start_on": (decided + timedelta(days=30)).isoformat(),
        "end_on": (decided + timedelta(days=2200)).isoformat(),
        "route": "open call",
        "bids_received": str(number % 9 + 1),
        "contract": _NOT,
        "source_ref": f"Register (invented), line {number}",
    }


def _awards(count: int) -> Rows:
    return (_award(number) for number in range(1, count + 1))


def _recipients(count: int) -> Rows:
    for number in range(recipients(count)):
        place, body = _pick(_PLACE, number, 11), _pick(_BODY, number, 12)
        theme = _pick(THEMES, number, 13)
        yield {
            "id": f"recipient-{number}",
            "name": f"{place} {theme} {body} {number}",
            "kind": "organisation",
            "url": _NONE,
        }


def _services(count: int) -> Rows:
    for number in range(1, count + 1):
        for service in range(1, 3 if number % 10 < 2 else 2):
            title = f"{_pick(_WHAT, number, 20 + service)} for {_pick(_WHOM, number, 3)}"
            yield {"award": _id(number), "service": str(service), "title": title}


def _links(count: int) -> Rows:
    for number in range(1, count + 1):
        named = _of(number, count)
        for service in range(1, 3 if number % 10 < 2 else 2):
            for position, recipient in enumerate(named, 1):
                yield {
                    "award": _id(number),
                    "service": str(service),
                    "position": str(position),
                    "recipient": f"recipient-{recipient}",
                    "naming": "named",
                    "role": "recipient",
                    "basis": "stated" if len(named) == 1 else "joint",
                }


def _award_areas(count: int) -> Rows:
    for number in range(1, count + 1):
        area = _slug(_pick(AREAS, number, 14))
        yield {"award": _id(number), "area": area, "basis": "stated", "basis_note": _NOT}


def _headings(titles: Sequence[str], **more: str) -> Rows:
    for order, title in enumerate(titles, 1):
        yield {
            **more,
            "id": _slug(title),
            "source_order": str(order),
            "title": title,
            "short_title": title,
        }


def _tables(count: int) -> dict[str, Rows]:
    return {
        "funds": _headings(FUNDS, purpose="What its name says."),
        "awards": _awards(count),
        "recipients": _recipients(count),
        "award_services": _services(count),
        "award_recipients": _links(count),
        "programmes": _headings(PROGRAMMES),
        "themes": _headings(THEMES),
        "areas": _headings(AREAS, kind="place"),
        "award_areas": _award_areas(count),
    }


def _descriptor(count: int, names: Sequence[str]) -> dict[str, object]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "benchmark",
        "title": f"Benchmark County (fictional): {count} awards",
        "version": "1.0.0",
        "created": "2036-01-01T00:00:00Z",
        "currency": "GBP",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": "Invented register"}],
        "purse": {
            "publisher": {
                "id": "benchmark",
                "name": "Benchmark County (fictional)",
                "short_name": "Benchmark",
            },
            "site_name": "Benchmark County: awards",
            "official": True,
            "contact": "grants@benchmark.example",
        },
        "resources": [
            {
                "name": name,
                "type": "table",
                "title": name.replace("_", " ").capitalize(),
                "path": f"{name}.csv",
                "format": "csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ","},
                "schema": schemas.embedded(name, names),
            }
            for name in names
        ],
    }


def list_only(package: Path) -> None:
    """Have a package's awards and recipients be rows of lists, without pages of their own."""
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    descriptor["purse"] |= dict.fromkeys(("award_pages", "recipient_pages", "feeds"), "listing")
    file.write_text(json.dumps(descriptor, indent=2) + "\n", encoding="utf-8")


def make(count: int, folder: Path) -> Path:
    """Write a package of so many awards into a new folder; returns the folder."""
    folder.mkdir(parents=True)
    tables = _tables(count)
    for name, rows in tables.items():
        columns = [field["name"] for field in (schemas.load(name) or {})["fields"]]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(
                file, columns, restval=_NONE, extrasaction="ignore", lineterminator="\n"
            )
            writer.writeheader()
            writer.writerows(rows)
    text = json.dumps(_descriptor(count, list(tables)), indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return folder
