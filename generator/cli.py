"""The `purse` command: parse, call, print. No logic lives here, and imports are lazy."""

import sys
from pathlib import Path

import click

from generator import __version__
from generator.errors import PurseError

CLEAN, FOUND, WRONG = 0, 1, 2
_FOLDER = click.Path(path_type=Path, file_okay=False)
_PROJECT = click.option(
    "--project",
    type=_FOLDER,
    default=Path(),
    show_default="the current folder",
    help="The site's folder: it holds mkdocs.yml, docs/ and data/.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="Public Purse")
def cli() -> None:
    """Check data packages of public funding and turn them into a traceable website.

    Exit codes: 0 all is well; 1 errors were found in the data; 2 the command was not
    understood, or something it needs is missing.
    """


@cli.command()
@click.argument("packages", nargs=-1, type=_FOLDER, metavar="[PACKAGE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "github"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
@_PROJECT
def check(packages: tuple[Path, ...], form: str, project: Path) -> int:
    """Check data packages (all in data/, unless some are named) and print what to mend.

    \b
    Example:
      purse check data/my-funder
    """
    from generator import site
    from generator.findings import RENDERERS, tidy
    from generator.outputs import Project

    checked = [site.check(folder) for folder in site.chosen(Project(project), packages)]
    findings = tidy([finding for one in checked for finding in one.report.findings])
    click.echo(RENDERERS[form](findings), nl=False)
    return FOUND if any(one.report.has_errors for one in checked) else CLEAN


@cli.command()
@click.option(
    "--data", type=_FOLDER, multiple=True, metavar="PACKAGE", help="The package to build."
)
@click.option(
    "--out", type=_FOLDER, default=Path("site"), show_default=True, help="Where the site goes."
)
@click.option(
    "--build",
    "build_folder",
    type=_FOLDER,
    show_default="build/, or beside --out as <out>-build/",
    help="Where the Markdown for the site builder goes.",
)
@click.option("--base-url", help="The site's public address, for its sitemap and links to itself.")
@_PROJECT
def build(
    data: tuple[Path, ...],
    out: Path,
    build_folder: Path | None,
    base_url: str | None,
    project: Path,
) -> int:
    """Check a package and build its site. An error in the data leaves the old site as it was.

    \b
    Examples:
      purse build
      purse build --data data/my-funder --out /tmp/site
    """
    from generator import site
    from generator.findings import as_text
    from generator.outputs import Project

    home = Project(project)
    checked = site.check(site.one_package(home, data))
    if checked.report.has_errors:
        click.echo(as_text(checked.report.findings), nl=False, err=True)
        click.echo("Nothing was built; the site is as it was.", err=True)
        return FOUND
    target, working = site.places(home, out, build_folder)
    built = site.build_site(home, checked, target, working, base_url)
    click.echo(
        f"Built {built.pages} pages ({built.files_written} files changed). "
        f"Look at {built.site / 'index.html'}, or run: purse serve"
    )
    return CLEAN


@cli.command()
@click.option("--data", type=_FOLDER, multiple=True, metavar="PACKAGE", help="The package to show.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on.",
)
@_PROJECT
def serve(data: tuple[Path, ...], host: str, port: int, project: Path) -> int:
    """Show the site in a browser and keep it fresh while you edit data or pages."""
    from generator import preview, site
    from generator.outputs import Project

    home = Project(project)
    preview.serve(home, site.one_package(home, data), host, port)
    return CLEAN


@cli.command()
@click.argument("packages", nargs=-1, type=_FOLDER, metavar="[PACKAGE]...")
@_PROJECT
def schemas(packages: tuple[Path, ...], project: Path) -> int:
    """Put the current schemas into the descriptors of data packages."""
    from generator import schemas as table_schemas
    from generator import site
    from generator.outputs import Project
    from generator.package import DESCRIPTOR, display_path

    for folder in site.chosen(Project(project), packages):
        changed = table_schemas.refresh(folder / DESCRIPTOR)
        words = ", ".join(changed) if changed else "nothing to change"
        click.echo(f"{display_path(folder)}: {words}")
    return CLEAN


@cli.command()
def rules() -> int:
    """Print every check in words, as Markdown: what it looks for, why, and the mend."""
    from generator.checks.reference import as_markdown

    click.echo(as_markdown(), nl=False)
    return CLEAN


def main() -> None:
    """Run the command; whatever goes wrong is told in plain words, never as a traceback."""
    try:
        code = cli.main(standalone_mode=False)
    except PurseError as problem:
        click.echo(f"Error: {problem}", err=True)
        code = WRONG
    except click.ClickException as problem:
        problem.show()
        code = WRONG
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = WRONG
    except OSError as problem:
        click.echo(f"Error: {problem}", err=True)
        code = WRONG
    sys.exit(code)
