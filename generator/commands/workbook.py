"""`purse workbook`: the workbook in which a clerk edits a package."""

from pathlib import Path

import click

from generator.commands.base import CLEAN, FOLDER, PROJECT


@click.command()
@click.argument("package", required=False, type=FOLDER)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; the package's name with .xlsx, unless you say.",
)
@PROJECT
def workbook(package: Path | None, out: Path | None, project: Path) -> int:
    """Make the workbook of a package: a sheet a table, with drop-downs and help on each column.

    Fill it in, then read it back with purse import, or put it into data/inbox/.

    \b
    Example:
      purse workbook data/my-funder
    """
    from generator import checked, workbook_form, write
    from generator.commands.editing import opened
    from generator.errors import UnsafeTarget, UsageProblem
    from generator.project import Project

    folders = checked.chosen(Project(project), [package] if package else [])
    if len(folders) > 1:
        raise UsageProblem(
            f"A workbook holds one package, and there are {len(folders)}.",
            f"name one, such as purse workbook {folders[0]}.",
        )
    found, _ = opened(folders[0])
    target, content = out or Path(f"{found.name}.xlsx"), workbook_form.workbook(found)
    if target.exists() and target.read_bytes() != content:
        raise UnsafeTarget(
            f"{target} is there already, and may hold somebody's work.",
            "move it elsewhere, or name another file with --out.",
        )
    write.put_whole(target.parent, [(target.name, content)])
    click.echo(f"{target}: the workbook of {found.name}. Its first sheet says how to use it.")
    return CLEAN
