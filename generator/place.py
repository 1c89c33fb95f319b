"""Where the files of a site are put: a folder here, or what `elsewhere.py` reaches."""

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from generator import write
from generator.errors import MachineProblem
from generator.write import Content

Put = Callable[[str, Content], None]
"""Puts a file at a path."""


class Place(Protocol):
    """Holds files by their paths. A small value, that another process can be given."""

    def begin(self) -> bool:
        """Make ready; whether nothing is there yet."""

    def putting(self) -> AbstractContextManager[Put]:
        """What puts files there, for one process and a while; what stands there is skipped.

        When the context ends, all are there.
        """

    def content(self, name: str) -> bytes | None:
        """A file's content; None where there is no such file."""

    def keep_only(self, names: Collection[str]) -> None:
        """Remove every file but these."""


def _make(top: str, folder: str = "") -> bool:
    """Make a folder below another, or that itself; whether it is new, and so empty.

    Raises FileNotFoundError where the upper one went away: a worker that is late must not make
    again what a build has moved.
    """
    path = f"{top}/{folder}" if folder else top
    try:
        os.mkdir(path)
    except FileExistsError:
        if os.path.isdir(path):
            return False
        os.remove(path)  # the site before the last had a file of this name
        os.mkdir(path)
    except FileNotFoundError:
        upper = folder.rpartition("/")[0]
        if not upper:
            raise
        _make(top, upper)
        return _make(top, folder)
    return True


class Folder(Struct, frozen=True):
    """A folder. Every page is a file; so paths are texts."""

    top: str

    def begin(self) -> bool:
        """Make the folder; whether it is empty."""
        os.makedirs(os.path.dirname(self.top) or ".", exist_ok=True)
        return _make(self.top) or not os.listdir(self.top)

    @contextmanager
    def putting(self) -> Iterator[Put]:
        """What puts files there. Raises MachineProblem where there is no such folder."""
        if not os.path.isdir(self.top):
            raise MachineProblem(
                f"There is no folder {self.top} on the machine that is to write there.",
                "let all machines of a cluster see the same folder at the same path, "
                "or name a place such as s3://... with --out.",
            )
        made = {"": False}

        def put(name: str, content: Content) -> None:
            path, folder = f"{self.top}/{name}", name.rpartition("/")[0]
            if folder not in made:
                made[folder] = _make(self.top, folder)
            if not made[folder] and write.holds(path, content):
                return
            try:
                write.put(path, content)
            except IsADirectoryError:  # the site before the last had a folder of this name
                shutil.rmtree(path)
                write.put(path, content)

        yield put

    def content(self, name: str) -> bytes | None:
        """A file's content; None where there is no such file."""
        return write.content_of(Path(self.top), name)

    def keep_only(self, names: Collection[str]) -> None:
        """Remove every file but these, and folders that are then empty."""
        for folder, _, files in os.walk(self.top, topdown=False):
            inside = folder[len(self.top) + 1 :].replace(os.sep, "/")
            for file in files:
                if (f"{inside}/{file}" if inside else file) not in names:
                    os.remove(f"{folder}/{file}")
            if inside and not os.listdir(folder):
                os.rmdir(folder)
