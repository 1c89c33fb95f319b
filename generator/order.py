"""A build as a small value: from it another process makes the very pages that this one would."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import distributions
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyarrow as pa
from msgspec import Struct

from generator import elsewhere, ledger, package, stamping
from generator.assembly import batches
from generator.checks import Report
from generator.errors import UsageProblem
from generator.outputs import Contents, many, table_parts
from generator.pages.site import HandWritten, Site
from generator.scope import Scope
from generator.stamping import Shell
from generator.write_site import Batch

_LIBRARIES = ("jinja2", "markupsafe", "pyarrow")
"""Those whose version may change what is written."""


@cache
def program() -> str:
    """What tells this version of the program from any other, also from one that was edited."""
    found = hashlib.sha256()

    def add(folder: Traversable) -> None:
        for one in sorted(folder.iterdir(), key=lambda one: one.name):
            if one.is_dir():
                if one.name != "__pycache__":
                    add(one)
            else:
                found.update(f"{one.name}\0".encode() + one.read_bytes())

    add(files("generator"))
    known = {one.name.lower(): one.version for one in distributions()}
    found.update("\0".join(known.get(name, "") for name in _LIBRARIES).encode())
    return found.hexdigest()


class Order(Struct, frozen=True):
    """What the pages of which there are many are made of."""

    key: str
    package: str
    """The package's folder or address."""
    fingerprint: str
    """What the package's files were."""
    program: str
    prose: tuple[HandWritten, ...]
    docs: tuple[HandWritten, ...]
    base_url: str | None
    scope: Scope
    shells: Mapping[tuple[str, bool], Shell]

    def _shell_of(self, url: str, sections: bool) -> Shell:
        return self.shells[stamping.stub_url(url), sections]

    def things(self) -> Sequence[Batch]:
        """The parts of tables, then of pages. Raises UsageProblem where they would be others."""
        if program() != self.program:
            raise UsageProblem(
                "A worker of the cluster has another version of Public Purse, or of a library.",
                "install the same on each machine, and start the workers anew.",
            )
        with elsewhere.here(self.package) as folder:
            if package.fingerprint(folder) != self.fingerprint:
                raise UsageProblem(
                    f"{self.package} isn't the same for a worker of the cluster.",
                    "let nobody change it during a build, and let each machine see it "
                    "at the same path.",
                )
            book = ledger.build(package.read(folder))
        pa.default_memory_pool().release_unused()  # what reading took, and a worker has little of
        site = Site(book, Report((), ()), self.prose, self.docs, self.base_url, self.scope)
        return [*table_parts(site), *batches(many(site), self._shell_of)]


def mark_of(parts: Sequence[Contents], given: str) -> str:
    """The same only where the site is, of packages and options that `given` tells apart."""
    told = hashlib.sha256(f"{program()} {given}".encode())
    for one in parts:
        site = one.site
        told.update(f"{one.mount} {site.base_url} {site.scope}".encode() if site else b"")
        for name, content in one.given.files:
            told.update(f"{name}\0{len(content)}\0".encode() + content)
    return told.hexdigest()


def order_of(
    site: Site, named: str, fingerprint: str, shells: Mapping[tuple[str, bool], Shell]
) -> Order:
    """The order for a site whose package has this address or lies in this folder."""
    told = hashlib.sha256(f"{fingerprint}{program()}{site.base_url}{site.scope}".encode())
    for (url, sections), shell in shells.items():
        told.update(f"{url}{sections}".encode() + b"\0".join(shell.texts))
    return Order(
        key=told.hexdigest(),
        package=named,
        fingerprint=fingerprint,
        program=program(),
        prose=site.prose,
        docs=site.docs,
        base_url=site.base_url,
        scope=site.scope,
        shells=shells,
    )
