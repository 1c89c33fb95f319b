"""Structure, keys and links. What isn't surely clean, Frictionless judges."""

from collections.abc import Iterator

from generator import inside, schemas
from generator.checks import clean_columns, clean_descriptor, clean_links
from generator.descriptor import DESCRIPTOR, display_path, objects, paths_of
from generator.findings import Finding, Severity
from generator.package import DataPackage, Table
from generator.parquet_columns import is_parquet

_SAME_HEADER = "let each file of a table begin with the same header, and end its last line."
_SAME_COLUMNS = "let each file of a table have the same columns in the same order."
REQUIRED = ("awards", "funds", "recipients")


def _finding(file: str, message: str, mend: str, row: int | None = None) -> Finding:
    return Finding("structure", Severity.ERROR, file, message, mend, row)


def is_clean(package: DataPackage) -> bool:
    """Whether Frictionless surely finds nothing. No is no verdict: then it is asked."""
    return (
        clean_descriptor.is_clean(package.descriptor)
        and clean_columns.are_clean(package)
        and clean_links.are_clean(package)
    )


def _reported(package: DataPackage) -> Iterator[Finding]:
    """What Frictionless finds, then cells that it takes but that aren't written plainly."""
    from generator.checks import structure_report  # slow to load, and seldom needed

    found = tuple(structure_report.validate(package))
    yield from found
    said = {(one.file, one.row, one.column) for one in found}
    for table in package.tables.values():
        for finding in structure_report.not_plain(table):
            if (finding.file, finding.row, finding.column) not in said:
                yield finding


def _of_table(table: Table) -> Iterator[Finding]:
    """What keeps a table's files from being read as they were meant."""
    for part in table.parts:
        if part.fault:
            mend = _SAME_COLUMNS if is_parquet(part.file) else _SAME_HEADER
            yield _finding(part.file, part.fault, mend)
    if not table.decoded:
        yield _finding(
            table.file,
            "The file is not UTF-8 text, so some letters can't be read.",
            "save it again as “CSV UTF-8” in the spreadsheet program.",
        )
    elif table.body.odd_line is not None:
        yield _finding(
            table.file,
            "In this row a quotation mark is missing, or stands where none may.",
            "put the whole cell between quotation marks, and double those inside it.",
            table.body.odd_line,
        )


def _gone(package: DataPackage) -> Iterator[Finding]:
    """The files that are listed and aren't there."""
    for one in objects(package.descriptor.get("resources")):
        if one.get("name") in package.tables:
            continue
        for path in paths_of(one):
            if not inside.is_there(package.folder, path):
                yield _finding(
                    display_path(package.folder / path),
                    "The descriptor lists this file, but it can't be found.",
                    "add the file, or take the resource out of the descriptor.",
                )


def check(package: DataPackage, *, clean: bool | None = None) -> Iterator[Finding]:
    """Every structural fault of a package. `clean` is what `is_clean` says, where that is known."""
    descriptor = display_path(package.folder / DESCRIPTOR)
    listed = {str(one.get("name")) for one in objects(package.descriptor.get("resources"))}
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
        yield from _of_table(table)
    yield from _gone(package)
    if not (is_clean(package) if clean is None else clean):
        yield from _reported(package)
