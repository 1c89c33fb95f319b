"""Packages read and checked: one, or all of a site."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from generator import checks, ledger, package, releases
from generator.background import Background
from generator.checks import Report, clean_parts
from generator.descriptor import display_path
from generator.engine import HERE, Engine
from generator.errors import UsageProblem
from generator.findings import Finding, Severity, tidy
from generator.ledger import Ledger
from generator.project import Project
from generator.summaries.awards import ready
from generator.together import identity, same_as
from generator.together.mounts import mounts
from generator.together.same_as import NO_LIST, SameAs


@dataclass(frozen=True)
class Checked:
    """A package's ledger with all that the checks say of it."""

    ledger: Ledger
    report: Report
    named: str = ""
    """The package's address, where its folder is a copy; else its folder."""
    fingerprint: str = ""
    """What its files were, where other processes will read them too."""


@dataclass(frozen=True)
class Several:
    """The packages of one site, checked, and what was found out about who is who in them."""

    packages: tuple[Checked, ...]
    same_as: SameAs = NO_LIST
    found: tuple[Finding, ...] = ()
    """What is wrong with that list, or between the packages."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks say of all of it."""
        return tidy(
            [*self.found, *chain.from_iterable(one.report.findings for one in self.packages)]
        )

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended first."""
        return any(one.severity is Severity.ERROR for one in self.findings)


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
    """The one package to work on. Raises UsageProblem when there are several to choose from."""
    folders = chosen(project, named)
    if len(folders) > 1:
        names = ", ".join(display_path(folder) for folder in folders)
        raise UsageProblem(
            f"This works on one package, and there are {len(folders)}: {names}.",
            f"name one of them, such as {display_path(folders[0])}.",
        )
    return folders[0]


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
    ready(book, ())  # it is kept, and so is what it is made from
    return Checked(book, report.result(), named, fingerprint)


def check_site(
    project: Project,
    named: Sequence[Path],
    *,
    to_build: bool = False,
    engine: Engine = HERE,
    addresses: Sequence[str] = (),
) -> Several:
    """Read and check the packages of a site: those named, else all in data/.

    `addresses` are those of the folders that are copies; empty texts for others.
    Raises UsageProblem for packages that can't be on one site, or shared out.
    """
    folders = chosen(project, named)
    if len(folders) > 1 and engine.apart:
        raise UsageProblem(
            f"Workers share out the site of one package, and there are {len(folders)}.",
            f"name one of them, such as --data {display_path(folders[0])}, "
            "or build the site of all without --workers and --cluster.",
        )
    known = addresses or [""] * len(folders)
    packages = tuple(
        check(folder, to_build=to_build, engine=engine, named=address)
        for folder, address in zip(folders, known, strict=True)
    )
    if len(packages) == 1:
        return Several(packages)
    whole = {*folders} >= {*package.find(project.data)}
    return Several(packages, *between(project.data, [one.ledger for one in packages], whole=whole))


def between(
    data: Path, ledgers: Sequence[Ledger], *, whole: bool
) -> tuple[SameAs, tuple[Finding, ...]]:
    """Who is the same as whom in several packages, and what is wrong with that list.

    `data` is the folder with the list; `whole` says whether these are all packages in it.
    Raises UsageProblem for packages that can't be on one site, UnreadablePackage for a list that
    can't be read.
    """
    mounts([one.package for one in ledgers])
    listed = same_as.read(data)
    return listed, tuple(identity.findings(ledgers, listed, whole=whole))


def _report(book: Ledger, clean: bool | None) -> Report:
    report = checks.run(book, clean=clean)
    found = tidy((*report.findings, *releases.findings(book)))
    return replace(report, findings=found)
