"""`purse changes`: compare two publications."""

import click

from generator.commands.base import CLEAN, FOUND


@click.command()
@click.argument("base")
@click.argument("head")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to print the changes.",
)
def changes(base: str, head: str, form: str) -> int:
    """Compare two publications of a package: what was added, corrected, withdrawn, or is gone.

    Each is a package's folder, or a git revision and the path of the package in it. The command
    ends with 1 when an id is gone, or a published row changed that revisions.csv doesn't explain.

    \b
    Examples:
      purse changes HEAD:data/my-funder data/my-funder
      purse changes v1.0.0:data/my-funder v1.1.0:data/my-funder --format markdown
    """
    from generator import history, revisions
    from generator.checks import privacy_hiding
    from generator.revisions_faults import faults
    from generator.revisions_report import RENDERERS, masked_changes

    before, after = history.read(base), history.read(head)
    found = revisions.compare(before, after)
    shown = masked_changes(found, privacy_hiding.hiding(before, after))
    click.echo(RENDERERS[form](shown), nl=False)
    return FOUND if faults(found) else CLEAN
