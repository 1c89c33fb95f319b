"""From data packages to a finished site: the whole build, top to bottom."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator import package, scratch, shells, urls, write, write_build, write_site
from generator.assembly import Stamped, has
from generator.builder import run_builder
from generator.checked import (
    Checked,
    Several,
    between,
    check,
    check_site,
    chosen,
    one_package,
)
from generator.engine import HERE, Engine
from generator.handwritten import project_docs
from generator.joined import joined
from generator.joined_on_demand import Joined, Shared
from generator.on_demand import Files, OnDemand
from generator.order import Order, mark_of, order_of
from generator.outputs import Contents, build_folder, contents, package_site, site_contents
from generator.place import Place
from generator.project import Project, address_of
from generator.scope import WHOLE, Scope
from generator.shells import RunBuilder, Shells
from generator.target import SiteFolder, Target
from generator.write import File
from generator.write_site import Whole

__all__ = [
    "Built",
    "Checked",
    "Several",
    "between",
    "build_site",
    "check",
    "check_site",
    "chosen",
    "on_demand",
    "one_package",
]

SHELLS = "shells"
"""The folder in the build folder that holds what the builder makes of stubs."""


class Built(Struct, frozen=True):
    """What a build did."""

    shown: str
    """Where to look at it."""
    pages: int
    changed: int
    """How many files the site before it lacked, or had with another content."""
    files: int
    size: int
    """Bytes of all files together."""


def _by_builder(parts: Contents, build: Path, builder: RunBuilder) -> Iterator[File]:
    """The files of a site whose every page the site builder makes."""
    write_build.write_all(build, build_folder(parts))
    with scratch.folder("site") as temporary:
        made = temporary / "site"
        builder(build, made)
        yield from write.files_of(made)


def _contents(
    project: Project, several: Several, base_url: str | None, scope: Scope
) -> tuple[Contents, ...]:
    """What the site is made of: of one package; or what several share, then each of them."""
    if len(several.packages) == 1:
        (one,) = several.packages
        return (contents(project, one.ledger, one.report, base_url, scope),)
    from generator.together.contents import contents as shared_contents
    from generator.together.contents import front_of
    from generator.together.mounts import mounts
    from generator.together.same_as import NO_LIST

    base, docs = address_of(project, base_url), tuple(project_docs(project.docs))
    folders = mounts([one.ledger.package for one in several.packages])
    sites = [
        package_site(
            docs,
            one.ledger,
            one.report,
            urls.address(base, mount, "") if base else None,
            scope,
            mount,
        )
        for one, mount in zip(several.packages, folders, strict=True)
    ]
    front = front_of(project, sites, several.same_as or NO_LIST, base, scope)
    return (shared_contents(project, front), *(site_contents(project, docs, one) for one in sites))


class _Builder:
    """Makes parts of a site with the site builder's help, each in its folder of `build`."""

    def __init__(self, parts: Contents, build: Path, *, stamp: bool) -> None:
        self._parts, self._build = parts, build / parts.mount
        self._stamped = Stamped(parts, self._shells) if stamp else None

    @property
    def mount(self) -> str:
        """The folder in which they lie."""
        return self._parts.mount

    def _run(self, source: Path, into: Path) -> None:
        run_builder(source, into, self._parts.created)

    def _shells(self, sections: bool) -> Shells:
        return shells.make(
            self._parts.given,
            self._build / SHELLS / ("with-sections" if sections else "bare"),
            self._run,
            created=self._parts.created,
            sections=sections,
        )

    def whole(self) -> Whole:
        """Every file of them."""
        if self._stamped:
            return self._stamped.whole()
        return Whole(lambda _: _by_builder(self._parts, self._build, self._run))

    def order(self, checked: Checked) -> Order:
        """The pages of which there are many, as another process is given them to make."""
        if self._stamped is None or self._parts.site is None:
            raise ValueError("only the stamped pages of one package are made elsewhere")
        shells_below = self._stamped.below_folders()
        return order_of(self._parts.site, checked.named, checked.fingerprint, shells_below)

    def on_demand(self) -> OnDemand | Shared:
        """The same, each file when it is asked for. Raises BuilderFailed, also as `check_links`."""
        if self._stamped is None:
            raise ValueError("only stamped files are made one by one")
        site, given = self._parts.site, (self._parts, self._stamped)
        files = OnDemand(site, *given) if site else Shared(*given)
        self.check_links(files.leads)
        return files

    def check_links(self, leads: Callable[[str, str], bool]) -> None:
        """Raise BuilderFailed for a link that leads to nothing made, by what says what is made.

        An unstamped site's hand-written pages were looked at by the builder.
        """
        written = self._stamped.wanted() if self._stamped else ()
        shells.check_links(chain(written, self._parts.wanted), leads)

    def check_made(self, made: Place) -> None:
        """The same, of a site that is made."""
        self.check_links(
            lambda name, anchor: has(made.content(f"{self._parts.mount}{name}"), anchor)
        )


