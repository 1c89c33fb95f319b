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
@PROJECT
def check(packages: tuple[Path, ...], form: str, project: Path) -> int:
    """Check data packages (all in data/, unless some are named) and print what to mend.

    \b
    Example:
      purse check data/my-funder
    """
    from generator import site
    from generator.findings import RENDERERS, tidy
    from generator.outputs import Project

    checked = [site.check(folder) for folder in site.chosen(Project(project), packages)]
    findings = tidy([finding for one in checked for finding in one.report.findings])
    click.echo(RENDERERS[form](findings), nl=False)
    return FOUND if any(one.report.has_errors for one in checked) else CLEAN
