"""The checks: one small function a rule. `run` is all that callers need.

Who only shows what the checks said doesn't load the rules: that takes as long as a small page.
"""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from generator.checks.registry import Outcome, Rule, RuleResult, Unanswered
from generator.checks.registry import run as run_rule
from generator.findings import Finding, Severity, tidy
from generator.ledger import Ledger
from generator.package import DataPackage

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


class Report(Struct, frozen=True):
    """All that the checks have to say about one package."""

    findings: tuple[Finding, ...]
    results: tuple[RuleResult, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything stops a build."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def rules() -> tuple[Rule, ...]:
    """All rules, by code."""
    from generator.checks import every

    return every.rules()


def placing(package: DataPackage) -> Callable[[Finding], Finding]:
    """Puts a finding on a row of a table of several files where that row stands."""
    tables = {one.file: one for one in package.tables.values() if len(one.parts) > 1}

    def placed(one: Finding) -> Finding:
        if one.row is None or one.file not in tables:
            return one
        file, row = tables[one.file].place(one.row)
        return replace(one, file=file, row=row)

    return placed


def run(ledger: Ledger, *, clean: bool | None = None) -> Report:
    """Check a package: its structure through Frictionless, then every registered rule.

    `clean` is whether the structure is surely without fault, where somebody looked already.
    Nothing that looks personal is repeated in what it returns.
    """
    from generator.checks import structure
    from generator.checks.privacy_hiding import hidden

    safe, placed = hidden(ledger), placing(ledger.package)
    results = tuple(
        replace(
            result,
            findings=tuple(placed(safe.finding(one)) for one in result.findings),
            unanswered=tuple(map(safe.unanswered, result.unanswered)),
        )
        for result in (run_rule(one, ledger) for one in rules())
    )
    findings = [placed(safe.finding(one)) for one in structure.check(ledger.package, clean=clean)]
    for result in results:
        findings.extend(result.findings)
    return Report(tidy(findings), results)


def before_publishing(report: Report) -> Report:
    """The report as it counts before publishing: what waits for review is an error."""
    from generator.checks import privacy

    return replace(report, findings=tidy(privacy.before_publishing(report.findings)))
