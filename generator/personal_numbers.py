"""Addresses and numbers that lead to one person: e-mail, telephone, national insurance, bank.

Each function gives the spans `(start, end)` of a text that look so. A cheap look at the text
comes first, so that the many cells with nothing of the kind cost little.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.patterns import lazily
from generator.personal_lists import is_first, is_last
from generator.personal_words import words

if TYPE_CHECKING:
    import phonenumbers

Span = tuple[int, int]

_REFERENCE = lazily(
    r"(?:\bref(?:erence|s)?|\binvoice|\border|\bpo|(?<!of )\bid|\bidentifier|\bcase|\bcompany"
    r"|\bcharity|\bregistration|\bregistered|\baward|\bgrant|\bcontract|\btender|\bcode|\bisbn|\bocid"
    r"|\bticket|\burn|\buprn|\bproject|\bserial|\bbarcode|\blicence|\bvat|\bfile)"
    r"(?: (?:no|number|num|ref|reference|code|id))?\.?\s*(?:is|was|:|#|=)?\s*[\"“(]?$",
    re.IGNORECASE,
)
"""Words right before a number that make it a reference."""
_LOCAL = r"[\w.+'’-]*\w"
_ROLES = words("""
    accounts admin administrator applications bookings careers clerk commissioning comms
    communications community complaints contact contactus correspondence council
    customerservices data dataprotection democracy donations dpo elections enquiries enquiry
    estates events feedback finance foi funding fundraising funds general grants hello help
    helpdesk helpline highways housing hr info information inquiries invoices jobs legal
    libraries library licensing mail mailbox marketing media membership museum news newsletter
    noreply office opcc operations parish parks partnerships planning post postmaster press
    privacy procurement quotes reception recruitment referrals sales secretary security service
    services support team tender tenders tourism town training volunteering webmaster website
""")
"""What stands before the @ of an address that belongs to an office and not to a person."""
_ROLE_PART = lazily(
    r"procurement|commissioning|contracts|tenders|enquiries|support|office|admin|team|services"
    r"|clerk|communications|safeguarding|fundraising|volunteer"
)
_FREE_MAIL = lazily(
    r"(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|aol|btinternet|sky|virginmedia"
    r"|talktalk|ntlworld|proton|protonmail|me|msn|gmx|tiscali|blueyonder)\.[a-z.]+",
    re.IGNORECASE,
)
"""Where anybody may have an address: there `info@` is no organisation's."""
_EMAIL = lazily(rf"(?<![\w/])({_LOCAL})\s?@\s?((?:[\w-]+\.)+[a-z]{{2,}})", re.IGNORECASE)
_SPELT_OUT = lazily(
    rf"(?<!\w)({_LOCAL}(?:\s+dot\s+\w+){{0,2}})\s*[\[({{]?\s*\bat\b\s*[\])}}]?\s*"
    r"((?:[\w-]+(?:\s*[\[({]\s*(?:dot|\.)\s*[\])}]\s*|\s+dot\s+|\.))+(?:com|org|net|co|uk|gov|ac"
    r"|nhs|police|info|eu|ie|scot|wales|cymru|me|example|test)\b)",
    re.IGNORECASE,
)
HIDDEN = lazily(r"[\[({]\s*(?:at|@|dot|\.)\s*[\])}]|\sdot\s", re.IGNORECASE)
_BRACKETED = lazily(
    rf"(?<!\w)({_LOCAL})\s*[\[({{]\s*@\s*[\])}}]\s*((?:[\w-]+\s*\.\s*)+[a-z]{{2,}})", re.IGNORECASE
)


