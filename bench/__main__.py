"""`python -m bench`: the two commands behind `make bench` and `make bench-compare`."""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from bench import compare, report, results, rounds
from bench.hugo import HugoMissing, ThemeChanged
from bench.measure import ROOT, CommandFailed
from bench.results import EVERY_FORMAT_LIMIT, SITE_LIMIT, NoResults, Results
from bench.storage import kind, usual

_MOST = 1_000_000
_PAGE = ROOT / "docs" / "develop" / "performance.md"
_FAULTS = (CommandFailed, HugoMissing, NoResults, ThemeChanged, rounds.PagesMissing)


def _sizes(_context: click.Context, _option: click.Parameter, given: str) -> tuple[int, ...]:
    """Numbers of awards, apart by spaces or commas; the smallest first."""
    words = given.replace(",", " ").split()
    if not words or not all(word.isdecimal() and 0 < int(word) <= _MOST for word in words):
        raise click.BadParameter(f"write numbers from 1 to {_MOST}, such as: SIZES='1000 10000'")
    return tuple(sorted({int(word) for word in words}))


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--sizes", envvar="SIZES", default="1000 10000", callback=_sizes),
        click.option("--runs", envvar="RUNS", type=click.IntRange(1), default=3),
        click.option(
            "--formats", envvar="FORMATS", type=click.IntRange(0), default=EVERY_FORMAT_LIMIT
        ),
        click.option("--builds", envvar="BUILDS", type=click.IntRange(0), default=SITE_LIMIT),
        click.option("--work", envvar="WORK", type=click.Path(path_type=Path), default=None),
        click.option("--results", "into", envvar="RESULTS", type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return command


def _recorded(storage: str) -> Path:
    return ROOT / "bench" / "results" / f"{storage}.json"


def _machine() -> dict[str, str]:
    names = ("frictionless", "hugo", "mkdocs", "mkdocs-material")
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return {
        "processors": str(cores),
        "Python": platform.python_version(),
        **{name: version(name) for name in names},
    }


@dataclass(frozen=True)
class _Asked:
    """What both commands are told, see `_options`."""

    sizes: tuple[int, ...]
    runs: int
    builds: int
    formats: int
    work: Path | None
    into: Path | None

    @property
    def folder(self) -> Path:
        """Where to work."""
        return self.work or usual()


def _measure(asked: _Asked) -> Results:
    """Measure, and keep the results after each size, for a large one may fail.

    Up to `builds` awards, whole sites are built; of more, sites of lists; with 0, none at all.
    """
    work, runs = asked.folder, asked.runs
    storage = kind(work)
    path = asked.into or ROOT / ".bench" / f"{storage}.json"
    work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="purse-bench-", dir=work))
    os.environ["TMPDIR"] = str(folder)  # temporary files belong to the storage that is measured
    found = Results(storage, runs, _machine(), ())
    try:
        for awards in asked.sizes:
            with click.progressbar(range(runs), label=f"{awards} awards", file=sys.stderr) as bar:
                one = rounds.measure(
                    folder / str(awards),
                    awards,
                    bar,
                    keep=storage == "disk",
                    build=awards <= asked.builds,
                    listed=asked.builds > 0,
                    every_format=awards <= asked.formats,
                )
            found = results.merged(found, Results(storage, runs, _machine(), (one,)))
            results.write(path, found)
    finally:
        shutil.rmtree(folder)
    click.echo(f"{report.tables(found)}\n\nWritten to {path}.")
    return found


@click.group()
def cli() -> None:
    """Measure what builds cost, beside Hugo and MkDocs on the same pages."""


@cli.command()
@_options
@click.option("--record", envvar="RECORD", is_flag=True, help="Keep it as the recorded run.")
def run(*, record: bool, **given: Any) -> None:
    """Measure, and end with a line of ratios for each size."""
    found = _measure(_Asked(**given))
    if record:
        path = _recorded(found.storage)
        kept = results.merged(results.read(path), found) if path.is_file() else found
        results.write(path, kept)
        report.put(_PAGE, kept)
    for size in found.sizes:
        click.echo(report.ratio_line(size))


@cli.command("compare")
@_options
@click.option("--fresh", envvar="FRESH", type=click.Path(path_type=Path, exists=True))
@click.option("--recorded", envvar="RECORDED", type=click.Path(path_type=Path))
def compare_(fresh: Path | None, recorded: Path | None, **given: Any) -> None:
    """Measure (or read FRESH), and compare with the recorded run. Exit code 1: something slowed."""
    asked = _Asked(**given)
    path = recorded or _recorded(results.read(fresh).storage if fresh else kind(asked.folder))
    before = results.read(path)
    now = results.read(fresh) if fresh else _measure(asked)
    lines = list(compare.compare(now, before))
    for line in lines:
        click.echo(line)
    for size in now.sizes:
        old = before.size(size.awards)
        if old and old.stages and size.stages and not compare.alike(size, old):
            click.echo(f"{size.awards:>9} stages: not compared, they were recorded in another way.")
    if not lines:
        raise NoResults(f"{path} has nothing at these sizes that could be compared by Hugo's time.")
    slowed = sum(line.slowed for line in lines)
    click.echo(f"{slowed} slower by more than {compare.LIMIT - 1:.0%}, of {len(lines)} compared.")
    sys.exit(1 if slowed else 0)


if __name__ == "__main__":
    try:
        cli()
    except _FAULTS as fault:
        sys.exit(f"Error: {fault}")
