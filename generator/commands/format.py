"""`purse format`: put a package's files into their one form."""

from pathlib import Path

import click

from generator.commands.base import CLEAN, FOLDER, FOUND, PROJECT


@click.command("format")
@click.argument("packages", nargs=-1, type=FOLDER, metavar="[PACKAGE]...")
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change.")
@PROJECT
def format_(packages: tuple[Path, ...], check: bool, project: Path) -> int:
    """Put data packages (all in data/, unless some are named) into the one form they are kept in.

    Columns and rows get their order, days and numbers are written plainly, and the descriptor
    gets the current schemas. No value changes its meaning. A file that can't be read whole is
    left alone.

    \b
    Example:
      purse format data/my-funder
    """
    from generator import checked, formatting, package, write
    from generator.commands.editing import alone, contents_of
    from generator.descriptor import display_path
    from generator.project import Project

    differ = left = 0
    chosen = checked.chosen(Project(project), packages)
    if not check:
        alone(*chosen)
    for folder in chosen:
        found = package.read(folder)
        done = formatting.formatted(found, contents_of(found))
        for one in done.left:
            left += 1
            click.echo(f"{one.file}: left alone: {one.why}\n  Mend:  {one.mend}")
        names = (
            [name for name, content in done.outputs if (folder / name).read_bytes() != content]
            if check
            else write.update(folder, done.outputs)
        )
        differ += len(names)
        for name in names:
            words = "is not in its one form" if check else "put into its one form"
            click.echo(f"{display_path(folder / name)}: {words}")
    if check and differ:
        click.echo("To mend them all: purse format")
    if not differ and not left:
        click.echo("All files are in their one form.")
    return FOUND if left or (check and differ) else CLEAN
