"""Any table by a mapping: each row an award or refused, each column with its fate."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches

from msgspec.structs import replace

from generator.errors import UsageProblem
from generator.imports.base import (
    ColumnFate,
    Correction,
    Incoming,
    Reading,
    Refused,
    Sheet,
    SourceFile,
    SourceRow,
)
from generator.imports.doubts import Doubts
from generator.imports.mapping_cells import NoAward
from generator.imports.mapping_file import TableMapping, parse
from generator.imports.mapping_rows import MappedRow, is_kept
from generator.imports.mapping_targets import DAYS, IGNORE, TARGETS, filled
from generator.imports.private_columns import PRIVATE, is_private
from generator.imports.values import currency_code, days, money

__all__ = ["TableMapping", "parse", "read"]


def read(
    source: SourceFile,
    mapping: TableMapping,
    *,
    day_first: bool | None = None,
    year: str | None = None,
) -> Reading:
    """Every row of the mapped sheet, imported or refused.

    `day_first` and `year` settle what the file doesn't say. Raises UsageProblem when the file
    and the mapping don't fit together.
    """
    sheet = _sheet(source, mapping)
    _must_fit(sheet, mapping, source.name)
    named = sheet.name if len(source.sheets) > 1 else ""
    read_days = {target: days(_cells(sheet, mapping, target), day_first) for target in DAYS}
    doubts = Doubts(cell for row in sheet.rows for cell in row.cells.values())
    places = {target: column for column, target in mapping.columns.items()}
    awards: list[Incoming] = []
    refused: list[Refused] = []
    notes: list[Correction] = []
    rows, copies = _without_copies(sheet, mapping)
    for row in rows:
        mapped = MappedRow(mapping, row, named, read_days, year)
        try:
            award = mapped.award()
        except NoAward as problem:
            refused.append(_refused(mapped, problem.unclear.reason, problem.unclear.mend))
            continue
        awards.append(award)
        notes += [*mapped.notes, *doubts.about(award, row.line, places)]
    for row, first in copies:
        mapped = MappedRow(mapping, row, named, read_days, year)
        refused.append(_refused(mapped, f"It is a copy of row {first}.", "take one of them out."))
    unique, more = _with_own_ids(awards, places.get("source_id", ""))
    made = f"titles are made as {mapping.title_from}"
    told = (*source.notes, made) if mapping.title_from else source.notes
    return Reading(
        source=replace(source, notes=told),
        standard=f"the mapping {mapping.file}",
        rows=len(sheet.rows),
        awards=tuple(unique),
        refused=tuple(sorted(refused, key=lambda one: one.lines)),
        corrections=tuple(sorted([*notes, *more], key=lambda one: one.line)),
        columns=tuple(_fates(source, sheet, mapping)),
    )


def _sheet(source: SourceFile, mapping: TableMapping) -> Sheet:
    if not source.sheets:
        raise UsageProblem(
            f"{source.name} is no table, so that no mapping can read it.",
            "save it as a spreadsheet or CSV.",
        )
    if not mapping.sheet:
        return max(source.sheets, key=lambda one: len(one.rows))
    for sheet in source.sheets:
        if sheet.name == mapping.sheet:
            return sheet
    raise UsageProblem(
        f"{source.name} has no sheet “{mapping.sheet}”, which {mapping.file} names.",
        f"write one of its sheets: {', '.join(one.name for one in source.sheets)}.",
    )


def _must_fit(sheet: Sheet, mapping: TableMapping, name: str) -> None:
    for column in (*mapping.columns, *mapping.title_columns()):
        if column not in sheet.header:
            near = get_close_matches(column, sheet.header, n=1)
            advice = f"did you mean “{near[0]}”?" if near else f"take it out of {mapping.file}."
            raise UsageProblem(f"{name} has no column “{column}”, which the mapping names.", advice)


def _cells(sheet: Sheet, mapping: TableMapping, target: str) -> list[str]:
    columns = [column for column, one in mapping.columns.items() if one == target]
    return [cell for column in columns for cell in filled(sheet, column)]


def _without_copies(
    sheet: Sheet, mapping: TableMapping
) -> tuple[list[SourceRow], list[tuple[SourceRow, int]]]:
    """The rows; and those that are copies of another, with its line.

    Only with a reference of its own is an equal row a copy: two equal payments may both be true.
    """
    references = [column for column, one in mapping.columns.items() if one == "source_id"]
    rows: list[SourceRow] = []
    copies: list[tuple[SourceRow, int]] = []
    seen: dict[tuple[str, ...], int] = {}
    for row in sheet.rows:
        key = tuple(row.cells.values())
        first = seen.setdefault(key, row.line)
        referred = any(row.cells[column].strip() for column in references)
        if referred and first != row.line:
            copies.append((row, first))
        else:
            rows.append(row)
    return rows, copies


def _with_own_ids(awards: list[Incoming], column: str) -> tuple[list[Incoming], list[Correction]]:
    """The awards; a reference that several of them have is kept beside, as it tells none apart."""
    counts = Counter(one.cells.get("source_id") for one in awards)
    made: list[Incoming] = []
    notes: list[Correction] = []
    for one in awards:
        id = one.cells.get("source_id", "")
        if not id or counts[id] == 1:
            made.append(one)
            continue
        cells = {name: cell for name, cell in one.cells.items() if name != "source_id"}
        made.append(replace(one, cells=cells, kept=((column, id), *one.kept)))
        why = f"{counts[id]} rows have this reference; kept beside the award"
        notes.append(Correction(one.lines[0], column, id, id, why, one.sheet))
    return made, notes


def _refused(mapped: MappedRow, reason: str, mend: str) -> Refused:
    amount, currency = money(mapped.text("amount")), currency_code(mapped.text("currency"))
    return Refused(
        lines=(mapped.row.line,),
        source_id=mapped.text("source_id"),
        amount=amount if isinstance(amount, Decimal) else None,
        currency=currency if isinstance(currency, str) else "",
        reason=reason,
        mend=mend,
        sheet=mapped.sheet,
    )


def _fates(source: SourceFile, sheet: Sheet, mapping: TableMapping) -> Iterator[ColumnFate]:
    for one in source.sheets:
        for column in one.header:
            count = len(filled(one, column))
            if one is sheet:
                yield ColumnFate(one.name, column, *_fate(column, mapping, count), count)
            else:
                words = "on another sheet than the mapping reads"
                yield ColumnFate(one.name, column, "ignored", words, count)


def _fate(column: str, mapping: TableMapping, count: int) -> tuple[str, str]:
    target = mapping.columns.get(column)
    if is_kept(column, mapping):
        words = "as the mapping says" if target else "the mapping doesn't name it"
        return ("kept", f"beside the award; {words}") if count else ("ignored", "empty")
    if target is None or target == IGNORE:
        return "ignored", PRIVATE if is_private(column) else "left out, as the mapping says"
    words = f"{target}: {TARGETS[target]}"
    return "mapped", f"{words}; part of the title" if column in mapping.title_columns() else words
