"""What a column of a table can be, and the titles that such columns usually have."""

import re
from collections.abc import Callable, Mapping, Sequence

from generator.imports.base import Sheet
from generator.imports.private_columns import is_private
from generator.imports.registers import is_placeholder
from generator.imports.values import Unclear, days, money

KEEP, IGNORE = "keep", "ignore"
TARGETS = {
    "source_id": "your reference of the award",
    "title": "what the award is called",
    "purpose": "what it is for",
    "reasons": "why it was made",
    "conditions": "what the recipient must keep to",
    "amount": "the amount",
    "currency": "its currency, such as GBP",
    "decided_on": "the day of the decision",
    "published_on": "the day of publication",
    "start_on": "the first day it pays for",
    "end_on": "the last day it pays for",
    "financial_year": "such as 2026-27",
    "fund": "the fund or programme",
    "fund_code": "its code",
    "theme": "the category",
    "area": "where it helps; several columns may be this",
    "area_code": "the area's official code, such as E05000001",
    "recipient": "who gets it; several columns may be this",
    "charity_number": "the recipient's",
    "company_number": "the recipient's",
    "recipient_url": "the recipient's web address",
    "individual": "yes where the recipient is a private person, whose name is then left out",
    "instrument": "grant, contract or other",
    "amount_basis": "total-value, funded-in-year or allocation",
    "status": "awarded, under-way, ended or withdrawn",
    "route": "how the recipient was chosen",
    "bids_received": "how many applied",
    "ocid": "the open contracting id",
    "legal_power": "the law it is made under",
    "funder": "who gives the money, where the file has several",
    "funder_id": "the funder's number, such as GB-CHC-1000147",
    KEEP: "published beside the award, as it is",
    IGNORE: "left out",
}
SEVERAL = {"recipient", "area", KEEP, IGNORE}
"""What more than one column may be."""
DAYS = ("decided_on", "published_on", "start_on", "end_on")
YES, NO = {"yes", "y", "true", "1", "individual"}, {"no", "n", "false", "0", "organisation", ""}

