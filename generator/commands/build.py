"""`purse build`: check a package and build its site."""

from pathlib import Path

import click

from generator.commands.base import CLEAN, FOLDER, FOUND, PROJECT


@click.command()
@click.option("--data", type=FOLDER, multiple=True, metavar="PACKAGE", help="The package to build.")
@click.option(
    "--out", type=FOLDER, default=Path("site"), show_default=True, help="Where the site goes."
)
@click.option(
    "--build",
    "build_folder",
    type=FOLDER,
    show_default="build/, or beside --out as <out>-build/",
    help="Where what the site is made from goes.",
)
@click.option(
    "--stamp/--no-stamp",
    default=True,
    help="Whether the site builder makes a few pages to stamp all others from, or every page. "
    "The site is the same.",
)
@click.option("--base-url", help="The site's public address, for its sitemap and links to itself.")
@click.option("--search/--no-search", default=True, help="Whether the site can be searched.")
@click.option(
    "--formats/--no-formats",
    default=True,
    help="Whether tables come in every format, or as CSV alone.",
)
@PROJECT
def build(
    data: tuple[Path, ...],
    out: Path,
    build_folder: Path | None,
    stamp: bool,
    base_url: str | None,
    search: bool,
    formats: bool,
    project: Path,
) -> int:
    """Check a package and build its site. An error in the data leaves the old site as it was.

    For a quick look at a large one, leave out the search and the other formats.

    \b
    Examples:
      purse build
      purse build --data data/my-funder --out /tmp/site
    """
    from generator import machine, site, starting
    from generator.findings import as_text
    from generator.limits import limit
    from generator.project import Project
    from generator.scope import Scope

    base_url = starting.base_url(base_url) if base_url else None
    home = Project(project)
    folder = site.one_package(home, data)
    target, working = site.places(home, out, build_folder)
    scope = Scope(search, formats)
    try:
        with site.at_work(target, working):
            checked = site.check(folder, to_build=True)
            if checked.report.has_errors:
                click.echo(as_text(checked.report.findings), nl=False, err=True)
                click.echo("Nothing was built; the site is as it was.", err=True)
                return FOUND
            built = site.build_site(
                home, checked, target, working, base_url, stamp=stamp, scope=scope
            )
    except OSError as fault:
        raise machine.explained(fault, "Nothing was built; the site is as it was.") from fault
    click.echo(
        f"Built {built.pages} pages ({built.changed} files changed). "
        f"Look at {built.site / 'index.html'}, or run: purse serve"
    )
    click.echo(f"The site has {built.files:,} files of {_megabytes(built.size)} MB together.")
    too_large = built.size > limit("site_megabytes") * 1_000_000
    if too_large or built.files > limit("site_files"):
        click.echo(
            "Warning: that is near or above what GitHub Pages takes "
            f"({limit('site_megabytes')} MB, {limit('site_files'):,} files). "
            "Use another host (docs/publish/start-your-own.md), or let awards and recipients be "
            "rows of lists (award_pages and recipient_pages in docs/publish/descriptor.md)."
        )
    return CLEAN


def _megabytes(size: int) -> str:
    return f"{-(-size // 100_000) / 10:,.1f}"