def _whole(makers: Sequence[_Builder], project: Project, base_url: str | None) -> Whole:
    """Every file of a site that has these parts."""
    whole, *others = [(one.mount, one.whole()) for one in makers]
    if not others:
        return whole[1]
    return joined((whole, *others), address_of(project, base_url))


def _mark(several: Several, parts: Sequence[Contents], *, stamp: bool) -> str:
    """The same only where the site is."""
    files = [package.fingerprint(one.ledger.package.folder) for one in several.packages]
    return mark_of(parts, f"{files} {several.same_as} {stamp}")


def on_demand(
    project: Project, several: Several, builds: Path, scope: Scope = WHOLE
) -> tuple[Files, frozenset[Path]]:
    """The site, each file made when it is asked for.

    And the folders, among those in `builds`, of what the site builder made for it: the same as
    long as that is the same, so that another site is never disturbed. Raises BuilderFailed.
    """
    parts = _contents(project, several, None, scope)
    folders = [builds / shells.key_of(one.given, one.created) for one in parts]
    makers = [_Builder(*one, stamp=True) for one in zip(parts, folders, strict=True)]
    files = [maker.on_demand() for maker in makers]
    if len(files) == 1:
        return files[0], frozenset(folders)
    mounted = dict(zip((one.mount for one in parts), files, strict=True))
    whole = partial(_whole, makers, project, None)
    return Joined(mounted, whole), frozenset(folders)


def build_site(
    project: Project,
    checked: Checked | Several,
    site: Path | Target,
    build: Path,
    base_url: str | None,
    *,
    stamp: bool = True,
    scope: Scope = WHOLE,
    engine: Engine = HERE,
) -> Built:
    """Make all files of the site beside the old one, then let it take that one's place whole.

    With `stamp`, the site builder makes the hand-written pages and a few stubs, and every other
    page is stamped. Without, it makes every page, from the build folder. The bytes are the same.
    Raises Busy while another build is at work on the same folders.
    """
    target = SiteFolder(site) if isinstance(site, Path) else site
    several = checked if isinstance(checked, Several) else Several((checked,))
    with target.alone(build):
        before = target.before()
        parts = _contents(project, several, base_url, scope)
        for one in parts if stamp else ():  # what an unstamped build left would go stale
            write_build.write_all(build / one.mount, ())
        with target.making(build, partial(_mark, several, parts, stamp=stamp)) as new:
            makers = [_Builder(one, build, stamp=stamp) for one in parts]
            whole = _whole(makers, project, base_url)
            if stamp and len(makers) == 1:
                whole = replace(whole, source=partial(makers[0].order, several.packages[0]))
            filled = write_site.fill(new.place, whole, engine)
            for maker in makers:
                maker.check_made(new.place)
            new.publish()
    size = sum(one.bytes for one in filled.entries)
    changed = sum(one not in before for one in filled.entries)
    return Built(target.shown, filled.pages, changed, len(filled.entries), size)
