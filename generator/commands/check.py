"""`purse check`: check data packages."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from generator.commands.base import CLEAN, FOLDER, FOUND, PROJECT

if TYPE_CHECKING:
    from generator.findings import Finding
    from generator.ledger import Ledger
    from generator.project import Project


@click.command()
@click.argument("packages", nargs=-1, type=FOLDER, metavar="[PACKAGE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "github"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@click.option(
    "--publish",
    is_flag=True,
    help="As before publishing: what still waits for a review of personal data must be mended.",
)
@PROJECT
def check(packages: tuple[Path, ...], form: str, publish: bool, project: Path) -> int:
    """Check data packages (all in data/, unless some are named) and print what to mend.

    \b
    Example:
      purse check data/my-funder
    """
    from generator import checked
    from generator.findings import RENDERERS, Severity, tidy
    from generator.project import Project

    home = Project(project)
    folders = checked.chosen(home, packages)
    sides = [_side(folder, publish) for folder in folders]
    findings = tidy([one for found, _ in sides for one in found])
    ledgers = [ledger for _, ledger in sides if ledger]
    if not packages and len(ledgers) == len(folders) > 1:
        findings = tidy([*findings, *_between(home, ledgers)])
    click.echo(RENDERERS[form](findings), nl=False)
    return FOUND if any(one.severity is Severity.ERROR for one in findings) else CLEAN


def _side(folder: Path, publish: bool) -> tuple[Sequence["Finding"], "Ledger | None"]:
    """What the checks say of a package, and its ledger; or what stops it from being opened."""
    from generator import checked, checks, findings
    from generator.errors import UnreadablePackage
    from generator.personal import masked

    try:
        one = checked.check(folder)
    except UnreadablePackage as problem:
        found = findings.of_unreadable(problem)
        return [replace(found, message=masked(found.message))], None
    report = checks.before_publishing(one.report) if publish else one.report
    return report.findings, one.ledger


def _between(home: "Project", ledgers: Sequence["Ledger"]) -> Sequence["Finding"]:
    """What keeps the packages from being one site, and what is wrong with who is who in them."""
    from generator import checked
    from generator.errors import UnreadablePackage
    from generator.findings import of_unreadable

    try:
        return checked.between(home.data, ledgers, whole=True)[1]
    except UnreadablePackage as problem:
        return [of_unreadable(problem)]
