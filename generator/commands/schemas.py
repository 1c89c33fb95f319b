"""`purse schemas`: refresh the embedded table schemas."""

from pathlib import Path

import click

from generator.commands.base import CLEAN, FOLDER, PROJECT


@click.command()
@click.argument("packages", nargs=-1, type=FOLDER, metavar="[PACKAGE]...")
@PROJECT
def schemas(packages: tuple[Path, ...], project: Path) -> int:
    """Put the current schemas into the descriptors of data packages."""
    from generator import checked
    from generator import schemas as table_schemas
    from generator.commands.editing import alone
    from generator.descriptor import DESCRIPTOR, display_path
    from generator.project import Project

    chosen = checked.chosen(Project(project), packages)
    alone(*chosen)
    for folder in chosen:
        changed = table_schemas.refresh(folder / DESCRIPTOR)
        words = ", ".join(changed) if changed else "nothing to change"
        click.echo(f"{display_path(folder)}: {words}")
    return CLEAN
