"""The parts of an award in OCDS: who, how much, when, with which documents; nothing inferred."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from generator.imports.base import Attachment, Correction, Party
from generator.imports.ocds_columns import KEPT, fate_of, leaves
from generator.imports.ocds_parties import WEB, Parties, is_number
from generator.imports.ocds_releases import Entry, listed, part, text
from generator.imports.values import Unclear, days, one_line

_TEXTS = {"awards/title", "awards/description", "tender/title", "tender/description"}
_KINDS = {
    "awardNotice": "award-notice",
    "tenderNotice": "tender-notice",
    "biddingDocuments": "invitation-to-tender",
    "contractSigned": "contract",
}


class Award(Struct, eq=False, dict=True):
    """One award with its release around it. What had to be taken otherwise is noted."""

    entry: Entry
    notes: list[Correction] = field(default_factory=list)

    def note(self, column: str, found: str, taken: str, why: str) -> None:
        """Remember that a value was taken as something other than its characters."""
        self.notes.append(Correction(self.entry.line, column, found, taken, why))

    @property
    def own(self) -> Mapping[str, Any]:
        """The award itself."""
        return self.entry.award or {}

    @property
    def tender(self) -> Mapping[str, Any]:
        """The tender that it came of."""
        return part(self.entry.release, "tender")

    @cached_property
    def contracts(self) -> list[dict[str, Any]]:
        """The contracts made under it."""
        id = text(self.own.get("id"))
        every = listed(self.entry.release, "contracts")
        return [one for one in every if id and text(one.get("awardID")) == id]

    @cached_property
    def parties(self) -> Parties:
        """Who is who in its release."""
        return Parties(self.entry.release, self.note)

    @cached_property
    def value(self) -> tuple[str, str]:
        """The amount as written, and its currency. A lone contract's, where the award has none."""
        own = part(self.own, "value")
        if text(own.get("amount")) or len(self.contracts) != 1:
            return text(own.get("amount")), text(own.get("currency"))
        other = part(self.contracts[0], "value")
        amount, currency = text(other.get("amount")), text(other.get("currency"))
        if amount:
            why = "the award gives no amount; that of its one contract was taken"
            self.note("awards/value/amount", "", amount, why)
        return amount, currency or text(own.get("currency"))

    @cached_property
    def texts(self) -> tuple[str, str]:
        """The paths of title and purpose: both of one place, as far as it gives both."""
        titled = text(self.own.get("title"))
        first, second = ("awards", "tender") if titled else ("tender", "awards")
        places = {"awards": self.own, "tender": self.tender}
        title = f"{first}/title"
        given = text(places[first].get("description"))
        return title, f"{first if given else second}/description"

    @property
    def title(self) -> str:
        """Its title on one line, else its tender's."""
        return one_line(self.at(self.texts[0]))

    def at(self, path: str) -> str:
        """The text at a path of the award or its tender."""
        place, name = path.split("/")
        return text((self.own if place == "awards" else self.tender).get(name))

    def _day(self, *places: tuple[str, object]) -> str:
        """The first of these moments that can be read, as the day that it names; else empty."""
        for path, value in places:
            written = text(value)
            day = days(())(written) if written else ""
            if isinstance(day, Unclear):
                self.note(path, written, "", f"{day.reason} It was left out")
            elif day:
                return day
        return ""

    def _term(self, name: str) -> str:
        contract = part(self.contracts[0], "period") if len(self.contracts) == 1 else {}
        return self._day(
            (f"awards/contractPeriod/{name}", part(self.own, "contractPeriod").get(name)),
            (f"contracts/period/{name}", contract.get(name)),
        )

    @cached_property
    def days(self) -> Mapping[str, str]:
        """When it was decided and published, starts and ends, as columns of awards.

        A moment becomes the day that it names, in whatever time zone it is written.
        """
        published = self.own.get("datePublished"), self.entry.release.get("date")
        return {
            "decided_on": self._day(("awards/date", self.own.get("date"))),
            "published_on": self._day(
                ("awards/datePublished", published[0]), ("date", published[1])
            ),
            "start_on": self._term("startDate"),
            "end_on": self._term("endDate"),
        }

    @property
    def begins_on(self) -> str:
        """The day that decides its financial year: of the award, else its start."""
        return self.days["decided_on"] or self.days["start_on"]

    def bids(self) -> str:
        """How many bids there were for it, where the release counts them; never guessed."""
        lots = self.own.get("relatedLots")
        ours = [text(one) for one in lots] if isinstance(lots, list) else []
        counted = {
            text(one.get("value"))
            for one in listed(part(self.entry.release, "bids"), "statistics")
            if one.get("measure") == "bids"
            and (not text(one.get("relatedLot")) or [text(one.get("relatedLot"))] == ours)
        }
        number = counted.pop() if len(counted) == 1 else text(self.tender.get("numberOfTenderers"))
        return number if number.isascii() and number.isdecimal() else ""

    def documents(self) -> Iterator[Attachment]:
        """Documents of the award, its contracts and its tender that have a web address."""
        for place, of in (
            ("awards", self.own),
            *(("contracts", one) for one in self.contracts),
            ("tender", self.tender),
        ):
            for one in listed(of, "documents"):
                url, kind = text(one.get("url")), text(one.get("documentType"))
                title = text(one.get("title")) or text(one.get("description")) or kind
                if WEB.fullmatch(url):
                    yield Attachment(title or "Document", url, _KINDS.get(kind, "other"))
                elif url:
                    self.note(f"{place}/documents/url", url, "", "no web address; left out")

    def kept(self, suppliers: tuple[Party, ...]) -> Iterator[tuple[str, str]]:
        """What has no place of its own: each with its path."""
        for path in sorted(_TEXTS - set(self.texts)):
            if words := self.at(path):
                yield path, words
        ids = [("buyer/id", text(part(self.entry.release, "buyer").get("id")))]
        ids += [("awards/suppliers/id", one.identifier) for one in suppliers]
        yield from (one for one in ids if not is_number(one[1]))
        places: list[tuple[str, object]] = [("awards", self.own), ("tender", self.tender)]
        places += [("contracts", one) for one in self.contracts]
        if len(suppliers) == 1:
            places.append(("parties", self.parties.whole(suppliers[0])))
        for place, of in places:
            for path, words in leaves(of, place):
                again = place == "parties" and words == suppliers[0].name
                if fate_of(path)[0] == KEPT and not again:
                    yield path, words
