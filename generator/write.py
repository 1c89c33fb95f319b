"""Files to disk: the only writer of `build/`. It writes what changed and prunes what is gone.

The folder is ours when it holds our list of files; a folder that holds anything else is
never touched.
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import manifest
from generator.background import Spread
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


@dataclass(frozen=True)
class Filled:
    """What was done to a site folder."""

    pages: int
    written: int
    """How many files had to be written."""
    entries: frozenset[manifest.Entry]


def _holds(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as file:
            return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
    except FileNotFoundError:
        return False


Batch = Callable[[], Iterable[Output]]
"""Makes some files of a site, apart from all others."""


@dataclass(frozen=True)
class Whole:
    """All files of a site."""

    files: Iterable[Output]
    batches: Sequence[Batch] = ()
    """What other processors make meanwhile."""
    last: Callable[[Sequence[str]], Iterable[Output]] = lambda _: ()
    """Made from the names of all the others."""


def _make(folder: str) -> bool:
    """Make a folder; whether it is new, and so empty."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return False
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        return False
    return True


def _put_all(top: str, batch: Batch) -> tuple[list[manifest.Entry], int]:
    """Write files below a folder; what was written, and how many had another content before."""
    made, entries, written = dict[str, bool](), list[manifest.Entry](), 0
    for name, content in batch():
        if not _inside(name):
            raise ValueError(f"a file of the site has a path that can't be: {name}")
        path, folder = f"{top}/{name}", name.rpartition("/")[0]
        if folder not in made:
            made[folder] = _make(f"{top}/{folder}")
        entries.append(manifest.Entry(name, len(content), manifest.sha256(content)))
        if made[folder] or not _holds(path, content):
            with open(path, "wb", buffering=0) as file:
                file.write(content)
            written += 1
    return entries, written


def fill(site: Path, whole: Whole) -> Filled:
    """Make a site folder hold exactly these files, the list of them, and our mark.

    What stands there already is not written again. Every page is a file; so paths are texts.
    """
    top, fresh = str(site), _make(str(site)) or not os.listdir(site)
    beside = Spread([partial(_put_all, top, one) for one in whole.batches])
    entries, written = _put_all(top, lambda: whole.files)
    for some, put in beside.results():
        entries += some
        written += put
    made, put = _put_all(top, lambda: whole.last([one.path for one in entries]))
    entries += made
    names = {one.path for one in entries}
    if len(names) < len(entries):
        twice = next(name for name, times in Counter(e.path for e in entries).items() if times > 1)
        raise ValueError(f"two files of the site have the path {twice}")
    ours = {manifest.NAME: manifest.as_json(entries), MARK: _MARK_TEXT.encode()}
    _put_all(top, ours.items)
    if not fresh:
        _keep_only(top, names | ours.keys())
    pages = sum(name.endswith(".html") for name in names)
    return Filled(pages, written + put, frozenset(entries))


def listed(site: Path) -> frozenset[manifest.Entry]:
    """What a finished site's own list says it holds; nothing, where there is none."""
    with suppress(OSError, ValueError):
        return frozenset(manifest.parse((site / manifest.NAME).read_bytes()))
    return frozenset()


def _keep_only(top: str, names: Collection[str]) -> None:
    """Remove every file below a folder but these, and folders that are then empty."""
    for folder, _, files in os.walk(top, topdown=False):
        inside = folder[len(top) + 1 :].replace(os.sep, "/")
        for file in files:
            if (f"{inside}/{file}" if inside else file) not in names:
                os.remove(f"{folder}/{file}")
        if inside and not os.listdir(folder):
            os.rmdir(folder)


def content_of(folder: Path, name: str) -> bytes | None:
    """A file's content; None where there is no such file."""
    with suppress(OSError):
        return (folder / name).read_bytes()
    return None


def files_of(folder: Path) -> Iterator[Output]:
    """The files of a folder, by name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


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


def swap(new: Path, site: Path, spare: Path) -> None:
    """Put a finished site in the place of the old one, whole or not at all.

    The old one becomes the spare, which the next build makes its site of.
    """
    old = site.with_name(f".{site.name}.old")
    remove(old)
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    _become(old, spare)


def _become(folder: Path, spare: Path) -> None:
    """Keep a folder as the spare; where that can't be, it goes: it only saves time."""
    remove(spare)
    if folder.exists():
        try:
            spare.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(spare)
        except OSError:
            remove(folder)


@contextmanager
def in_the_making(site: Path, spare: Path) -> Iterator[Path]:
    """A folder beside a site for the next one: the spare, if there is one, to be changed.

    Swap it in before the end; else it becomes the spare again.
    """
    new = site.with_name(f".{site.name}.new")
    remove(new)
    site.parent.mkdir(parents=True, exist_ok=True)
    if (spare / MARK).is_file():
        with suppress(OSError):
            spare.rename(new)
    new.mkdir(exist_ok=True)
    try:
        yield new
    finally:
        if new.exists():
            _become(new, spare)


def remove(folder: Path) -> None:
    """Remove a folder that we made, if it is there."""
    if os.path.lexists(folder):
        shutil.rmtree(folder)
