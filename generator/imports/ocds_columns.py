"""What becomes of each member of an OCDS release: mapped, kept beside the award, or left out.

A member is named by its path without the places in lists: `awards/suppliers/name`.
"""

import re
from collections import Counter
from collections.abc import Iterator

from generator.imports.base import ColumnFate
from generator.imports.ocds_releases import text
from generator.imports.private_columns import PRIVATE, is_private

MAPPED, KEPT, IGNORED = "mapped", "kept", "ignored"
ADDRESS = "an address, which may be somebody's home; left out"
_MAPPED = {
    "ocid": "ocid",
    "date": "says which version of an award holds; published_on where the award gives no day",
    "buyer/id": "funder; kept where it is no number of a known register",
    "buyer/name": "funder",
    "parties/id": "ties suppliers and buyer to their numbers",
    "parties/name": "the name of a supplier or buyer that is only referred to",
    "parties/roles": "says who the buyer is, where the release doesn't",
    "parties/identifier/scheme": "recipient's number, if the register is known",
    "parties/identifier/id": "recipient's number, if the register is known",
    "parties/additionalIdentifiers/scheme": "recipient's number, if the register is known",
    "parties/additionalIdentifiers/id": "recipient's number, if the register is known",
    "parties/details/url": "recipient's web address",
    "awards/id": "source_id, after the ocid where it doesn't begin with that",
    "awards/title": "title",
    "awards/description": "purpose beside the award's own title, or where the tender gives none",
    "tender/title": "title, where the award gives none",
    "tender/description": "purpose beside the tender's title, or where the award gives none",
    "awards/status": "status; only awards that stand are imported",
    "awards/value/amount": "amount",
    "awards/value/currency": "currency",
    "awards/date": "decided_on, and financial_year (April to March)",
    "awards/datePublished": "published_on",
    "awards/contractPeriod/startDate": "start_on",
    "awards/contractPeriod/endDate": "end_on",
    "awards/suppliers/id": "recipient; kept where it is no number of a known register",
    "awards/suppliers/name": "recipient",
    "awards/suppliers/identifier/scheme": "recipient's number, if the register is known",
    "awards/suppliers/identifier/id": "recipient's number, if the register is known",
    "contracts/awardID": "ties a contract to its award",
    "tender/procurementMethodDetails": "route",
    "tender/numberOfTenderers": "bids_received",
    "bids/statistics/measure": "bids_received, where bids for this award are counted",
    "bids/statistics/value": "bids_received, where bids for this award are counted",
    "bids/statistics/relatedLot": "says which award the bids were for",
}
_DOCUMENTS = re.compile(r"(?:awards|contracts|tender)/documents/(.*)")
_PEOPLE = re.compile(r"(?:^|/)(?:persons?|beneficialOwners|shareholders)(?:/|$)")
_ADDRESS = re.compile(r"(?:^|/)(?:\w*address(?:es)?|\w*locations?|postalcode)(?:/|$)", re.I)
_REGION = re.compile(r".*/deliveryAddress(?:es)?/region")
_KEPT = re.compile(
    r"awards/.*|contracts/.*"
    r"|tender/(?:id|mainProcurementCategory|procurementMethod|procurementMethodRationale"
    r"|additionalProcurementCategories|(?:items/)?(?:classification|additionalClassifications)/.*"
    r"|suitability/.*|(?:min|max)?[vV]alue/(?:amount|currency))"
    r"|parties/details/(?:scale|vcse)|parties/identifier/legalName"
)
_ABOUT = {
    "planning": "about the plan, not the award",
    "tender": "about the tender, not the award",
    "parties": "about a party, beside its name and numbers",
    "buyer": "about the buyer, beside its name and number",
    "bids": "about the bids, beside their number",
}
OF_SUPPLIER = "kept where the award has one supplier"


def fate_of(path: str) -> tuple[str, str]:
    """What becomes of a member, and why or to what end, in words."""
    if path in _MAPPED:
        return MAPPED, _MAPPED[path]
    if _PEOPLE.search(path) or is_private(path):
        return IGNORED, PRIVATE
    if _ADDRESS.search(path) and not _REGION.fullmatch(path):
        return IGNORED, ADDRESS
    if found := _DOCUMENTS.fullmatch(path):
        used = found[1] in {"title", "description", "url", "documentType"}
        return (MAPPED, "documents") if used else (IGNORED, "about a document, beside its link")
    if path.startswith("parties/") and _KEPT.fullmatch(path):
        return KEPT, OF_SUPPLIER
    if _KEPT.fullmatch(path) or (path.startswith("tender/") and _REGION.fullmatch(path)):
        return KEPT, "beside the award"
    return IGNORED, _ABOUT.get(
        path.partition("/")[0], "about the release or the file, not the award"
    )


def leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    """The plain values inside a value that hold something, in order, with their paths."""
    waiting = [(path, value)]
    while waiting:  # not recursive: documents nest as deep as they like
        here, found = waiting.pop()
        if isinstance(found, dict):
            inside = [(f"{here}/{name}" if here else str(name), one) for name, one in found.items()]
            waiting.extend(reversed(inside))
        elif isinstance(found, list):
            waiting.extend((here, one) for one in reversed(found))
        elif words := text(found):
            yield here, words


def columns(document: object) -> tuple[ColumnFate, ...]:
    """Every member of a document that holds something, with its fate."""
    filled = Counter(_plain(path) for path, _ in leaves(document, ""))
    return tuple(ColumnFate("", path, *_fate_in(path), count) for path, count in filled.items())


_LISTS = ("releases/", "records/compiledRelease/", "records/releases/", "records/")


def _plain(path: str) -> str:
    """A path inside its release. Those of the package around the releases stay as they are."""
    for start in _LISTS:
        if path.startswith(start):
            return path.removeprefix(start)
    return path


def _fate_in(path: str) -> tuple[str, str]:
    return (MAPPED, "the licence") if path == "license" else fate_of(path)
