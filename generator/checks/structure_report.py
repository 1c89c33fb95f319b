"""Frictionless's report on a package, in our words. Read only when something seems wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import pyarrow.compute as pc
from frictionless import Error, FrictionlessException, Package, Report
from frictionless import errors as kinds

from generator import scratch, write
from generator.cells import is_readable
from generator.checks import structure_given
from generator.descriptor import DESCRIPTOR, display_path
from generator.findings import Finding, Severity
from generator.missing import is_missing
from generator.package import DataPackage, Table
from generator.schema_shape import anchored

_TYPE_WORDS = {
    "number": (
        "is not a plain number",
        "write digits and at most one point, such as 1250.00: no pound sign, commas or spaces, "
        "no more than 15 digits before the point and 6 after it.",
    ),
    "integer": ("is not a whole number", "write digits only, such as 3."),
    "date": ("is not a date", "write year, month and day, such as 2020-07-31."),
    "boolean": ("is not true or false", "write true or false."),
}
_CORRECT = "correct the descriptor."
_NO_NUMBER = (
    "The tables can't be checked further: a cell holds what is no number.",
    "mend the numbers named in the other findings, then check again.",
)
_MISSING_WORDS = 'or "not published", "not applicable" or "withheld" when there is no value'


def finding(file: str, message: str, mend: str, **place: Any) -> Finding:
    """A fault of structure."""
    return Finding("structure", Severity.ERROR, file, message, mend, **place)


def _constraint(name: str, field: Mapping[str, Any], cell: str) -> tuple[str, str]:
    constraints = field.get("constraints", {})
    wanted = constraints.get(name)
    if name == "required":
        return "This cell is empty, but every row needs a value here.", "fill in the cell."
    if name == "enum":
        labels = {one["value"]: one["label"] for one in field.get("categories", ())}
        codes = "; ".join(f"{one} ({labels[one]})" if one in labels else one for one in wanted)
        return (
            f"“{cell}” is not one of the codes of this column.",
            f"write one of: {codes}.",
        )
    if name == "minimum":
        return f"{cell} is less than {wanted}.", f"write {wanted} or more."
    if name == "maximum":
        return f"{cell} is more than {wanted}.", f"write {wanted} or less."
    if name == "pattern":
        help_text = field.get("description", "")
        return f"“{cell}” is not written as this column needs it.", help_text or f"match {wanted}."
    return f"“{cell}” breaks the rule {name} of this column.", f"it must be {wanted}."


def type_words(field: Mapping[str, Any], cell: str) -> tuple[str, str]:
    """What is wrong with a cell that isn't of its column's type, and how to mend it."""
    says, mend = _TYPE_WORDS.get(str(field.get("type")), ("can't be read", "correct it."))
    return f"“{cell}” {says}.", f"{mend.rstrip('.')}, {_MISSING_WORDS}."


def _note(error: Error, table: Table) -> str:
    """Frictionless's note; where it counts rows, as an editor counts lines."""

    def line(match: re.Match[str]) -> str:
        number = int(match[1])
        known = number <= len(table.lines)
        return f"in {table.words(table.lines[number - 1] if known else number)}"

    return re.sub(r"in the row at position (\d+)", line, error.note)


def _cell_words(
    error: Error, field: Mapping[str, Any], cell: str, table: Table
) -> tuple[str, str] | None:
    if isinstance(error, kinds.UniqueError):
        return (
            f"“{cell}” stands in this column already: {_note(error, table)}.",
            "give this row an id of its own; ids are never used twice.",
        )
    if isinstance(error, kinds.ConstraintError):
        name = error.note.split('"')[1] if '"' in error.note else error.note
        return _constraint(name, field, cell)
    if isinstance(error, kinds.TypeError):
        return type_words(field, cell)
    if isinstance(error, kinds.MissingCellError):
        return "The row ends before this column.", "add the missing cells: a comma for each."
    if isinstance(error, kinds.ExtraCellError):
        return (
            f"The row has more cells than the header; the first too many is “{cell}”.",
            'put quotes round a text that holds a comma: "one, two".',
        )
    return None


def _near(error: kinds.ForeignKeyError, target: Table | None) -> str:
    """Which row of the linked table was likely meant, if one is spelt much the same.

    Ids that differ in a digit are never offered: award 10 is not a misspelt award 03.
    """
    if target is None or len(error.field_names) != 1:
        return ""
    (name,) = error.reference_field_names
    wanted = str(error.field_cells[0]).lower()
    by_spelling = {row.cells.get(name, "").lower(): row.cells.get(name, "") for row in target.rows}
    digits = re.sub(r"\D", "", wanted)
    known = [one for one in by_spelling if re.sub(r"\D", "", one) == digits]
    near = get_close_matches(wanted, known, 1, cutoff=0.8)
    return f"did you mean “{by_spelling[near[0]]}”? Else " if near else ""


def _row_words(error: Error, table: Table, tables: Mapping[str, Table]) -> tuple[str, str] | None:
    if isinstance(error, kinds.ForeignKeyError):
        target = error.reference_name or "this table"
        columns = " and ".join(error.field_names)
        values = ", ".join(f"“{value}”" for value in error.field_cells)
        near = _near(
            error, tables.get(error.reference_name, None if error.reference_name else table)
        )
        return (
            f"{columns} {values} leads nowhere: {target} has no such row.",
            f"{near}correct it, or add the row to {target} first.",
        )
    if isinstance(error, kinds.PrimaryKeyError):
        return (
            f"This row has the same key as another: {_note(error, table)}.",
            "give each row a key of its own, or remove the copy.",
        )
    if isinstance(error, kinds.BlankRowError):
        return "This row is blank.", "remove the line."
    return None


