"""360Giving 1.4: the awards that qualify as grants, and why each of the others is left out.

Nothing is invented so that an award fits: an id is only made where the publisher has stated
the prefix that 360Giving registered for it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator import model, urls
from generator.exports.base import Download
from generator.exports.plain_json import stated
from generator.exports.standards import (
    address,
    csv_file,
    documents,
    json_file,
    licence,
    numbers,
    said,
)
from generator.exports.threesixtygiving_csv import flattened
from generator.exports.threesixtygiving_parties import organisation, web
from generator.exports.threesixtygiving_return import CANT_RETURN
from generator.exports.threesixtygiving_rules import given_id, reasons
from generator.ledger import Ledger, LinkedAward
from generator.missing import Missing
from generator.slugs import slug

VERSION = "1.4"
EXCLUDED_COLUMNS = ("id", "title", "reason")
LOST_COLUMNS = ("table", "field", "reason")

_GEOGRAPHIC_TYPES = {
    "E04": "PAR",
    "E05": "WD",
    "E06": "UA",
    "E07": "NMD",
    "E08": "MD",
    "E09": "LONB",
    "E10": "CTY",
    "E12": "RGN/GOR",
    "E22": "CSP",
    "E23": "PFA",
    "E31": "FRA",
    "W04": "COM",
    "W05": "WD",
    "W06": "UA",
    "W14": "CDRP",
    "S12": "CA",
    "S13": "WD",
}
"""How 360Giving calls the kinds of area that an official code's first three letters tell."""


class _Grants:
    """Awards as grants, with what they look up gathered once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.package = ledger, ledger.package
        self.settings = ledger.package.settings
        self._numbers = numbers(ledger)
        self._documents = documents(ledger, "award")
        self._themes = {one.id: one for one in ledger.themes}
        self._changed: dict[object, list[date]] = {}
        for one in ledger.revisions:
            if one.resource == "awards" and isinstance(one.date, date):
                self._changed.setdefault(one.row, []).append(one.date)

    def _own(self, id: str) -> str:
        return f"360G-{self.settings.threesixtygiving_prefix}-{id}"

    def _recipient(self, one: LinkedAward) -> dict[str, Any]:
        recipient = one.recipients[0]
        if recipient.kind == "individual":
            person = {"id": self._own(f"IND-{recipient.id}"), "name": recipient.name}
            return {"recipientIndividual": person}
        listed = self._numbers.get(recipient.id, ())
        own = self._own(f"ORG-{recipient.id}")
        return {"recipientOrganization": [organisation(one, recipient, listed, own)]}

    def _programme(self, one: LinkedAward) -> list[dict[str, Any]]:
        if one.fund is None or one.award.fund_basis != "stated":
            return []
        page = address(self.package, urls.profile("funds", one.fund.id))
        return [stated(code=_code(one.fund), title=said(one.fund.title), url=page)]

    def _classifications(self, one: LinkedAward) -> list[dict[str, Any]]:
        heads = [] if one.theme is None else [("theme", one.theme.id, one.theme.title)]
        heads += [
            ("topic", term.id, term.title)
            for row, term in one.terms
            if row.scheme == "topic" and row.basis == "stated"
        ]
        return [stated(vocabulary=kind, code=id, title=said(title)) for kind, id, title in heads]

    def _documents_of(self, award: model.Award) -> list[dict[str, Any]]:
        return [
            stated(
                id=one.id,
                title=said(one.title),
                url=web(one.url),
                documentType=str(one.kind).replace("-", " "),
            )
            for one in self._documents.get(award.id, ())
            if web(one.url)
        ]

    def _modified(self, award: model.Award) -> str | None:
        days = [*self._changed.get(award.id, ())]
        if isinstance(award.published_on, date):
            days.append(award.published_on)
        return f"{max(days).isoformat()}T00:00:00Z" if days else None

    def grant(self, one: LinkedAward) -> dict[str, Any]:
        """An award that qualifies, as a grant."""
        award = one.award
        period = stated(startDate=_iso(award.start_on), endDate=_iso(award.end_on))
        funder = {"id": str(self.settings.publisher_numbers[0])}
        return stated(
            id=given_id(award) or self._own(award.id),
            title=award.title,
            description=award.purpose,
            currency=self.package.currency,
            amountAwarded=award.amount,
            awardDate=_iso(award.decided_on),
            url=address(self.package, urls.profile("awards", award.id)),
            plannedDates=[period] if period else [],
            **self._recipient(one),
            fundingOrganization=[{**funder, "name": self.settings.publisher_name}],
            grantProgramme=self._programme(one),
            beneficiaryLocation=[
                _location(area) for link, area in one.areas if link.basis == "stated"
            ],
            classifications=self._classifications(one),
            relatedDocument=self._documents_of(award),
            dateModified=self._modified(award),
            dataSource=address(self.package, urls.DATA),
        )


def _iso(day: date | Missing) -> str | None:
    return day.isoformat() if isinstance(day, date) else None


def _code(fund: model.Fund) -> str:
    """The fund's code as the source writes it, where it is another spelling of the id."""
    other = said(fund.also_called)
    return other if other and slug(other) == fund.id else fund.id


