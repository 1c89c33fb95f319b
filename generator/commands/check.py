"""`purse check`: check data packages."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.base import CLEAN, FOLDER, FOUND, PROJECT

if TYPE_CHECKING:
    from generator.findings import Finding


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
    from generator import site
    from generator.findings import RENDERERS, Severity, tidy
    from generator.project import Project

    folders = site.chosen(Project(project), packages)
    findings = tidy([finding for folder in folders for finding in _found(folder, publish)])
    click.echo(RENDERERS[form](findings), nl=False)
    return FOUND if any(one.severity is Severity.ERROR for one in findings) else CLEAN


def _found(folder: Path, publish: bool) -> Sequence["Finding"]:
    """What the checks say of a package, or what stops it from being opened."""
    from generator import checks, findings, site
    from generator.errors import UnreadablePackage
    from generator.personal import masked

    try:
        report = site.check(folder).report
    except UnreadablePackage as problem:
        found = findings.of_unreadable(problem)
        return [replace(found, message=masked(found.message))]
    return (checks.before_publishing(report) if publish else report).findings
