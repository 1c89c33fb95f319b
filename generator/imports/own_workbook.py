"""Our own workbook, filled in by a clerk, read back into its package.

Nothing is taken when something in it can't be understood: each such place is a finding that
names the sheet, row and column. `workbook_form.py` makes the workbook.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from generator import ledger, schemas
from generator.canonical import header_of
from generator.draft import Draft, as_package, files, of_package
from generator.findings import Finding, Severity
from generator.formatting import plain_cell
from generator.imports.base import Sheet, SourceFile, SourceRow
from generator.imports.workbook_cells import CellFault, taken
from generator.imports.workbook_rows import Numbers, completed
from generator.package import DataPackage
from generator.personal import masked
from generator.revisions import REVISIONS, compare, key_columns, row_key
from generator.revisions_faults import ADDRESSED, faults
from generator.slugs import Ids
from generator.tables import Cells
from generator.workbook_form import CODES, MARK, READ_ME, STATE, state_of

_CODE = "workbook"


def package_named(source: SourceFile) -> str | None:
    """The package whose workbook this is; None for any other file."""
    sheet = _read_me(source)
    return sheet.header[1] if sheet else None


def _read_me(source: SourceFile) -> Sheet | None:
    for sheet in source.sheets:
        if sheet.name == READ_ME and len(sheet.header) > 1 and sheet.header[0] == MARK:
            return sheet
    return None


def _is_stale(source: SourceFile, existing: DataPackage) -> bool:
    """Whether the package changed after the workbook was made from it."""
    sheet = _read_me(source)
    if sheet is None:
        return False
    mark, name = sheet.header[:2]
    said = next((row.cells.get(name) for row in sheet.rows if row.cells.get(mark) == STATE), None)
    return said not in (None, state_of(existing))


def read(
    source: SourceFile, existing: DataPackage, day: date | None = None
) -> tuple[Draft, tuple[Finding, ...]]:
    """The package as the workbook has it, and what to tell the clerk.

    `day` dates the new rows of `revisions` that give none, and the data when it changes. When a
    finding is an error, the draft is the package as it was.
    """
    reader = _Reader(source.name, existing, of_package(existing), day)
    if _is_stale(source, existing):
        words = CellFault(
            "The package has changed since this workbook was made from it.",
            "look whether a change below sets back what somebody else wrote; take a fresh "
            "workbook next time.",
        )
        reader.tell(READ_ME, words, severity=Severity.WARNING)
    draft = reader.read(source)
    if any(one.severity is Severity.ERROR for one in reader.findings):
        return reader.before, tuple(reader.findings)
    return _dated(draft, reader.before, day), (
        *reader.findings,
        *_unexplained(source.name, existing, draft),
    )


def _dated(draft: Draft, before: Draft, day: date | None) -> Draft:
    """The draft with the day as the data's own date, if it changes something and is later."""
    created = str(draft.descriptor.get("created") or "")
    if day is None or created[:10] >= day.isoformat() or dict(files(draft)) == dict(files(before)):
        return draft
    return replace(draft, descriptor={**draft.descriptor, "created": f"{day}T00:00:00Z"})


def _unexplained(name: str, existing: DataPackage, draft: Draft) -> Iterator[Finding]:
    now = ledger.build(as_package(draft, existing))
    for fault in faults(compare(ledger.build(existing), now)):
        yield Finding(
            _CODE,
            Severity.WARNING,
            name,
            masked(fault.message),
            "say why in a new row of the sheet revisions: fill in resource, row, field and reason.",
        )


