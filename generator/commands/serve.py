"""`purse serve`: a live preview."""

from pathlib import Path

import click

from generator.commands.base import CLEAN, FOLDER, PROJECT


@click.command()
@click.option("--data", type=FOLDER, multiple=True, metavar="PACKAGE", help="The package to show.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on.",
)
@PROJECT
def serve(data: tuple[Path, ...], host: str, port: int, project: Path) -> int:
    """Show the site in a browser and keep it fresh while you edit data or pages."""
    from generator import preview, site
    from generator.project import Project

    home = Project(project)
    preview.serve(home, site.one_package(home, data), host, port)
    return CLEAN
