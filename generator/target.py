"""Where a finished site goes, and how it takes the place of the old one: whole, or not at all."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator import elsewhere, lock, manifest, swapping, write_site
from generator.elsewhere import Elsewhere
from generator.place import Folder, Place

SPARE = "spare"
"""The folder in the build folder that holds the site before this one."""


@dataclass(frozen=True)
class Making:
    """The next site in the making: where it is made, and what lets it take the old one's place."""

    place: Place
    publish: Callable[[], None]


class Target(Protocol):
    """Where the site goes. `build` is the folder of what it is made from."""

    @property
    def shown(self) -> str:
        """Where people look at it."""

    def alone(self, build: Path) -> AbstractContextManager[None]:
        """Work on it alone. Raises Busy."""

    def before(self) -> frozenset[manifest.Entry]:
        """What the old site holds. Raises UnsafeTarget where that isn't ours."""

    def making(self, build: Path, mark: Callable[[], str]) -> AbstractContextManager[Making]:
        """The next site; `mark` tells builds of different things apart, where that is asked."""


@dataclass(frozen=True)
class SiteFolder:
    """A folder of this machine: the next site is made beside it and swapped in."""

    site: Path

    @property
    def shown(self) -> str:
        """Its first page."""
        return str(self.site / "index.html")

    @contextmanager
    def alone(self, build: Path) -> Iterator[None]:
        """Work on it alone, after mending what a killed build may have left. Raises Busy."""
        self.site.parent.mkdir(parents=True, exist_ok=True)
        with lock.held((self.site, build), "purse build"):
            swapping.restore(self.site)
            yield

    def before(self) -> frozenset[manifest.Entry]:
        """What the old site holds. Raises UnsafeTarget where that isn't ours."""
        write_site.check_site_target(self.site)
        return write_site.listed(Folder(str(self.site)))

    @contextmanager
    def making(self, build: Path, mark: Callable[[], str]) -> Iterator[Making]:  # noqa: ARG002
        """A folder beside the site, of whichever build: what it holds is compared."""
        spare = build / SPARE
        with swapping.in_the_making(self.site, spare) as new:
            yield Making(Folder(str(new.absolute())), lambda: swapping.swap(new, self.site, spare))


@dataclass(frozen=True)
class SiteElsewhere:
    """A place without renaming: each build has a folder, and a small file names the site's."""

    place: Elsewhere

    @property
    def shown(self) -> str:
        """The place."""
        return self.place.address

    @contextmanager
    def alone(self, build: Path) -> Iterator[None]:
        """Let no other build of this machine work with the same folder. Raises Busy."""
        build.parent.mkdir(parents=True, exist_ok=True)
        with lock.held((build,), "purse build"):
            yield

    def before(self) -> frozenset[manifest.Entry]:
        """What the old site holds."""
        folder = elsewhere.current(self.place)
        return write_site.listed(self.place.below(folder)) if folder else frozenset()

    @contextmanager
    def making(self, build: Path, mark: Callable[[], str]) -> Iterator[Making]:  # noqa: ARG002
        """The folder of this very build: what another run of it left there is taken up."""
        folder = elsewhere.folder_of(mark())
        place = self.place.below(folder)

        def publish() -> None:
            listing = place.content(manifest.NAME) or b""
            self.place.put(elsewhere.TOP, elsewhere.pointer(folder, listing))

        yield Making(place, publish)
