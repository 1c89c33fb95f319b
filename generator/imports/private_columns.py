"""Columns whose title says that they hold a private person's name or contact."""

import re

PRIVATE = "may name a private person; left out"
"""What the account says of such a column."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_LETTERS = re.compile(r"[^a-z0-9]+")

_ALWAYS = re.compile(
    r"\b(?:"
    r"surnames?|forenames?|initials|(?:first|last|given|family|middle|maiden) names?"
    r"|contacts?|e ?mails?|(?:tele)?phones?|tel|mobiles?|fax"
    r"|date of birth|birth ?dates?|birthday|dob|year of birth"
    r"|national insurance|nino|ni (?:no|number)|nhs (?:no|number)|passport"
    r"|next of kin|home address|signator(?:y|ies)|signatures?"
    r"|bank|sort code|iban|account (?:name|no|number)"
    r")\b"
)
_UNLESS_A_BODY = re.compile(
    r"\b(?:"
    r"full names?|(?:co ?)?applicants?|(?:co ?)?sponsors?"
    r"|(?:co ?|principal |chief |lead )investigators?|supervisors?|award ?holders?"
    r"|(?:grants?|case|lead|relationship) (?:officer|manager)"
    r")\b"
)
_BODY = re.compile(
    r"\b(?:organi[sz]ations?|orgs?|compan(?:y|ies)|charit(?:y|ies)|group|institution|body"
    r"|type|amount|count|total|number of|how many|reference|ref|id|identifier)\b"
)
"""What makes "applicant" in a title speak of a body, a count or a reference."""


def is_private(title: str) -> bool:
    """Whether a column's title, such as `Surname of applicant`, speaks of a private person.

    Titles in any case, with any marks, or as field names (`contactName`) are understood. The
    office of a body (`Applicant organisation`) or a count (`Number of applicants`) is none.
    """
    words = _NO_LETTERS.sub(" ", _CAMEL.sub(" ", title).lower())
    if _ALWAYS.search(words):
        return True
    return bool(_UNLESS_A_BODY.search(words)) and not _BODY.search(words)
