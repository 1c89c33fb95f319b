"""Every rule has words for people, a test in which it speaks, and one in which it doesn't."""

import pkgutil
from decimal import Decimal
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import tests.checks
from generator import checks, ledger, package, site
from generator.checks import Outcome, registry
from generator.checks.registry import Fault, Rule, Unanswered, fault
from generator.findings import Severity
from generator.ledger import Ledger
from generator.missing import Missing
from tests.checks import LH, WM, errors
from tests.conftest import ANYSHIRE, ROOT


def codes_of(kind: str) -> set[str]:
    """The codes of the rules that the modules beside this one have cases for."""
    modules = [
        import_module(f"{tests.checks.__name__}.{module.name}")
        for module in pkgutil.iter_modules(tests.checks.__path__)
        if module.name != "test_registry"
    ]
    return {case.code for module in modules for case in getattr(module, kind, ())}


TWINS = {path.stem for path in (ROOT / "tests" / "packages" / "broken").glob("*.json")}
"""Rules for which `tests/test_broken.py` breaks a package; unbroken, it keeps them quiet."""
RULES_TESTED = (codes_of("FIRING") & codes_of("QUIET")) | TWINS
CODES = {rule.code for rule in checks.rules()}


def test_every_rule_is_tested() -> None:
    missing = sorted(CODES - RULES_TESTED)
    assert not missing, (
        "write a FIRING and a QUIET case in tests/checks, or a twin in tests/packages/broken, "
        f"for: {', '.join(missing)}"
    )


def test_every_test_is_of_a_rule() -> None:
    assert codes_of("FIRING") | codes_of("QUIET") <= CODES


@pytest.mark.parametrize("rule", checks.rules(), ids=lambda rule: rule.code)
def test_a_rule_explains_itself(rule: Rule) -> None:
    for words in (rule.title, rule.reason, rule.source, rule.mend):
        assert len(words) > 10
    assert len(registry.function_of(rule).__doc__ or "") > 10
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    assert rule.reason.endswith(".")
    assert rule.mend.endswith((".", "?"))


NOTHING_TO_LOOK_AT = {
    *("R01-extensions", "R02-break-clauses", "R04-report-parts", "R05-tenders"),
    *("R06-single-tender", "R07-market-engagement", "R08-weighting", "R09-objective"),
    *("R11-term", "R14-restricted", "R15-victim-outcomes", "R16-access", "R17-panel"),
    *("R18-intention", "R24-documents", "R25-crime-reduction-grants", "R27-years"),
    *("identifier-form", "measure-terms"),
}
"""The rules to which the tiny package gives nothing."""


@pytest.mark.parametrize("code", [rule.code for rule in checks.rules()])
def test_a_rule_says_that_it_does_not_apply_where_it_does_not(code: str) -> None:
    """The tiny package lacks what they ask about; Anyshire has something for every rule."""
    assert _applies(ANYSHIRE, code)
    assert _applies(LH, code) == (code not in NOTHING_TO_LOOK_AT)


@cache
def _book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


def _applies(folder: Path, code: str) -> bool:
    (rule,) = (one for one in checks.rules() if one.code == code)
    said = registry.run(rule, _book(folder)).unanswered
    outcomes = [one.outcome for one in said if one.outcome is Outcome.NOT_APPLICABLE]
    assert len(outcomes) < 2
    return not outcomes


def test_rules_come_by_code() -> None:
    codes = [rule.code for rule in checks.rules()]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("folder", [LH, WM], ids=lambda path: path.name)
def test_our_packages_have_no_error(folder: Path) -> None:
    report = site.check(folder).report
    assert errors(report) == []
    assert not report.has_errors
    assert [one.rule for one in report.results] == list(checks.rules())


RULE = Rule("x", "X", Severity.WARNING, "reason", "source", "mend it.")
BOOK = ledger.build(package.read(LH))
OPEN = Unanswered(Outcome.NOT_COMPUTABLE, "pond", "nobody knows")
SMALL = Unanswered(Outcome.BELOW_MINIMUM, "pond", "too few")
WRONG = Fault("a.csv", "Wrong.", 2, "amount", "5")


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ((), Outcome.NONE_FOUND),
        ((OPEN,), Outcome.NOT_COMPUTABLE),
        ((SMALL, OPEN), Outcome.BELOW_MINIMUM),
        ((OPEN, WRONG), Outcome.FOUND),
    ],
)
def test_outcomes(said: tuple[Fault | Unanswered, ...], outcome: Outcome) -> None:
    result = registry.result_of(RULE, said)
    assert result.outcome is outcome
    assert len(result.findings) + len(result.unanswered) == len(said)


def test_a_finding_has_the_words_of_its_rule_unless_the_fault_knows_better() -> None:
    own = Fault("a.csv", "Wrong.", mend="do this.")
    first, second = registry.result_of(RULE, (WRONG, own)).findings
    assert (first.code, first.severity, first.mend) == ("x", Severity.WARNING, "mend it.")
    assert (first.place, first.value) == ("a.csv, row 2, column amount", "5")
    assert second.mend == "do this."


def test_a_fault_at_a_record_shows_text_only() -> None:
    award = BOOK.awards[0]
    at = fault(award, "amount", "1200.50", "Wrong.")
    assert at == Fault(award.at.file, "Wrong.", 2, "amount", "1200.50")
    assert fault(award, "amount", Missing.WITHHELD, "Wrong.").value is None
    assert fault(award, "amount", Decimal(1), "Wrong.").value is None


def test_two_rules_never_share_a_code() -> None:
    taken = checks.rules()[0]
    with pytest.raises(ValueError, match=f"two rules have the code {taken.code}"):
        registry.rule(taken.code, "X", severity=Severity.ERROR, reason="r", source="s", mend="m")(
            registry.function_of(taken)
        )
    assert {rule.code for rule in checks.rules()} == CODES


def test_awards_are_counted_in_words() -> None:
    assert [registry.awards_words(number) for number in (0, 1, 2)] == [
        *("0 awards", "1 award", "2 awards")
    ]
