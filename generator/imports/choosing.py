"""Which reader fits a file. What none of them knows is said, with the way to a mapping."""

from msgspec import Struct

from generator.errors import UsageProblem
from generator.imports import mapping, ocds, threesixtygiving
from generator.imports.base import Reading, SourceFile


class Options(Struct, frozen=True):
    """What the user states about a file, where the file itself doesn't say it."""

    currency: str | None = None
    year: str | None = None
    """The financial year of awards without a date, such as 2026-27."""
    day_first: bool | None = None
    """Whether 03/04/2026 is 3 April."""
    buyer: str | None = None
    """The one buyer of an OCDS file to read."""
    mapping: str | None = None
    """The text of a mapping file."""
    mapping_file: str = ""


def read(source: SourceFile, options: Options) -> Reading:
    """Read a file by its mapping, else as the standard that it follows.

    Raises UsageProblem when it follows none that we know.
    """
    if options.mapping is not None:
        found = mapping.parse(options.mapping, options.mapping_file)
        return mapping.read(source, found, day_first=options.day_first, year=options.year)
    if ocds.reads(source):
        return ocds.read(source, buyer=options.buyer)
    if threesixtygiving.reads(source):
        return threesixtygiving.read(
            source, day_first=options.day_first, currency=options.currency, year=options.year
        )
    raise UsageProblem(
        f"{source.name} is neither a 360Giving file nor an OCDS one, nor our own workbook. "
        f"{_found(source)}",
        "say what its columns are: purse mapping FILE drafts a mapping for you to correct; then "
        "give it to purse import with --mapping."
        if source.sheets
        else "ask for the file as a spreadsheet or CSV, or in one of these two forms.",
    )


def _found(source: SourceFile) -> str:
    if not source.sheets:
        return "It is a JSON document of another kind."
    titles = [title for title in source.sheets[0].header if title]
    shown = ", ".join(f"“{title}”" for title in titles[:8])
    more = f" and {len(titles) - 8} more" if len(titles) > 8 else ""
    return f"Its columns are {shown}{more}."
