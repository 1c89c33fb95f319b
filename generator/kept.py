"""What takes long to make and is the same for each build, kept beside the program.

It lies where Python keeps its own compiled files, and is trusted as those are: never in a project
or a folder for temporary files, where somebody else could put it.
"""

import hashlib
import marshal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from generator import write

Made = TypeVar("Made")


def folder(of: str = "") -> Path | None:
    """Where things of a folder of the program are kept; None where none are."""
    where = files("generator") / of
    if sys.dont_write_bytecode or not isinstance(where, Path):
        return None
    return where / "__pycache__"


def kept(name: str, made_from: Iterable[str], make: Callable[[], Made]) -> Made:
    """What a function makes: texts, numbers, and sets or tuples of them.

    `made_from` is all that it hangs on.
    """
    told = "\0".join((sys.version, *made_from))
    key = hashlib.sha256(told.encode()).hexdigest()[:16]
    where, file = folder(), f"{name}-{key}.bin"
    if where is None:
        return make()
    with suppress(OSError, ValueError, EOFError, TypeError):
        found: Made = marshal.loads((where / file).read_bytes())  # noqa: S302 - as the program is
        return found
    made: Any = make()
    with suppress(OSError):
        for old in where.glob(f"{name}-*.bin"):
            old.unlink()
        write.put_whole(where, [(file, marshal.dumps(made))])
    new: Made = made
    return new
