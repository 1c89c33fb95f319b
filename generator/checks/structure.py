"""Structure, keys and links: Frictionless judges, its report becomes our findings."""

from collections.abc import Iterator, Mapping
from typing import Any

from frictionless import Error, FrictionlessException, Package
from frictionless import errors as kinds

from generator import schemas
from generator.findings import Finding, Severity
from generator.package import DESCRIPTOR, DataPackage, Table, display_path

REQUIRED = ("awards", "funds", "recipients")

_TYPE_WORDS = {
    "number": (
        "is not a plain number",
        "write digits and at most one point, such as 1250.00: no pound sign, commas or spaces.",
    ),
    "integer": ("is not a whole number", "write digits only, such as 3."),
    "date": ("is not a date", "write year, month and day, such as 2020-07-31."),
    "boolean": ("is not true or false", "write true or false."),
}
_MISSING_WORDS = 'or "not published", "not applicable" or "withheld" when there is no value'


def _finding(file: str, message: str, mend: str, **place: Any) -> Finding:
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


def _cell_words(error: Error, field: Mapping[str, Any], cell: str) -> tuple[str, str] | None:
    if isinstance(error, kinds.UniqueError):
        return (
            f"“{cell}” stands in this column already: {error.note}.",
            "give this row an id of its own; ids are never used twice.",
        )
    if isinstance(error, kinds.ConstraintError):
        name = error.note.split('"')[1] if '"' in error.note else error.note
        return _constraint(name, field, cell)
    if isinstance(error, kinds.TypeError):
        says, mend = _TYPE_WORDS.get(str(field.get("type")), ("can't be read", "correct it."))
        return f"“{cell}” {says}.", f"{mend.rstrip('.')}, {_MISSING_WORDS}."
    if isinstance(error, kinds.MissingCellError):
        return "The row ends before this column.", "add the missing cells: a comma for each."
    if isinstance(error, kinds.ExtraCellError):
        return (
            f"The row has more cells than the header; the first too many is “{cell}”.",
            'put quotes round a text that holds a comma: "one, two".',
        )
    return None


def _row_words(error: Error) -> tuple[str, str] | None:
    if isinstance(error, kinds.ForeignKeyError):
        target = error.reference_name or "this table"
        columns = " and ".join(error.field_names)
        values = ", ".join(f"“{value}”" for value in error.field_cells)
        return (
            f"{columns} {values} leads nowhere: {target} has no such row.",
            f"correct it, or add the row to {target} first.",
        )
    if isinstance(error, kinds.PrimaryKeyError):
        return (
            f"This row has the same key as another: {error.note}.",
            "give each row a key of its own, or remove the copy.",
        )
    if isinstance(error, kinds.BlankRowError):
        return "This row is blank.", "remove the line."
    return None


def _label_words(error: Error) -> tuple[str, str] | None:
    if isinstance(error, kinds.LabelError):
        return (
            f"The header is not what the schema expects: {error.note}.",
            f"the column here should be called “{error.field_name}”; columns keep their order.",
        )
    return None


def _translate(error: Error, table: Table) -> Finding:
    row = column = value = None
    words = None
    if isinstance(error, kinds.RowError):
        number = error.row_number
        row = table.lines[number - 1] if number <= len(table.lines) else number
        words = _row_words(error)
        if isinstance(error, kinds.ForeignKeyError):
            column, value = error.field_names[0], ", ".join(map(str, error.field_cells))
        if isinstance(error, kinds.CellError):
            column, value = error.field_name or None, str(error.cell)
            fields = {str(one.get("name")): one for one in table.fields}
            words = _cell_words(error, fields.get(error.field_name, {}), value) or words
    elif isinstance(error, kinds.HeaderError | kinds.LabelError):
        row, words = 1, _label_words(error)
    message, mend = words or (error.message, "compare the file with its schema in schemas/.")
    return _finding(table.file, message, mend, row=row, column=column, value=value)


def _validate(package: DataPackage) -> Iterator[Finding]:
    descriptor = display_path(package.folder / DESCRIPTOR)
    try:
        report = Package(str(package.folder / DESCRIPTOR)).validate()
    except FrictionlessException as fault:
        faults = fault.reasons or [fault.error]
        for one in faults:
            yield _finding(descriptor, one.message, "correct the descriptor.")
        return
    for error in report.errors:
        yield _finding(descriptor, error.message, "correct the descriptor.")
    for task in report.tasks:
        table = package.tables.get(task.name)
        if table is None:
            path = display_path(package.folder / str(task.place))
            yield _finding(
                path,
                "The descriptor lists this file, but it can't be found.",
                "add the file, or take the resource out of the descriptor.",
            )
            continue
        # A repeated id breaks both its own column and the table's key: say it once.
        repeated = {e.row_number for e in task.errors if isinstance(e, kinds.UniqueError)}
        for error in task.errors:
            if isinstance(error, kinds.PrimaryKeyError) and error.row_number in repeated:
                continue
            if table.decoded:
                yield _translate(error, table)


def check(package: DataPackage) -> Iterator[Finding]:
    """Every structural fault of a package. Reads its files again through Frictionless."""
    descriptor = display_path(package.folder / DESCRIPTOR)
    listed = {str(one.get("name")) for one in package.descriptor.get("resources", ())}
    for name in REQUIRED:
        if name not in listed:
            yield _finding(
                descriptor,
                f"The package has no resource “{name}”, which every publication needs.",
                f"add {name}.csv and list it in the descriptor.",
            )
    for name in schemas.drifted(package.descriptor):
        yield _finding(
            descriptor,
            f"The schema of “{name}” in the descriptor is not the current one.",
            "run: purse schemas",
        )
    for table in package.tables.values():
        if not table.decoded:
            yield _finding(
                table.file,
                "The file is not UTF-8 text, so some letters can't be read.",
                "save it again as “CSV UTF-8” in the spreadsheet program.",
            )
    yield from _validate(package)
