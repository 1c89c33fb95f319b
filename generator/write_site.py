"""A site folder filled: what changed is written, what is gone is pruned, and our mark is set."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import manifest, write
from generator.background import Spread
from generator.errors import UnsafeTarget
from generator.write import Output

MARK = ".public-purse"
"""The file that says a site folder is ours to replace."""
_MARK_TEXT = "Made by Public Purse. This folder is replaced whole at each build.\n"


def check_site_target(site: Path) -> None:
    """Raise UnsafeTarget when a site folder exists, is not empty and is not ours."""
    if site.is_dir() and any(site.iterdir()) and not (site / MARK).is_file():
        raise UnsafeTarget(
            f"{site} holds files that Public Purse did not make.",
            "name another folder with --out, or empty this one yourself.",
        )
    if site.exists() and not site.is_dir():
        raise UnsafeTarget(f"{site} is a file, not a folder.", "name a folder with --out.")


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


@dataclass(frozen=True)
class Filled:
    """What was done to a site folder."""

    pages: int
    written: int
    """How many files had to be written."""
    entries: frozenset[manifest.Entry]


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
        if not write.stays_inside(name):
            raise ValueError(f"a file of the site has a path that can't be: {name}")
        path, folder = f"{top}/{name}", name.rpartition("/")[0]
        if folder not in made:
            made[folder] = _make(f"{top}/{folder}")
        entries.append(manifest.Entry(name, len(content), manifest.sha256(content)))
        if made[folder] or not write.holds(path, content):
            try:
                write.put(path, content)
            except IsADirectoryError:  # the site before the last had a folder of this name
                shutil.rmtree(path)
                write.put(path, content)
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
