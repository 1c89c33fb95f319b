"""Readings and packages made by hand, for tests of what follows the readers. All is invented."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from generator import ledger, package, write
from generator.draft import Draft, files
from generator.imports.base import Incoming, Party, Reading, Refused, SourceFile
from generator.ledger import Ledger

FUNDER = Party("Pond Trust (fictional)", "GB-CHC-9000001", (("GB-CHC", "9000001"),))
FROGS = Party("Frog Choir", "GB-CHC-9000002", (("GB-CHC", "9000002"),))
NEWTS = Party("Newt Club")
SOURCE = SourceFile("pond grants 2031.csv", "ab" * 32, "csv")


def award(line: int, amount: str = "100", **more: object) -> Incoming:
    """An award of the Pond Trust; `cells` adds to its columns."""
    cells = {
        "source_id": f"360G-pond-{line:03}",
        "title": f"Grant {line}",
        "financial_year": "2031-32",
        "purpose": "Ponds.",
        "instrument": "grant",
        "amount_basis": "total-value",
        "decided_on": "2031-05-01",
        "contract": "not applicable",
    }
    extra = more.pop("cells", {})
    assert isinstance(extra, Mapping)
    cells = {name: cell for name, cell in {**cells, **extra}.items() if cell}
    plain = Incoming((line,), Decimal(amount), "GBP", FUNDER, cells, recipients=(FROGS,))
    return replace(plain, **more)


def reading(*awards: Incoming, refused: tuple[Refused, ...] = (), **more: object) -> Reading:
    """A reading of these awards, its rows counted."""
    rows = sum(len(one.lines) for one in awards) + sum(len(one.lines) for one in refused)
    plain = Reading(SOURCE, "360Giving", rows, awards, refused, (), ())
    return replace(plain, **more)


def book_of(draft: Draft, folder: Path) -> Ledger:
    """The draft, written and read again."""
    write.update(folder, files(draft))
    return ledger.build(package.read(folder))


def cells(draft: Draft, resource: str, id: str) -> Mapping[str, str]:
    """A row by its id."""
    return next(row for row in draft.rows(resource) if row["id"] == id)