def _is_spelt_out(found: str, local: str, before: str) -> bool:
    """Whether `x at y dot z` is an address, and not a sentence with these words."""
    if not HIDDEN.search(found):
        return False
    if re.search(r"[\[({]", found) or re.search(r"[._\d-]|\sdot\s", local):
        return True
    return bool(re.search(r"\b(?:e-?mail|reply|write|contact|to)\b", before, re.IGNORECASE))


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also spelt out (`jane (at) example dot org`), but not those of roles."""
    if "@" not in text and not HIDDEN.search(text):
        return
    for pattern in (_EMAIL, _BRACKETED, _SPELT_OUT):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 30) : match.start()]
            if pattern is _SPELT_OUT and not _is_spelt_out(match[0], match[1], before):
                continue
            parts = re.split(r"[.+_-]", match[1].lower())
            others = [one for one in parts if one not in _ROLES and not _ROLE_PART.search(one)]
            role = len(others) < len(parts) and not any(
                is_first(one) or is_last(one) or len(one) < 3 for one in others
            )
            free = _FREE_MAIL.fullmatch(re.sub(r"\s", "", match[2]))
            if free or not role:
                yield match.span()


_DIALLED = lazily(r"(?<![\w.£$€/-])(?:\+|\(\+?|0|44\s?7)[\d\s().+/–-]{7,}\d")
_HELPLINE = lazily(
    r"\b(?:help ?line|help ?desk|hot ?line|advice line|freephone|switchboard|call centre|textline"
    r"|support line|crisis line|national line|samaritans|crimestoppers|(?!land|on|dead)\w+line)\b",
    re.IGNORECASE,
)
_OFFICE_LINE = lazily(r"(?:\+44|0)\D*(?:3|800|808|84|87)")
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "\u00a0": " "})


def _is_serial(found: str, number: "phonenumbers.PhoneNumber") -> bool:
    """Whether digits without a gap are no number that can be dialled."""
    import phonenumbers

    begins = found.startswith(("07", "01", "02", "00"))
    return found.isdigit() and not begins and not phonenumbers.is_valid_number(number)


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers as dialled in Britain or with a country's code; not free helplines."""
    text = text.translate(_DASHES)
    if not _DIALLED.search(text):
        return
    import phonenumbers  # large, and most packages never need it

    # POSSIBLE, not VALID: the ranges kept for drama (07700 900…) and misprints count as well.
    for match in phonenumbers.PhoneNumberMatcher(
        text, "GB", leniency=phonenumbers.Leniency.POSSIBLE
    ):
        found, before = match.raw_string, text[max(0, match.start - 80) : match.start]
        if not re.match(r"\(?\+|\(?0(?!00)|44\s?7", found) or re.search(r"[\w£$€/.-]\Z", before):
            continue
        length = len(re.sub(r"\D", "", found))
        if not found.startswith(("+", "(+", "00", "44")) and length not in (10, 11, 12):
            continue
        dialled = re.search(r"\b(?:tel|phone|mob|mobile|call|ring|text)\W*$", before, re.IGNORECASE)
        if not dialled and (_REFERENCE.search(before) or _is_serial(found, match.number)):
            continue
        if _OFFICE_LINE.match(found) and _HELPLINE.search(text):
            continue
        yield match.start, match.end


_INSURANCE = lazily(
    r"(?<![\w/-])([A-Z]{2})((?:[ .-]{0,2}[\dOILSB]{2}){3})[ .-]{0,2}[A-DT](?![\w/-])",
    re.IGNORECASE,
)
_GIVEN_OUT = lazily(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[\w .-]+[A-D]|ZZ.*T",
    re.IGNORECASE,
)
"""Letters that are given out, and the two kinds of examples. Others count where spaces or words
say what they are: they may be misprints."""
_INSURANCE_WORDS = lazily(r"\bnational insurance|\bnino\b|\bNI\b", re.IGNORECASE)


def insurance_numbers(text: str) -> Iterator[Span]:
    """National insurance numbers, with letters that scanners take for digits."""
    for match in _INSURANCE.finditer(text):
        before = text[max(0, match.start() - 80) : match.start()]
        digits = sum(mark.isdigit() for mark in match[2])
        named = _INSURANCE_WORDS.search(before[-60:])
        spaced = _GIVEN_OUT.fullmatch(match[0]) or re.match(r"[A-Z]{2}( \d\d){3} [A-D]", match[0])
        if digits >= 4 and (named or (spaced and not _REFERENCE.search(before))):
            yield match.span()


_HEALTH = lazily(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")


def _is_health_number(digits: str) -> bool:
    """The tenth digit is 11 less the rest of a weighted sum of the others."""
    rest = sum(int(one) * weight for one, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - rest % 11) % 11 == int(digits[9])


def health_numbers(text: str) -> Iterator[Span]:
    """NHS numbers: ten digits after the letters NHS, with a true check digit or the word number."""
    if "nhs" not in text.lower():
        return
    for match in _HEALTH.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()].lower()
        called = re.search(r"\bnhs\s*(?:no|number|num|#)\b", before)
        if called or ("nhs" in before and _is_health_number(re.sub(r"\D", "", match[0]))):
            yield match.span()


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
BORN = lazily(
    rf"\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birth date|birthday|born)(?: on| is)?(?: the)?"
    rf"[\s:()=-]*{_DAY}",
    re.IGNORECASE,
)


def birth_dates(text: str) -> Iterator[Span]:
    """Days of birth: a whole date after DOB, date of birth or born."""
    if "b" in text.lower():
        for match in BORN.finditer(text):
            yield match.span()


_SIX_DIGITS = lazily(r"\d\d[- ]?\d\d[- ]?\d\d|GB\d", re.IGNORECASE)
_SORT = r"\d{2}[- ]\d{2}[- ]\d{2}"
_BANK = lazily(
    rf"\bsort\s?-?code\W{{0,4}}(?:is |no\.? )?(?:{_SORT}|\d{{6}})"
    r"(?:\W{0,4}(?:and |account|acc|a/c)[\w /.:#]{0,20}?\d{8}\b)?"
    r"|\b(?:bank account|account|acc|a/c)\s?(?:no|number|num)?\W{0,4}\d{8}\b"
    rf"|(?<![\d-]){_SORT}[ ,/]{{1,3}}\d{{8}}\b"
    r"|\bGB\d{2} ?[A-Z]{4}(?: ?\d){14}\b",
    re.IGNORECASE,
)


def bank_details(text: str) -> Iterator[Span]:
    """Sort codes and account numbers named as such, both together, and British IBANs."""
    for match in _BANK.finditer(text) if _SIX_DIGITS.search(text) else ():
        yield match.span()
