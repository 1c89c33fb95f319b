"""A process that ends with the one it works for, however that one ends.

A killed build can tell its workers nothing. So each asks the system beforehand (Linux) to be
killed along with it; elsewhere it looks now and then whether its parent is still there.
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress

_SET_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux."""


def with_parent(parent: int) -> None:
    """End this process when `parent`, which started it, ends; at once, if it has ended already."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def run(command: list[str]) -> list[str]:
    """The command that runs a Python program's `module:function` and ends with this process.

    `command` begins with the program, such as `mkdocs.__main__:cli`.
    """
    module, _, function = command[0].partition(":")
    start = (
        f"from generator.ending import with_parent; with_parent({os.getpid()}); "
        f"from {module} import {function}; {function}()"
    )
    return [sys.executable, "-c", start, *command[1:]]
