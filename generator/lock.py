"""One at a time: whoever works on a folder holds its lock, and who comes second is told so.

The lock is the operating system's, on a small file beside the folder. It ends with the processes
that hold it, however they end, so that nothing left behind ever stands in the way. Workers share
it with the process that they work for: while one still writes, nobody else begins.
"""

import errno
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from generator.errors import Busy

if sys.platform != "win32":
    import fcntl

_WAIT, _LOOK = 10, 0.05
"""Seconds that are waited for the workers of a process that has ended, and between two looks."""
_UNKNOWN = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
"""How a disk says that it knows no locks, such as some that lie on another machine."""
_held: dict[Path, int | None] = {}
"""The locks of this process, and the open file of each; None where no file could be made."""


def descriptors() -> tuple[int, ...]:
    """The open files that hold this process's locks, to be shared with what it starts."""
    return tuple(one for one in _held.values() if one is not None)


def beside(folder: Path) -> Path:
    """The file that holds a folder's lock. The folder itself may be swapped for another."""
    whole = folder.resolve()
    return whole.with_name(f".{whole.name}.lock")


def _locked(opened: int) -> bool:
    """Lock an open file; False when another process has it. Where there are no locks, go on."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as fault:
        if fault.errno not in _UNKNOWN:
            raise
    return True


def _is_still(opened: int, path: Path) -> bool:
    """Whether a file still lies at the path: whoever had it before removed it at the end."""
    try:
        return os.path.samestat(os.fstat(opened), path.lstat())
    except FileNotFoundError:
        return False


def _opened(path: Path) -> int | None:
    """The file, made if need be; None where this account may make none: then there is no lock."""
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        try:
            return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except FileNotFoundError:
            return None
        except OSError as fault:
            if fault.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
    return None


def take(path: Path, work: str) -> bool:
    """Take the lock that this file holds; False when another process has it."""
    while True:
        opened = _opened(path)
        if opened is None:
            _held[path] = None
            return True
        try:
            if not _locked(opened):
                os.close(opened)
                return False
        except OSError:
            os.close(opened)
            raise
        if _is_still(opened, path):
            with suppress(OSError):  # the lock holds without words, such as on a full disk
                os.truncate(opened, 0)
                os.write(opened, f"{os.getpid()} {work}\n".encode())
            _held[path] = opened
            return True
        os.close(opened)


def give_back(path: Path) -> None:
    """Let the next one work. The file goes first: nobody else may take it for theirs."""
    opened = _held.pop(path)
    if opened is not None:
        with suppress(OSError):
            path.unlink()
        os.close(opened)


def _holder(path: Path) -> tuple[int, str, datetime] | None:
    """The process that took a lock, at what work, and when."""
    try:
        process, _, work = path.read_text(encoding="utf-8").strip().partition(" ")
        return int(process), work, datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError):
        return None


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    with suppress(OSError):  # one that has ended, and whose parent doesn't yet know
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return True


def _busy(folder: Path, path: Path) -> Busy:
    holder = _holder(path)
    if holder is None:
        return Busy(f"Another command is at work on {folder}.", "wait until it has ended.")
    process, work, since = holder
    if not _runs(process):
        return Busy(
            f"{work} was stopped while at work on {folder}, and a part of it still runs.",
            "wait a minute and give the command again.",
        )
    return Busy(
        f"{work} is at work on {folder} already, since {since:%H:%M:%S} (process {process}).",
        "wait until it has ended, or stop it, and give the command again. "
        "To build two sites at once, give each a folder of its own with --out.",
    )


def _take_soon(folder: Path, work: str) -> Path:
    """Take a folder's lock; what a killed process left running gets time to end. Raises Busy."""
    path = beside(folder)
    until = time.monotonic() + _WAIT
    while not take(path, work):
        holder = _holder(path)
        if (holder and _runs(holder[0])) or time.monotonic() > until:
            raise _busy(folder, path)
        time.sleep(_LOOK)
    return path


@contextmanager
def held(folders: Sequence[Path], work: str) -> Iterator[None]:
    """Work on these folders alone. Raises Busy, with words on who works there.

    A folder whose lock this process has already needs no other one. Nobody else can be at work
    where there is nothing yet, not even the folder that it would lie in.
    """
    with ExitStack() as taken:
        for folder in folders:
            path = beside(folder)
            if path not in _held and path.parent.is_dir():
                taken.callback(give_back, _take_soon(folder, work))
        yield
