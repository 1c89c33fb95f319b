"""A finished site put in the place of the old one, whole or not at all.

Beside `site/`, the next one is made as `.site.new`. Where the system can exchange two folders at
once, readers are never without a site. Elsewhere the old one is `.site.old` for a moment; a build
killed just then leaves it there, and the next command restores it.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.write import remove
from generator.write_site import MARK

_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux; RENAME_SWAP of macOS is 2 as well."""


def _new(site: Path) -> Path:
    return site.with_name(f".{site.name}.new")


def _old(site: Path) -> Path:
    return site.with_name(f".{site.name}.old")


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change their names at once; False where the system or the disk can't."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            done = library.renamex_np(first, second, _EXCHANGE)
        else:
            done = library.renameat2(_HERE, first, _HERE, second, _EXCHANGE)
    except (OSError, AttributeError, TypeError):
        return False
    return bool(done == 0)


def swap(new: Path, site: Path, spare: Path) -> None:
    """Put a finished site in the place of the old one, whole or not at all.

    The old one becomes the spare, which the next build makes its site of.
    """
    old = _old(site)
    remove(old)
    if site.exists() and _exchanged(new, site):
        _become(new, spare)
        return
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    _become(old, spare)


def restore(site: Path) -> bool:
    """Put back the old site that a build, killed amid its swap, left beside; whether it did."""
    old = _old(site)
    if os.path.lexists(site) or not (old / MARK).is_file():
        return False
    old.rename(site)
    return True


def _become(folder: Path, spare: Path) -> None:
    """Keep a folder as the spare; where that can't be, it goes: it only saves time."""
    try:
        remove(spare)
        if folder.exists():
            spare.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(spare)
    except OSError:
        with suppress(OSError):
            remove(folder)


@contextmanager
def in_the_making(site: Path, spare: Path) -> Iterator[Path]:
    """A folder beside a site for the next one: one that was there before, to be changed.

    That is what a killed build left, or the spare. Swap it in before the end; else it becomes the
    spare again, unless the machine failed: then it may be what fills the disk or can't be written.
    """
    new = _new(site)
    site.parent.mkdir(parents=True, exist_ok=True)
    if not new.is_dir() or new.is_symlink():
        remove(new)
        if (spare / MARK).is_file():
            with suppress(OSError):
                spare.rename(new)
    new.mkdir(exist_ok=True)
    try:
        yield new
    except OSError:
        with suppress(OSError):
            remove(new)
        raise
    finally:
        if new.exists():
            _become(new, spare)
