"""JSON: the awards with all that hangs on them, and every table, typed and exact.

Amounts are JSON numbers written to the penny from `Decimal`, never through a float. A value that
isn't there is null, and the object's `missing` says why in the words of the CSV's cell.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from generator import urls
from generator.exports import plain_json
from generator.exports.about import READING, About, about
from generator.exports.base import Download
from generator.exports.tabular import TypedTable
from generator.ledger import Ledger, LinkedAward
from generator.package import DataPackage

MISSING = (
    'A value that isn\'t there is null. The member "missing" of its object says why, by name: '
    'not published, not applicable or withheld; "" is a cell left blank.'
)
Record = dict[str, Any]


def _package(facts: About, package: DataPackage) -> Record:
    return {
        "name": facts.name,
        "title": facts.title,
        "publisher": facts.publisher,
        "official": facts.official,
        "standing": facts.standing,
        "licence": facts.licence_words,
        "licences": [{"title": one.title, "path": one.path} for one in facts.licences],
        "sources": [
            {"title": one.title, "hash": one.hash, "path": one.path} for one in package.sources
        ],
        "version": facts.version,
        "created": package.created,
        "currency": facts.currency,
        "contact": facts.contact,
    }


class _Awards:
    """Awards as objects that hold their services, recipients, areas, terms and sources."""

    def __init__(self, ledger: Ledger, tables: Sequence[TypedTable]) -> None:
        by_name = {one.name: one for one in tables}
        self._own = {one["id"]: one for one in self._records(by_name.get("awards"))}
        self._linked: dict[str, dict[object, list[Record]]] = {}
        for name in (
            *("award_services", "award_recipients", "award_areas", "award_terms"),
            *("award_sources", "outcome_reports", "documents"),
        ):
            grouped: dict[object, list[Record]] = {}
            for one in self._records(by_name.get(name)):
                grouped.setdefault(one.pop("award", None), []).append(one)
            self._linked[name] = grouped
        self._names = {one.id: one.name for one in ledger.recipients}

    @staticmethod
    def _records(table: TypedTable | None) -> list[Record]:
        return list(table.records()) if table else []

    def _of(self, name: str, award: str) -> list[Record]:
        return self._linked[name].get(award, [])

    def _services(self, award: str) -> list[Record]:
        named = self._of("award_recipients", award)
        return [
            {
                **service,
                "recipients": [
                    self._named(one) for one in named if one["service"] == service["service"]
                ],
            }
            for service in self._of("award_services", award)
        ]

    def _named(self, one: Record) -> Record:
        id = one["recipient"]
        who = None if id is None else {"id": id, "name": str(self._names.get(id, ""))}
        return {**{key: value for key, value in one.items() if key != "service"}, "recipient": who}

    def _titled(
        self, name: str, award: str, key: str, titles: Mapping[object, str]
    ) -> list[Record]:
        return [
            {key: one[key], "title": titles.get(one[key]), **one} for one in self._of(name, award)
        ]

    def record(self, one: LinkedAward) -> Record:
        """One award, whole."""
        id = one.award.id
        heads = {"programme": one.programme, "fund": one.fund, "theme": one.theme}
        own = {
            key: self._head(heads[key]) if key in heads else value
            for key, value in self._own[id].items()
        }
        areas: dict[object, str] = {link.area: str(area.title) for link, area in one.areas}
        sources: dict[object, str] = {
            link.funding_source: str(source.title) for link, source in one.sources
        }
        terms = {(link.scheme, link.term): str(term.title) for link, term in one.terms}
        return {
            **own,
            "attribution": one.attribution.value,
            "services": self._services(id),
            "areas": self._titled("award_areas", id, "area", areas),
            "terms": [
                {**link, "title": terms.get((link["scheme"], link["term"]))}
                for link in self._of("award_terms", id)
            ],
            "funding_sources": self._titled("award_sources", id, "funding_source", sources),
            "outcome_reports": [report["id"] for report in self._of("outcome_reports", id)],
            "documents": [document["id"] for document in self._of("documents", id)],
        }

    @staticmethod
    def _head(record: Any) -> Record | None:
        return None if record is None else {"id": record.id, "title": str(record.title)}


def publication(ledger: Ledger, tables: Sequence[TypedTable]) -> Download:
    """The whole publication as one JSON document."""
    facts = about(ledger)
    awards = _Awards(ledger, tables)
    standing = {one.award.id for one in ledger.standing}
    document = {
        "package": _package(facts, ledger.package),
        "how_to_read": {**dict(READING), "Missing values in this file": MISSING},
        "awards": [awards.record(one) for one in ledger.standing],
        "withdrawn_awards": [
            awards.record(one) for one in ledger.linked if one.award.id not in standing
        ],
        "tables": {table.name: list(table.records()) for table in tables},
    }
    return Download(
        path=urls.publication_json(facts.name),
        name=f"{facts.name}.json",
        title="JSON",
        description="The awards with their services, recipients and links, then every table.",
        given=plain_json.content(document),
    )
