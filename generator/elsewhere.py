"""Places that fsspec reaches, such as s3://bucket/folder: packages come from there, sites go there.

Only what a command names is ever reached so, never what a package says. Nothing there is renamed:
object stores can't. A site lies in a folder of its own for each build, and `TOP` says in which.
"""

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from generator import inside, manifest, scratch
from generator.descriptor import DESCRIPTOR, objects, paths_of, read_descriptor, shown_as
from generator.descriptor_shape import must_fit
from generator.errors import PurseError, UsageProblem
from generator.limits import limit
from generator.package import PAGES, RELEASES
from generator.place import Put

TOP = "current.json"
"""The file at the top of such a place that says in which folder the site is."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.]*://\S+")
_MB = 1_000_000
_LETTERS = 16
"""Of a hash, in the name of a build's folder."""
_FOLDER = rf"([0-9a-f]{{{_LETTERS}}})/"


class Unreachable(PurseError):
    """A place can't be reached, or refuses something."""


def is_address(named: str) -> bool:
    """Whether something names such a place, and no folder of this machine."""
    return bool(_ADDRESS.fullmatch(named))


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Whatever a library says of a place, in plain words."""
    try:
        yield
    except (PurseError, FileNotFoundError):
        raise
    except ImportError as fault:
        raise UsageProblem(
            f"{address} can't be reached: {fault}.",
            "install what reads and writes such places: pip install 'public-purse[cluster]'.",
        ) from fault
    except Exception as fault:  # each library has errors of its own
        raise Unreachable(
            f"{address} can't be reached. It said: {type(fault).__name__}: {fault}",
            "look at the address, and whether this account may read and write there.",
        ) from fault


@dataclass(frozen=True)
class Elsewhere:
    """Files below an address."""

    address: str

    @cached_property
    def _reached(self) -> tuple[Any, str]:
        with _told(self.address):
            import fsspec

            found, path = fsspec.core.url_to_fs(self.address)
            return found, str(path).rstrip("/")

    def __getstate__(self) -> dict[str, str]:
        """What another process is given: it opens connections of its own."""
        return {"address": self.address}

    def __setstate__(self, state: dict[str, str]) -> None:
        vars(self).update(state)

    def below(self, name: str) -> "Elsewhere":
        """A place in this one."""
        return Elsewhere(f"{self.address.rstrip('/')}/{name}")

    def sizes(self) -> dict[str, int]:
        """Every file there, with its bytes."""
        files, top = self._reached
        with _told(self.address):
            files.invalidate_cache()
            found = files.find(top, detail=True)
        return {path.removeprefix(f"{top}/"): int(one["size"]) for path, one in found.items()}

    def content(self, name: str) -> bytes | None:
        """A file's content; None where there is no such file."""
        files, top = self._reached
        try:
            with _told(self.address):
                return bytes(files.cat_file(f"{top}/{name}"))
        except FileNotFoundError:
            return None

    def begin(self) -> bool:
        """Whether nothing is there yet."""
        return not self.sizes()

    def put(self, name: str, content: bytes) -> None:
        """Write a file."""
        files, top = self._reached
        with _told(self.address):
            files.pipe_file(f"{top}/{name}", content)

    def putting(self) -> Put:
        """What puts files there; what stands there already with its content is left alone."""
        there = self.sizes()

        def put(name: str, content: bytes) -> bool:
            if there.get(name) == len(content) and self.content(name) == content:
                return False
            self.put(name, content)
            return True

        return put

    def keep_only(self, names: Collection[str]) -> None:
        """Remove every file but these."""
        files, top = self._reached
        if gone := [f"{top}/{name}" for name in self.sizes() if name not in names]:
            with _told(self.address):
                files.rm(gone)


@contextmanager
def here(named: str) -> Iterator[Path]:
    """A package as a folder of this machine for a while: copied, where it lies elsewhere.

    Only what a package is made of is copied, within the limits of what is read.
    """
    if not is_address(named):
        yield Path(named)
        return
    place = Elsewhere(named)
    with scratch.folder("package") as temporary:
        folder = temporary / (PurePosixPath(named).name or "package")
        folder.mkdir()
        with shown_as(folder, named.rstrip("/")):
            _copy(place, folder)
            yield folder


def _copy(place: Elsewhere, folder: Path) -> None:
    there = place.sizes()
    _take(place, folder, there, [DESCRIPTOR], "descriptor_megabytes")
    descriptor = read_descriptor(folder)
    must_fit(descriptor, f"{place.address}/{DESCRIPTOR}")
    listed = [path for one in objects(descriptor["resources"]) for path in paths_of(one)]
    _take(place, folder, there, listed, "table_megabytes")
    pages = [name for name in there if re.fullmatch(rf"{PAGES}/[\w-][\w .-]*\.md", name)]
    _take(place, folder, there, [RELEASES, *pages], "page_megabytes")


def _take(
    place: Elsewhere, folder: Path, there: dict[str, int], names: list[str], most: str
) -> None:
    """Copy those of the files that are there. Raises UsageProblem for what is too large."""
    for name in names:
        if there.get(name, 0) > limit(most) * _MB:
            raise UsageProblem(
                f"{place.address}/{name} has {there[name] // _MB:,} MB, "
                f"and at most {limit(most):,} MB are read.",
                "split it into several files.",
            )
        if name in there and (content := place.content(name)) is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def content_in(named: str, name: str) -> bytes | None:
    """A file of a package that lies in a folder or elsewhere; None where there is no such file."""
    if is_address(named):
        return Elsewhere(named).content(name)
    return inside.read(Path(named), name, limit("table_megabytes"))


def folder_of(mark: str) -> str:
    """The name of the folder of a build that is known by this hash."""
    return mark[:_LETTERS]


def pointer(folder: str, listing: bytes) -> bytes:
    """What `TOP` says: the folder of the site, and the hash that proves its list of files."""
    said = {"site": f"{folder}/", "manifest_sha256": manifest.sha256(listing)}
    return (json.dumps(said, indent=2) + "\n").encode()


def current(place: Elsewhere) -> str | None:
    """The folder in which the site is; None where there is none yet."""
    content = place.content(TOP) or b"null"
    try:
        found = re.fullmatch(_FOLDER, json.loads(content)["site"])
    except (ValueError, KeyError, TypeError):
        return None
    return found[1] if found else None
