"""Contracts just within their rules, and just outside, each between two that are in order."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from generator import ledger, model, package
from generator.checks import rules
from generator.checks.registry import run
from generator.ledger import Ledger
from generator.missing import Missing
from tests.conftest import ANYSHIRE

NONE = Missing.NOT_PUBLISHED
DAY = date(2031, 3, 1)
BEFORE = DAY - timedelta(days=1)
LIMIT, PENNY = Decimal(214000), Decimal("0.01")
"""What R07 starts at in Anyshire from the first of January 2031, and before: 200,000."""
SOUND: dict[str, Any] = {
    "procedure": "open-tender",
    "tender_reference": "T1",
    "tender_url": NONE,
    "quality_weight": Decimal(60),
    "price_weight": Decimal(40),
    "multi_agency_panel": True,
    "single_tender_reason": NONE,
    "single_tender_evidence": NONE,
    "envelope": Decimal(9000),
    "original_months": 12,
    "extension_months": 12,
    "extensions_used_months": 12,
    "break_clause_publisher": True,
    "break_clause_supplier": True,
    "signed_on": DAY,
    "total_value": Decimal(10000),
    "market_engagement_on": NONE,
    "intention_published_on": BEFORE,
    "tender_published_on": DAY,
}
"""In order under every rule; its total value is R24's limit exactly."""
DIRECT = {
    "procedure": "single-tender",
    "single_tender_reason": "a",
    "single_tender_evidence": "b",
    "tender_reference": NONE,
    "envelope": NONE,
    "quality_weight": NONE,
    "price_weight": NONE,
    "multi_agency_panel": NONE,
    "intention_published_on": NONE,
}
LARGE = {"total_value": LIMIT, "market_engagement_on": DAY}
OVER = {"total_value": Decimal("10000.01")}
Place = tuple[str, str | None]
CASES: list[tuple[str, dict[str, Any], list[Place]]] = [
    ("R01-extensions", {}, []),
    ("R02-break-clauses", {}, []),
    ("R05-tenders", {}, []),
    ("R05-tenders", DIRECT, []),
    ("R01-extensions", {"extension_months": 13}, [("extension_months", "13")]),
    ("R01-extensions", {"extension_months": 11}, [("extensions_used_months", "12")]),
    ("R01-extensions", {"original_months": NONE}, []),
    ("R01-extensions", {"extension_months": NONE}, []),
    (
        "R01-extensions",
        {"extension_months": NONE, "extensions_used_months": 13},
        [("extensions_used_months", "13")],
    ),
    ("R01-extensions", {"extensions_used_months": NONE}, []),
    ("R02-break-clauses", {"break_clause_publisher": False}, [("break_clause_publisher", "no")]),
    ("R02-break-clauses", {"break_clause_supplier": False}, [("break_clause_supplier", "no")]),
    ("R02-break-clauses", {"break_clause_supplier": NONE}, []),
    ("R05-tenders", {"procedure": "limited-tender", "envelope": NONE}, [("envelope", None)]),
    ("R05-tenders", {"tender_reference": NONE}, [("tender_reference", None)]),
    ("R05-tenders", {"tender_reference": NONE, "tender_url": "https://a.example/"}, []),
    ("R05-tenders", {"price_weight": Decimal("40.1")}, [("quality_weight", "60")]),
    ("R05-tenders", {"price_weight": Decimal("39.9")}, [("quality_weight", "60")]),
    ("R05-tenders", {"price_weight": NONE}, [("quality_weight", "60")]),
    ("R05-tenders", {"quality_weight": NONE}, [("quality_weight", None)]),
    ("R06-single-tender", DIRECT, []),
    (
        "R06-single-tender",
        DIRECT | {"single_tender_reason": NONE},
        [("single_tender_reason", None)],
    ),
    (
        "R06-single-tender",
        DIRECT | {"single_tender_evidence": NONE},
        [("single_tender_evidence", None)],
    ),
    ("R06-single-tender", {"single_tender_reason": "a"}, [("single_tender_reason", "a")]),
    ("R07-market-engagement", LARGE, [("id", "x")]),
    ("R07-market-engagement", LARGE | {"total_value": LIMIT - PENNY}, []),
    ("R07-market-engagement", LARGE | {"id": "night-line"}, []),
    ("R07-market-engagement", LARGE | DIRECT, []),
    (
        "R07-market-engagement",
        LARGE | {"id": "night-line", "market_engagement_on": NONE},
        [("market_engagement_on", None)],
    ),
    (
        "R07-market-engagement",
        LARGE | {"total_value": Decimal(200000), "signed_on": date(2030, 12, 31)},
        [("id", "x")],
    ),
    (
        "R07-market-engagement",
        LARGE | {"total_value": LIMIT - PENNY, "signed_on": date(2031, 1, 1)},
        [],
    ),
    ("R07-market-engagement", LARGE | {"total_value": LIMIT - PENNY, "signed_on": NONE}, []),
    ("R07-market-engagement", LARGE | {"total_value": NONE, "envelope": LIMIT}, [("id", "x")]),
    ("R17-panel", {}, []),
    ("R17-panel", {"multi_agency_panel": False}, [("multi_agency_panel", "no")]),
    (
        "R17-panel",
        {"procedure": "limited-tender", "multi_agency_panel": NONE},
        [("multi_agency_panel", None)],
    ),
    ("R17-panel", DIRECT, []),
    ("R18-intention", {}, []),
    (
        "R18-intention",
        {"intention_published_on": DAY},
        [("intention_published_on", "2031-03-01")],
    ),
    ("R18-intention", DIRECT, []),
    ("R24-documents", {}, []),
    ("R24-documents", OVER, [("id", "x"), ("id", "x")]),
    ("R24-documents", OVER | {"procedure": "framework"}, [("id", "x")]),
    ("R24-documents", OVER | {"id": "night-line"}, []),
]


