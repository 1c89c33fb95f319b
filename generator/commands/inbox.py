"""`purse inbox`: take in the workbooks that lie in data/inbox/."""

from datetime import datetime
from pathlib import Path

import click

from generator.commands.base import CLEAN, DAY, FOUND, PROJECT

FOLDER = "inbox"
_OURS_TO_STAY = ("README.md",)


@click.command()
@DAY
@PROJECT
def inbox(day: datetime, project: Path) -> int:
    """Take in the workbooks that lie in data/inbox/, and say what was done, as Markdown.

    A workbook made by purse workbook goes into its package and is then removed from the inbox.
    A file that can't be taken in stays there, and its package stays as it was.

    \b
    Example:
      purse inbox
    """
    from generator.errors import PurseError
    from generator.personal import masked
    from generator.project import Project
    from generator.safety import markdown_cell

    data = Project(project).data
    files = sorted(
        path
        for path in (data / FOLDER).glob("*")
        if path.is_file() and not path.is_symlink() and path.name[:1] != "."
        if path.name not in _OURS_TO_STAY
    )
    if not files:
        click.echo("The inbox is empty.")
    stayed = 0
    for path in files:
        click.echo(f"## {markdown_cell(masked(path.name))}\n")
        try:
            done = _take_in(path, data, day)
        except PurseError as problem:
            click.echo(f"Not taken in: {markdown_cell(masked(problem.message))}\n")
            click.echo(f"What to do: {markdown_cell(masked(problem.advice))}\n")
            done = False
        if done:
            path.unlink()
        else:
            stayed += 1
    return FOUND if stayed else CLEAN


def _take_in(path: Path, data: Path, day: datetime) -> bool:
    """Put one workbook into its package; False when it must be mended first."""
    from generator import importing, package
    from generator.commands.editing import alone, opened
    from generator.descriptor import display_path
    from generator.errors import UsageProblem
    from generator.findings import Severity, as_markdown
    from generator.imports import own_workbook, reading
    from generator.revisions_report import RENDERERS

    source = reading.read(path)
    name = own_workbook.package_named(source)
    if name is None:
        raise UsageProblem(
            "This isn't a workbook that purse workbook made.",
            "import it with purse import, which says what it found and drafts a mapping for it.",
        )
    folders = [folder for folder in package.find(data) if package.read(folder).name == name]
    if not folders:
        raise UsageProblem(
            f"It is the workbook of {name}, and there is no such package.",
            "make the package with purse new first, or fill in the workbook of one that is there.",
        )
    alone(folders[0])
    found, _ = opened(folders[0])
    draft, findings = own_workbook.read(source, found, day.date())
    if any(one.severity is Severity.ERROR for one in findings):
        click.echo("Not taken in. Mend these in the workbook, and upload it again:\n")
        click.echo(as_markdown(findings))
        return False
    proposal = importing.proposal(folders[0], draft, found, None)
    importing.save(folders[0], None, [proposal], None)
    click.echo(f"Taken into {display_path(folders[0])}.\n")
    if proposal.changes is not None and not proposal.changes.none:
        click.echo(RENDERERS["markdown"](proposal.changes))
    else:
        click.echo("It holds what the package has already.\n")
    if findings:
        click.echo(as_markdown(findings))
    if proposal.to_review:
        click.echo(
            f"**{len(proposal.to_review)} places look like personal data.** Each is a row of "
            "`privacy_reviews.csv`, and must be reviewed before it is published.\n"
        )
    return True
