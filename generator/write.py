"""Files to disk: the only writer of `build/`. It writes what changed and prunes what is gone.

The folder is ours when it holds our list of files; a folder that holds anything else is
never touched.
"""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from generator import manifest
from generator.errors import UnsafeTarget

LIST = ".purse-files.json"
"""The list, in the folder, of the files that we wrote there."""
MARK = ".public-purse"
"""The file that says a site folder is ours to replace."""
_MARK_TEXT = "Made by Public Purse. This folder is replaced whole at each build.\n"

Output = tuple[str, bytes]
"""A path relative to the folder, with forward slashes, and the file's content."""


def _inside(name: object) -> bool:
    """Whether a name stays in the folder that it is relative to."""
    return isinstance(name, str) and not {"", ".", ".."} & set(name.split("/"))


def _known(folder: Path) -> set[str]:
    listed = folder / LIST
    if listed.is_file():
        try:
            names = json.loads(listed.read_text(encoding="utf-8"))
        except ValueError:
            names = None
        if not isinstance(names, list) or not all(map(_inside, names)):
            raise UnsafeTarget(
                f"{listed} is not the list that Public Purse wrote there.",
                f"remove {folder} yourself; the next build makes it anew.",
            )
        return set(names)
    if folder.is_dir() and any(folder.iterdir()):
        raise UnsafeTarget(
            f"{folder} holds files that Public Purse did not make.",
            "name another folder, or empty this one yourself.",
        )
    return set()


def _prune(folder: Path, gone: Iterable[str]) -> None:
    for name in gone:
        path = folder / name
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == folder or any(parent.iterdir() if parent.is_dir() else ()):
                break
            if parent.is_dir():
                parent.rmdir()


def write_all(folder: Path, outputs: Iterable[Output]) -> int:
    """Make the folder hold exactly these files; returns how many were written.

    Raises UnsafeTarget, before anything is touched, when the folder isn't ours.
    """
    before = _known(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written, names = 0, set[str]()
    try:
        for name, content in outputs:
            if not _inside(name):
                raise ValueError(f"an output's path leads out of the folder: {name}")
            if name in names:
                raise ValueError(f"two outputs have the path {name}")
            names.add(name)
            written += _write(folder / name, content, ours=name in before)
        _prune(folder, before - names)
        before = set()
    finally:
        # After a failure the list has old and new, so that the next run may clean up.
        _write(folder / LIST, json.dumps(sorted(before | names), indent=0).encode(), ours=True)
    return written


def _write(path: Path, content: bytes, *, ours: bool) -> bool:
    if path.is_file():
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
        if not ours:
            raise UnsafeTarget(
                f"{path} is in the way, and Public Purse did not make it.",
                "move the file elsewhere and try again.",
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def check_site_target(site: Path) -> None:
    """Raise UnsafeTarget when a site folder exists, is not empty and is not ours."""
    if site.is_dir() and any(site.iterdir()) and not (site / MARK).is_file():
        raise UnsafeTarget(
            f"{site} holds files that Public Purse did not make.",
            "name another folder with --out, or empty this one yourself.",
        )
    if site.exists() and not site.is_dir():
        raise UnsafeTarget(f"{site} is a file, not a folder.", "name a folder with --out.")


def add_manifest(site: Path) -> None:
    """Put the list of a finished site's files, with their hashes, among them."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    named = ((path.relative_to(site).as_posix(), path.read_bytes()) for path in files)
    content = manifest.of_files(named)
    (site / manifest.NAME).write_bytes(content)


def write_beside(folder: Path, outputs: Iterable[Output]) -> None:
    """Put files into a folder of people's own, which may hold others.

    Raises UnsafeTarget, before anything is touched, when one of another content is there.
    """
    wanted = tuple(outputs)
    for name, content in wanted:
        path = folder / name
        if path.exists() and not (path.is_file() and path.read_bytes() == content):
            raise UnsafeTarget(
                f"{path} holds something else.",
                "a release never changes: raise the version, or move that file away.",
            )
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in wanted:
        (folder / name).write_bytes(content)


def update(folder: Path, outputs: Iterable[Output]) -> tuple[str, ...]:
    """Put files into a package's folder, each whole; returns the names of those that changed.

    Other files in the folder stay as they are.
    """
    changed = []
    for name, content in outputs:
        if not _inside(name):
            raise ValueError(f"a file's path leads out of the folder: {name}")
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f".{path.name}.new")
        half.write_bytes(content)
        half.replace(path)
        changed.append(name)
    return tuple(changed)


def swap(new: Path, site: Path) -> None:
    """Put a finished site in the place of the old one, whole or not at all."""
    (new / MARK).write_text(_MARK_TEXT, encoding="utf-8")
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def remove(folder: Path) -> None:
    """Remove a folder that we made, if it is there."""
    if os.path.lexists(folder):
        shutil.rmtree(folder)
