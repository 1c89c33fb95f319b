"""`make audit`: ask whether anything that is pinned has a known vulnerability.

pip-audit asks the public database OSV. We give it every pinned version of every lock file, also
those for other systems and other Pythons, which it would leave out; and we never take silence for
a good answer, as it does where nobody knows a package.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from supply import locked
from supply.locked import Unlocked

CLEAN, FOUND, UNANSWERED = 0, 1, 2
_COMMAND = (sys.executable, "-m", "pip_audit")
_OPTIONS = (
    *("--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off"),
    *("--no-deps", "--disable-pip"),
)
_PATIENCE = 600
"""Seconds after which nobody waits any longer."""

Version = tuple[str, str]
"""A package's name and version."""


class Silence(Exception):
    """There was no answer, or none that can be read."""


@dataclass(frozen=True)
class Flaw:
    """A known vulnerability of something pinned."""

    version: Version
    names: tuple[str, ...]
    mended_in: tuple[str, ...]


def pinned(paths: Iterable[Path]) -> dict[Version, tuple[str, ...]]:
    """Every pinned version, and the lock files that have it."""
    found: dict[Version, tuple[str, ...]] = {}
    for path in paths:
        for pin in locked.read(path):
            files = found.get((pin.name, pin.version), ())
            found[pin.name, pin.version] = (*files, path.name)
    return dict(sorted(found.items()))


def _lists(versions: Iterable[Version]) -> tuple[dict[str, str], ...]:
    """The versions in as many lists as one package has versions: pip-audit takes one of each."""
    lists: list[dict[str, str]] = []
    for name, version in versions:
        for one in lists:
            if name not in one:
                one[name] = version
                break
        else:
            lists.append({name: version})
    return tuple(lists)


def ask(versions: Mapping[str, str], command: Sequence[str] = _COMMAND) -> str:
    """What pip-audit says of one version of each package, as JSON. Raises Silence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pinned.txt"
        path.write_text("".join(f"{name}=={one}\n" for name, one in versions.items()), "utf-8")
        try:
            done = subprocess.run(  # noqa: S603 - our own Python, our own arguments
                [*command, *_OPTIONS, "--requirement", str(path)],
                capture_output=True,
                encoding="utf-8",
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Silence(f"there was no answer within {_PATIENCE} seconds") from None
    if not done.stdout.strip():
        lines = done.stderr.strip().splitlines()
        raise Silence(lines[-1] if lines else f"pip-audit ended with {done.returncode}")
    return done.stdout


def answers(said: str, versions: Mapping[str, str]) -> tuple[Flaw, ...]:
    """The flaws that the answer tells of.

    Raises Silence when it can't be read, or doesn't answer for each version.
    """
    flaws, answered = [], set[Version]()
    try:
        for one in json.loads(said)["dependencies"]:
            if "skip_reason" in one:
                continue
            version = (one["name"], one["version"])
            answered.add(version)
            flaws += [
                Flaw(version, (flaw["id"], *flaw["aliases"]), tuple(flaw["fix_versions"]))
                for flaw in one["vulns"]
            ]
    except (ValueError, KeyError, TypeError) as fault:
        raise Silence("the answer can't be read") from fault
    missing = sorted(set(versions.items()) - answered)
    if missing:
        named = ", ".join(" ".join(one) for one in missing[:5])
        raise Silence(f"nothing was said of {len(missing)} versions, such as {named}")
    return tuple(flaws)


def as_text(flaws: Sequence[Flaw], versions: Mapping[Version, tuple[str, ...]]) -> str:
    """For a terminal."""
    lines = [
        f"{' '.join(flaw.version)} ({', '.join(versions[flaw.version])}): "
        f"{', '.join(flaw.names)}; "
        + (f"mended in {', '.join(flaw.mended_in)}." if flaw.mended_in else "not mended yet.")
        for flaw in flaws
    ]
    if flaws:
        lines.append("Renew what is pinned: make lock, then make test.")
    known = f"{len(flaws) or 'no'} known vulnerabilit{'ies' if len(flaws) > 1 else 'y'}"
    lines.append(f"{len(versions)} pinned versions asked about: {known}.")
    return "\n".join(lines) + "\n"


def main(command: Sequence[str] = _COMMAND) -> int:
    """Ask, and say what was answered."""
    try:
        versions = pinned(locked.files())
        flaws = [flaw for one in _lists(versions) for flaw in answers(ask(one, command), one)]
    except (Silence, Unlocked) as fault:
        sys.stderr.write(
            f"The audit could not run, so nothing is known: {fault}\n"
            "It asks api.osv.dev. Try again where that can be reached.\n"
        )
        return UNANSWERED
    sys.stdout.write(as_text(flaws, versions))
    return FOUND if flaws else CLEAN


if __name__ == "__main__":
    raise SystemExit(main())
