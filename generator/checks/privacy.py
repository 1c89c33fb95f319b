"""Personal data: nothing is published that nobody has looked at. No finding repeats it.

`privacy_reviews` is the list of what was looked at: `allowed` with a reason, or `to-review`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow.compute as pc

from generator import personal
from generator.checks.privacy_scan import REVIEWS, Found, scan
from generator.checks.registry import Fault, Statement, Unanswered, fault, rule
from generator.checks.suspects import by_text, cells
from generator.findings import Finding, Severity
from generator.frames import Mask
from generator.ledger import Ledger
from generator.missing import Missing
from generator.model import PrivacyReview
from generator.slugs import Ids, mark_of, slug
from generator.tables import Cells

__all__ = ["Found", "before_publishing", "hidden", "hiding", "to_review", "unreviewed"]

WAITING = "personal-data-waiting"
EVERY_ROW = "*"
ALLOWED, TO_REVIEW = "allowed", "to-review"
_ALLOW = (
    "take it out. If it may be published, say why in a row of privacy_reviews.csv "
    "(docs/publish/personal-data.md). Git history keeps what was ever pushed."
)


class _Reviews:
    """The reviews of a package, to be asked which of them speaks of a finding."""

    def __init__(self, ledger: Ledger) -> None:
        self._by_place: dict[tuple[object, ...], list[PrivacyReview]] = {}
        for one in ledger.privacy_reviews:
            key = (one.resource, one.field, one.category, one.row)
            self._by_place.setdefault(key, []).append(one)

    def of(self, found: Found) -> tuple[PrivacyReview, ...]:
        """The entries about what was found: those of its row, and those of every row."""
        rows = dict.fromkeys((found.row, EVERY_ROW))
        keys = ((found.resource, found.field, found.category, row) for row in rows)
        return tuple(one for key in keys for one in self._by_place.get(key, ()))

    def status(self, found: Found) -> str | None:
        """`allowed`, `to-review`, or None where nobody has looked."""
        entries = self.of(found)
        if any(one.status == ALLOWED and isinstance(one.reason, str) for one in entries):
            return ALLOWED
        return TO_REVIEW if entries else None


def unreviewed(ledger: Ledger) -> tuple[Found, ...]:
    """What looks personal and has no entry at all in `privacy_reviews`."""
    reviews = _Reviews(ledger)
    return tuple(one for one in scan(ledger) if reviews.status(one) is None)


def to_review(ledger: Ledger) -> tuple[Cells, ...]:
    """A row of `privacy_reviews` with the status to-review for each that has none."""
    ids = Ids(one.id for one in ledger.privacy_reviews)
    none = Missing.NOT_APPLICABLE.value
    return tuple(
        {
            # The key may be made of a name: the id holds only a mark of it.
            "id": ids.new(slug(f"{one.resource}-{one.field}-{one.category}-{mark_of(one.row)}")),
            "resource": one.resource,
            "row": one.row,
            "field": one.field,
            "category": one.category,
            "status": TO_REVIEW,
            "reason": none,
            "reviewed_by": none,
            "reviewed_on": none,
        }
        for one in unreviewed(ledger)
    )


def _fault(one: Found, message: str, mend: str | None = None) -> Fault:
    column = None if one.field == "text" else one.field
    return Fault(one.file, message, one.line, column, one.masked, mend)


def _what(one: Found) -> str:
    seems = "An individual’s name is not anonymised"
    if (one.resource, one.field, one.category) == ("recipients", "name", "name"):
        return (
            f"The recipient seems to be a private person. {seems}: write “Individual 1” and so on."
        )
    return f"{_holder(one)} seems to hold {personal.CATEGORIES[one.category]}."


def _holder(one: Found) -> str:
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
    reviews = _Reviews(ledger)
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
        for row, column in cells(table, masks) if name != REVIEWS else ():
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


class _Hider:
    """Replaces what was found in a package, wherever a text repeats it, by its mask."""

    def __init__(self, found: Sequence[Found]) -> None:
        texts = {text for one in found for text in one.texts if len(text) > 3}
        texts |= {
            id
            for one in found
            if one.category == "name"
            for id in map(slug, one.texts)
            if "-" in id
        }
        longest = sorted(texts, key=lambda text: (-len(text), text))
        pattern = "|".join(map(re.escape, longest))
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None

        self._known: dict[str, str] = {}

    def text(self, text: str) -> str:
        """The text with no personal data in it."""
        if text not in self._known:
            self._known[text] = self._masked(text)
        return self._known[text]

    def _masked(self, text: str) -> str:
        if self._pattern:
            text = self._pattern.sub(lambda match: personal.mask(match[0]), text)
        return personal.masked(text)

    def finding(self, one: Finding) -> Finding:
        """The finding with no personal data in it."""
        value = None if one.value is None else personal.masked_name(self.text(one.value))
        return replace(one, message=self.text(one.message), mend=self.text(one.mend), value=value)

    def unanswered(self, one: Unanswered) -> Unanswered:
        """The open question with no personal data in it."""
        subject = personal.masked_name(self.text(one.subject))
        return replace(one, subject=subject, reason=self.text(one.reason))


def hidden(ledger: Ledger) -> _Hider:
    """What takes a package's personal data out of all that the checks say."""
    return _Hider(scan(ledger))


def hiding(*ledgers: Ledger) -> Callable[[str], str]:
    """What takes the personal data of several packages out of any text."""
    return _Hider([one for ledger in ledgers for one in scan(ledger)]).text
