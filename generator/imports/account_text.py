"""The account of an import as people read it: on the terminal, as a page, as a table of rows.

Nothing personal is echoed: every word that comes from the file is masked.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.canonical import csv_bytes
from generator.imports.account import Account
from generator.imports.base import ColumnFate, Correction
from generator.imports.packaging import Packaged
from generator.imports.rows import unit
from generator.money import shown, total
from generator.personal import masked, masked_name
from generator.safety import markdown_cell, one_line

SHOWN = 20
"""Rows, corrections or awards of one kind that the terminal shows; the rest are counted."""
SAVED = 500
"""The same on the saved page. The table of rows has them all."""
ROW_COLUMNS = ("sheet", "line", "outcome", "award", "package", "amount", "currency", "words")
_EXAMPLES = 3


class Part(Struct, frozen=True):
    """A part of the account: a table on the page, a line for each row on the terminal."""

    title: str
    header: tuple[str, ...]
    line: str
    """How a row reads as a line; `{0}` is its first cell."""
    rows: Sequence[tuple[str, ...]]


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _place(sheet: str, *lines: int) -> str:
    return ", ".join(map(str, lines)) + (f" of {sheet}" if sheet else "")


def _rows(account: Account) -> Part:
    reading = account.reading
    joined = account.rows_imported - len(reading.awards)
    more = f"; {_count(joined, 'row')} joined to others" if joined > 0 else ""
    note = f" ({_count(len(reading.awards), 'award')}{more})"
    rows = [
        ("In the file", f"{reading.rows:,}", ""),
        ("Imported", f"{account.rows_imported:,}", note),
        ("Refused", f"{account.rows_refused:,}", ""),
    ]
    return Part("Rows", ("Rows", "Number", "Note"), "{0}: {1}{2}", rows)


def _money(account: Account) -> Part:
    rows = [
        (
            one.currency,
            shown(one.found, one.currency),
            shown(one.imported, one.currency),
            shown(one.refused, one.currency),
        )
        for one in account.sums
    ]
    header = ("Currency", "In the file", "Imported", "Refused")
    return Part("Money", header, "{0}: in the file {1} = imported {2} + refused {3}", rows)


def _package(one: Packaged) -> tuple[str, ...]:
    currency = str(one.draft.descriptor["currency"])
    amount = total(award.incoming.amount for award in one.placed)
    publisher = str(one.draft.descriptor["purse"]["publisher"]["name"])
    state = "new" if one.is_new else "updated"
    return (one.name, state, publisher, _count(len(one.placed), "award"), shown(amount, currency))


def _packages(account: Account) -> Part:
    header = ("Package", "", "Publisher", "Awards from this file", "Their amount")
    line = "{0} ({1}), {2}: {3}, {4}"
    return Part("Packages", header, line, [_package(one) for one in account.packages])


def _column(one: ColumnFate) -> tuple[str, ...]:
    name = f"{one.sheet}: {one.column}" if one.sheet else one.column
    return (name, one.fate, one.words, f"{one.filled:,}")


def _columns(account: Account) -> Part:
    header = ("Column", "", "To what, or why", "Cells filled")
    line = "{0}: {1}, {2} ({3} cells filled)"
    return Part("Columns", header, line, [_column(one) for one in account.reading.columns])


def _reasons(account: Account) -> Part:
    """How many were refused for each reason, where there is more than one to list."""
    counts = Counter(one.reason for one in account.reading.refused)
    rows = [(reason, f"{number:,}") for reason, number in counts.most_common()]
    listed = rows if len(account.reading.refused) > len(rows) else []
    return Part("Refused, by reason", ("Why", "Number"), "{0} {1}", listed)


def _refused(account: Account) -> Part:
    rows = [
        (
            _place(one.sheet, *one.lines),
            one.source_id and f" {one.source_id}",
            one.reason,
            one.mend,
        )
        for one in account.reading.refused
    ]
    what = unit(account.reading.source.form)
    header = (what.capitalize(), "Identifier", "Why", "How to mend it")
    return Part("Refused", header, what + " {0}{1}: {2} To mend: {3}", rows)


def _corrections(account: Account) -> Part:
    """Corrections of one column for one reason stand together, with a few examples."""
    what = unit(account.reading.source.form)
    groups: dict[tuple[str, str], list[Correction]] = {}
    for one in account.reading.corrections:
        groups.setdefault((one.column, one.why), []).append(one)
    rows = [
        (
            column,
            why,
            f"{len(several):,}",
            "; ".join(_example(one, what) for one in several[:_EXAMPLES]),
        )
        for (column, why), several in groups.items()
    ]
    header = ("Column", "What was done or looks wrong", "Rows", "For example")
    title = "Read in another way, or worth a look"
    return Part(title, header, "{0}: {1} (rows: {2}; {3})", rows)


def _example(one: Correction, what: str) -> str:
    taken = f" → “{one.taken}”" if one.taken != one.found else ""
    return f"{what} {_place(one.sheet, one.line)}: “{one.found}”{taken}"


def _absent(account: Account) -> Part:
    rows = [
        (one.name, award, "withdraw it with purse revise if it no longer stands")
        for one in account.packages
        for award in one.absent
    ]
    header = ("Package", "Award", "What to do")
    return Part("No longer in the file: kept", header, "{0}, {1}: {2}", rows)


_PARTS: Sequence[Callable[[Account], Part]] = (
    *(_rows, _money, _packages, _reasons, _refused, _corrections, _absent, _columns),
)


def _cut(account: Account, most: int) -> Iterator[tuple[Part, int]]:
    """Each part that holds something, masked, with how many of its rows are left out."""
    for make in _PARTS:
        part = make(account)
        limit = len(part.rows) if make is _columns else most
        cells = [tuple(map(masked_name, row)) for row in part.rows[:limit]]
        if cells:
            yield replace(part, rows=cells), max(0, len(part.rows) - limit)


def _said(account: Account) -> list[str]:
    reading = account.reading
    said = [f"Read as {reading.standard}."]
    said += [f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in reading.source.notes]
    if account.without_amount:
        count = _count(account.without_amount, "refused award")
        said.append(f"{count} without a readable amount: in no sum.")
    return said


def as_text(account: Account) -> str:
    """For a terminal."""
    lines = [f"Import of {account.reading.source.name}", *_said(account)]
    lines = [one_line(line) for line in lines]
    for part, more in _cut(account, SHOWN):
        lines += ["", part.title]
        lines += (f"  {one_line(part.line.format(*row))}" for row in part.rows)
        if more:
            lines.append(f"  and {more:,} more, in the saved account")
    return "\n".join(lines) + "\n"


def as_markdown(account: Account) -> str:
    """The page that is saved beside the data."""
    source = account.reading.source
    lines = [
        f"# Import of {markdown_cell(source.name)}",
        "",
        *map(markdown_cell, _said(account)),
        "",
    ]
    lines += [f"SHA-256 of the file: `{source.sha256}`", ""]
    for part, more in _cut(account, SAVED):
        lines += [f"## {part.title}", "", f"| {' | '.join(part.header)} |"]
        lines.append(f"|{' --- |' * len(part.header)}")
        lines += (f"| {' | '.join(map(markdown_cell, row))} |" for row in part.rows)
        lines += ["", *([f"and {more:,} more", ""] if more else [])]
    return "\n".join(lines).rstrip("\n") + "\n"


def rows_csv(account: Account, package: str | None = None) -> bytes:
    """What became of each row; of one package's rows only when it is named."""
    return csv_bytes(
        ROW_COLUMNS,
        [
            {
                "sheet": one.sheet,
                "line": str(one.line),
                "outcome": one.outcome,
                "award": one.award,
                "package": one.package,
                "amount": "" if one.amount is None else f"{one.amount:f}",
                "currency": one.currency,
                "words": masked(one.words),
            }
            for one in account.lines
            if package is None or one.package == package
        ],
    )
