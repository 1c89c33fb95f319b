"""Contracts published as OCDS releases or records, read as awards whose instrument is contract.

Read are versions 1.0 and 1.1, as packages or bare lists. An award that stands in several
releases is taken from the newest. A row is an award of a release, or a release without one.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches

from generator.errors import UsageProblem
from generator.imports.base import Correction, Incoming, Party, Reading, Refused, SourceFile
from generator.imports.doubts import Doubts
from generator.imports.ocds_columns import columns, leaves
from generator.imports.ocds_parts import Award
from generator.imports.ocds_releases import Entry, entries, is_ocds, part, text, versions
from generator.imports.values import (
    Unclear,
    award_amount,
    currency_code,
    financial_year,
    money,
    one_line,
    prose,
)
from generator.licences import as_stated

_NOT_MADE = {
    "pending": "The award is proposed and not made yet: its status is pending.",
    "cancelled": "The award was cancelled: its status says so.",
    "unsuccessful": "Nothing was awarded: its status is unsuccessful.",
}
_AT_SOURCE = "ask the buyer to correct its notice, and import the file again."


def reads(source: SourceFile) -> bool:
    """Whether a file is OCDS."""
    return source.form == "json" and is_ocds(source.document)


def read(source: SourceFile, *, buyer: str | None = None) -> Reading:
    """Every award of the file, imported or refused.

    `buyer` takes the awards of one buyer, by name or id, and refuses all others; raises
    UsageProblem when the file has no such buyer.
    """
    doubts = Doubts(words for _, words in leaves(source.document, ""))
    found = list(entries(source.document))
    if buyer is not None:
        _must_be_there(buyer, found)
    awards: list[Incoming] = []
    refused: list[Refused] = []
    notes: list[Correction] = []
    for several in versions(found):
        award = Award(several[0])
        read = _read(award, several, buyer)
        if isinstance(read, Refused):
            refused.append(read)
            continue
        awards.append(read)
        places = dict(zip(("title", "purpose"), award.texts, strict=True))
        notes += [*award.notes, *_older(several), *doubts.about(read, several[0].line, places)]
    stated = source.document if isinstance(source.document, dict) else {}
    return Reading(
        source=source,
        standard="OCDS",
        rows=len(found),
        awards=tuple(awards),
        refused=tuple(refused),
        corrections=tuple(sorted([*notes, *_alike(awards)], key=lambda one: one.line)),
        columns=columns(source.document),
        licence=as_stated(text(stated.get("license"))),
    )


def _read(award: Award, several: Sequence[Entry], buyer: str | None) -> Incoming | Refused:
    """An award, from the newest of its versions, or why it can't be imported."""
    lines = tuple(sorted(entry.line for entry in several))
    id, (written, mark) = award.entry.source_id, award.value
    code, stated = currency_code(mark), money(written)
    currency = mark if isinstance(code, Unclear) else code
    usable = _usable(award, several, buyer)
    if isinstance(usable, Unclear):
        amount = stated if isinstance(stated, Decimal) else None
        return Refused(lines, id, amount, currency, usable.reason, usable.mend)
    amount, funder = usable
    suppliers = award.parties.suppliers(award.own)
    return Incoming(
        lines=lines,
        amount=amount,
        currency=currency,
        funder=funder,
        cells=_cells(award),
        recipients=suppliers,
        documents=tuple(dict.fromkeys(award.documents())),
        kept=tuple(award.kept(suppliers)),
    )


def _usable(
    award: Award, several: Sequence[Entry], buyer: str | None
) -> tuple[Decimal, Party] | Unclear:
    """An award's amount and its buyer, once it is sure that it can be imported."""
    funder = award.parties.buyer()
    if unclear := _not_wanted(several, funder, buyer) or _lacking(award):
        return unclear
    if funder is None:
        return Unclear("The release doesn't say who the buyer is.", _AT_SOURCE)
    amount = award_amount(award.value[0])
    return amount if isinstance(amount, Unclear) else (amount, funder)


