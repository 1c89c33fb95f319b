"""What a rule is, and the register of all rules.

A rule is one small function from a Ledger to what it has to say: `Fault`s, and
`Unanswered`s where the data can't say. "None found" is what it means to say nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from generator.findings import Finding, Severity
from generator.ledger import Ledger
from generator.model import Record


class Outcome(Enum):
    """How a rule ended. Only the first has findings."""

    FOUND = "found"
    NONE_FOUND = "none found"
    NOT_COMPUTABLE = "not computable"
    NOT_APPLICABLE = "not applicable"
    BELOW_MINIMUM = "below the minimum number"


@dataclass(frozen=True)
class Fault:
    """One thing wrong at one place. `mend` replaces the rule's own when it knows better."""

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    mend: str | None = None


@dataclass(frozen=True)
class Unanswered:
    """A question of the rule that this data can't answer, and why."""

    outcome: Outcome
    subject: str
    reason: str


Statement = Fault | Unanswered
RuleFunction = Callable[[Ledger], Iterator[Statement]]


@dataclass(frozen=True)
class Rule:
    """A registered rule: its words are shown to staff, on `/quality/` and in the docs."""

    code: str
    title: str
    severity: Severity
    reason: str
    source: str
    mend: str
    function: RuleFunction


@dataclass(frozen=True)
class RuleResult:
    """What one rule said of one package."""

    rule: Rule
    findings: tuple[Finding, ...]
    unanswered: tuple[Unanswered, ...]

    @property
    def outcome(self) -> Outcome:
        """Findings outweigh open questions; silence is "none found"."""
        if self.findings:
            return Outcome.FOUND
        return self.unanswered[0].outcome if self.unanswered else Outcome.NONE_FOUND


_RULES: dict[str, Rule] = {}


def rule(
    code: str, title: str, *, severity: Severity, reason: str, source: str, mend: str
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the rule of this code."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"two rules have the code {code}")
        _RULES[code] = Rule(code, title, severity, reason, source, mend, function)
        return function

    return register


def rules() -> tuple[Rule, ...]:
    """All registered rules, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def fault(record: Record, column: str, value: object, message: str) -> Fault:
    """A fault at a record's cell."""
    text = value if isinstance(value, str) else None
    return Fault(record.at.file, message, record.at.line, column, text)


def run(one: Rule, ledger: Ledger) -> RuleResult:
    """Run one rule."""
    findings, unanswered = [], []
    for said in one.function(ledger):
        if isinstance(said, Unanswered):
            unanswered.append(said)
        else:
            findings.append(
                Finding(
                    code=one.code,
                    severity=one.severity,
                    file=said.file,
                    message=said.message,
                    mend=said.mend or one.mend,
                    row=said.row,
                    column=said.column,
                    value=said.value,
                )
            )
    return RuleResult(one, tuple(findings), tuple(unanswered))


def not_applicable(reason: str) -> Unanswered:
    """The rule has nothing to look at in this package, and why."""
    return Unanswered(Outcome.NOT_APPLICABLE, "this publication", reason)


def awards_words(number: int) -> str:
    """`1 award`, `2 awards`."""
    return f"{number} award{'' if number == 1 else 's'}"
