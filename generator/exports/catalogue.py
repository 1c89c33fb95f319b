"""DCAT: the publication and all its files, for data catalogues."""

import json
from collections.abc import Sequence
from typing import Any

from generator import urls
from generator.exports.about import About, about, areas_of
from generator.exports.base import Download
from generator.ledger import Ledger

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"


def _licence(facts: About) -> dict[str, Any]:
    if not facts.licences:
        words = "The source states no licence."
        return {"dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": words}}
    first = facts.licences[0]
    document = {"@type": "dct:LicenseDocument", "rdfs:label": first.title}
    return {"dct:license": {"@id": first.path, **document} if first.path else document}


def _distribution(file: Download, base_url: str | None) -> dict[str, Any]:
    where = {"@id": urls.address(base_url, file.path, urls.DATA)}
    return {
        "@type": "dcat:Distribution",
        "dct:title": f"{file.title} ({file.name})",
        "dct:description": file.said,
        "dcat:accessURL": {"@id": urls.address(base_url, urls.DATA, urls.DATA)},
        "dcat:downloadURL": where,
        "dcat:mediaType": {"@id": _MEDIA + file.media_type},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(file.bytes)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
        },
    }


def _time(facts: About) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if facts.period:
        start, end = ({"@type": "xsd:date", "@value": day} for day in facts.period)
        period = {"@type": "dct:PeriodOfTime", "dcat:startDate": start, "dcat:endDate": end}
        found["dct:temporal"] = period
    if facts.date:
        found["dct:modified"] = {"@type": "xsd:date", "@value": facts.date}
    return found


def dataset(ledger: Ledger, files: Sequence[Download], base_url: str | None, page: str) -> Any:
    """A publication as a DCAT dataset; `page` is the address of its data page."""
    facts = about(ledger)
    agents = [{"@type": "foaf:Agent", "foaf:name": name} for name in facts.makers]
    found: dict[str, Any] = {
        "@id": f"{page}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": facts.name,
        "dct:title": facts.title,
        "dct:description": facts.said,
        "dcat:landingPage": {"@id": page},
        "dct:creator": agents,
        **({"dct:publisher": agents[0]} if facts.official else {}),
        "dct:source": list(facts.sources),
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "rdfs:label": facts.standing},
        **_licence(facts),
        **_time(facts),
        "dct:spatial": [{"@type": "dct:Location", "rdfs:label": name} for name in areas_of(ledger)],
        "dcat:distribution": [
            _distribution(file, base_url) for file in files if not file.describes
        ],
    }
    if facts.version:
        found["dcat:version"] = facts.version
    return found


def entry(name: str, page: str, **what: object) -> Download:
    """A catalogue of this name, with what it holds; `page` is the address of its data page."""
    document = {
        "@context": _CONTEXT,
        "@id": f"{page}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": name,
        "dct:description": f"The data behind the site {name}.",
        **{f"dcat:{key}": value for key, value in what.items()},
    }
    return Download(
        path=urls.catalogue(),
        name="catalog.jsonld",
        title="Catalogue entry",
        description="The publication and all its files, for data catalogues (DCAT).",
        given=(json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode(),
    )


def catalogue(ledger: Ledger, files: Sequence[Download], base_url: str | None) -> Download:
    """The site as a DCAT catalogue with one dataset and all its files."""
    page = urls.address(base_url, urls.DATA, urls.DATA)
    whole = dataset(ledger, files, base_url, page)
    return entry(ledger.package.settings.site_name, page, dataset=whole)
