"""What commands share: how they end, and the options that several of them have."""

from datetime import date
from pathlib import Path
from typing import Any

import click

CLEAN, FOUND, WRONG = 0, 1, 2
FOLDER = click.Path(path_type=Path, file_okay=False)


class _Place(click.Path):
    """A folder, as `FOLDER` takes it, or an address such as s3://bucket/folder, as it stands."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value)
        return text if "://" in text else str(super().convert(value, param, ctx))


PLACE = _Place(file_okay=False)
PROJECT = click.option(
    "--project",
    type=FOLDER,
    default=Path(),
    show_default="the current folder",
    help="The site's folder: it holds mkdocs.yml, docs/ and data/.",
)
DAY = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: date.today().isoformat(),
    show_default="today",
    help="The day on which the change is published.",
)
"""For commands that write entries of the record of changes."""
