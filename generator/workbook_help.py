"""The words of the clerk's workbook: which sheets there are, how to use them, help on columns."""

from collections.abc import Mapping
from typing import Any

from generator.descriptor import objects
from generator.missing import Missing

ORDER = (
    *("awards", "award_services", "recipients", "award_recipients", "award_areas", "award_terms"),
    *("award_sources", "recipient_identifiers", "recipient_names", "funds", "revisions"),
    *("documents", "outcome_reports", "outcome_measures", "omissions"),
)
"""The sheets that are used most, first; the others follow as the package lists them."""
OFFERED = (
    *("awards", "award_services", "recipients", "award_recipients", "funds", "revisions"),
    *("documents", "recipient_identifiers"),
)
"""Tables that have a sheet even when the package doesn't list them yet."""
HOW = (
    ("Rows", "One sheet a table, one row a record. Write new rows below the last one."),
    ("Help", "Rest on the title of a column to read what it is for. Coloured ones must be filled."),
    (
        "No value",
        "Write why there is none: not published, not applicable or withheld. A blank cell counts "
        "as not published.",
    ),
    ("Days and money", "Write a day as 2031-04-05, and money as a plain number such as 1234.50."),
    (
        "Ids",
        "An id is part of a web address and never changes, so those in use are locked. In a new "
        "row of awards or recipients you may leave the id blank: it is made for you. Write one "
        "yourself, such as 2031-32-015, if rows of other sheets need to name the award.",
    ),
    (
        "Changing something published",
        "Change the cell, and say why in the sheet revisions: fill in resource (the sheet's "
        "name), row (the id), field (the column) and reason. The rest is filled in for you.",
    ),
    (
        "Taking something back",
        "Never delete an award: write withdrawn as its status, and say why in the sheet revisions.",
    ),
    (
        "Sorting",
        "A sheet with locked ids can't be sorted until its protection is taken off: Review, "
        "Unprotect Sheet. There is no password. The order of rows has no effect on the site.",
    ),
    (
        "Columns and sheets",
        "Don't rename, add or remove them. Sheets of your own are left out when the file is read.",
    ),
    ("When you are done", "Save the file as .xlsx and upload it to data/inbox/."),
)


def codes_of(field: Mapping[str, Any]) -> tuple[str, ...]:
    """What a drop-down offers: the codes, then the words for no value where it may be absent."""
    if field.get("type") == "boolean":
        codes = ["yes", "no"]
    else:
        codes = [str(one.get("value")) for one in objects(field.get("categories"))]
    required = (field.get("constraints") or {}).get("required")
    absent = [str(one) for one in Missing if one is not Missing.UNREADABLE]
    return tuple(codes if required or not codes else [*codes, *absent])


def is_required(field: Mapping[str, Any]) -> bool:
    """Whether each row must have a value."""
    return bool((field.get("constraints") or {}).get("required"))


def note_of(name: str, field: Mapping[str, Any]) -> str:
    """What the title of a column says when the mouse rests on it."""
    title, words = str(field.get("title") or name), str(field.get("description") or "")
    lines = [f"* {title}: must be filled" if is_required(field) else title, words]
    lines += [f"{one['value']}: {one.get('label')}" for one in objects(field.get("categories"))]
    return "\n".join(lines)
