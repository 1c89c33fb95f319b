"""`purse build`: check the packages and build their site."""

from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.base import CLEAN, FOLDER, FOUND, PLACE, PROJECT

if TYPE_CHECKING:
    from generator.engine import Engine


@click.command()
@click.option(
    "--data",
    type=PLACE,
    multiple=True,
    metavar="PACKAGE",
    help="A package to build: its folder, or its address, such as s3://bucket/package; give it "
    "again for others. All in data/, unless you say.",
)
@click.option(
    "--out",
    type=PLACE,
    default="site",
    show_default=True,
    metavar="PLACE",
    help="Where the site goes: a folder, or an address.",
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
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Share the work out to so many processes of this machine (needs the extra “cluster”).",
)
@click.option("--worker-memory", metavar="SIZE", help="The most that each may take, such as 2GB.")
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Share it out to a Dask cluster, by its scheduler’s address, such as tcp://host:8786.",
)
@PROJECT
def build(
    data: tuple[str, ...],
    out: str,
    build_folder: Path | None,
    stamp: bool,
    base_url: str | None,
    search: bool,
    formats: bool,
    workers: int | None,
    worker_memory: str | None,
    cluster: str | None,
    project: Path,
) -> int:
    """Check the packages and build their site. An error in the data leaves the old one as it was.

    Several packages make one site: each has pages of its own, below its publisher.
    For a quick look at a large one, leave out the search and the other formats. A register that
    outgrows one processor is shared out to workers; the site is the same.

    \b
    Examples:
      purse build
      purse build --data data/my-funder --out /tmp/site
      purse build --workers 4 --worker-memory 4GB
      purse build --data s3://registers/national --out s3://site --cluster tcp://scheduler:8786
    """
    from generator import checked, elsewhere, target
    from generator.findings import as_text
    from generator.limits import limit
    from generator.project import Project
    from generator.scope import Scope

    if base_url:
        from generator import starting

        base_url = starting.base_url(base_url)
    home, scope = Project(project), Scope(search, formats)
    place, working = target.chosen(home, out, build_folder)
    try:
        with ExitStack() as during:
            folders = [during.enter_context(elsewhere.here(one)) for one in data]
            during.enter_context(place.alone(working))
            engine = during.enter_context(_engine(workers, worker_memory, cluster))
            named = [one if elsewhere.is_address(one) else "" for one in data]
            begun = checked.begin_site(home, folders, engine=engine, addresses=named)
            from generator import site  # takes long, and another process checks meanwhile

            packages = begun()
            if packages.has_errors:
                click.echo(as_text(packages.findings), nl=False, err=True)
                click.echo("Nothing was built; the site is as it was.", err=True)
                return FOUND
            built = site.build_site(
                home, packages, place, working, base_url, stamp=stamp, scope=scope, engine=engine
            )
    except OSError as fault:
        from generator import machine

        raise machine.explained(fault, "Nothing was built; the site is as it was.") from fault
    click.echo(
        f"Built {built.pages} pages ({built.changed} files changed). "
        f"Look at {built.shown}, or run: purse serve"
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


def _engine(
    workers: int | None, memory: str | None, scheduler: str | None
) -> AbstractContextManager["Engine"]:
    """Who does what can be done apart."""
    from generator.engine import HERE
    from generator.errors import UsageProblem

    if (scheduler and (workers or memory)) or (memory and not workers):
        raise UsageProblem(
            "--cluster and --workers are two ways to share out the work, "
            "and --worker-memory goes with the second.",
            "name one of them.",
        )
    if not scheduler and not workers:
        return nullcontext(HERE)
    from generator import cluster

    return cluster.at(scheduler) if scheduler else cluster.of_this_machine(workers or 1, memory)


def _megabytes(size: int) -> str:
    return f"{-(-size // 100_000) / 10:,.1f}"
