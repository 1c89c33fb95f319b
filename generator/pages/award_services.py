"""What awards pay for, and who is printed beside it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator import model
from generator.pages.blocks import Block, Said
from generator.pages.lines import Named
from generator.pages.pieces import Pieces, published
from generator.pages.site import BASIS_WORDS
from generator.safety import html as safe


class _Printed(NamedTuple):
    """Who is printed beside a service."""

    service: int
    recipient: Named | None
    """None when nobody is named."""
    name: object
    role: object
    basis: object
    holds: str | None
    """The recipient's id, where it is named as one that may hold the money."""


class _Service(NamedTuple):
    title: object
    printed: list[_Printed]


class Services(NamedTuple):
    """The services of an award, each with those printed beside it."""

    services: list[_Service]
    named: int
    """How many recipients they name."""
    positional: bool
    """Whether any pairing rests on the order alone."""

    def rows(self, pieces: Pieces) -> str:
        """The rows of a table."""
        return "".join(
            f"<tr>\n{_title(one) if not place else ''}"
            f"<td>{_who(who, pieces)}</td>\n<td>{_basis(who.basis, pieces)}</td>\n</tr>\n"
            for one in self.services
            for place, who in enumerate(one.printed)
        )


def _title(one: _Service) -> str:
    return f'<th scope="row" rowspan="{len(one.printed)}">{published(one.title)}</th>\n'


def _who(who: _Printed, pieces: Pieces) -> str:
    if who.recipient:
        said = pieces.recipient(who.recipient)
        if isinstance(who.name, str) and who.name != who.recipient.name:
            said += f" (printed as {published(who.name)})"
        return said if who.role == "recipient" else f"{said} · {safe(str(who.role))}"
    if isinstance(who.name, str):
        return f"{published(who.name)}, not named"
    return pieces.value(who.name)


def _basis(basis: object, pieces: Pieces) -> str:
    return BASIS_WORDS[basis] if isinstance(basis, str) else pieces.value(basis)


def _holds(recipient: object, naming: object, role: object) -> str | None:
    alone = naming == "named" and role != "route"
    return recipient if alone and isinstance(recipient, str) else None


def _printed(block: Block, said: Said) -> Iterator[_Printed]:
    rows = said.linked("recipient", model.Recipient)
    known = block.site.lines.named([row for row in dict.fromkeys(rows) if row is not None])
    roles = said.some("role")
    return map(
        _Printed,
        said.some("service"),
        (None if row is None else known[row] for row in rows),
        said.some("published_name"),
        roles,
        said.some("basis"),
        map(_holds, said.some("recipient"), said.some("naming"), roles),
    )


def _paired(services: Sequence[tuple[int, object]], printed: Sequence[_Printed]) -> Services:
    found = [
        _Service(title, [who for who in printed if who.service == service])
        for service, title in services
    ]
    paired = [who for one in found for who in one.printed]
    named = {who.holds for who in paired if who.holds}
    return Services(found, len(named), any(who.basis == "positional" for who in paired))


def services(block: Block) -> list[Services]:
    """The services of each of some awards."""
    said, printed = block.said(model.AwardService), block.said(model.AwardRecipient)
    titles = list(zip(said.some("service"), said.some("title"), strict=True))
    who = list(_printed(block, printed))
    return list(map(_paired, said.by_award(titles), printed.by_award(who)))
