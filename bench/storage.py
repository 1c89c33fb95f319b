"""Where benches work: in memory where the system has such a folder, or on a disk."""

import os
import tempfile
from pathlib import Path

_SHARED = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
_IN_MEMORY = ("tmpfs", "ramfs")


def usual() -> Path:
    """The memory-backed folder if there is one, else the one for temporary files."""
    fits = _SHARED.is_dir() and os.access(_SHARED, os.W_OK)
    return _SHARED if fits else Path(tempfile.gettempdir())


def kind(folder: Path) -> str:
    """`memory` or `disk`: what holds the folder, which needn't be there yet."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "disk"
    mounts = {Path(place): system for _, place, system, *_ in map(str.split, lines)}
    whole = folder.resolve()
    holds = next((mounts[one] for one in (whole, *whole.parents) if one in mounts), "")
    return "memory" if holds in _IN_MEMORY else "disk"
