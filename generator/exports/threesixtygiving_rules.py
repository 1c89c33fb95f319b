"""What keeps an award out of the 360Giving form, in plain words."""

from collections.abc import Container, Iterator

from generator import model
from generator.descriptor import Settings
from generator.ledger import Attribution, LinkedAward
from generator.missing import Missing

_INSTRUMENTS = {
    "contract": "It is a contract, not a grant.",
    "other": "It is neither a grant nor a contract.",
}
_ATTRIBUTIONS = {
    Attribution.SHARED: "Several recipients share the one amount. 360Giving takes one a grant.",
    Attribution.PARTIAL: "Some of its recipients are not named.",
    Attribution.UNNAMED: "Its recipients are not named.",
    Attribution.NONE: "No recipient is printed.",
}
_NEEDED = {
    "title": "title",
    "purpose": "purpose, which 360Giving calls the description,",
    "decided_on": "date of the decision",
    "amount": "amount",
}


def _of_award(award: model.Award) -> Iterator[str]:
    if isinstance(award.instrument, Missing):
        yield f"Whether it is a grant or a contract is {award.instrument}."
    elif award.instrument != "grant":
        yield _INSTRUMENTS.get(award.instrument, _INSTRUMENTS["other"])
    if award.status == "withdrawn":
        yield "It was withdrawn."
    for column, words in _NEEDED.items():
        value = getattr(award, column)
        if isinstance(value, Missing):
            yield f"The {words} is {value}."
    if award.amount_basis == "allocation":
        yield "The amount is a budget set aside, not an award."


def _of_recipients(one: LinkedAward) -> Iterator[str]:
    if one.attribution is not Attribution.SOLE:
        yield _ATTRIBUTIONS[one.attribution]
    elif len(one.recipients) != 1:
        yield "Its recipient is not known."


def given_id(award: model.Award) -> str | None:
    """The identifier that the publisher itself gave the award in the standard's own form."""
    source = award.source_id
    return source if isinstance(source, str) and source.startswith("360G-") else None


def _needs_prefix(one: LinkedAward, numbered: Container[str]) -> bool:
    """Whether an identifier must be made, for the award or for whom it names."""
    return given_id(one.award) is None or any(who.id not in numbered for who in one.recipients)


def _of_publisher(one: LinkedAward, settings: Settings, numbered: Container[str]) -> Iterator[str]:
    if settings.threesixtygiving_prefix is None and _needs_prefix(one, numbered):
        yield "The publisher has stated no 360Giving prefix to make identifiers from."
    if not settings.publisher_numbers:
        yield "The publisher has stated no identifier of its own."


def reasons(one: LinkedAward, settings: Settings, numbered: Container[str] = ()) -> tuple[str, ...]:
    """Why an award can't be a 360Giving grant; none when it can.

    `numbered` has the recipients with a number in a public list.
    """
    return (
        *_of_award(one.award),
        *_of_recipients(one),
        *_of_publisher(one, settings, numbered),
    )
