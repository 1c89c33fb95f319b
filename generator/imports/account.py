"""The account of an import: every row and every pound of the file, and where each went.

It is checked against the packages that are about to be written. Should it not add up, that is
a fault of ours, and nothing may be written.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.errors import Unaccounted
from generator.imports.base import Correction, Reading
from generator.imports.packaging import Packaged
from generator.money import total

IMPORTED, REFUSED = "imported", "refused"


class Sum(Struct, frozen=True):
    """The money of one currency, each award counted once."""

    currency: str
    found: Decimal
    imported: Decimal
    refused: Decimal


class Line(Struct, frozen=True):
    """What became of one row of the file. The award and package are empty when refused."""

    sheet: str
    line: int
    outcome: str
    award: str
    package: str
    amount: Decimal | None
    currency: str
    words: str


class Account(Struct, frozen=True):
    """All that an import did, or would do."""

    reading: Reading
    packages: tuple[Packaged, ...]
    rows_imported: int
    rows_refused: int
    sums: tuple[Sum, ...]
    without_amount: int
    """How many refused awards have no amount that can be read, and so are in no sum."""
    lines: tuple[Line, ...]


def _corrected(one: Correction) -> str:
    if one.found == one.taken:
        return f"{one.column}: {one.why}"
    return f"{one.column}: “{one.found}” read as “{one.taken}”, {one.why}"


def _lines(reading: Reading, packages: Sequence[Packaged]) -> Iterator[Line]:
    notes: dict[tuple[str, int], list[str]] = {}
    for one in reading.corrections:
        notes.setdefault((one.sheet, one.line), []).append(_corrected(one))
    for package in packages:
        for award in package.placed:
            incoming = award.incoming
            for line in incoming.lines:
                yield Line(
                    *(incoming.sheet, line, IMPORTED, award.id, package.name),
                    *(incoming.amount, incoming.currency),
                    words="; ".join(notes.get((incoming.sheet, line), ())),
                )
    for refused in reading.refused:
        for line in refused.lines:
            yield Line(
                *(refused.sheet, line, REFUSED, "", "", refused.amount, refused.currency),
                words=f"{refused.reason} To mend: {refused.mend}",
            )


def _sums(reading: Reading, packages: Sequence[Packaged]) -> Iterator[Sum]:
    """Found is what the reading has; imported is what stands in the rows to be written."""
    written: dict[str, Decimal] = defaultdict(Decimal)
    for package in packages:
        amounts = {row["id"]: row["amount"] for row in package.draft.rows("awards")}
        currency = str(package.draft.descriptor["currency"])
        written[currency] += total(Decimal(amounts[one.id]) for one in package.placed)
    stated = [(one.currency, one.amount) for one in reading.awards]
    refused = [(one.currency, one.amount) for one in reading.refused if one.amount is not None]
    for currency in dict.fromkeys(currency for currency, _ in (*stated, *refused)):
        lost = total(amount for of, amount in refused if of == currency)
        found = total(amount for of, amount in stated if of == currency) + lost
        yield Sum(currency, found, written[currency], lost)


def account(reading: Reading, packages: Sequence[Packaged]) -> Account:
    """The account. Raises Unaccounted when a row or an amount got lost, or counts twice."""
    imported = sum(len(one.lines) for one in reading.awards)
    refused = sum(len(one.lines) for one in reading.refused)
    made = Account(
        reading=reading,
        packages=tuple(packages),
        rows_imported=imported,
        rows_refused=refused,
        sums=tuple(_sums(reading, packages)),
        without_amount=sum(one.amount is None for one in reading.refused),
        lines=tuple(sorted(_lines(reading, packages), key=lambda one: (one.sheet, one.line))),
    )
    _must_add_up(made)
    return made


def _must_add_up(made: Account) -> None:
    placed = [(package.name, one.id) for package in made.packages for one in package.placed]
    faults = []
    if made.rows_imported + made.rows_refused != made.reading.rows:
        faults.append(
            f"the file has {made.reading.rows} rows, of which {made.rows_imported} were imported "
            f"and {made.rows_refused} refused"
        )
    if len(made.lines) != made.reading.rows:
        faults.append(f"{len(made.lines)} of {made.reading.rows} rows are accounted for")
    if len(set(placed)) != len(made.reading.awards):
        faults.append(f"{len(made.reading.awards)} awards went into {len(set(placed))} rows")
    faults += [
        f"{one.found} {one.currency} in the file, {one.imported} imported, {one.refused} refused"
        for one in made.sums
        if one.found != one.imported + one.refused
    ]
    if faults:
        raise Unaccounted(
            f"The account of {made.reading.source.name} doesn't add up: {'; '.join(faults)}.",
            "nothing was written. This is a fault of Public Purse: please report it.",
        )
