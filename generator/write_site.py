"""A site put at its place: what changed is written, what is gone is pruned, our mark is set."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from generator import manifest, write
from generator.engine import HERE, Engine, Jobs, Source
from generator.errors import UnsafeTarget
from generator.place import Place
from generator.write import File

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


Batch = Callable[[], Iterable[File]]
"""Makes some files of a site, apart from all others."""


Put = list[manifest.Entry]
"""The files that were put at a place."""


class Ready(Struct, frozen=True):
    """Files that are at their place already, while all others are made."""

    entries: Mapping[str, manifest.Entry] = field(default_factory=dict)
    """Each by its path."""
    read: Callable[[str], bytes | None] = lambda _: None
    """Gives a file's content."""

    def below(self, folder: str) -> "Ready":
        """Those in a folder, by their paths in it."""
        inside = {
            path.removeprefix(folder): entry
            for path, entry in self.entries.items()
            if path.startswith(folder)
        }
        return Ready(inside, lambda path: self.read(folder + path))


NOTHING = Ready()


def _nowhere() -> Source[Batch]:
    raise NotImplementedError("these files can be made in this process alone")


class Whole(Struct, frozen=True):
    """All files of a site."""

    files: Callable[[Ready], Iterable[File]]
    """Those that are made here, told which are ready."""
    first: Sequence[Batch] = ()
    """What is made before all else, each apart: others say how large it is and what proves it."""
    batches: Sequence[Batch] = ()
    """What other processors make meanwhile."""
    last: Callable[[Sequence[str]], Iterable[File]] = lambda _: ()
    """Made from the names of all the others."""
    source: Callable[[], Source[Batch]] = _nowhere
    """How another process comes by the first batches and the others, in this order."""
    large: int = 0
    """So many of the first batches need all that the site is made of at once."""


class Filled(Struct, frozen=True):
    """What was done to a site folder."""

    pages: int
    entries: Sequence[manifest.Entry]


def put_all(place: Place, batch: Batch) -> Put:
    """Put files at a place, and list them."""
    entries = list[manifest.Entry]()
    with place.putting() as put:
        for name, content in batch():
            if not write.stays_inside(name):
                raise ValueError(f"a file of the site has a path that can't be: {name}")
            entries.append(write.entry_of(name, content))
            put(name, content)
    return entries


def _pages(put: Put) -> int:
    return sum(one.path.endswith(".html") for one in put)


def fill(place: Place, whole: Whole, engine: Engine = HERE) -> Filled:
    """Make a place hold exactly these files, the list of them, and our mark.

    What stands there already is not written again.
    """
    fresh, mark = place.begin(), (MARK, _MARK_TEXT.encode())
    put_all(place, lambda: [mark])  # first: what is left of a build that fails is ours as well
    do, entries = partial(put_all, place), Put()
    with engine.spread(Jobs(do, whole.first, whole.source, "files", len)) as before:
        for some in before.results():
            entries += some
    ready = Ready({one.path: one for one in entries}, place.content)
    jobs = Jobs(
        *(do, whole.batches, whole.source, "pages", _pages),
        large=whole.large,
        before=len(whole.first),
    )
    with engine.spread(jobs) as beside:
        entries += put_all(place, lambda: whole.files(ready))
        for some in beside.results():
            entries += some
    entries += put_all(place, lambda: whole.last([one.path for one in entries]))
    names = {one.path for one in entries}
    if len(names) < len(entries):
        twice = next(name for name, times in Counter(e.path for e in entries).items() if times > 1)
        raise ValueError(f"two files of the site have the path {twice}")
    put_all(place, lambda: [(manifest.NAME, manifest.as_json(entries))])
    if not fresh:
        place.keep_only(names | {manifest.NAME, MARK})
    pages = sum(name.endswith(".html") for name in names)
    return Filled(pages, entries)


def listed(site: Place) -> frozenset[manifest.Entry]:
    """What a finished site's own list says it holds; nothing, where there is none."""
    with suppress(ValueError):
        return frozenset(manifest.parse(site.content(manifest.NAME) or b""))
    return frozenset()
