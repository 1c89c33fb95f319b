"""What takes long to make and is the same for each build, kept beside the program.

It lies where Python keeps its own compiled files, and is trusted as those are: never in a project
or a folder for temporary files, where somebody else could put it.
"""

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")


def folder() -> Path | None:
    """Where things are kept; None where none are."""
    where = files("generator")
    if sys.dont_write_bytecode or not isinstance(where, Path):
        return None
    return where / "__pycache__"


def kept(
    name: str, made_from: Iterable[str], make: Callable[[], Made], modules: Iterable[str] = ()
) -> Made:
    """What a function makes: texts, numbers, and sets or tuples of them.

    `made_from` and those modules of the program are all that it hangs on.
    """
    told = hashlib.sha256("\0".join((sys.version, *made_from)).encode())
    for one in modules:
        told.update((files("generator") / f"{one}.py").read_bytes())
    key = told.hexdigest()[:16]
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
        where.mkdir(exist_ok=True)
        half = where / f".{file}.{os.getpid()}"
        half.write_bytes(marshal.dumps(made))
        half.replace(where / file)
    new: Made = made
    return new