@pytest.fixture(scope="module")
def anyshire() -> package.DataPackage:
    return package.read(ANYSHIRE)


def book_of(read: package.DataPackage, *changes: dict[str, Any]) -> Ledger:
    """Anyshire with contracts of our own in the place of its own; the first in line 2."""
    book = ledger.build(read)
    like = book.contracts[0]
    made = (
        replace(like, at=model.Origin(like.at.file, line), **{"id": "x"} | SOUND | change)
        for line, change in enumerate(changes, 2)
    )
    vars(book)["contracts"] = tuple(made)
    return book


@pytest.mark.parametrize(
    ("code", "changes", "said"), CASES, ids=[f"{code}-{n}" for n, (code, _, _) in enumerate(CASES)]
)
def test_the_contract_in_the_middle(
    anyshire: package.DataPackage, code: str, changes: dict[str, Any], said: list[Place]
) -> None:
    """What can't be answered, and what is in order, stand before it: neither ends the look."""
    unknown = {"total_value": NONE, "envelope": NONE, "procedure": "framework"}
    book = book_of(anyshire, unknown, {}, changes, {})
    result = run(next(one for one in rules() if one.code == code), book)
    found = [(one.row, one.column, one.value) for one in result.findings]
    assert found == [(4, *place) for place in said]


def test_what_is_not_known_is_said_by_its_contract(anyshire: package.DataPackage) -> None:
    book = book_of(
        anyshire,
        {"id": "a", "total_value": NONE, "envelope": NONE},
        {"id": "b", "intention_published_on": NONE},
        {"id": "c", "tender_published_on": NONE},
        {"id": "d", "original_months": NONE},
    )
    asked = {"R01": ["d"], "R07": ["a"], "R24": ["a"], "R18": ["b", "c"]}
    for code, subjects in asked.items():
        result = run(next(one for one in rules() if one.code.startswith(code)), book)
        assert [one.subject for one in result.unanswered] == subjects
    vars(book)["rule_settings"] = ()
    for code in ("R07", "R24"):
        result = run(next(one for one in rules() if one.code.startswith(code)), book)
        assert [one.reason for one in result.unanswered[1:]] == [
            f"the limit (rule_settings.csv, {code}) is not published"
        ] * 3


@pytest.mark.parametrize(
    ("url", "exemption", "said"),
    [
        ("https://a.example/", NONE, 0),
        (NONE, "It names people.", 0),
        (NONE, NONE, 2),
    ],
)
def test_a_document_has_an_address_or_an_exemption(
    anyshire: package.DataPackage, url: object, exemption: object, said: int
) -> None:
    book = book_of(anyshire, OVER | {"id": "night-line"})
    documents = (replace(one, url=url, exemption=exemption) for one in book.documents)
    vars(book)["documents"] = tuple(documents)
    result = run(next(one for one in rules() if one.code == "R24-documents"), book)
    assert len(result.findings) == said
