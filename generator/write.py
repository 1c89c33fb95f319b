"""Files to disk: one after another, or several that are each whole or not there at all.

Whoever writes may be killed at any moment, and the disk may be full: what people handed in is
always there whole, as it was or as it is to be.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from generator.errors import UnsafeTarget
from generator.manifest import Entry

_PIECE = 1 << 20
_AS_BYTES = getattr(os, "O_BINARY", 0)  # Windows would change line ends
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _AS_BYTES


class Stored(Struct, frozen=True):
    """A content that may not fit in memory: it lies in a file without a name, to be read anew."""

    file: IO[bytes]
    size: int

    def __len__(self) -> int:
        return self.size

    def pieces(self) -> Iterator[bytes]:
        """All of it, one piece after another."""
        self.file.seek(0)
        while piece := self.file.read(_PIECE):
            yield piece


Output = tuple[str, bytes]
"""A path relative to the folder, with forward slashes, and the file's content."""
Content = bytes | Stored
File = tuple[str, Content]
"""The same, of any size."""


def whole_of(content: Content) -> bytes:
    """A content in memory."""
    return b"".join(pieces_of(content))


def pieces_of(content: Content) -> Iterable[bytes]:
    """A content, piece by piece."""
    return content.pieces() if isinstance(content, Stored) else (content,)


def sha256_of(content: Content) -> str:
    """The hash that proves that these are the bytes."""
    found = hashlib.sha256()
    for piece in pieces_of(content):
        found.update(piece)
    return found.hexdigest()


def entry_of(name: str, content: Content) -> Entry:
    """A file as the list of a site's files has it."""
    return Entry(name, len(content), sha256_of(content))


def stays_inside(name: object) -> bool:
    """Whether a name stays in the folder that it is relative to."""
    inside = f"/{name}/"
    climbs = "//" in inside or "/./" in inside or "/../" in inside
    return isinstance(name, str) and not climbs


def put(path: str, content: Content) -> None:
    """Write a file. Where the disk is full, the error says of which file."""
    file = os.open(path, _NEW)  # as `open` does, without what is of no use for so many files
    try:
        for piece in pieces_of(content):
            done = os.write(file, piece)
            while done < len(piece):  # a disk with little room takes a part, and only then says so
                done += os.write(file, memoryview(piece)[done:])
    except OSError as fault:
        if fault.filename is None:
            fault.filename = path
        raise
    finally:
        os.close(file)


def _half(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _make_above(path: Path) -> list[Path]:
    """Make the folders above a file; those that are new, innermost first."""
    made = [one for one in path.parents if not one.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    return made


def put_whole(folder: Path, outputs: Iterable[File]) -> None:
    """Put files into a folder, each whole or not at all, and none before there is room for all."""
    halves, made = list[tuple[Path, Path]](), list[Path]()
    try:
        for name, content in outputs:
            path = folder / name
            made = [*_make_above(path), *made]
            halves.append((_half(path), path))
            put(str(halves[-1][0]), content)
        for half, path in halves:
            os.replace(half, path)
    except OSError:
        for half, _ in halves:
            with suppress(OSError):
                half.unlink(missing_ok=True)
        for one in made:
            with suppress(OSError):
                one.rmdir()
        raise


def holds(path: str, content: Content) -> bool:
    """Whether there is a file of this content."""
    try:
        with open(path, "rb", buffering=0) as file:
            alike = os.fstat(file.fileno()).st_size == len(content)
            return alike and all(file.read(len(one)) == one for one in pieces_of(content))
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return False


def content_of(folder: Path, name: str) -> bytes | None:
    """A file's content; None where there is no such file."""
    with suppress(OSError):
        return (folder / name).read_bytes()
    return None


def files_of(folder: Path) -> Iterator[Output]:
    """The files of a folder, by name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def write_beside(folder: Path, outputs: Iterable[File]) -> None:
    """Put files into a folder of people's own, which may hold others.

    Raises UnsafeTarget, before anything is touched, when one of another content is there.
    """
    wanted = tuple(outputs)
    for name, content in wanted:
        path = folder / name
        if path.exists() and not holds(str(path), content):
            raise UnsafeTarget(
                f"{path} holds something else.",
                "a release never changes: raise the version, or move that file away.",
            )
    put_whole(folder, wanted)


def update(folder: Path, outputs: Iterable[Output]) -> tuple[str, ...]:
    """Put files into a package's folder, each whole; returns the names of those that changed.

    Other files in the folder stay as they are.
    """
    changed = list[Output]()
    for name, content in outputs:
        if not stays_inside(name):
            raise ValueError(f"a file's path leads out of the folder: {name}")
        if not holds(str(folder / name), content):
            changed.append((name, content))
    put_whole(folder, changed)
    return tuple(name for name, _ in changed)


def remove(folder: Path) -> None:
    """Remove a folder that we made, if it is there."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
