"""Places that fsspec reaches, such as s3://bucket/folder: packages come from there, sites go there.

Only what a command names is ever reached so, never what a package says. Nothing there is renamed:
object stores can't. A site lies in a folder of its own for each build, and `TOP` says in which.
"""

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct

from generator import inside, manifest, scratch
from generator.descriptor import DESCRIPTOR, objects, paths_of, read_descriptor, shown_as
from generator.descriptor_shape import must_fit
from generator.errors import PurseError, UsageProblem
from generator.limits import limit
from generator.package import PAGES, RELEASES
from generator.place import Put
from generator.write import Content, Stored

TOP = "current.json"
"""The file at the top of such a place that says in which folder the site is."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.]*://\S+")
_MB = 1_000_000
_AT_ONCE = 200
"""Files that wait until they are written together."""
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


@cache
def _opened(address: str, process: int) -> tuple[Any, str]:  # noqa: ARG001 - one for each
    """Connections of a process's own: those of another can't be used by one forked from it."""
    import fsspec

    found, path = fsspec.core.url_to_fs(address)
    return found, str(path).rstrip("/")


def _write(files: Any, contents: Mapping[str, bytes]) -> None:
    """Write files by their paths; folders are made where a place has such."""
    try:
        files.pipe(contents)
    except FileNotFoundError:
        for folder in {path.rpartition("/")[0] for path in contents}:
            files.makedirs(folder, exist_ok=True)
        files.pipe(contents)


class Elsewhere(Struct, frozen=True):
    """Files below an address."""

    address: str

    @property
    def _reached(self) -> tuple[Any, str]:
        """What reads and writes there, and the path that it knows the place by."""
        with _told(self.address):
            return _opened(self.address, os.getpid())

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
            _write(files, {f"{top}/{name}": content})

    @contextmanager
    def putting(self) -> Iterator[Put]:
        """What puts files there, many at once: most of a request's time is waiting."""
        there, waiting = self.sizes(), dict[str, bytes]()

        def put(name: str, content: Content) -> None:
            if isinstance(content, Stored):
                self._put_stored(name, content)
                return
            waiting[name] = content
            if len(waiting) >= _AT_ONCE or len(content) > _MB:
                self._put_those(waiting, there)
                waiting.clear()

        yield put
        self._put_those(waiting, there)

    def _put_stored(self, name: str, content: Stored) -> None:
        """Write a file that may not fit in memory, as it is read."""
        files, top = self._reached
        path = f"{top}/{name}"
        with _told(self.address):
            try:
                file = files.open(path, "wb")
            except FileNotFoundError:
                files.makedirs(path.rpartition("/")[0], exist_ok=True)
                file = files.open(path, "wb")
            with file:
                for piece in content.pieces():
                    file.write(piece)

    def _put_those(self, wanted: Mapping[str, bytes], there: Mapping[str, int]) -> None:
        """Write files; what stands there already with its content is left alone."""
        files, top = self._reached
        alike = [f"{top}/{name}" for name in wanted if there.get(name) == len(wanted[name])]
        with _told(self.address):
            held = files.cat(alike) if alike else {}
            changed = {
                f"{top}/{name}": content
                for name, content in wanted.items()
                if held.get(f"{top}/{name}") != content
            }
            if changed:
                _write(files, changed)

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
