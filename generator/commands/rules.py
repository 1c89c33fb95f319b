"""`purse rules`: the checks in words."""

import click

from generator.commands.base import CLEAN


@click.command()
def rules() -> int:
    """Print every check in words, as Markdown: what it looks for, why, and the mend."""
    from generator.checks.reference import as_markdown

    click.echo(as_markdown(), nl=False)
    return CLEAN
