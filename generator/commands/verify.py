"""`purse verify`: check a built site."""

from typing import TextIO

import click

from generator.commands.base import CLEAN, FOUND


@click.command()
@click.argument("built", metavar="FOLDER|ZIP|URL")
@click.option("--manifest-sha256", help="The hash that the site's manifest must have.")
@click.option(
    "--release",
    "note",
    type=click.File(encoding="utf-8", errors="replace"),
    help="The release's .json file, which states that hash.",
)
def verify(built: str, manifest_sha256: str | None, note: TextIO | None) -> int:
    """Check that a built site is what was built, and that its figures follow from its rows.

    A URL is read as a reader would; no other host is asked for anything.

    \b
    Examples:
      purse verify site
      purse verify https://funder.example/awards/ --release dist/my-funder-1.0.0.json
      purse verify s3://bucket/site
    """
    from generator import verify as verification
    from generator.verify_sources import open_source
    from generator.verify_verdict import as_text

    wanted = manifest_sha256
    if note is not None:
        wanted = verification.hash_of_release(note.read(), manifest_sha256)
    with open_source(built) as source:
        verdict = verification.verify(source, wanted)
    click.echo(as_text(verdict), nl=False)
    return FOUND if verdict.differences else CLEAN
