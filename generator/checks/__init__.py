"""The checks: one small function a rule. `run` is all that callers need."""

from dataclasses import dataclass

from generator.checks import (  # noqa: F401 - importing a module registers its rules
    contracts,
    dates,
    duties,
    funds,
    identity,
    likeness,
    monitoring,
    privacy,
    publication,
    recipients,
    structure,
    totals,
    values,
)
from generator.checks.registry import Outcome, Rule, RuleResult, Unanswered, rules
from generator.checks.registry import run as run_rule
from generator.findings import Finding, Severity, tidy
from generator.ledger import Ledger

__all__ = ["Outcome", "Report", "Rule", "RuleResult", "Unanswered", "rules", "run"]


@dataclass(frozen=True)
class Report:
    """All that the checks have to say about one package."""

    findings: tuple[Finding, ...]
    results: tuple[RuleResult, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything stops a build."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def run(ledger: Ledger) -> Report:
    """Check a package: its structure through Frictionless, then every registered rule."""
    results = tuple(run_rule(one, ledger) for one in rules())
    findings = [*structure.check(ledger.package)]
    for result in results:
        findings.extend(result.findings)
    return Report(tidy(findings), results)
