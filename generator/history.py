"""A package, or all of data/, as it stands in a folder, or as it stood at a git revision."""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator import ledger, package, scratch
from generator.errors import UsageProblem
from generator.ledger import Ledger

_AT_REVISION = re.compile(r"(?P<revision>[^:]+):(?P<path>[^:]+)")


def read(named: str) -> Ledger:
    """The ledger of `path/to/package`, or of `REVISION:path/to/package`.

    As git has it, the second path begins at the top of the repository (`./` at this folder).
    Raises UsageProblem when there is no such folder or revision.
    """
    found = _AT_REVISION.fullmatch(named)
    if found is None or Path(named).is_dir():
        return ledger.build(package.read(Path(named)))
    if found["revision"].startswith("-"):
        raise UsageProblem(f"{named} names no revision.", "name a tag, branch or commit.")
    with scratch.folder("history") as temporary:
        folder = temporary / (Path(found["path"]).name or "package")
        archive = temporary / "package.zip"
        _git_archive(named.rstrip("/"), archive)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
        return ledger.build(package.read(folder))


@contextmanager
def data_at(named: str, project: Path) -> Iterator[Path]:
    """The project's data/ as it lies in another folder, or as it stood at a revision.

    A folder holds data/ itself. While the context lasts, the path can be read; a revision
    without any data gives an empty one. Raises UsageProblem when there is no such revision.
    """
    if named and Path(named).is_dir():
        yield Path(named) / "data"
        return
    if not named or named.startswith("-") or ":" in named:
        raise UsageProblem(f"“{named}” names no revision.", "name a tag, branch or commit.")
    with scratch.folder("history") as temporary:
        archive, folder = temporary / "data.zip", temporary / "data"
        folder.mkdir()
        here = ("-C", str(project))
        _git(named, *here, "rev-parse", "--verify", f"{named}^{{commit}}")
        if _git(named, *here, "ls-tree", named, "data"):
            _git_archive(f"{named}:./data", archive, *here)
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(folder)
        yield folder


def _git_archive(tree: str, target: Path, *here: str) -> None:
    """Pack the tree into a zip. From the repository's top, for git packs what lies below it."""
    top, name = _git(tree, *here, "rev-parse", "--show-toplevel", tree).splitlines()[:2]
    _git(tree, "-C", top, "archive", "--format=zip", f"--output={target}", name)


def _git(tree: str, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the user's own words, and never as an option
            ["git", *arguments],  # noqa: S607 - the git that the user has
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as fault:
        raise UsageProblem(
            f"git is not installed, so {tree} can't be read.",
            "install git, or name a folder that holds the package as it was.",
        ) from fault
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it did not say why"])[0]
        raise UsageProblem(
            f"git has no {tree}. It said: {said.removeprefix('fatal: ')}",
            "name a revision of this repository, such as main or v1.0.0, or where a package is "
            "asked for, its path from the top, too, such as v1.0.0:data/<your package>; after a "
            "shallow clone, run git fetch --unshallow first.",
        )
    return done.stdout
