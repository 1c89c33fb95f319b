"""A folder of ours that holds exactly what it is given: what changed is written, the rest pruned.

The folder is ours when it holds our list of files; a folder that holds anything else is
never touched. Whoever writes may be killed at any moment, and the disk may be full: what says
that a folder is ours is always there whole, as it was or as it is to be.
"""

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from generator import write
from generator.errors import UnsafeTarget
from generator.write import Content, File

LIST = ".purse-files.json"
"""The list, in the folder, of the files that we wrote there."""
BEGUN = ".purse-files.new"
"""The list, line by line, of files that are new since then: a killed build never made the first."""


def _names_in(listed: Path) -> set[str] | None:
    """The names in a folder's list; None where there is none. Raises ValueError."""
    if not listed.is_file():
        return None
    text = listed.read_text(encoding="utf-8")
    if listed.name == BEGUN:  # the last line may have been cut
        names = [json.loads(line) for line in text.splitlines(keepends=True) if line[-1:] == "\n"]
    else:
        names = json.loads(text)
    if not isinstance(names, list) or not all(map(write.stays_inside, names)):
        raise ValueError("these are no names of files below the folder")
    return set(names)


def _known(folder: Path) -> set[str]:
    try:
        found, begun = _names_in(folder / LIST), _names_in(folder / BEGUN)
    except ValueError as fault:
        raise UnsafeTarget(
            f"{folder / LIST} is not the list that Public Purse wrote there.",
            f"remove {folder} yourself; the next build makes it anew.",
        ) from fault
    if found is None and begun is None and folder.is_dir() and any(folder.iterdir()):
        raise UnsafeTarget(
            f"{folder} holds files that Public Purse did not make.",
            "name another folder, or empty this one yourself.",
        )
    return (found or set()) | (begun or set())


def _prune(folder: Path, gone: Iterable[str]) -> None:
    for name in gone:
        path = folder / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == folder or any(parent.iterdir() if parent.is_dir() else ()):
                break
            if parent.is_dir():
                parent.rmdir()


def write_all(folder: Path, outputs: Iterable[File]) -> int:
    """Make the folder hold exactly these files; returns how many were written.

    Raises UnsafeTarget, before anything is touched, when the folder isn't ours.
    """
    before = _known(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written, names = 0, set[str]()
    with ExitStack() as closing:
        begun = None
        for name, content in outputs:
            if not write.stays_inside(name):
                raise ValueError(f"an output's path leads out of the folder: {name}")
            if name in names:
                raise ValueError(f"two outputs have the path {name}")
            names.add(name)
            ours = name in before
            if _holds_ours(folder / name, content, ours=ours):
                continue
            if not ours:  # the next run may have to clean up after this one
                if begun is None:
                    begun = closing.enter_context(open(folder / BEGUN, "ab", buffering=0))
                begun.write(f"{json.dumps(name)}\n".encode())
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write.put(str(folder / name), content)
            written += 1
    _prune(folder, before - names)
    listed = json.dumps(sorted(names), indent=0).encode()
    if not write.holds(str(folder / LIST), listed):
        write.put_whole(folder, [(LIST, listed)])
    (folder / BEGUN).unlink(missing_ok=True)
    return written


def _holds_ours(path: Path, content: Content, *, ours: bool) -> bool:
    """Whether a file has its content already. Raises UnsafeTarget for somebody else's file."""
    if write.holds(str(path), content):
        return True
    if not ours and path.is_file():
        raise UnsafeTarget(
            f"{path} is in the way, and Public Purse did not make it.",
            "move the file elsewhere and try again.",
        )
    return False
