"""The `purse` command: parse, call, print. No logic lives here, and imports are lazy."""

import os
import sys
from pathlib import Path
from typing import TextIO

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

    Exit codes: 0 all is well; 1 something was found to mend; 2 the command was not
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
    from generator.revisions_faults import faults
    from generator.revisions_report import RENDERERS

    found = revisions.compare(history.read(base), history.read(head))
    click.echo(RENDERERS[form](found), nl=False)
    return FOUND if faults(found) else CLEAN


@cli.command()
@click.argument("package", type=_FOLDER, required=False)
@click.option(
    "--out",
    type=_FOLDER,
    default=Path("dist"),
    show_default=True,
    help="Where the release's files go.",
)
@click.option("--url", help="Where the zip will be to download (https://...), for the list.")
@_PROJECT
def release(package: Path | None, out: Path, url: str | None, project: Path) -> int:
    """Write a version's zip, and a note with the hashes that prove it and the built site.

    A version is listed in the package's releases.json, and never changes after that.

    \b
    Example:
      purse release data/my-funder
    """
    from generator import releasing, site
    from generator.findings import as_text
    from generator.outputs import Project

    home = Project(project)
    checked = site.check(site.one_package(home, [package] if package else []))
    if checked.report.has_errors:
        click.echo(as_text(checked.report.findings), nl=False, err=True)
        click.echo("Nothing was released.", err=True)
        return FOUND
    done = releasing.release(checked.ledger, project / out, project / "site", url)
    click.echo(releasing.as_text(done), nl=False)
    return CLEAN


@cli.command()
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
    """
    from generator import verify as verification
    from generator.verify_sources import open_source

    wanted = manifest_sha256
    if note is not None:
        wanted = verification.hash_of_release(note.read(), manifest_sha256)
    with open_source(built) as source:
        verdict = verification.verify(source, wanted)
    click.echo(verification.as_text(verdict), nl=False)
    return FOUND if verdict.differences else CLEAN


@cli.command()
@click.argument("packages", nargs=-1, type=_FOLDER, metavar="[PACKAGE]...")
@_PROJECT
def schemas(packages: tuple[Path, ...], project: Path) -> int:
    """Put the current schemas into the descriptors of data packages."""
    from generator import schemas as table_schemas
    from generator import site
    from generator.descriptor import DESCRIPTOR, display_path
    from generator.outputs import Project

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
    except Exception as fault:
        if os.environ.get("PURSE_DEBUG"):
            raise
        click.echo(
            f"Error: Public Purse itself has a fault ({type(fault).__name__}: {fault}).\n"
            "  What to do: nothing was changed. Please report it with what "
            "PURSE_DEBUG=1 shows when you run the same command again.",
            err=True,
        )
        code = WRONG
    sys.exit(code)
