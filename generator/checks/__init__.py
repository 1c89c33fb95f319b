"""The checks: one small function a rule. `run` is all that callers need."""

from dataclasses import dataclass, replace

from generator.checks import (  # noqa: F401 - importing a module registers its rules
    amounts,
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
    sizes,
    structure,
    totals,
    unseen,
    values,
)
from generator.checks.registry import Outcome, Rule, RuleResult, Unanswered, rules
from generator.checks.registry import run as run_rule
from generator.findings import Finding, Severity, tidy
from generator.ledger import Ledger

__all__ = [
    "Outcome",
    "Report",
    "Rule",
    "RuleResult",
    "Unanswered",
    "before_publishing",
    "rules",
    "run",
    "run_rule",
]


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
    """Check a package: its structure through Frictionless, then every registered rule.

    Nothing that looks personal is repeated in what it returns.
    """
    safe = privacy.hidden(ledger)
    results = tuple(
        replace(
            result,
            findings=tuple(map(safe.finding, result.findings)),
            unanswered=tuple(map(safe.unanswered, result.unanswered)),
        )
        for result in (run_rule(one, ledger) for one in rules())
    )
    findings = [*map(safe.finding, structure.check(ledger.package))]
    for result in results:
        findings.extend(result.findings)
    return Report(tidy(findings), results)


def before_publishing(report: Report) -> Report:
    """The report as it counts before publishing: what waits for review is an error."""
    return replace(report, findings=tidy(privacy.before_publishing(report.findings)))
