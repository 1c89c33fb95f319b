"""Personal data: patterns that must never be published. Values are masked in findings."""

import re
from collections.abc import Iterator

from generator.checks.registry import Fault, Statement, fault, rule
from generator.findings import Severity
from generator.ledger import Ledger

_PATTERNS = {
    "an e-mail address": re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
    "a telephone number": re.compile(
        r"(?<![\w.-])(?:\+44\s?[1-9]|0[1-9])(?:[\s-]?\d){8,9}(?![\w-])"
    ),
    "a postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b"),
    "a national insurance number": re.compile(
        r"\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b"
    ),
    "a person’s title and name": re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+[A-Z][\w'’-]+"),
}
REDACTED = re.compile(r"^(Individual \d+|REDACTED PERSONAL DATA)$")
"""The only names that a recipient of the kind "individual" may have."""


def mask(text: str) -> str:
    """Enough to find the value, too little to publish it: first letter, then dots."""
    return text[:1] + "…" + f" ({len(text)} characters)"


@rule(
    "R26-personal-data",
    "Nothing personal is published",
    severity=Severity.ERROR,
    reason="A page that names a private person can't be called back.",
    source="data protection law; the publisher's privacy page",
    mend="take it out, and remember that git history keeps what was ever pushed.",
)
def personal_data(ledger: Ledger) -> Iterator[Statement]:
    """No text holds an address, a number or a title with a name; individuals are anonymous."""
    for table in ledger.package.tables.values():
        names = [
            str(one["name"])
            for one in table.fields
            if one.get("type") == "string" and "url" not in str(one["name"])
        ]
        for row in table.rows:
            for name in names:
                cell = row.cells.get(name, "")
                for what, pattern in _PATTERNS.items():
                    if match := pattern.search(cell):
                        yield Fault(
                            table.file,
                            f"The cell seems to hold {what}.",
                            row.line,
                            name,
                            mask(match[0]),
                        )
    for recipient in ledger.recipients:
        named = recipient.name if isinstance(recipient.name, str) else "Individual 0"
        if recipient.kind == "individual" and not REDACTED.match(named):
            yield fault(
                recipient,
                "name",
                mask(named),
                "An individual’s name is not anonymised: write “Individual 1” and so on.",
            )
