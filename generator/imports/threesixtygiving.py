"""Reads 360Giving files: CSV, workbooks and JSON, as publishers really write them.

Each row ends in exactly one award or one refusal, and each column has one fate. Cells that
have no place of their own are kept beside the award; those of private persons are left out.
"""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from generator.errors import UsageProblem
from generator.imports.base import ColumnFate, Incoming, Reading, Refused, Sheet, SourceFile
from generator.imports.threesixtygiving_about import About, about, meta_sheet
from generator.imports.threesixtygiving_award import DayReaders, Given, award, refused
from generator.imports.threesixtygiving_columns import DAYS, PRIVATE, Column
from generator.imports.threesixtygiving_json import sheets
from generator.imports.threesixtygiving_rows import Gathered, columns, gathered, lists_grants
from generator.imports.values import days

NAME = "360Giving"


def reads(source: SourceFile) -> bool:
    """Whether the file is 360Giving: some table has an amount awarded, and a title or an id."""
    return any(map(lists_grants, sheets(source)))


def read(
    source: SourceFile,
    *,
    day_first: bool | None = None,
    currency: str | None = None,
    year: str | None = None,
) -> Reading:
    """The grants of a file.

    `day_first` settles dates such as 05/04/2031 where their column doesn't; `currency` and
    `year` (2030-31) hold for rows that say none. Raises UsageProblem when it is no 360Giving.
    """
    tables = sheets(source)
    if not any(map(lists_grants, tables)):
        raise UsageProblem(
            f"{source.name} is not in the 360Giving form: it has no column “Amount Awarded”, or "
            "neither “Identifier” nor “Title”.",
            "use the standard's column titles, or describe the file in a mapping.",
        )
    meta = meta_sheet(source)
    found = gathered(sheet for sheet in tables if sheet is not meta)
    said = about(source)
    given = Given(_days(tables, day_first), currency or "", year or "", said.publisher)
    made = [award(grant, given) for grant in found.grants]
    ended = [one for one, _ in made]
    rejected = [refused(one, given.currency) for one in found.rejected]
    if not found.rows:
        empty = "it has the columns of 360Giving, and no grant in them"
        source = replace(source, notes=(*source.notes, empty))
    return Reading(
        source=source,
        standard=NAME,
        rows=found.rows,
        awards=tuple(one for one in ended if isinstance(one, Incoming)),
        refused=_in_order(tables, [*(o for o in ended if isinstance(o, Refused)), *rejected]),
        corrections=tuple(one for _, corrections in made for one in corrections),
        columns=_fates(tables, meta, said, found),
        licence=said.licence,
        title=said.title,
    )


def _in_order(tables: Iterable[Sheet], several: Iterable[Refused]) -> tuple[Refused, ...]:
    place = {sheet.name: at for at, sheet in enumerate(tables)}
    return tuple(sorted(several, key=lambda one: (place[one.sheet], one.lines)))


def _days(tables: Iterable[Sheet], day_first: bool | None) -> DayReaders:
    """How each column of days is written, as the whole column tells."""
    return {
        (sheet.name, column.title): days(
            (row.cells.get(column.title, "") for row in sheet.rows), day_first
        )
        for sheet in tables
        for column in columns(sheet)
        if column.key in DAYS
    }


def _fates(
    tables: Iterable[Sheet], meta: Sheet | None, said: About, found: Gathered
) -> tuple[ColumnFate, ...]:
    fates = [] if meta is not None else [*said.columns]
    for sheet in tables:
        if sheet is meta:
            fates += said.columns
            continue
        filled = _filled(sheet)
        fates += [_fate(sheet, one, filled[one.title], found) for one in columns(sheet)]
    return tuple(fates)


def _filled(sheet: Sheet) -> Mapping[str, int]:
    return {
        title: sum(1 for row in sheet.rows if row.cells.get(title, "").strip())
        for title in sheet.header
    }


def _fate(sheet: Sheet, column: Column, filled: int, found: Gathered) -> ColumnFate:
    if not filled:
        fate, words = "ignored", "empty"
    elif sheet.name not in found.used:
        fate, words = "ignored", "the sheet lists no grants and names none"
    elif column.is_private:
        fate, words = "ignored", PRIVATE
    elif column.words:
        fate, words = "mapped", column.words
    else:
        fate, words = "kept", "beside the award, as found"
    return ColumnFate(sheet.name, column.title, fate, words, filled)
