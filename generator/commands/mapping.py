"""`purse mapping`: draft what the columns of a table are, to be corrected by a person."""

from pathlib import Path

import click

from generator.commands.base import CLEAN


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the draft; printed unless you say.",
)
def mapping(file: Path, out: Path | None) -> int:
    """Draft a mapping for FILE, a CSV or spreadsheet that follows no standard.

    \b
    Example:
      purse mapping register.csv --out mapping.yml
    """
    from generator.errors import UsageProblem
    from generator.imports import mapping_draft, reading
    from generator.safety import one_line

    text = mapping_draft.draft(reading.read(file))
    if out is None:
        click.echo(one_line(text, keep="\n"), nl=False)  # the same YAML, escapes spelt out
        return CLEAN
    if out.exists():
        raise UsageProblem(f"{out} is there already.", "name another file with --out.")
    out.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {out}. Correct it, then: purse import {file} --to … --mapping {out}")
    return CLEAN
