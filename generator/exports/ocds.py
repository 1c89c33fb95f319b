"""OCDS 1.1: a release package of the contracts, and why each of the others is left out.

Nothing is invented so that a contract fits: an open contracting id is the one that the awards
state, or is made from a prefix that the publisher has registered and stated.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow.compute as pc

from generator import model, urls
from generator.exports.base import Download
from generator.exports.ocds_release import Releases
from generator.exports.plain_json import stated
from generator.exports.standards import address, csv_file, json_file, licence
from generator.ledger import Ledger, LinkedAward

VERSION = "1.1"
EXCLUDED_COLUMNS = ("resource", "id", "title", "reason")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_NAME = "ocds.json"


def _released(ledger: Ledger) -> str | None:
    """When the publication was made: the descriptor's `created`, else its `as_of`."""
    created = ledger.package.created
    if isinstance(created, str) and _MOMENT.fullmatch(created):
        return created
    return f"{ledger.today.isoformat()}T00:00:00Z" if ledger.today else None


def _awards(ledger: Ledger) -> Mapping[object, tuple[LinkedAward, ...]]:
    """The awards of each contract, in the order of the file."""
    found: dict[object, tuple[LinkedAward, ...]] = {}
    for one in ledger.linked_at(pc.invert(ledger.frame(model.Award).absent("contract"))):
        if isinstance(one.award.contract, str):
            found[one.award.contract] = (*found.get(one.award.contract, ()), one)
    return found


def _stated_ocids(awards: tuple[LinkedAward, ...]) -> list[str]:
    return sorted({one.award.ocid for one in awards if isinstance(one.award.ocid, str)})


def ocid(ledger: Ledger, contract: model.Contract, awards: tuple[LinkedAward, ...]) -> str:
    """The id that the contract's awards state, else one made from the publisher's prefix."""
    listed = _stated_ocids(awards)
    return listed[0] if listed else f"{ledger.package.settings.ocid_prefix}-{contract.id}"


def reasons(ledger: Ledger, awards: tuple[LinkedAward, ...]) -> tuple[str, ...]:
    """Why a contract with these awards can't be a release; none when it can."""
    settings, listed = ledger.package.settings, _stated_ocids(awards)
    found = []
    if not awards:
        found.append("No award belongs to it, and OCDS needs one for each contract.")
    if len(listed) > 1:
        found.append(f"Its awards state several open contracting ids: {', '.join(listed)}.")
    if not listed and settings.ocid_prefix is None:
        found.append(
            "No award of it states an open contracting id, and the publisher has stated no "
            "prefix to make one from."
        )
    if settings.base_url is None:
        found.append("The publisher has stated no address of its site, which OCDS needs.")
    if _released(ledger) is None:
        found.append("The publication does not say when it was made, which OCDS needs.")
    return tuple(found)


def _left_out(ledger: Ledger) -> Iterator[Mapping[str, str]]:
    awards = _awards(ledger)
    for contract in ledger.contracts:
        for reason in reasons(ledger, awards.get(contract.id, ())):
            yield {
                "resource": "contracts",
                "id": contract.id,
                "title": str(contract.title),
                "reason": reason,
            }
    frame = ledger.frame(model.Award)
    for award in frame.at(frame.among("instrument", ["contract"])):
        if award.instrument == "contract" and not isinstance(award.contract, str):
            yield {
                "resource": "awards",
                "id": award.id,
                "title": str(award.title),
                "reason": f"It is made by contract, but which one is {award.contract}.",
            }


def releases(ledger: Ledger) -> tuple[Mapping[str, Any], ...]:
    """The contracts that can be releases, in the order of the file."""
    awards, maker = _awards(ledger), Releases(ledger, _released(ledger) or "")
    return tuple(
        maker.release(contract, ocid(ledger, contract, own), own)
        for contract in ledger.contracts
        if not reasons(ledger, own := awards.get(contract.id, ()))
    )


def downloads(ledger: Ledger) -> Iterator[Download]:
    """The contracts as a release package, and those left out; nothing if there are none."""
    package, settings = ledger.package, ledger.package.settings
    if not ledger.contracts and "contract" not in ledger.frame(model.Award).values("instrument"):
        return
    own = settings.publisher_numbers
    found = releases(ledger)
    document = stated(
        uri=address(package, urls.package_folder(package.name) + _NAME),
        version=VERSION,
        publishedDate=_released(ledger),
        publisher=stated(
            name=settings.publisher_name,
            scheme=own[0].scheme if own else None,
            uid=own[0].identifier if own else None,
        ),
        license=licence(package),
    )
    none = "" if found else " No contract qualifies yet, and the standard knows no empty list."
    yield json_file(
        package,
        _NAME,
        "Contracts in the OCDS form (JSON)",
        f"The contracts as a release package of the Open Contracting Data Standard {VERSION}: "
        "planning, tender, awards, contract and changes, with why a contract was given directly. "
        "Days are written as moments because the standard asks for it; the times say nothing. "
        f"ocds-excluded.csv lists every other contract.{none}",
        {**document, "releases": found},
    )
    yield csv_file(
        package,
        "ocds-excluded.csv",
        (
            "Contracts that OCDS can't hold",
            "Every contract that is not in the OCDS form, and every award made by contract whose "
            "contract is not published, with the reason: one row for each and reason.",
        ),
        EXCLUDED_COLUMNS,
        tuple(_left_out(ledger)),
    )
