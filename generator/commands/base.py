"""What commands share: how they end, and the options that several of them have."""

from pathlib import Path

import click

CLEAN, FOUND, WRONG = 0, 1, 2
FOLDER = click.Path(path_type=Path, file_okay=False)
PROJECT = click.option(
    "--project",
    type=FOLDER,
    default=Path(),
    show_default="the current folder",
    help="The site's folder: it holds mkdocs.yml, docs/ and data/.",
)
