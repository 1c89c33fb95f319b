"""What the machine refuses, in plain words and with a way out: `OSError` for people."""

import errno
from pathlib import Path

from generator.descriptor import display_path
from generator.errors import MachineProblem

_AGAIN = "and give the same command again."
_FULL = (
    "There is no room left on the disk{at}.",
    f"make room there (a build needs about twice the room of its site), {_AGAIN}",
)
_FORBIDDEN = (
    "This account has no permission{of}.",
    f"let it read and write there, or name another folder, {_AGAIN}",
)
_TOO_MANY = (
    "Too many files are open at once.",
    f"raise the limit (ulimit -n 4096) or end other programs, {_AGAIN}",
)
_IN_THE_WAY = (
    "Something else lies where a file or folder should{be}.",
    f"move it away, {_AGAIN}",
)
_WORDS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: (
        "The disk can only be read, not written{at}.",
        f"name a folder on another disk, or make this one writable, {_AGAIN}",
    ),
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTEMPTY: _IN_THE_WAY,
    errno.ENOENT: (
        "A file or folder is not there{be}.",
        f"see whether somebody moves or removes files there, {_AGAIN}",
    ),
    errno.EIO: (
        "The disk is faulty{at}.",
        "keep a copy of your data elsewhere, and ask whoever looks after this machine.",
    ),
    errno.EFBIG: (
        "A file is larger than this machine allows{be}.",
        f"raise the limit (ulimit -f unlimited) or write to another disk, {_AGAIN}",
    ),
    errno.ENAMETOOLONG: (
        "A name is too long for this disk{be}.",
        f"shorten it, {_AGAIN}",
    ),
    errno.EXDEV: (
        "A folder can't be moved to another disk{be}.",
        f"put the site and its build folder on one disk, {_AGAIN}",
    ),
    errno.EBUSY: (
        "Another program, or the system, uses what should be replaced{be}.",
        f"end that program, or name another folder, {_AGAIN}",
    ),
    errno.EAGAIN: (
        "The machine can start no further process.",
        f"end other programs, {_AGAIN}",
    ),
    errno.ENOMEM: (
        "The machine has no memory left.",
        f"end other programs, or use a machine with more memory, {_AGAIN}",
    ),
}
"""What is said for each number of the system, and what to do. `at` names the folder; `be` and `of`
name the file."""


def _place(fault: OSError) -> str | None:
    """The file that it is about."""
    name = fault.filename2 if fault.errno == errno.EXDEV and fault.filename2 else fault.filename
    if isinstance(name, bytes):
        name = name.decode(errors="replace")
    if not isinstance(name, str) or not name:
        return None
    try:
        return display_path(Path(name))
    except OSError:  # the working folder is gone
        return name


def _known_folder(place: str) -> str:
    """The folder of a file, as people know it: what is hidden is ours, and soon gone."""
    above = Path(place).parent.parts
    hidden = [n for n, part in enumerate(above) if part[0] == "." and part not in (".", "..")]
    return str(Path(*above[: hidden[0]])) if hidden else str(Path(*above))


def explained(fault: OSError, also: str = "") -> MachineProblem:
    """A refusal of the machine in plain words. `also` says what became of the work."""
    place = _place(fault)
    words = {
        "at": f" in {_known_folder(place)}" if place else "",
        "be": f": {place}" if place else "",
        "of": f" to use {place}" if place else "",
    }
    if fault.errno in _WORDS and not (fault.errno == errno.ENOENT and place is None):
        said, advice = _WORDS[fault.errno]
        message = said.format(**words)
    else:
        said = str(fault.strerror or fault).rstrip(".")
        message, advice = f"The machine says: {said}{words['be']}.", f"mend that, {_AGAIN}"
    return MachineProblem(f"{message} {also}".rstrip(), advice)


def out_of_memory() -> MachineProblem:
    """The same for a machine without memory, of which Python tells in another way."""
    return explained(OSError(errno.ENOMEM, ""))
