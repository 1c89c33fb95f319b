"""One contract as an OCDS 1.1 release: its planning, tender, awards, contract and parties."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from msgspec import Struct

from generator import model
from generator.descriptor import OrganisationNumber
from generator.exports import ocds_parts as parts
from generator.exports.plain_json import stated
from generator.exports.standards import documents, numbers, said
from generator.ledger import Attribution, Ledger, LinkedAward
from generator.missing import Missing
from generator.summaries.base import cell

_TENDER_KINDS = ("invitation-to-tender", "tender-notice")
_AWARD_KINDS = ("award-notice",)
_STATUSES = {
    "awarded": "active",
    "under-way": "active",
    "ended": "active",
    "withdrawn": "cancelled",
}
"""OCDS has no status for an award that ended; an ended one was made and stood, so: active."""
_BASES = {
    "funded-in-year": "The amount is for one financial year.",
    "total-value": "The amount is for the whole award.",
    "allocation": "The published amount is a budget set aside, so it is left out here.",
}


class Releases(Struct, frozen=True, dict=True):
    """Makes the releases of one publication."""

    ledger: Ledger
    released: str
    """When the publication was made, as a date-time."""

    @cached_property
    def _numbers(self) -> Mapping[str, tuple[OrganisationNumber, ...]]:
        return numbers(self.ledger)

    @cached_property
    def _of_contracts(self) -> Mapping[object, tuple[model.Document, ...]]:
        return documents(self.ledger, "contract")

    @cached_property
    def _of_awards(self) -> Mapping[object, tuple[model.Document, ...]]:
        return documents(self.ledger, "award")

    def _value(self, amount: Decimal | Missing) -> dict[str, Any] | None:
        if isinstance(amount, Missing):
            return None
        return {"amount": amount, "currency": self.ledger.package.currency}

    def _publisher(self) -> dict[str, Any]:
        settings = self.ledger.package.settings
        own = settings.publisher_numbers
        return stated(
            name=settings.publisher_name,
            id=str(own[0]) if own else settings.publisher_id,
            identifier=stated(
                scheme=own[0].scheme, id=own[0].identifier, legalName=settings.publisher_name
            )
            if own
            else None,
            roles=["buyer"],
        )

    def _supplier(self, recipient: model.Recipient) -> dict[str, Any]:
        listed = self._numbers.get(recipient.id, ())
        return stated(
            name=said(recipient.name),
            id=str(listed[0]) if listed else recipient.id,
            identifier=stated(scheme=listed[0].scheme, id=listed[0].identifier) if listed else None,
            additionalIdentifiers=[
                {"scheme": one.scheme, "id": one.identifier} for one in listed[1:]
            ],
            roles=["supplier"],
        )

    def _parties(self, awards: Sequence[LinkedAward]) -> list[dict[str, Any]]:
        parties: dict[str, dict[str, Any]] = {}
        suppliers = (self._supplier(one) for award in awards for one in award.recipients)
        for party in (self._publisher(), *suppliers):
            known = parties.setdefault(party["id"], party)
            known["roles"] = sorted({*known["roles"], *party["roles"]})
        return list(parties.values())

    def _amendments(self, resource: str, row: str) -> list[dict[str, Any]]:
        return [
            stated(
                id=one.id,
                date=parts.moment(one.date),
                rationale=said(one.reason),
                description=f"{one.field}: from {cell(one.old)} to {cell(one.new)}",
            )
            for one in self.ledger.revisions
            if one.resource == resource and one.row == row
        ]

    def _planning(self, contract: model.Contract) -> dict[str, Any]:
        milestones = {
            "intention": ("The intention to buy was published", "preProcurement"),
            "market-engagement": ("Possible suppliers were met", "engagement"),
        }
        days = {
            "intention": contract.intention_published_on,
            "market-engagement": contract.market_engagement_on,
        }
        amount = self._value(contract.envelope)
        words = "The most that the tender said could be spent."
        return stated(
            budget={"description": words, "amount": amount} if amount else None,
            milestones=[
                {
                    "id": id,
                    "title": title,
                    "type": kind,
                    "dateMet": parts.moment(days[id]),
                    "status": "met",
                }
                for id, (title, kind) in milestones.items()
                if isinstance(days[id], date)
            ],
        )

    def _documents(self, contract: str, kinds: Sequence[str], *, other: bool = False) -> list[Any]:
        return [
            parts.document(one)
            for one in self._of_contracts.get(contract, ())
            if (one.kind in kinds) is not other
        ]

    def _tender(self, one: model.Contract, awards: Sequence[LinkedAward]) -> dict[str, Any]:
        rationale = (
            parts.SINGLE.get(str(one.single_tender_reason)),
            said(one.single_tender_evidence),
        )
        bids = {award.award.bids_received for award in awards} - set(Missing)
        files = self._documents(one.id, _TENDER_KINDS)
        if isinstance(one.tender_url, str):
            files.insert(0, {"id": "tender-page", "title": "The tender", "url": one.tender_url})
        return stated(
            id=said(one.tender_reference) or one.id,
            title=said(one.title),
            status="complete",
            value=self._value(one.envelope),
            procurementMethod=parts.METHODS.get(str(one.procedure)),
            procurementMethodDetails=str(one.procedure).replace("-", " "),
            procurementMethodRationale=" ".join(filter(None, rationale)),
            **parts.criteria(one),
            tenderPeriod=parts.period(one.tender_published_on, Missing.NOT_PUBLISHED),
            numberOfTenderers=bids.pop() if len(bids) == 1 else None,
            documents=files,
        )

    def _award(self, one: LinkedAward, notices: list[Any]) -> dict[str, Any]:
        award = one.award
        unsure = one.attribution in (Attribution.PARTIAL, Attribution.UNNAMED, Attribution.NONE)
        words = (
            said(award.purpose),
            _BASES.get(str(award.amount_basis)),
            "Not every supplier is named." if unsure else None,
        )
        allocated = award.amount_basis == "allocation"
        suppliers = map(self._supplier, one.recipients)
        own = self._of_awards.get(award.id, ())
        return stated(
            id=award.id,
            title=said(award.title),
            description=" ".join(filter(None, words)),
            status=_STATUSES.get(str(award.status)),
            date=parts.moment(award.decided_on),
            value=None if allocated else self._value(award.amount),
            suppliers=[{"id": each["id"], "name": each["name"]} for each in suppliers],
            contractPeriod=parts.period(award.start_on, award.end_on),
            documents=[*notices, *map(parts.document, own)],
            amendments=self._amendments("awards", award.id),
        )

    def _contract(self, one: model.Contract, awards: Sequence[LinkedAward]) -> dict[str, Any]:
        first, today = parts.first(awards).award.id, self.ledger.today
        used = one.extensions_used_months
        last = parts.extended(one, used) or said(one.end_on)
        status = None
        if isinstance(one.start_on, date) and last and today:
            status = "pending" if one.start_on > today else "active"
            status = "terminated" if last < today else status
        extended = (
            {
                "id": f"{one.id}-extended",
                "description": f"{used} months of extension are agreed. "
                f"The original term ended on {cell(one.end_on)}.",
            }
            if isinstance(used, int) and used
            else None
        )
        return stated(
            id=one.id,
            awardID=first,
            title=said(one.title),
            description=" ".join(parts.words(one, awards)),
            status=status,
            period=parts.period(
                one.start_on, last or one.end_on, parts.extended(one, one.extension_months)
            ),
            value=self._value(one.total_value),
            dateSigned=parts.moment(one.signed_on),
            documents=self._documents(one.id, (*_TENDER_KINDS, *_AWARD_KINDS), other=True),
            amendments=[
                *([extended] if extended else []),
                *self._amendments("contracts", one.id),
            ],
        )

    def release(
        self, contract: model.Contract, ocid: str, awards: Sequence[LinkedAward]
    ) -> Mapping[str, Any]:
        """A contract and its awards as one release."""
        version = self.ledger.package.version or self.released[:10]
        planning = self._planning(contract)
        notices = self._documents(contract.id, _AWARD_KINDS)
        first = parts.first(awards)
        buyer = self._publisher()
        return stated(
            ocid=ocid,
            id=f"{version}-{contract.id}",
            date=self.released,
            tag=[*(["planning"] if planning else []), "tender", "award", "contract"],
            initiationType="tender",
            parties=self._parties(awards),
            buyer={"id": buyer["id"], "name": buyer["name"]},
            planning=planning,
            tender=self._tender(contract, awards),
            awards=[self._award(one, notices if one is first else []) for one in awards],
            contracts=[self._contract(contract, awards)],
        )
