"""From data packages to a finished site: the whole build, top to bottom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator import (
    checks,
    elsewhere,
    ledger,
    package,
    releases,
    scratch,
    shells,
    write,
    write_build,
    write_site,
)
from generator.assembly import Stamped
from generator.background import Background
from generator.builder import run_builder
from generator.checks import Report, clean_parts
from generator.descriptor import display_path
from generator.elsewhere import Elsewhere
from generator.engine import HERE, Engine
from generator.errors import UsageProblem
from generator.findings import tidy
from generator.ledger import Ledger
from generator.order import Order, mark_of, order_of
from generator.outputs import Contents, build_folder, contents
from generator.project import Project
from generator.scope import WHOLE, Scope
from generator.shells import RunBuilder, Shells
from generator.target import SiteElsewhere, SiteFolder, Target
from generator.write import Output
from generator.write_site import Whole

SHELLS = "shells"
"""The folder in the build folder that holds what the builder makes of stubs."""


@dataclass(frozen=True)
class Checked:
    """A package's ledger with all that the checks say of it."""

    ledger: Ledger
    report: Report
    named: str = ""
    """The package's address, where its folder is a copy."""
    fingerprint: str = ""
    """What its files were, where other processes will read them too."""


@dataclass(frozen=True)
class Built:
    """What a build did."""

    shown: str
    """Where to look at it."""
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


def target(project: Project, out: str, build: Path | None) -> tuple[Target, Path]:
    """Where the site goes, a folder or an address, and the folder of what it is made from."""
    if elsewhere.is_address(out):
        return SiteElsewhere(Elsewhere(out)), project.folder / (build or "build")
    site, folder = places(project, Path(out), build)
    return SiteFolder(site), folder


def check(
    folder: Path, *, to_build: bool = False, engine: Engine = HERE, named: str = ""
) -> Checked:
    """Read and check one package, and that no release of it has been changed.

    What a build will need of the ledger is made meanwhile, on another processor than the checks.
    `named` is the package's address where the folder is a copy.
    """
    fingerprint = package.fingerprint(folder) if engine.apart else ""
    book = ledger.build(package.read(folder))
    named = named or str(folder.absolute())
    clean = clean_parts.judged(book.package, named, engine) if engine.apart else None
    if not to_build:
        return Checked(book, _report(book, clean), named, fingerprint)
    report = Background(partial(_report, book, clean))
    book.relations.attribution  # noqa: B018 - it is kept
    return Checked(book, report.result(), named, fingerprint)


def _report(book: Ledger, clean: bool | None) -> Report:
    report = checks.run(book, clean=clean)
    found = tidy((*report.findings, *releases.findings(book)))
    return replace(report, findings=found)


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
    site: Path | Target,
    build: Path,
    base_url: str | None,
    *,
    stamp: bool = True,
    scope: Scope = WHOLE,
    engine: Engine = HERE,
) -> Built:
    """Make all files of the site beside the old one, then let it take that one's place whole.

    With `stamp`, the site builder makes the hand-written pages and a few stubs, and every other
    page is stamped. Without, it makes every page, from the build folder. The bytes are the same.
    Raises Busy while another build is at work on the same folders.
    """
    target = SiteFolder(site) if isinstance(site, Path) else site
    with target.alone(build):
        before = target.before()
        made = _Build(project, checked, build, base_url, scope)
        if stamp:
            write_build.write_all(build, ())  # what an unstamped build left there would go stale
        with target.making(build, partial(made.mark, stamp=stamp)) as new:
            if stamp:
                assembled = Stamped(made.contents, made.shells)
                whole = replace(assembled.whole(), source=partial(made.order, assembled))
                filled = write_site.fill(new.place, whole, engine)
                assembled.check_links(new.place.content)
            else:
                files = _by_builder(made.contents, build, made.run)
                filled = write_site.fill(new.place, Whole(files))
            new.publish()
    size = sum(one.bytes for one in filled.entries)
    changed = len(filled.entries - before)
    return Built(target.shown, filled.pages, changed, len(filled.entries), size)


class _Build:
    """What a site is built of, and what is done with it."""

    def __init__(
        self, project: Project, checked: Checked, build: Path, base_url: str | None, scope: Scope
    ) -> None:
        self._checked, self._build = checked, build
        self._created = checked.ledger.package.created
        self.contents = contents(project, checked.ledger, checked.report, base_url, scope)

    def run(self, source: Path, into: Path) -> None:
        """Run the site builder. Raises BuilderFailed."""
        run_builder(source, into, self._created)

    def shells(self, sections: bool) -> Shells:
        """What the site builder makes of stubs. Raises BuilderFailed."""
        return shells.make(
            self.contents.given,
            self._build / SHELLS / ("with-sections" if sections else "bare"),
            self.run,
            created=self._created,
            sections=sections,
        )

    def order(self, assembled: Stamped) -> Order:
        """The build as another process is given it."""
        shells_below = assembled.below_folders()
        checked = self._checked
        return order_of(self.contents.site, checked.named, checked.fingerprint, shells_below)

    def mark(self, *, stamp: bool) -> str:
        """The same only where the site is."""
        files = package.fingerprint(self._checked.ledger.package.folder)
        return mark_of(self.contents, f"{files} {stamp}")
