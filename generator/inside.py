"""The files of a folder, read only where each is surely a file that lies in it.

A package may come from a stranger, and what is read is published. A link could lead to any file
of this machine, a pipe would be waited for without end, and a device never ends.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


class Refused(Exception):
    """Why a file isn't read, in words that follow its name, and how to mend it."""

    def __init__(self, said: str, mend: str, *, too_large: bool = False) -> None:
        super().__init__(said)
        self.mend = mend
        self.too_large = too_large


_MB = 1_000_000


def read(folder: Path, name: str, megabytes: int) -> bytes | None:
    """The bytes of a file below a folder; None where nothing of that name is there.

    Raises Refused when it isn't a plain file inside the folder, can't be opened, or is larger
    than so many megabytes.
    """
    path = folder / name
    try:
        if not os.path.lexists(path):
            return None
        _must_lie_in(path, folder)
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Refused(
                "this is a folder, a pipe or a device, not a file", "put a plain file there."
            )
        if found.st_size > megabytes * _MB:
            raise Refused(
                f"the file has {-(-found.st_size // _MB):,} MB, "
                f"and at most {megabytes:,} MB are read",
                "split the publication, such as by year, or take out what isn't needed.",
                too_large=True,
            )
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            f"the file can't be opened ({error.strerror})",
            "check its name, and that you may read it.",
        ) from error


def is_there(folder: Path, name: str) -> bool:
    """Whether anything of that name is below a folder, be it a link that leads nowhere."""
    return os.path.lexists(folder / name)


def size(folder: Path, name: str) -> int:
    """How many bytes a file below a folder has; none where it can't be known."""
    try:
        return (folder / name).stat().st_size
    except (OSError, ValueError):
        return 0


def state(folder: Path) -> frozenset[tuple[str, int, int, int]]:
    """What tells that a file of a folder, or of a folder in it, was changed: times and sizes.

    What is hidden is left out: programs keep their own files so while people edit.
    """
    found = list[os.DirEntry[str]]()
    folders = [str(folder)]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for one in entries:
                if one.name[:1] != ".":
                    found.append(one)
                    if one.path.count(os.sep) == str(folder).count(os.sep) + 1:
                        folders += [one.path] if one.is_dir(follow_symlinks=False) else []
    return frozenset(map(_state_of, found))


def _state_of(one: os.DirEntry[str]) -> tuple[str, int, int, int]:
    try:
        known = one.stat(follow_symlinks=False)
    except OSError:
        return one.path, 0, 0, 0
    return one.path, known.st_ino, known.st_size, known.st_mtime_ns


def _must_lie_in(path: Path, folder: Path) -> None:
    if not path.exists():
        raise Refused("this is a link that leads nowhere", "put the file itself there.")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refused("this is a link that leads out of its folder", "put the file itself there.")


def names(folder: Path, below: str, ending: str) -> Iterator[str]:
    """The names of files in a folder below another, sorted, relative to the upper one.

    Raises Refused when the folder below is a link that leads out.
    """
    inner = folder / below
    if os.path.lexists(inner):
        _must_lie_in(inner, folder)
    for path in sorted(inner.glob(f"*{ending}")):
        if not path.is_dir():
            yield f"{below}/{path.name}"
