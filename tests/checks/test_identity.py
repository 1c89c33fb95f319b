"""Who is who: numbers as registers write them, numbers and names that two recipients share."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator import ledger, model, package
from generator.checks import Outcome, RuleResult, registry, rules
from generator.checks.identity import simple_name
from generator.missing import Missing
from tests.checks import LH, changed

READ = package.read(LH)


def result_of(code: str, book: ledger.Ledger) -> RuleResult:
    return registry.run(next(one for one in rules() if one.code == code), book)


def of_numbers(code: str, rows: Sequence[tuple[str, str, model.base.Text]]) -> RuleResult:
    """What a rule says of recipients, registers and numbers; the first stand in line 2."""
    book = ledger.build(READ)
    vars(book)["recipient_identifiers"] = tuple(
        model.RecipientIdentifier(model.Origin("n.csv", line), *row, Missing.NOT_PUBLISHED)
        for line, row in enumerate(rows, 2)
    )
    return result_of(code, book)


@pytest.mark.parametrize(
    ("scheme", "good", "wrong"),
    [
        ("GB-CHC", ["123456", "1234567"], ["12345", "12345678", "SC01234"]),
        (
            "GB-COH",
            ["12345678", "OC123456", "R1234567", "IP12345R"],
            ["1234567", "123456789", "O1234567", "oc123456", "IP123456R", "RR1234567"],
        ),
        ("GB-SC", ["SC012345"], ["SC12345", "SC0123456", "012345"]),
        ("GB-NIC", ["100123"], ["10012", "1001234"]),
        ("GB-LAE", ["WRX"], ["WR", "WRXX", "wrx"]),
        ("GB-GOR", ["D5", "whatever"], []),
        ("XE-EXAMPLE", ["no form"], []),
    ],
)
def test_a_number_is_as_its_register_writes_it(
    scheme: str, good: list[str], wrong: list[str]
) -> None:
    """Numbers in order stand before the others, and between them: none ends the look."""
    numbers: list[str | Missing]
    numbers = [*good, Missing.NOT_PUBLISHED, *(one for each in wrong for one in (each, good[0]))]
    result = of_numbers("identifier-form", [("a", scheme, one) for one in numbers])
    found = [(one.row, one.column, one.value) for one in result.findings]
    first = len(good) + 3
    assert found == [(first + 2 * at, "identifier", one) for at, one in enumerate(wrong)]


def test_a_register_that_nobody_knows() -> None:
    result = of_numbers("identifier-form", [("a", "GB-CHX", "1"), ("b", "ZZ-CHX", "1")])
    assert [(one.row, one.column, one.value) for one in result.findings] == [
        (2, "scheme", "GB-CHX")
    ]
    assert of_numbers("identifier-form", []).outcome is Outcome.NOT_APPLICABLE


def test_one_number_of_two_recipients() -> None:
    rows = [
        *(("a", "GB-CHC", "123456"), ("a", "GB-CHC", "123456"), ("b", "GB-NIC", "123456")),
        *(("b", "GB-CHC", "123457"), ("b", "GB-CHC", "123456"), ("c", "GB-CHC", "123456")),
    ]
    found = of_numbers("identifier-shared", rows).findings
    assert [(one.row, one.column, one.value) for one in found] == [
        (line, "identifier", "123456") for line in (6, 7)
    ]
    assert all("to a already" in one.message for one in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Owl Trust Ltd", "OWL TRUST Limited"),
        ("Duck & Drake plc", "Duck and Drake"),
        ("St. Jude's", "St Judes"),
        ("Moat (CIC)", "moat cio"),
    ],
)
def test_names_that_differ_by_small_words(one: str, other: str) -> None:
    assert simple_name(one) == simple_name(other) != ""
    assert simple_name(f"{one} of Leith") != simple_name(other)


def test_a_recipient_that_is_listed_twice(tmp_path: Path) -> None:
    rows = [
        "id,name,kind",
        *("a,Owl Trust,organisation", "b,Duck Trust,organisation", "c,Sam Sample,individual"),
        *("d,The Owl Trust Ltd,organisation", "e,Sam Sample,individual", "f,Owl Trust,not known"),
        *("g,not published,organisation", "h,not published,organisation"),
        *("i,Owl Trust plc,organisation", ""),
    ]
    copy = changed(LH, (), tmp_path)
    (copy / "recipients.csv").write_text("\n".join(rows), encoding="utf-8")
    found = result_of("recipient-twice", ledger.build(package.read(copy))).findings
    assert [(one.row, one.column, one.value) for one in found] == [
        (5, "name", "The Owl Trust Ltd"),
        (7, "name", "Owl Trust"),
        (10, "name", "Owl Trust plc"),
    ]
    assert [one.message for one in found] == [
        "d may be the same as a.",
        "f has the same name as a.",
        "i may be the same as a.",
    ]
