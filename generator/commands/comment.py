"""`purse comment`: the text of a pull request's comment."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.base import CLEAN, FOUND, PROJECT

if TYPE_CHECKING:
    from generator.package import DataPackage


@click.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--preview",
    metavar="URL",
    help="Where the built site can be had (https://...), to say so in the text.",
)
@PROJECT
def comment(base: str, head: str | None, preview: str | None, project: Path) -> int:
    """Say in plain words, as Markdown, what a change of data/ does.

    That is what must be mended, else what the public will see. Each side is a git revision, or a
    folder that holds data/. Without HEAD, the data is taken as it lies in the project's folder.
    The command ends with 1 when something must be mended.

    \b
    Examples:
      purse comment main
      purse comment v1.0.0 v1.1.0
    """
    from generator import history
    from generator.commenting.between import between
    from generator.commenting.comment import as_markdown, must_be_mended
    from generator.commenting.difference import differences
    from generator.commenting.sides import sides
    from generator.project import Project

    with ExitStack() as open_data:
        old, new = (
            open_data.enter_context(history.data_at(named, project))
            for named in (base, head or str(project))
        )
        before, after = sides(old), sides(new)
        found = differences(Project(project), before, after)
        if shared := between((old, new), before, after):
            found = (*found, shared)
        untidy = _untidy(one.after.package for one in found if one.after and not one.stops)
    click.echo(as_markdown(found, preview, untidy), nl=False)
    return FOUND if must_be_mended(found) else CLEAN


def _untidy(packages: Iterable["DataPackage"]) -> list[str]:
    """The files that are not in their one form, from the top of the project."""
    from generator.commands.editing import contents_of
    from generator.formatting import formatted

    return [
        f"data/{one.folder.name}/{name}"
        for one in packages
        for name, content in formatted(one, contents_of(one)).outputs
        if (one.folder / name).read_bytes() != content
    ]
