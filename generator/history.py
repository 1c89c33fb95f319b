"""A package as it stands in a folder, or as it stood at a revision of its git repository."""

import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

from generator import ledger, package
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
    with tempfile.TemporaryDirectory(prefix="purse-history-") as temporary:
        folder = Path(temporary) / (Path(found["path"]).name or "package")
        archive = Path(temporary) / "package.zip"
        _git_archive(named.rstrip("/"), archive)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
        return ledger.build(package.read(folder))


def _git_archive(tree: str, target: Path) -> None:
    """Pack the tree into a zip. From the repository's top, for git packs what lies below it."""
    top, name = _git(tree, "rev-parse", "--show-toplevel", tree).splitlines()[:2]
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
            "name a revision of this repository and the package's path from its top, such as "
            "v1.0.0:data/<your package>; after a shallow clone, run git fetch --unshallow first.",
        )
    return done.stdout