def _location(area: model.Area) -> dict[str, Any]:
    code = said(area.gss_code)
    return stated(
        name=said(area.title), geoCode=code, geoCodeType=_GEOGRAPHIC_TYPES.get((code or "")[:3])
    )


def _left_out(ledger: Ledger) -> Iterator[Mapping[str, str]]:
    for one in ledger.linked:
        title = one.award.title
        for reason in reasons(one, ledger.package.settings, ledger.numbered):
            yield {"id": one.award.id, "title": str(title), "reason": reason}


def grants(ledger: Ledger) -> tuple[dict[str, Any], ...]:
    """The awards that qualify, in the order of the file."""
    maker = _Grants(ledger)
    settings, numbered = ledger.package.settings, ledger.numbered
    return tuple(maker.grant(one) for one in ledger.linked if not reasons(one, settings, numbered))


def downloads(ledger: Ledger) -> Iterator[Download]:
    """The grants as JSON and CSV, and the awards left out."""
    package, settings = ledger.package, ledger.package.settings
    qualifying = grants(ledger)
    own = settings.publisher_numbers
    folder = urls.package_folder(package.name)
    document = stated(
        version=VERSION,
        title=f"{package.title}: grants",
        identifier=package.name,
        issued=package.created,
        publisher=stated(
            name=settings.publisher_name,
            identifier=str(own[0]) if own else None,
        ),
        downloadURL=address(package, f"{folder}360giving.json"),
        accessURL=address(package, urls.DATA),
        license=licence(package),
    )
    which = (
        "Each is a grant that stands, for one named recipient, with a title, a purpose and the "
        "day it was decided. Amounts set aside are no grants. 360giving-excluded.csv lists every "
        "other award, 360giving-not-carried.csv the fields that have no place in the form."
    )
    none = "" if qualifying else " No award qualifies yet, and the standard knows no empty list."
    yield json_file(
        package,
        "360giving.json",
        "Grants in the 360Giving form (JSON)",
        f"The awards that fit the 360Giving Data Standard {VERSION}. {which}{none}",
        {**document, "grants": qualifying},
    )
    yield csv_file(
        package,
        "360giving.csv",
        (
            "Grants in the 360Giving form (CSV)",
            f"The same grants with the standard's own column titles. A blank is a detail that is "
            f"not published. {which}{none}",
        ),
        *flattened(qualifying),
    )
    yield csv_file(
        package,
        "360giving-excluded.csv",
        (
            "Awards that 360Giving can't hold",
            "Every award that is not among the grants in the 360Giving form, with what keeps it "
            "out: one row for each award and reason.",
        ),
        EXCLUDED_COLUMNS,
        tuple(_left_out(ledger)),
    )
    yield csv_file(
        package,
        "360giving-not-carried.csv",
        (
            "What the 360Giving form does not carry",
            "Fields of this publication that are not in the grants above, and don't come back "
            "when they are imported again.",
        ),
        LOST_COLUMNS,
        tuple(
            {"table": table, "field": field, "reason": reason}
            for table, fields, reason in CANT_RETURN
            for field in fields
        ),
    )
