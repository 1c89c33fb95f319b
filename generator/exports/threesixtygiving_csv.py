"""360Giving's spreadsheet form: one row a grant, under the standard's own column titles."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.money import plain
from generator.tables import Cells

_TITLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "id": ("Identifier", {}),
    "title": ("Title", {}),
    "description": ("Description", {}),
    "currency": ("Currency", {}),
    "amountAwarded": ("Amount Awarded", {}),
    "awardDate": ("Award Date", {}),
    "url": ("URL", {}),
    "plannedDates": ("Planned Dates", {"startDate": "Start Date", "endDate": "End Date"}),
    "recipientOrganization": (
        "Recipient Org",
        {
            "id": "Identifier",
            "name": "Name",
            "charityNumber": "Charity Number",
            "companyNumber": "Company Number",
            "url": "Web Address",
        },
    ),
    "recipientIndividual": ("Recipient Ind", {"id": "Identifier", "name": "Name"}),
    "fundingOrganization": ("Funding Org", {"id": "Identifier", "name": "Name"}),
    "grantProgramme": ("Grant Programme", {"code": "Code", "title": "Title", "url": "URL"}),
    "beneficiaryLocation": (
        "Beneficiary Location",
        {"name": "Name", "geoCode": "Geographic Code", "geoCodeType": "Geographic Code Type"},
    ),
    "classifications": (
        "Classifications",
        {"vocabulary": "Vocabulary", "code": "Code", "title": "Title"},
    ),
    "relatedDocument": (
        "Related Document",
        {
            "id": "Identifier",
            "title": "Title",
            "url": "Web Address",
            "documentType": "Document Type",
        },
    ),
    "dateModified": ("Last Modified", {}),
    "dataSource": ("Data Source", {}),
}
"""Each member that a grant may have, with its title, and those of its own members."""


def _parts(value: Any) -> Sequence[Mapping[str, Any]]:
    return value if isinstance(value, list) else [value]


def _places(grants: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    """What tells several parts of a grant apart: nothing when no grant has more than one."""
    most = max((len(_parts(one[name])) for one in grants if name in one), default=1)
    return [""] if most == 1 else [f":{place}" for place in range(most)]


def _cell(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _cells(grant: Mapping[str, Any], places: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for name, value in grant.items():
        title, members = _TITLES[name]
        if not members:
            yield title, _cell(value)
        else:
            for place, part in zip(places[name], _parts(value), strict=False):
                for member, one in part.items():
                    yield f"{title}{place}:{members[member]}", _cell(one)


def flattened(grants: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[Cells, ...]]:
    """The column titles, and the rows. Several parts are numbered: `Classifications:0:Code`."""
    places = {name: _places(grants, name) for name, (_, members) in _TITLES.items() if members}
    header: list[str] = []
    for name, (title, members) in _TITLES.items():
        header += (
            [title]
            if not members
            else [
                f"{title}{place}:{member}" for place in places[name] for member in members.values()
            ]
        )
    return tuple(header), tuple(dict(_cells(one, places)) for one in grants)
