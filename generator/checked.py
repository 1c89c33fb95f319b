"""Packages read and checked: one, or all of a site.

To load the rules takes as long as to check a small package by them. So what is needed only after
a package was read is loaded by then: where another process checks it, by that one.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator import package
from generator.background import Background
from generator.descriptor import display_path
from generator.engine import HERE, Engine
from generator.errors import UsageProblem
from generator.findings import Finding, Severity, tidy
from generator.package import DataPackage
from generator.project import Project

if TYPE_CHECKING:
    from generator.checks import Report
    from generator.ledger import Ledger
    from generator.together.same_as import SameAs


class Checked(Struct, frozen=True):
    """A package's ledger with all that the checks say of it."""

    ledger: "Ledger"
    report: "Report"
    named: str = ""
    """The package's address, where its folder is a copy; else its folder."""
    fingerprint: str = ""
    """What its files were, where other processes will read them too."""


class Several(Struct, frozen=True):
    """The packages of one site, checked, and what was found out about who is who in them."""

    packages: tuple[Checked, ...]
    same_as: "SameAs | None" = None
    """None where there is one package."""
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


class _Read(Struct, frozen=True):
    """A package before its check, see `Checked`."""

    package: DataPackage
    named: str
    fingerprint: str
    clean: bool | None
    """Whether its structure is surely without fault, where workers looked already."""

    def checked(self, book: "Ledger", report: "Report") -> Checked:
        """With what the check says."""
        return Checked(book, report, self.named, self.fingerprint)


def _read(folder: Path, engine: Engine, named: str) -> _Read:
    fingerprint = package.fingerprint(folder) if engine.apart else ""
    found, named = package.read(folder), named or str(folder.absolute())
    if not engine.apart:
        return _Read(found, named, fingerprint, None)
    from generator.checks import clean_parts

    return _Read(found, named, fingerprint, clean_parts.judged(found, named, engine))


def _report(book: "Ledger", clean: bool | None) -> "Report":
    from generator import checks, releases

    report = checks.run(book, clean=clean)
    found = tidy((*report.findings, *releases.findings(book)))
    return replace(report, findings=found)


def _report_of(read: _Read) -> "Report":
    from generator import ledger

    return _report(ledger.build(read.package), read.clean)


def check(folder: Path) -> Checked:
    """Read and check one package, and that no release of it has been changed."""
    from generator import ledger

    read = _read(folder, HERE, "")
    book = ledger.build(read.package)
    return read.checked(book, _report(book, None))


def begin(folder: Path, *, engine: Engine = HERE, named: str = "") -> Callable[[], Checked]:
    """The same, of a package that is to be built: read it now, and let another process check it.

    What is returned waits for that. `named` is the package's address where the folder is a copy.
    """
    read = _read(folder, engine, named)
    report = Background(partial(_report_of, read))

    def ended() -> Checked:
        from generator import ledger

        book = ledger.build(read.package)
        _prepare(book)
        return read.checked(book, report.result())

    return ended


def _prepare(book: "Ledger") -> None:
    """Make what a build will need, and the ledger keeps. What can't be made, the check explains."""
    from generator.exports.tabular import typed_tables
    from generator.summaries.awards import ready
    from generator.summaries.exact_sets import exact_groups

    with suppress(Exception):
        ready(book, ())
        book.once(typed_tables)
        book.once(exact_groups)


def check_site(project: Project, named: Sequence[Path]) -> Several:
    """Read and check the packages of a site: those named, else all in data/.

    Raises UsageProblem for packages that can't be on one site.
    """
    folders = chosen(project, named)
    return _together(project, folders, [check(one) for one in folders])


def begin_site(
    project: Project,
    named: Sequence[Path],
    *,
    engine: Engine = HERE,
    addresses: Sequence[str] = (),
) -> Callable[[], Several]:
    """The same, where they are to be built; what is returned waits for the end of it.

    `addresses` are those of the folders that are copies; empty texts for others.
    Raises UsageProblem also for packages that can't be shared out.
    """
    folders = chosen(project, named)
    if len(folders) > 1 and engine.apart:
        raise UsageProblem(
            f"Workers share out the site of one package, and there are {len(folders)}.",
            f"name one of them, such as --data {display_path(folders[0])}, "
            "or build the site of all without --workers and --cluster.",
        )
    known = addresses or [""] * len(folders)
    first, *others = (
        partial(begin, folder, engine=engine, named=address)
        for folder, address in zip(folders, known, strict=True)
    )
    begun = first()
    return lambda: _together(project, folders, [begun(), *(one()() for one in others)])


def _together(project: Project, folders: Sequence[Path], packages: Sequence[Checked]) -> Several:
    if len(packages) == 1:
        return Several(tuple(packages))
    whole = {*folders} >= {*package.find(project.data)}
    found = between(project.data, [one.ledger for one in packages], whole=whole)
    return Several(tuple(packages), *found)


def between(
    data: Path, ledgers: Sequence["Ledger"], *, whole: bool
) -> tuple["SameAs", tuple[Finding, ...]]:
    """Who is the same as whom in several packages, and what is wrong with that list.

    `data` is the folder with the list; `whole` says whether these are all packages in it.
    Raises UsageProblem for packages that can't be on one site, UnreadablePackage for a list that
    can't be read.
    """
    from generator.together import identity, same_as
    from generator.together.mounts import mounts

    mounts([one.package for one in ledgers])
    listed = same_as.read(data)
    return listed, tuple(identity.findings(ledgers, listed, whole=whole))
