"""schema.org: the publication as search engines read it from the data page's HTML."""

from collections.abc import Sequence
from typing import Any

from generator import urls
from generator.exports.about import About, about, areas_of
from generator.exports.base import Download
from generator.ledger import Ledger

_LONGEST_DESCRIPTION = 5000


def _maker(facts: About, name: str) -> dict[str, Any]:
    maker: dict[str, Any] = {"@type": "Organization", "name": name}
    if facts.official and facts.contact and "@" in facts.contact:
        kind = "customer service"
        maker["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": kind,
            "email": facts.contact,
        }
    return maker


def schema_org(ledger: Ledger, files: Sequence[Download], base_url: str | None) -> dict[str, Any]:
    """The publication as search engines read it from the data page (schema.org `Dataset`)."""
    facts = about(ledger)
    here = urls.address(base_url, urls.DATA, urls.DATA)
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": facts.title,
        "description": facts.said[:_LONGEST_DESCRIPTION],
        "url": here,
        "identifier": facts.name,
        "isAccessibleForFree": True,
        "keywords": ["public funding", "awards", "grants", "contracts", "transparency"],
        "about": {"@type": "Organization", "name": facts.publisher},
        "isBasedOn": [{"@type": "CreativeWork", "name": name} for name in facts.sources],
        "variableMeasured": ["Amount awarded", "At least", "Named in awards worth"],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": ledger.package.settings.site_name,
            "url": urls.address(base_url, urls.HOME, urls.DATA),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": urls.address(base_url, file.path, urls.DATA),
                "encodingFormat": file.media_type,
                "contentSize": f"{file.bytes} B",
                "sha256": file.sha256,
            }
            for file in files
            if not file.describes
        ],
    }
    if facts.makers:
        found["creator"] = [_maker(facts, name) for name in facts.makers]
    if facts.official:
        found["publisher"] = _maker(facts, facts.publisher)
    if facts.licences:
        first = facts.licences[0]
        found["license"] = first.path or {"@type": "CreativeWork", "name": first.title}
    if facts.version:
        found["version"] = facts.version
    if facts.date:
        found["dateModified"] = facts.date
    if facts.period:
        found["temporalCoverage"] = "/".join(facts.period)
    if areas := areas_of(ledger):
        found["spatialCoverage"] = [{"@type": "Place", "name": name} for name in areas]
    return found
