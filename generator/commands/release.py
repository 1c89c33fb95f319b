"""`purse release`: write a version as it is released."""

from pathlib import Path

import click

from generator.commands.base import CLEAN, FOLDER, FOUND, PROJECT


@click.command()
@click.argument("package", type=FOLDER, required=False)
@click.option(
    "--out",
    type=FOLDER,
    default=Path("dist"),
    show_default=True,
    help="Where the release's files go.",
)
@click.option("--url", help="Where the zip will be to download (https://...), for the list.")
@PROJECT
def release(package: Path | None, out: Path, url: str | None, project: Path) -> int:
    """Write a version's zip, and a note with the hashes that prove it and the built site.

    A version is listed in the package's releases.json, and never changes after that.

    \b
    Example:
      purse release data/my-funder
    """
    from generator import checked, releasing
    from generator.commands.editing import alone
    from generator.findings import as_text
    from generator.project import Project

    home = Project(project)
    folder = checked.one_package(home, [package] if package else [])
    alone(folder)
    one = checked.check(folder)
    if one.report.has_errors:
        click.echo(as_text(one.report.findings), nl=False, err=True)
        click.echo("Nothing was released.", err=True)
        return FOUND
    done = releasing.release(one.ledger, project / out, project / "site", url)
    click.echo(releasing.as_text(done), nl=False)
    return CLEAN