def _label_words(error: Error) -> tuple[str, str] | None:
    if isinstance(error, kinds.MissingLabelError):
        return (
            f"The column “{error.field_name}” is missing.",
            "add it, with “not published” where there is no value; columns keep their order.",
        )
    if isinstance(error, kinds.ExtraLabelError):
        return f"The schema has no column “{error.label}”.", "take the column out."
    if isinstance(error, kinds.LabelError):
        return (
            f"The header has “{error.label}” where the schema has “{error.field_name}”.",
            f"the column here should be called “{error.field_name}”; columns keep their order.",
        )
    return None


def _translate(error: Error, table: Table, tables: Mapping[str, Table]) -> Finding:
    row = column = value = None
    words = None
    if isinstance(error, kinds.RowError):
        number = error.row_number
        row = table.lines[number - 1] if number <= len(table.lines) else number
        words = _row_words(error, table, tables)
        if isinstance(error, kinds.ForeignKeyError):
            column, value = error.field_names[0], ", ".join(map(str, error.field_cells))
        if isinstance(error, kinds.CellError):
            column, value = error.field_name or None, str(error.cell)
            fields = {str(one.get("name")): one for one in table.fields}
            words = _cell_words(error, fields.get(error.field_name, {}), value, table) or words
        if isinstance(error, kinds.MissingCellError):
            value = None
    elif isinstance(error, kinds.HeaderError):
        row, words = 1, _label_words(error)
        if isinstance(error, kinds.LabelError):
            column, value = error.field_name or None, error.label or None
    message, mend = words or (error.message, "compare the file with its schema in schemas/.")
    return finding(table.file, message, mend, row=row, column=column, value=value)


def _said_once(errors: Sequence[Error]) -> Iterator[Error]:
    """The errors without those that only follow from another at the same place."""
    rows = {e.row_number for e in errors if isinstance(e, kinds.UniqueError | kinds.BlankRowError)}
    cells = {(e.row_number, e.field_name) for e in errors if isinstance(e, kinds.MissingCellError)}
    for error in errors:
        # A repeated id breaks its own column and the table's key; a blank row has no key.
        if isinstance(error, kinds.PrimaryKeyError) and error.row_number in rows:
            continue
        # A cell that isn't there is also empty.
        if (
            isinstance(error, kinds.ConstraintError)
            and (error.row_number, error.field_name) in cells
        ):
            continue
        yield error


def _unlike_pattern(table: Table) -> Iterator[Finding]:
    """Cells that don't match a pattern, judged by Arrow: its time grows only with the text."""
    for field in table.fields:
        pattern = (field.get("constraints") or {}).get("pattern")
        if not isinstance(pattern, str):
            continue
        name = str(field["name"])
        column = table.body.column(name)
        match = pc.match_substring_regex(column.dictionary, anchored(pattern))
        rows = pc.indices_nonzero(pc.invert(match).take(column.indices)).to_pylist()
        for row in table.body.some(rows):
            cell = row.cells.get(name, "")
            if not is_missing(cell):
                message, mend = _constraint("pattern", field, cell)
                yield finding(table.file, message, mend, row=row.line, column=name, value=cell)


def _judged(package: DataPackage, given: dict[str, Any]) -> Report:
    with scratch.folder("judged") as folder:
        asked = Package(given, basepath=str(package.folder))
        for name, content in structure_given.csvs(package):
            write.update(folder, [(structure_given.csv_of(name), content)])
            asked.get_resource(name).basepath = str(folder)
        report: Report = asked.validate()
    return report


def validate(package: DataPackage) -> Iterator[Finding]:
    """What Frictionless finds. It reads the tables again, and nothing else."""
    descriptor = display_path(package.folder / DESCRIPTOR)
    given = structure_given.descriptor(package)
    if not given["resources"]:
        return
    for table in structure_given.tables_of_others(package):
        yield from _unlike_pattern(table)
    try:
        report = _judged(package, given)
    except FrictionlessException as fault:
        faults = fault.reasons or [fault.error]
        yield from (finding(descriptor, one.message, _CORRECT) for one in faults)
        return
    except ArithmeticError:  # Frictionless compares a cell such as sNaN with a minimum
        yield finding(descriptor, *_NO_NUMBER)
        return
    yield from (finding(descriptor, one.message, _CORRECT) for one in report.errors)
    # Frictionless also blames the tables that link to one that can't be opened.
    unopened = any(not table.decoded for table in package.tables.values())
    for task in report.tasks:
        table = package.tables[task.name]
        for error in _said_once(task.errors):
            follows = unopened and isinstance(error, kinds.ResourceError)
            if table.decoded and not follows:
                yield _translate(error, table, package.tables)


def not_plain(table: Table) -> Iterator[Finding]:
    """Cells that Frictionless takes but that aren't written plainly: `1e5`, `1_000`, `2020-7-1`."""
    for field in table.fields:
        name, kind = str(field.get("name")), str(field.get("type"))
        for row in table.rows:
            cell = row.cells.get(name, "")
            if not is_missing(cell) and not is_readable(kind, cell):
                message, mend = type_words(field, cell)
                yield finding(table.file, message, mend, row=row.line, column=name, value=cell)
