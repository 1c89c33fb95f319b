"""Where a finished site goes, and how it takes the place of the old one: whole, or not at all."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from generator import elsewhere, lock, manifest, swapping, write_site
from generator.elsewhere import Elsewhere
from generator.errors import UsageProblem
from generator.place import Folder, Place
from generator.project import Project

SPARE = "spare"
"""The folder in the build folder that holds the site before this one."""


class Making(Struct, frozen=True):
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


class SiteFolder(Struct, frozen=True):
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


class SiteElsewhere(Struct, frozen=True):
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


def places(project: Project, out: Path, build: Path | None) -> tuple[Path, Path]:
    """Where the site and the Markdown behind it go.

    The project's own site/ is made from its build/; a site elsewhere keeps its build folder
    beside it, so that it never overwrites the project's.
    """
    site = project.folder / out
    if site.name in ("", ".."):
        site = site.resolve()
    if not site.name:
        raise UsageProblem(f"{site} can't be a site.", "name a folder with --out.")
    if build is not None:
        if site.resolve() == (project.folder / build).resolve():
            raise UsageProblem(
                f"{site} can't be both the site and the folder it is built from.",
                "name different folders with --out and --build.",
            )
        return site, project.folder / build
    own = site.resolve() == (project.folder / "site").resolve()
    return site, project.folder / "build" if own else site.with_name(f"{site.name}-build")


def chosen(project: Project, out: str, build: Path | None) -> tuple[Target, Path]:
    """Where the site goes, a folder or an address, and the folder of what it is made from."""
    if elsewhere.is_address(out):
        return SiteElsewhere(Elsewhere(out)), project.folder / (build or "build")
    site, folder = places(project, Path(out), build)
    return SiteFolder(site), folder
