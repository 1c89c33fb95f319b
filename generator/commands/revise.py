"""`purse revise`: change what is already published, and say why."""

import os.path
from datetime import datetime
from pathlib import Path

import click

from generator.commands.base import CLEAN, DAY, FOLDER


@click.command()
@click.argument("package", type=FOLDER)
@click.option("--resource", default="awards", show_default=True, help="The table, such as awards.")
@click.option("--row", help="The row's id.")
@click.option("--field", help="The column to change.")
@click.option("--new", help="What the cell is to hold.")
@click.option("--withdraw", is_flag=True, help="Withdraw the award instead of changing a cell.")
@click.option(
    "--since",
    metavar="REVISION|FOLDER",
    help="Explain every change since then: a git revision, or a folder with the older package.",
)
@click.option("--reason", required=True, help="Why, in plain words; everybody can read it.")
@DAY
def revise(
    package: Path,
    resource: str,
    row: str | None,
    field: str | None,
    new: str | None,
    withdraw: bool,
    since: str | None,
    reason: str,
    day: datetime,
) -> int:
    """Change a cell of a published row, and add the row of revisions.csv that says why.

    \b
    Examples:
      purse revise data/my-funder --row 2030-31-a01 --field amount --new 1200 --reason "A slip."
      purse revise data/my-funder --row 2030-31-a01 --withdraw --reason "It was given back."
      purse revise data/my-funder --since main --reason "Amounts as in the final accounts."
    """
    from generator import history, ledger, revising, write
    from generator.commands.editing import alone, opened
    from generator.draft import files
    from generator.errors import UsageProblem
    from generator.revisions import REVISIONS
    from generator.safety import one_line

    alone(package)
    found, draft = opened(package)
    if since is not None:
        if row or field or new is not None or withdraw:
            raise UsageProblem(
                "--since explains changes that were made; the other options make one.",
                "give --since and --reason alone.",
            )
        base = history.read(_named(since, package))
        done = revising.explained(base, draft, reason, day.date())
    else:
        if withdraw:
            field, new = "status", revising.WITHDRAWN
        if row is None or field is None or new is None or (withdraw and resource != "awards"):
            raise UsageProblem(
                "What to change isn't clear.",
                "give --row, --field and --new; or --row and --withdraw for an award; or --since.",
            )
        change = revising.Change(resource, row, field, new, reason, day.date())
        done = revising.changed(ledger.build(found), draft, change)
    known = {one["id"] for one in draft.rows(REVISIONS)}
    added = [one for one in done.rows(REVISIONS) if one["id"] not in known]
    write.update(package, files(done))
    for one in added:
        click.echo(one_line(f"{one['resource']}, {one['row']}, {one['field']}: {one['id']}"))
    click.echo(f"{len(added)} added to revisions.csv." if added else "Nothing was left to explain.")
    return CLEAN


def _named(since: str, package: Path) -> str:
    """The older package: a folder, or the package's own path at a revision."""
    if Path(since).is_dir() or ":" in since:
        return since
    return f"{since}:./{Path(os.path.relpath(package)).as_posix()}"
