"""Folders for a while, in the system's folder for such: gone when done with.

A process that is killed can't tidy up. So each folder has a lock, and the next process that wants
one removes those that nobody holds any more.
"""

import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator import lock

_PREFIX = "purse-"
_RANDOM = 8
"""Bytes in a folder's name that nobody can foresee."""
_OURS = re.compile(rf"{_PREFIX}[a-z-]+-[0-9a-f]{{{2 * _RANDOM}}}")
"""Just the names that are given here: somebody's own `purse-site` is never touched."""


def _left_behind(top: Path) -> Iterator[Path]:
    """The folders of ours that may be somebody's or nobody's."""
    user = os.getuid() if sys.platform != "win32" else None
    with os.scandir(top) as entries:
        for one in entries:
            with suppress(OSError):  # whoever made it may remove it just now
                ours = _OURS.fullmatch(one.name) and one.is_dir(follow_symlinks=False)
                if ours and user in (None, one.stat(follow_symlinks=False).st_uid):
                    yield Path(one.path)


def _sweep(top: Path) -> None:
    """Remove what killed processes left."""
    if sys.platform == "win32":
        return  # nobody can tell what is in use
    for folder in list(_left_behind(top)):
        with suppress(OSError):
            path = lock.beside(folder)
            if lock.take(path, "sweeping"):
                shutil.rmtree(folder, ignore_errors=True)
                lock.give_back(path)


@contextmanager
def folder(use: str) -> Iterator[Path]:
    """A new, empty folder, while the context lasts."""
    top = Path(tempfile.gettempdir()).resolve()
    _sweep(top)
    made = top / f"{_PREFIX}{use}-{secrets.token_hex(_RANDOM)}"
    path = lock.beside(made)
    lock.take(path, use)  # before there is a folder that could be swept
    try:
        made.mkdir(mode=0o700)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        lock.give_back(path)
