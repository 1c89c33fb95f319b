"""Which functions of the program are which stage of a build. The one place to adapt.

As a program it builds a site as `purse build` does, but in one process, with a clock on these
functions, and writes what each stage took: `python -m bench.stages PROJECT WORK REPORT STARTED`.
"""

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.clock import REST, Clock
from bench.memory import Sampler, resident

STAGES = (
    *("start", "read", "ledger", "check", "summaries", "pages", "downloads", "explorer"),
    *("search", "write", "site builder", "stamping", "swap", REST),
)
"""In the order of a build. A stage that a version doesn't have is left out."""

FUNCTIONS = (
    ("read", "generator.package", "read"),
    ("ledger", "generator.ledger", "build"),
    ("ledger", "generator.linking", "Linker.linked"),
    ("ledger", "generator.frames", "Frame.records"),
    ("check", "generator.checked", "_report"),
    ("summaries", "generator.outputs", "few_pages"),
    ("summaries", "generator.outputs", "data_pages"),
    ("summaries", "generator.outputs", "many_pages"),
    ("summaries", "generator.assembly", "_made"),
    ("pages", "generator.outputs", "_made"),
    ("pages", "generator.pages.page", "Renderer.own"),
    ("pages", "generator.pages.page", "Renderer.render"),
    ("pages", "generator.assembly", "csvs"),
    ("downloads", "generator.outputs", "downloads"),
    ("downloads", "generator.outputs", "entries"),
    ("downloads", "generator.outputs", "feeds"),
    ("explorer", "generator.outputs", "explorer_files"),
    ("search", "generator.outputs", "_search"),
    ("search", "generator.search", "other_page"),
    ("site builder", "generator.assembly", "_both"),
    ("site builder", "generator.shells", "Shells.files"),
    ("site builder", "generator.shells", "Shells.sitemaps"),
    ("stamping", "generator.assembly", "_stamped"),
    ("stamping", "generator.moulds", "Moulds.finished"),
    ("write", "generator.write_build", "write_all"),
    ("write", "generator.write_site", "fill"),
    ("swap", "generator.swapping", "swap"),
)
"""(stage, module, function): where the program looks the function up. Time in a function that
is called from another counts for the inner one only."""

LEAN = ("--no-search", "--no-formats")
"""What leaves out the search and the other formats, where the program has such options."""
PLAIN = ("--no-stamp",)
"""What makes each page a Markdown file, where the program has such an option."""


def known(options: Sequence[str]) -> list[str]:
    """Those of the options that this version of `purse build` has."""
    from generator.commands.build import build

    names = {name for option in build.params for name in (*option.opts, *option.secondary_opts)}
    return [option for option in options if option in names]


def build_command(project: Path, options: Sequence[str] = ()) -> list[str]:
    """The whole build, as a user runs it."""
    return [sys.executable, "-m", "generator", "build", "--project", str(project), *options]


def _build(project: Path, work: Path) -> None:
    """Everything in this process: what workers do beside it, no clock of ours would see."""
    from generator import background, checked, site, target
    from generator.project import Project

    background._FORKS = False
    home = Project(project)
    begun = checked.begin(site.one_package(home, ()))
    out, build = target.places(home, work / "site", work / "build")
    site.build_site(home, begun(), out, build, None)


def measure(project: Path, work: Path, started: float) -> dict[str, dict[str, float]]:
    """Build with a clock on the stages; what each took, by its name."""
    clock = Clock()
    for function in FUNCTIONS:
        clock.watch(*function)
    clock.wall, clock.cpu = {"start": time.monotonic() - started}, {"start": time.process_time()}
    clock.restart()
    sampler = Sampler(os.getpid(), resident, clock.current)
    _build(project, work)
    clock.turn()
    sampler.stop()
    return {
        stage: {
            "wall": clock.wall[stage],
            "cpu": clock.cpu[stage],
            "peak": sampler.most.get(stage, 0),
        }
        for stage in STAGES
        if stage in clock.wall
    }


if __name__ == "__main__":
    _project, _work, _report = map(Path, sys.argv[1:4])
    _stages = measure(_project, _work, float(sys.argv[4]))
    _report.write_text(json.dumps(_stages), encoding="utf-8")
