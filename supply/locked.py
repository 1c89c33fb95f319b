"""The lock files: each pinned package with its hashes, and what needs it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"
PRODUCT = "public-purse"

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_PRODUCT = re.compile(rf"{PRODUCT} \(pyproject\.toml(:\w+)?\)")


class Unlocked(Exception):
    """A line of a lock file pins nothing; the message says which and why."""


@dataclass(frozen=True)
class Pin:
    """One version of a package that is installed, and no other."""

    name: str
    version: str
    marker: str
    """On which machines alone it is installed; empty for all."""
    hashes: tuple[str, ...]
    """SHA-256 of each file that may be installed, one of them on any machine."""
    needed_by: tuple[str, ...]
    """The packages that need it; `PRODUCT` is ourselves."""

    @property
    def purl(self) -> str:
        """The package's address in the form that all tools know."""
        return f"pkg:pypi/{self.name}@{quote(self.version, safe='.-_~')}"


def files() -> tuple[Path, ...]:
    """Every lock file."""
    return tuple(sorted(FOLDER.glob("*.txt")))


def _entries(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each package's lines, without the indents, and the number of the first."""
    number, lines = 0, list[str]()
    for at, line in enumerate(text.splitlines(), 1):
        if not line.startswith((" ", "#")):
            if lines:
                yield number, lines
            number, lines = at, []
        if lines or not line.startswith("#"):
            lines.append(line.strip().removesuffix("\\").rstrip())
    if lines:
        yield number, lines


def _parents(comments: list[str]) -> Iterator[str]:
    for line in comments:
        name = line.removeprefix("#").strip().removeprefix("via").strip()
        if _PRODUCT.fullmatch(name):
            yield PRODUCT
        elif name and not name.startswith("-c "):  # a constraint needs nothing
            yield canonicalize_name(name)


def _pin(lines: list[str]) -> Pin:
    first, *rest = lines
    requirement = Requirement(first)
    (only,) = requirement.specifier  # ValueError, if there are several or none
    if only.operator != "==" or "*" in only.version or requirement.url:
        raise ValueError("it names no one version")
    comments = [line for line in rest if line.startswith("#")]
    hashes = [_HASH.fullmatch(line) for line in rest if not line.startswith("#")]
    found = tuple(one[1] for one in hashes if one)
    if not found or len(found) != len(hashes):
        raise ValueError("it has no SHA-256, or something that is none")
    return Pin(
        name=canonicalize_name(requirement.name),
        version=only.version,
        marker=str(requirement.marker or ""),
        hashes=tuple(sorted(found)),
        needed_by=tuple(sorted(set(_parents(comments)))),
    )


def read(path: Path) -> tuple[Pin, ...]:
    """What a lock file pins, in its order.

    Raises Unlocked where a line pins no version, or no file of it.
    """
    pins = []
    for number, lines in _entries(path.read_text(encoding="utf-8")):
        try:
            pins.append(_pin(lines))
        except (InvalidRequirement, ValueError) as fault:
            raise Unlocked(f"{path.name}, line {number}: {lines[0]} is not pinned: {fault}.") from (
                fault
            )
    return tuple(pins)
