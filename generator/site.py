"""From data packages to a finished site: the whole build, top to bottom."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator import (
    checks,
    ledger,
    lock,
    package,
    releases,
    scratch,
    shells,
    swapping,
    write,
    write_build,
    write_site,
)
from generator.assembly import MakeShells, Stamped
from generator.background import Background
from generator.builder import run_builder
from generator.checks import Report
from generator.descriptor import display_path
from generator.errors import UsageProblem
from generator.findings import tidy
from generator.ledger import Ledger
from generator.outputs import Contents, build_folder, contents
from generator.project import Project
from generator.scope import WHOLE, Scope
from generator.shells import RunBuilder
from generator.write import Output
from generator.write_site import Whole

SPARE, SHELLS = "spare", "shells"
"""Folders in the build folder: the site before this one, and what the builder makes of stubs."""


@dataclass(frozen=True)
class Checked:
    """A package's ledger with all that the checks say of it."""

    ledger: Ledger
    report: Report


@dataclass(frozen=True)
class Built:
    """What a build did."""

    site: Path
    pages: int
    changed: int
    """How many files the site before it lacked, or had with another content."""
    files: int
    size: int
    """Bytes of all files together."""


def chosen(project: Project, named: Sequence[Path]) -> tuple[Path, ...]:
    """The package folders to work on: those named, else all in data/."""
    folders = tuple(named) or package.find(project.data)
    if not folders:
        raise UsageProblem(
            f"There is no data package in {display_path(project.data)}.",
            "add one (a folder with a datapackage.json), or name one.",
        )
    return folders


def one_package(project: Project, named: Sequence[Path]) -> Path:
    """The one package of a site. Raises UsageProblem when there are several to choose from."""
    folders = chosen(project, named)
    if len(folders) > 1:
        names = ", ".join(display_path(folder) for folder in folders)
        raise UsageProblem(
            f"A site shows one package, and there are {len(folders)}: {names}.",
            "name one with --data.",
        )
    return folders[0]


def places(project: Project, out: Path, build: Path | None) -> tuple[Path, Path]:
    """Where the site and the Markdown behind it go.

    The project's own site/ is made from its build/; a site elsewhere keeps its build folder
    beside it, so that it never overwrites the project's.
    """
    site = project.folder / out
    if site.name in ("", ".."):
        site = site.resolve()
    if not site.name:
        raise UsageProblem(f"{site} can't be a site.", "name a folder with --out.")
    if build is not None:
        if site.resolve() == (project.folder / build).resolve():
            raise UsageProblem(
                f"{site} can't be both the site and the folder it is built from.",
                "name different folders with --out and --build.",
            )
        return site, project.folder / build
    own = site.resolve() == (project.folder / "site").resolve()
    return site, project.folder / "build" if own else site.with_name(f"{site.name}-build")


def check(folder: Path, *, to_build: bool = False) -> Checked:
    """Read and check one package, and that no release of it has been changed.

    What a build will need of the ledger is made meanwhile, on another processor than the checks.
    """
    book = ledger.build(package.read(folder))
    if not to_build:
        return Checked(book, _report(book))
    report = Background(partial(_report, book))
    book.linked  # noqa: B018 - it is kept
    return Checked(book, report.result())


def _report(book: Ledger) -> Report:
    report = checks.run(book)
    found = tidy((*report.findings, *releases.findings(book)))
    return replace(report, findings=found)


@contextmanager
def at_work(site: Path, build: Path) -> Iterator[None]:
    """Work on a site alone, after mending what a killed build may have left. Raises Busy."""
    site.parent.mkdir(parents=True, exist_ok=True)
    with lock.held((site, build), "purse build"):
        swapping.restore(site)
        yield


def _by_builder(parts: Contents, build: Path, builder: RunBuilder) -> Iterator[Output]:
    """The files of a site whose every page the site builder makes."""
    write_build.write_all(build, build_folder(parts))
    with scratch.folder("site") as temporary:
        made = temporary / "site"
        builder(build, made)
        yield from write.files_of(made)


def build_site(
    project: Project,
    checked: Checked,
    site: Path,
    build: Path,
    base_url: str | None,
    *,
    stamp: bool = True,
    scope: Scope = WHOLE,
) -> Built:
    """Make all files of the site beside the old one, then swap it in whole.

    With `stamp`, the site builder makes the hand-written pages and a few stubs, and every other
    page is stamped. Without, it makes every page, from the build folder. The bytes are the same.
    Raises Busy while another build is at work on the same folders.
    """
    with at_work(site, build):
        return _built(project, checked, site, build, base_url, stamp=stamp, scope=scope)


def _built(
    project: Project,
    checked: Checked,
    site: Path,
    build: Path,
    base_url: str | None,
    *,
    stamp: bool,
    scope: Scope,
) -> Built:
    write_site.check_site_target(site)
    before = write_site.listed(site)
    created = checked.ledger.package.created
    parts = contents(project, checked.ledger, checked.report, base_url, scope)

    def run(source: Path, into: Path) -> None:
        run_builder(source, into, created)

    def shells_in(folder: Path) -> MakeShells:
        return lambda sections: shells.make(
            parts.given,
            folder / ("with-sections" if sections else "bare"),
            run,
            created=created,
            sections=sections,
        )

    if stamp:
        write_build.write_all(build, ())  # what an unstamped build left there would go stale
    with swapping.in_the_making(site, build / SPARE) as new:
        if stamp:
            assembled = Stamped(parts, shells_in(build / SHELLS))
            filled = write_site.fill(new, assembled.whole())
            assembled.check_links(partial(write.content_of, new))
        else:
            filled = write_site.fill(new, Whole(_by_builder(parts, build, run)))
        swapping.swap(new, site, build / SPARE)
    size = sum(one.bytes for one in filled.entries)
    changed = len(filled.entries - before)
    return Built(site, filled.pages, changed, len(filled.entries), size)
