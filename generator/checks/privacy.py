"""Personal data: nothing is published that nobody has looked at. No finding repeats it.

What looks for it loads lists and patterns, which only those who run these rules need.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
from msgspec.structs import replace

from generator.checks.registry import Fault, Statement, fault, rule
from generator.checks.suspects import by_text, cells
from generator.findings import Finding, Severity
from generator.frames import Mask
from generator.ledger import Ledger
from generator.missing import Missing
from generator.summaries.resources import UNPUBLISHED

if TYPE_CHECKING:
    from generator.checks.privacy_scan import Found

WAITING = "personal-data-waiting"
_ALLOW = (
    "take it out. If it may be published, say why in a row of privacy_reviews.csv "
    "(docs/publish/personal-data.md). Git history keeps what was ever pushed."
)


def _fault(one: "Found", message: str, mend: str | None = None) -> Fault:
    column = None if one.field == "text" else one.field
    return Fault(one.file, message, one.line, column, one.masked, mend)


def _what(one: "Found") -> str:
    from generator.personal import CATEGORIES

    seems = "An individual’s name is not anonymised"
    if (one.resource, one.field, one.category) == ("recipients", "name", "name"):
        return (
            f"The recipient seems to be a private person. {seems}: write “Individual 1” and so on."
        )
    return f"{_holder(one)} seems to hold {CATEGORIES[one.category]}."


def _holder(one: "Found") -> str:
    if one.resource == "datapackage":
        return f"The description ({one.row})"
    return "This line" if one.resource == "pages" else "The cell"


@rule(
    "R26-personal-data",
    "Nothing personal is published",
    severity=Severity.ERROR,
    reason="A page that names a private person can't be called back.",
    source="data protection law; the publisher's privacy page",
    mend=_ALLOW,
)
def personal_data(ledger: Ledger) -> Iterator[Statement]:
    """No text holds personal data that nobody has looked at; individuals are anonymous."""
    from generator.checks.privacy_reviews import unreviewed

    for one in unreviewed(ledger):
        yield _fault(one, _what(one))


@rule(
    WAITING,
    "What looks personal was looked at",
    severity=Severity.WARNING,
    reason="Only a person can tell whether it may be published; until then it must not be.",
    source="data protection law; the publisher's privacy page",
    mend="take it out; or write allowed and the reason in its row of privacy_reviews.csv.",
)
def waiting(ledger: Ledger) -> Iterator[Statement]:
    """Nothing waits for review. Before publishing, each of these counts as an error."""
    from generator.checks.privacy_reviews import TO_REVIEW, Reviews
    from generator.checks.privacy_scan import scan

    reviews = Reviews(ledger)
    for one in scan(ledger):
        if reviews.status(one) == TO_REVIEW:
            yield _fault(one, f"{_what(one)} It waits for review before it is published.")


@rule(
    "personal-data-reviews",
    "Each review of personal data is about something, and says why",
    severity=Severity.WARNING,
    reason="An entry that nothing needs may one day let something through.",
    source="good practice",
    mend="take the row out of privacy_reviews.csv.",
)
def reviews_needed(ledger: Ledger) -> Iterator[Statement]:
    """Each entry matches something; what is allowed has a reason, a role and a day."""
    from generator.checks.privacy_reviews import ALLOWED, EVERY_ROW
    from generator.checks.privacy_scan import scan

    found = scan(ledger)
    needed = {
        (one.resource, one.field, one.category, row)
        for one in found
        for row in (one.row, EVERY_ROW)
    }
    for one in ledger.privacy_reviews:
        if (one.resource, one.field, one.category, one.row) not in needed:
            yield fault(one, "id", one.id, "This review is no longer needed: nothing matches it.")
        elif one.status == ALLOWED:
            for column in ("reason", "reviewed_by", "reviewed_on"):
                if isinstance(getattr(one, column), Missing):
                    yield Fault(
                        one.at.file,
                        "What is allowed needs a reason, who decided, and the day.",
                        one.at.line,
                        column,
                        mend="fill in the cell. Write a role, such as data protection officer.",
                    )


_LOOSE = re.compile(
    r"\[\s*(?:redacted|removed|withheld|name[^\]]{0,20}|anonymi[sz]ed)\s*\]|\b(?i:redacted)\b"
    r"|\b[Xx]{4,}\b|\*{3,}|█+|\b(?:name|address|details) (?:removed|redacted|withheld)\b",
    re.IGNORECASE,
)
_LOOSELY = (
    r"[^ -~]|\[|\*\*\*|(?i:redacted|xxxx|(?:name|address|details) (?:removed|redacted|withheld))"
)
"""What a text has where those are, as Arrow matches it."""
_FIXED = re.compile(r"REDACTED (?:PERSONAL DATA|COMMERCIAL CONFIDENTIALITY|OTHER)")


@rule(
    "redaction-words",
    "What is taken out is marked with the fixed words",
    severity=Severity.WARNING,
    reason="The same words everywhere let readers count what was taken out, and why.",
    source="practice of councils; docs/publish/personal-data.md",
    mend="write REDACTED PERSONAL DATA, REDACTED COMMERCIAL CONFIDENTIALITY or REDACTED OTHER.",
)
def redaction_words(ledger: Ledger) -> Iterator[Statement]:
    """Nothing is blacked out with other words or marks."""
    for name, table in ledger.package.tables.items():
        columns = [str(one["name"]) for one in table.fields if one.get("type") == "string"]
        masks = {one: by_text(table, one, _may_be_taken_out) for one in columns}
        for row, column in cells(table, masks) if name not in UNPUBLISHED else ():
            if match := _LOOSE.search(_FIXED.sub("", row.cells.get(column, ""))):
                message = f"“{match[0]}” is not one of the fixed words for what is taken out."
                yield Fault(table.file, message, row.line, column, match[0])


def _may_be_taken_out(texts: Any) -> Mask:
    return pc.match_substring_regex(texts, _LOOSELY)


def before_publishing(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as they count before publishing: what waits for review is an error."""
    return tuple(
        replace(one, severity=Severity.ERROR) if one.code == WAITING else one for one in findings
    )
