"""A recipient as 360Giving names it: its number, its name as printed, its website."""

from collections.abc import Sequence
from typing import Any

from generator import model
from generator.descriptor import OrganisationNumber
from generator.exports.plain_json import stated
from generator.ledger import LinkedAward
from generator.missing import Missing

_CHARITIES = ("GB-CHC", "GB-SC", "GB-NIC")
_COMPANIES = ("GB-COH",)


def organisation(
    award: LinkedAward,
    recipient: model.Recipient,
    listed: Sequence[OrganisationNumber],
    own: str,
) -> dict[str, Any]:
    """An award's recipient, with its numbers in public lists; `own` is its id where it has none."""
    return stated(
        id=_best(listed) or own,
        name=_printed(award, recipient),
        charityNumber=_number(listed, _CHARITIES),
        companyNumber=_number(listed, _COMPANIES),
        url=web(recipient.url),
    )


def web(url: str | Missing) -> str | None:
    """An address of the web; None when there is none."""
    return url if isinstance(url, str) and url.startswith(("http://", "https://")) else None


def _number(listed: Sequence[OrganisationNumber], schemes: Sequence[str]) -> str | None:
    return next((one.identifier for one in listed if one.scheme in schemes), None)


def _best(listed: Sequence[OrganisationNumber]) -> str | None:
    """The number that stands for an organisation: first one that has no column of its own."""
    others = [one for one in listed if one.scheme not in (*_CHARITIES, *_COMPANIES)]
    return next((str(one) for one in (*others, *listed)), None)


def _printed(award: LinkedAward, recipient: model.Recipient) -> str:
    """The recipient's name as this award prints it."""
    rows = (row for service in award.services for row in service.recipients)
    names = (row.record.published_name for row in rows if row.recipient is recipient)
    return str(next((name for name in names if isinstance(name, str)), recipient.name))
