"""All measurements at one size: checks, builds of ours, then the others on the same pages.

Each round does everything once, so that a busy minute of the machine falls on all alike. The
memory of our builds is looked at before the rounds, in builds that aren't timed: looking slows.
"""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import checking, hugo, packages, stages
from bench.measure import ROOT, Cost, median, run
from bench.results import (
    BUILD,
    CHECK,
    HUGO,
    HUGO_HTML,
    HUGO_LIMIT,
    KEPT,
    LEAN,
    LISTED,
    LISTED_FROM,
    MKDOCS,
    MKDOCS_LIMIT,
    SECOND,
    STOCK,
    STOCK_LIMIT,
    Size,
)

_SMALL = 1000
"""Awards of a package that shows what checking one takes to load."""
_OFF_SITE = shutil.ignore_patterns("develop", "publish")


class PagesMissing(Exception):
    """Somebody made fewer pages than it was given: its time would mean nothing."""


@dataclass
class _Place:
    """A folder where a size is measured, and what was found there."""

    folder: Path
    awards: int
    keep: bool
    every_format: bool
    whole: dict[str, list[Cost]] = field(default_factory=dict)
    stages: dict[str, list[Cost]] = field(default_factory=dict)
    checks: dict[str, list[Cost]] = field(default_factory=dict)
    peaks: dict[str, int] = field(default_factory=dict)
    """What all processes of our builds held together."""

    @property
    def project(self) -> Path:
        return self.folder / "project"

    @property
    def site(self) -> Path:
        return self.project / "site"

    def away(self, path: Path) -> None:
        """Put a folder out of the way: a disk is slow for minutes after a removal."""
        if path.exists() and self.keep:
            path.rename(self.folder / f"old-{time.monotonic_ns()}")
        elif path.exists():
            shutil.rmtree(path)

    def timed(self, name: str, command: list[str]) -> None:
        self.whole.setdefault(name, []).append(run(command))

    def looked_at(self, name: str, command: list[str]) -> None:
        self.peaks[name] = run(command, look=True).peak


def prepare(project: Path, awards: int) -> Path:
    """A project as a publisher has it, with a package of that many awards; returns its folder."""
    project.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", project)
    shutil.copytree(ROOT / "docs", project / "docs", ignore=_OFF_SITE)
    return packages.make(awards, project / "data" / "benchmark")


def _checks(place: _Place, package: Path, small: Path) -> None:
    for who in (CHECK, STOCK) if place.awards <= STOCK_LIMIT else (CHECK,):
        report = place.folder / "check.json"
        cost = run(checking.command(who, package, small, report))
        took = json.loads(report.read_text(encoding="utf-8"))
        place.checks.setdefault(who, []).append(replace(cost, **took))


def _ours(place: _Place, measured: Callable[[str, list[str]], None]) -> None:
    lean = stages.build_command(place.project, stages.known(stages.LEAN))
    if place.every_format:
        place.away(place.site)
        place.away(place.project / "build")
        for name in (BUILD, SECOND):
            measured(name, stages.build_command(place.project))
    place.away(place.project / "build")
    for name in (LEAN, KEPT):
        place.away(place.site)
        measured(name, lean)


def _rows(place: _Place, measured: Callable[[str, list[str]], None]) -> None:
    """The lean build of a site for hosts that limit files."""
    project = place.folder / "rows"
    place.away(project)
    package = prepare(project, place.awards)
    packages.list_only(package)
    measured(LISTED, stages.build_command(project, stages.known(stages.LEAN)))
    place.away(project)


def _by_stage(place: _Place) -> None:
    work, report = place.folder / "by-stage", place.folder / "stages.json"
    command = [sys.executable, "-m", "bench.stages", str(place.project), str(work), str(report)]
    run([*command, str(time.monotonic())])
    for stage, cost in json.loads(report.read_text(encoding="utf-8")).items():
        place.stages.setdefault(stage, []).append(Cost(**cost))
    place.away(work)


def _markdown(place: _Place) -> Path:
    """The configuration of a build folder where every page is a Markdown file."""
    build = place.project / "build"
    if plain := stages.known(stages.PLAIN):
        build, out = place.folder / "plain-build", place.folder / "plain"
        if not build.exists():
            options = [*plain, "--out", str(out), "--build", str(build)]
            run(stages.build_command(place.project, options))
    return build / "mkdocs.yml"


def _mkdocs(place: _Place) -> None:
    out, config = place.folder / "mkdocs", _markdown(place)
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(config)]
    place.timed(MKDOCS, [*command, "--site-dir", str(out)])
    _see("MkDocs", out, sum(1 for _ in place.site.rglob("index.html")))
    place.away(out)


def _hugo(place: _Place) -> None:
    for name, markdown in ((HUGO, True), (HUGO_HTML, False)):
        project, out = place.folder / "hugo", place.folder / "hugo-site"
        expected = hugo.make(place.site, project, markdown=markdown)
        place.timed(name, hugo.command(project, out))
        _see(name, out, expected)
        place.away(project)
        place.away(out)


def _see(name: str, out: Path, expected: int) -> None:
    made = sum(1 for _ in out.rglob("index.html"))
    if made != expected:
        raise PagesMissing(f"{name} made {made} pages of {expected}")


def _medians(found: Mapping[str, list[Cost]]) -> dict[str, Cost]:
    return {name: median(costs) for name, costs in found.items()}


def _files(site: Path) -> Iterator[Path]:
    return (path for path in site.rglob("*") if path.is_file())


def _size(place: _Place) -> Size:
    files, whole = tuple(_files(place.site)), _medians(place.whole)
    peaks = {name: replace(whole[name], peak=peak) for name, peak in place.peaks.items()}
    return Size(
        awards=place.awards,
        pages=sum(path.suffix == ".html" for path in files),
        files=len(files),
        bytes=sum(path.stat().st_size for path in files),
        whole={**whole, **peaks},
        stages=_medians(place.stages),
        checks=_medians(place.checks),
        one_process=True,
    )


def _sites(place: _Place) -> None:
    _ours(place, place.timed)
    if place.every_format:
        _by_stage(place)
    if place.awards <= MKDOCS_LIMIT:
        _mkdocs(place)
    if place.awards <= HUGO_LIMIT:
        _hugo(place)


def measure(
    folder: Path,
    awards: int,
    rounds: Iterable[int],
    *,
    keep: bool,
    build: bool = True,
    listed: bool = True,
    every_format: bool = True,
) -> Size:
    """Measure everything with so many awards in a new folder; `keep` removes nothing.

    `build` says whether there is to be a page for each award, `every_format` whether also with
    what others aren't asked for, and `listed` whether, of many awards, a site of lists. Without
    any, there are only the checks, for which less memory is enough.
    """
    listed = listed and awards >= LISTED_FROM
    place = _Place(folder, awards, keep, every_format)
    package = prepare(place.project, awards)
    small = packages.make(_SMALL, folder / "small")
    if build:
        _ours(place, place.looked_at)
    if listed:
        _rows(place, place.looked_at)
    for _ in rounds:
        _checks(place, package, small)
        if build:
            _sites(place)
        if listed:
            _rows(place, place.timed)
    size = _size(place)
    if not keep:
        shutil.rmtree(folder)
    return size
