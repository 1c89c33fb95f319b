"""What a rule is, and the register of all rules.

A rule is one small function from a Ledger to what it has to say: `Fault`s, and
`Unanswered`s where the data can't say. "None found" is what it means to say nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum

from msgspec import Struct

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


class Fault(Struct, frozen=True):
    """One thing wrong at one place. `mend` replaces the rule's own when it knows better."""

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    mend: str | None = None


class Unanswered(Struct, frozen=True):
    """A question of the rule that this data can't answer, and why."""

    outcome: Outcome
    subject: str
    reason: str


Statement = Fault | Unanswered
RuleFunction = Callable[[Ledger], Iterator[Statement]]


class Rule(Struct, frozen=True):
    """What a rule says of itself: shown to staff, on `/quality/` and in the docs."""

    code: str
    title: str
    severity: Severity
    reason: str
    source: str
    mend: str


class RuleResult(Struct, frozen=True):
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


_RULES: dict[str, tuple[Rule, RuleFunction]] = {}
"""Apart, so that who is told what a rule found needn't load what found it."""


def rule(
    code: str, title: str, *, severity: Severity, reason: str, source: str, mend: str
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as the rule of this code."""

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"two rules have the code {code}")
        _RULES[code] = Rule(code, title, severity, reason, source, mend), function
        return function

    return register


def registered() -> tuple[Rule, ...]:
    """The rules of the modules that are loaded, by code."""
    return tuple(_RULES[code][0] for code in sorted(_RULES))


def function_of(one: Rule) -> RuleFunction:
    """What a registered rule does."""
    return _RULES[one.code][1]


def fault(record: Record, column: str, value: object, message: str) -> Fault:
    """A fault at a record's cell."""
    text = value if isinstance(value, str) else None
    return Fault(record.at.file, message, record.at.line, column, text)


def run(one: Rule, ledger: Ledger) -> RuleResult:
    """Run one registered rule."""
    return result_of(one, function_of(one)(ledger))


def result_of(one: Rule, said: Iterable[Statement]) -> RuleResult:
    """What a rule said, in its words."""
    findings, unanswered = [], []
    for this in said:
        if isinstance(this, Unanswered):
            unanswered.append(this)
        else:
            findings.append(
                Finding(
                    code=one.code,
                    severity=one.severity,
                    file=this.file,
                    message=this.message,
                    mend=this.mend or one.mend,
                    row=this.row,
                    column=this.column,
                    value=this.value,
                )
            )
    return RuleResult(one, tuple(findings), tuple(unanswered))


def not_applicable(reason: str) -> Unanswered:
    """The rule has nothing to look at in this package, and why."""
    return Unanswered(Outcome.NOT_APPLICABLE, "this publication", reason)


def awards_words(number: int) -> str:
    """`1 award`, `2 awards`."""
    return f"{number} award{'' if number == 1 else 's'}"
