"""`purse check`: check data packages."""

from pathlib import Path

import click

from generator.commands.base import CLEAN, FOLDER, FOUND, PROJECT


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
    from generator import checks, site
    from generator.findings import RENDERERS, tidy
    from generator.outputs import Project

    folders = site.chosen(Project(project), packages)
    reports = [site.check(folder).report for folder in folders]
    if publish:
        reports = [checks.before_publishing(one) for one in reports]
    findings = tidy([finding for one in reports for finding in one.findings])
    click.echo(RENDERERS[form](findings), nl=False)
    return FOUND if any(one.has_errors for one in reports) else CLEAN
