"""Files to disk: the only writer of `build/`. It writes what changed and prunes what is gone.

The folder is ours when it holds our list of files; a folder that holds anything else is
never touched. Whoever writes may be killed at any moment, and the disk may be full: what people
handed in, and what says that a folder is ours, is always there whole, as it was or as it is to be.
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import manifest
from generator.background import Spread
from generator.errors import UnsafeTarget

LIST = ".purse-files.json"
"""The list, in the folder, of the files that we wrote there."""
BEGUN = ".purse-files.new"
"""The list, line by line, of files that are new since then: a killed build never made the first."""
MARK = ".public-purse"
"""The file that says a site folder is ours to replace."""
_MARK_TEXT = "Made by Public Purse. This folder is replaced whole at each build.\n"

Output = tuple[str, bytes]
"""A path relative to the folder, with forward slashes, and the file's content."""


def _inside(name: object) -> bool:
    """Whether a name stays in the folder that it is relative to."""
    return isinstance(name, str) and not {"", ".", ".."} & set(name.split("/"))


def put(path: str, content: bytes) -> None:
    """Write a file. Where the disk is full, the error says of which file."""
    with open(path, "wb", buffering=0) as file:
        try:
            left = memoryview(content)
            while left:  # a disk with little room takes a part, and says so only the next time
                left = left[file.write(left) :]
        except OSError as fault:
            if fault.filename is None:
                fault.filename = path
            raise


def _half(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _make_above(path: Path) -> list[Path]:
    """Make the folders above a file; those that are new, innermost first."""
    made = [one for one in path.parents if not one.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    return made


def put_whole(folder: Path, outputs: Iterable[Output]) -> None:
    """Put files into a folder, each whole or not at all, and none before there is room for all."""
    halves, made = list[tuple[Path, Path]](), list[Path]()
    try:
        for name, content in outputs:
            path = folder / name
            made = [*_make_above(path), *made]
            halves.append((_half(path), path))
            put(str(halves[-1][0]), content)
        for half, path in halves:
            os.replace(half, path)
    except OSError:
        for half, _ in halves:
            with suppress(OSError):
                half.unlink(missing_ok=True)
        for one in made:
            with suppress(OSError):
                one.rmdir()
        raise


def _names_in(listed: Path) -> set[str] | None:
    """The names in a folder's list; None where there is none. Raises ValueError."""
    if not listed.is_file():
        return None
    text = listed.read_text(encoding="utf-8")
    if listed.name == BEGUN:  # the last line may have been cut
        names = [json.loads(line) for line in text.splitlines(keepends=True) if line[-1:] == "\n"]
    else:
        names = json.loads(text)
    if not isinstance(names, list) or not all(map(_inside, names)):
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


def write_all(folder: Path, outputs: Iterable[Output]) -> int:
    """Make the folder hold exactly these files; returns how many were written.

    Raises UnsafeTarget, before anything is touched, when the folder isn't ours.
    """
    before = _known(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written, names = 0, set[str]()
    with ExitStack() as closing:
        begun = None
        for name, content in outputs:
            if not _inside(name):
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
            put(str(folder / name), content)
            written += 1
    _prune(folder, before - names)
    listed = json.dumps(sorted(names), indent=0).encode()
    if not _holds(str(folder / LIST), listed):
        put_whole(folder, [(LIST, listed)])
    (folder / BEGUN).unlink(missing_ok=True)
    return written


def _holds_ours(path: Path, content: bytes, *, ours: bool) -> bool:
    """Whether a file has its content already. Raises UnsafeTarget for somebody else's file."""
    if _holds(str(path), content):
        return True
    if not ours and path.is_file():
        raise UnsafeTarget(
            f"{path} is in the way, and Public Purse did not make it.",
            "move the file elsewhere and try again.",
        )
    return False


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
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
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
        if os.path.isdir(folder):
            return False
        os.remove(folder)  # the site before the last had a file of this name
        os.mkdir(folder)
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
            try:
                put(path, content)
            except IsADirectoryError:  # the site before the last had a folder of this name
                shutil.rmtree(path)
                put(path, content)
            written += 1
    return entries, written


def fill(site: Path, whole: Whole) -> Filled:
    """Make a site folder hold exactly these files, the list of them, and our mark.

    What stands there already is not written again. Every page is a file; so paths are texts.
    """
    top, fresh = str(site), _make(str(site)) or not os.listdir(site)
    with Spread([partial(_put_all, top, one) for one in whole.batches]) as beside:
        entries, written = _put_all(top, lambda: whole.files)
        for some, more in beside.results():
            entries += some
            written += more
    made, more = _put_all(top, lambda: whole.last([one.path for one in entries]))
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
    return Filled(pages, written + more, frozenset(entries))


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
    put_whole(folder, wanted)


def update(folder: Path, outputs: Iterable[Output]) -> tuple[str, ...]:
    """Put files into a package's folder, each whole; returns the names of those that changed.

    Other files in the folder stay as they are.
    """
    changed = list[Output]()
    for name, content in outputs:
        if not _inside(name):
            raise ValueError(f"a file's path leads out of the folder: {name}")
        if not _holds(str(folder / name), content):
            changed.append((name, content))
    put_whole(folder, changed)
    return tuple(name for name, _ in changed)


def remove(folder: Path) -> None:
    """Remove a folder that we made, if it is there."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