class _Reader(Struct):
    """One workbook being read: what was found so far."""

    name: str
    existing: DataPackage
    before: Draft
    day: date | None
    findings: list[Finding] = field(default_factory=list)

    def tell(
        self,
        sheet: str,
        words: CellFault,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a finding about a place in the workbook."""
        place = f"{self.name}, sheet {sheet}"
        shown = None if value is None else masked(value)
        self.findings.append(
            Finding(_CODE, severity, place, masked(words.message), words.mend, row, column, shown)
        )

    def schema(self, resource: str) -> Mapping[str, Any] | None:
        """The schema of a table that the package has, or could have."""
        table = self.existing.tables.get(resource)
        return schemas.load(resource) or (table.schema if table else None)

    def read(self, source: SourceFile) -> Draft:
        """The tables sheet by sheet; the record of changes last, for it tells of the others."""
        draft, found = self.before, {one.name: one for one in source.sheets}
        for name in self.before.tables:
            if name not in found:
                words = CellFault("The sheet is gone.", "nothing of its table was changed.")
                self.tell(name, words, severity=Severity.WARNING)
        for name, sheet in sorted(found.items(), key=lambda pair: pair[0] == REVISIONS):
            if name in (READ_ME, CODES):
                continue
            if (schema := self.schema(name)) is None:
                words = CellFault("This is no table.", "it was left out; move its rows to a table.")
                self.tell(name, words, severity=Severity.WARNING)
            elif (name in draft.tables or sheet.rows) and self.columns_fit(sheet, schema):
                draft = draft.with_rows(name, self.rows(sheet, schema, draft))
        return draft

    def columns_fit(self, sheet: Sheet, schema: Mapping[str, Any]) -> bool:
        """Whether the sheet has the table's columns and no other."""
        table = self.existing.tables.get(sheet.name)
        wanted = dict.fromkeys((*header_of(schema), *(table.header if table else ())))
        missing = [name for name in wanted if name not in sheet.header]
        strange = [
            name
            for name in sheet.header
            if name not in wanted and any(row.cells.get(name) for row in sheet.rows)
        ]
        for name in missing:
            words = CellFault(
                "The column is missing.", f"put {name} back as a title in the first row."
            )
            self.tell(sheet.name, words, 1, name)
        for name in strange:
            words = CellFault(
                "The table has no column of this name.",
                "give it its own name back, or take it out.",
            )
            self.tell(sheet.name, words, 1, name)
        return not missing and not strange

    def rows(self, sheet: Sheet, schema: Mapping[str, Any], draft: Draft) -> tuple[Cells, ...]:
        """A table's rows: those it had, in their order, then the new ones."""
        key = key_columns(schema, sheet.header)
        fields = {str(one.get("name")): one for one in schema.get("fields", ())}
        old = {row_key(key, row): row for row in self.before.rows(sheet.name)}
        kept: dict[str, Cells] = {}
        fresh: list[tuple[SourceRow, Cells]] = []
        seen: set[str] = set()
        for row in sheet.rows:
            named = self.key_of(row, key, fields)
            if named in seen:
                words = CellFault("The row stands twice.", "take one of the two out.")
                self.tell(sheet.name, words, row.line, key[0] if key else None, named)
            cells = self.cells(sheet, row, fields, old.get(named, {}))
            if named in old:
                kept[named] = cells
            else:
                fresh.append((row, cells))
            if "id" not in key or row.cells.get("id"):
                seen.add(named)
        self.gone(sheet.name, [named for named in old if named not in kept])
        rows = [kept[named] for named in old if named in kept]
        numbers, ids = Numbers(schema, rows), Ids(one.get("id", "") for one in rows)
        for row, cells in fresh:
            done: Cells | CellFault = cells
            if sheet.name == REVISIONS:
                tables = {name: self.schema(name) for name in draft.tables}
                done = completed(cells, self.before, draft, tables, self.day, ids)
                if not isinstance(done, CellFault):
                    rows.append(done)
            else:
                done = numbers.filled(sheet.name, cells)
            if isinstance(done, CellFault):
                self.tell(sheet.name, done, row.line)
        return tuple(rows)

    def key_of(
        self, row: SourceRow, key: tuple[str, ...], fields: Mapping[str, Mapping[str, Any]]
    ) -> str:
        """A row's key, its cells written plainly."""
        currency = self.existing.currency
        plain = {
            name: plain_cell(fields.get(name, {}), row.cells.get(name, ""), currency, None)
            for name in key
        }
        return row_key(key, plain)

    def cells(
        self, sheet: Sheet, row: SourceRow, fields: Mapping[str, Mapping[str, Any]], old: Cells
    ) -> Cells:
        """A row's cells, each as it was when it means the same."""
        done = {}
        for name in dict.fromkeys((*fields, *old)):
            text = row.cells.get(name, "")
            new = taken(fields.get(name, {}), old.get(name, ""), text, self.existing.currency)
            if isinstance(new, CellFault):
                self.tell(sheet.name, new, row.line, name, text)
                new = text
            done[name] = new
        return done

    def gone(self, resource: str, named: list[str]) -> None:
        """Rows that have an address, or are the record itself, may not go."""
        for row in named:
            if resource in ADDRESSED or resource == REVISIONS:
                words = CellFault(
                    "The row was taken out, or its id was changed. Rows are never removed.",
                    "put it back with its id. If an award no longer stands, write withdrawn as "
                    "its status.",
                )
                self.tell(resource, words, column="id", value=row)