_ORG = r"organi[sz]ation"
_USUAL: tuple[tuple[str, str], ...] = (
    ("ocid", r"\bocid\b|open contracting id"),
    ("charity_number", r"charity.*\b(?:number|no)\b|registered charity$"),
    ("company_number", r"compan(?:y|ies).*\b(?:number|no)\b"),
    ("funder_id", r"(?:funder|funding org\w*) (?:id|identifier)$"),
    ("funder", rf"^(?:funder|buyer|body|publisher|council)(?: name)?$|{_ORG} label|funding org"),
    ("funder", r"(?:awarding|contracting|procuring|funding) (?:authority|body)"),
    ("individual", r"\bindividuals?\b"),
    ("bids_received", r"(?:number|no) of (?:bids|tender\w*|application\w*|quot\w*)|bids received"),
    ("currency", r"^currency"),
    ("amount", r"amount (?:awarded|paid)|(?:award\w*|grant|contract) (?:amount|value|sum)"),
    ("amount", r"^(?:amount|value|sum)\b|sum to be paid|total (?:value|amount|contract value)"),
    ("amount", r"\b(?:amount|value|sum|price|grant|total)\b"),
    ("decided_on", r"\b(?:award\w*|deci\w+|approv\w+|grant\w*)\b.*\bdate"),
    ("decided_on", r"date.*\b(?:award|deci|appr|grant)"),
    ("published_on", r"\bpubli\w+.*\bdate|\bdate.*\bpubli\w+"),
    ("start_on", r"\bstart|\bcommenc|\bdate from\b|\bfrom date\b"),
    ("end_on", r"\bend\b|\bexpir|\bfinish|\bcompletion|\bdate to\b|\bto date\b"),
    ("decided_on", r"\b(?:sign\w*|pay\w*|paid|transaction|effective|invoice)\b.*\bdate|^date"),
    ("financial_year", r"(?:financial|fiscal|award|grant) year|^year$"),
    ("fund_code", r"\b(?:fund|programme|scheme)\b.*\b(?:code|id)$"),
    ("area_code", r"\b(?:ward|area|district|gss|ons|geo\w*)\b.* code$"),
    ("recipient", rf"\b(?:recipient|beneficiary|grantee|supplier)\b(?: {_ORG})?(?: name)?$"),
    ("recipient", rf"\b(?:supplier|provider|payee|vendor|contractor)\b|awarded to|{_ORG} name"),
    ("recipient", rf"^(?:{_ORG}|group|charity|company|merchant|applicant {_ORG})(?: name)?$"),
    ("recipient", r"\b(?:recipient|beneficiary)\b"),
    ("recipient_url", r"\bweb ?(?:site|address)"),
    ("title", r"^(?:title|name|project)$|\btitle\b|(?:project|grant|award|contract) name"),
    ("source_id", r"^(?:reference|ref|id|identifier|unique \w+)(?: number| no)?$"),
    ("source_id", r"(?:award|grant|contract|agreement|project|transaction|order|application).*"
                  r"\b(?:reference|ref|id|identifier|number|no)$"),
    ("fund", r"\b(?:fund|programme|program|scheme|funding stream)\b"),
    ("purpose", r"\bpurpose|\bwhat for\b|\bdescription|\bsummary|\bactivity|\bdetails\b"),
    ("theme", r"\btheme|\bcategory|\bsector|\bexpense type|\bexpenditure type"),
    ("area", r"\b(?:ward|district|area|parish|region|location)s?\b"),
    ("instrument", r"(?:agreement|award|contract) type|type of (?:agreement|award|contract)"),
    ("status", r"^(?:award |contract |grant )?status$"),
    ("route", r"procurement (?:route|method|procedure|process)|\btender\w* (?:process|procedure)"),
    ("route", r"result of an invitation"),
    ("legal_power", r"\b(?:legal|statutory) power|\bpowers? used"),
    ("reasons", r"\breasons?\b|rationale|justification"),
    ("conditions", r"\bconditions?\b"),
)  # fmt: skip
_NEVER = {
    "amount": r"applied|request|vat\b(?! ex)|recover|remain|match|percent|number"
    r"|^(?!sum to be paid).*\bannual",
    "recipient": r"\b(?:ids?|identifier|number|no|type|address|post ?code|code|sme|url|web)\b",
    "area": r"\b(?:code|expense|service|department)\b",
    "fund": r"\b(?:funder|funding org|amount|type|match)\b",
    "purpose": r"\bcode\b|supplier",
    "source_id": r"\bphone|account",
}
_ADDRESS = re.compile(r"(?<!web )\baddress|\bstreet\b|\bpost(?:al)? ?code")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _words(title: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", _CAMEL.sub(" ", title).lower()).split())


def _is_money(cell: str) -> bool:
    return not isinstance(money(cell), Unclear)


def _is_day(cell: str) -> bool:
    # Which of day and month stands first is settled later: here any order will do.
    return any(not isinstance(days((), first)(cell), Unclear) for first in (True, False))


def _is_yes_or_no(cell: str) -> bool:
    return cell.lower() in YES | NO


_FITS: Mapping[str, Callable[[str], bool]] = {
    "amount": _is_money,
    "individual": _is_yes_or_no,
    "bids_received": str.isdecimal,
    **dict.fromkeys(DAYS, _is_day),
}
"""What at least half of the filled cells must be."""


def filled(sheet: Sheet, column: str) -> list[str]:
    """The cells of a column that hold something."""
    cells = (row.cells.get(column, "").strip() for row in sheet.rows)
    return [cell for cell in cells if cell]


def _fits(target: str, cells: Sequence[str]) -> bool:
    is_one = _FITS.get(target)
    real = [cell for cell in cells if not is_placeholder(cell)]
    return is_one is None or sum(map(is_one, real)) * 2 >= len(real)


def proposed(sheet: Sheet) -> dict[str, str]:
    """What each column seems to be, by its title and its cells; kept where that isn't known.

    Columns of private persons and addresses are left out.
    """
    cells = {title: filled(sheet, title) for title in sheet.header}
    found = {title: IGNORE for title in sheet.header if is_private(title)}
    for target, pattern in _USUAL:
        never = re.compile(_NEVER.get(target, "(?!)"))  # (?!) is found nowhere
        fitting = (
            title
            for title in sheet.header
            if title not in found
            and re.search(pattern, words := _words(title))
            and not never.search(words)
            and _fits(target, cells[title])
        )
        if target not in found.values() and (title := next(fitting, None)) is not None:
            found[title] = target
    rest = {title: IGNORE if _is_address(title) else KEEP for title in sheet.header}
    return {**rest, **found}


def _is_address(title: str) -> bool:
    """Whether a column's title speaks of a street address or postcode: it may be a home's."""
    return bool(_ADDRESS.search(_words(title)))