def _not_wanted(
    several: Sequence[Entry], funder: Party | None, buyer: str | None
) -> Unclear | None:
    """Why no award is to be made of these versions."""
    entry = several[0]
    if buyer is not None and not _is_buyer(buyer, entry, funder):
        reason = "It isn't the buyer's that was asked for."
        return Unclear(reason, "leave out --buyer to import all buyers.")
    if entry.fault:
        return Unclear(entry.fault, _AT_SOURCE)
    if entry.award is None:
        return Unclear("The release has no award yet.", "nothing, until the contract is awarded.")
    status = text(entry.award.get("status")).lower()
    if status in _NOT_MADE:
        return Unclear(_NOT_MADE[status], "nothing, unless the source is wrong.")
    rivals = [one for one in several if one.made_at == entry.made_at and one.award != entry.award]
    if rivals:
        reason = f"The award stands twice, and releases of one date differ: item {rivals[0].line}."
        return Unclear(reason, _AT_SOURCE)
    return None


def _lacking(award: Award) -> Unclear | None:
    """What an award lacks that ours must have."""
    lacks = {
        "It has no amount.": not award.value[0],
        "Its amount has no currency.": isinstance(currency_code(award.value[1]), Unclear),
        "It has no title, and neither has its tender.": not award.title,
        "It has no date of award and no start.": not award.begins_on,
    }
    reason = next((reason for reason, lacking in lacks.items() if lacking), None)
    return Unclear(reason, _AT_SOURCE) if reason else None


def _cells(award: Award) -> dict[str, str]:
    """The award's own columns, as far as the source gives them."""
    route = award.at("tender/procurementMethodDetails") or award.at("tender/procurementMethod")
    cells = {
        "source_id": award.entry.source_id,
        "ocid": text(award.entry.release.get("ocid")),
        "title": award.title,
        "purpose": prose(award.at(award.texts[1])),
        "instrument": "contract",
        "amount_basis": "total-value",
        "status": "awarded" if text(award.own.get("status")).lower() == "active" else "",
        **award.days,
        "financial_year": financial_year(award.begins_on),
        "route": one_line(route),
        "bids_received": award.bids(),
    }
    return {name: cell for name, cell in cells.items() if cell}


def _older(several: Sequence[Entry]) -> Iterator[Correction]:
    """The versions of an award that a newer one replaces."""
    newest = several[0]
    for entry in several[1:]:
        found, taken = (" ".join(Award(one).value) for one in (entry, newest))
        why = f"an earlier version of the award; the release at item {newest.line} holds"
        yield Correction(entry.line, "awards/value/amount", found, taken, why)


def _alike(awards: Iterable[Incoming]) -> Iterator[Correction]:
    """Awards of one process that look like versions of each other, under ids of their own."""
    first: dict[object, Incoming] = {}
    for one in awards:
        cells = one.cells
        who = frozenset(party.name for party in one.recipients)
        key = (cells.get("ocid"), cells["title"], cells.get("decided_on"), who)
        other = first.setdefault(key, one)
        if cells.get("ocid") and other is not one and set(other.lines) != set(one.lines):
            why = (
                f"item {other.lines[0]} has an award of the same process, title, day and "
                "suppliers: perhaps one is a version of the other. Both are imported"
            )
            id = cells.get("source_id", "")
            yield Correction(one.lines[0], "awards/id", id, id, why)


def _is_buyer(wanted: str, entry: Entry, funder: Party | None) -> bool:
    known = {funder.name, funder.identifier} if funder else set()
    known.add(text(part(entry.release, "buyer").get("id")))
    return wanted.strip().casefold() in {one.casefold() for one in known if one}


def _must_be_there(wanted: str, found: Sequence[Entry]) -> None:
    """Raise UsageProblem when no release is this buyer's."""
    funders = [(entry, Award(entry).parties.buyer()) for entry in found]
    if any(_is_buyer(wanted, entry, funder) for entry, funder in funders):
        return
    names = dict.fromkeys(funder.name for _, funder in funders if funder)
    near = [name for name in names if wanted.strip().casefold() in name.casefold()]
    near = near or get_close_matches(wanted, names, n=5)
    advice = f"name it as the file does, such as {'; '.join(near or list(names)[:5])}."
    if not names:
        advice = "leave out --buyer: no release of the file says who the buyer is."
    raise UsageProblem(f"The file has no buyer “{wanted}”.", advice)
