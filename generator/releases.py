"""A version of a package as it is released: its zip, and the promise that it never changes."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from generator import release_list
from generator.descriptor import DESCRIPTOR, display_path
from generator.errors import UsageProblem
from generator.findings import Finding, Severity
from generator.ledger import Ledger
from generator.release_list import Release
from generator.write import Content

if TYPE_CHECKING:
    from generator.exports.base import Download

CODE = "release-changed"


class Edition(Struct, frozen=True):
    """What is released: the package's published zip, under its version and date."""

    package: str
    version: str
    date: str
    zip: Content
    sha256: str

    @property
    def zip_name(self) -> str:
        """The file that people keep."""
        return f"{self.package}-{self.version}.zip"

    @property
    def note_name(self) -> str:
        """The file that says what the zip must be."""
        return f"{self.package}-{self.version}.json"

    def note(self, manifest_sha256: str | None) -> bytes:
        """The release's JSON: what proves the zip, and the site that was built of it."""
        said = {
            "package": self.package,
            "version": self.version,
            "date": self.date,
            "zip": self.zip_name,
            "bytes": len(self.zip),
            "sha256": self.sha256,
            "manifest_sha256": manifest_sha256,
        }
        return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()


def _archive(ledger: Ledger) -> "Download":
    from generator.downloads import package_archive  # few packages that are checked were released

    return package_archive(ledger)


def edition(ledger: Ledger) -> Edition:
    """The package as a release. Raises UsageProblem when it states no version or no date."""
    package = ledger.package
    version, day = package.version, (package.created or package.settings.as_of or "")[:10]
    descriptor = display_path(package.folder / DESCRIPTOR)
    if not isinstance(version, str) or not release_list.VERSION.fullmatch(version):
        raise UsageProblem(
            f"{descriptor} states no version to release.", 'add one, such as "version": "1.0.0".'
        )
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        raise UsageProblem(
            f"{descriptor} does not say when the data was compiled.",
            'add the day, such as "created": "2020-04-01".',
        )
    archive = _archive(ledger)
    return Edition(package.name, version, day, archive.stored, archive.sha256)


def listed(ledger: Ledger, one: Edition, url: str | None) -> tuple[Release, ...]:
    """The package's list of releases with this one in it."""
    releases = ledger.package.releases
    if release_list.of_version(releases, one.version):
        return releases
    if url is not None and not url.startswith("https://"):
        raise UsageProblem(f"{url} is no address to download from.", "begin it with https://.")
    return (*releases, Release(one.version, one.date, one.sha256, url))


def findings(ledger: Ledger) -> Iterator[Finding]:
    """What breaks the promise: a version that was released and holds something else now."""
    package = ledger.package
    released = release_list.of_version(package.releases, package.version)
    if released is not None and _archive(ledger).sha256 != released.sha256:
        yield Finding(
            code=CODE,
            severity=Severity.ERROR,
            file=display_path(package.folder / DESCRIPTOR),
            message=(
                f"Version {released.version} was released on {released.date} with other content, "
                "and a release never changes."
            ),
            mend="raise the version, say what changed in revisions.csv, and release that.",
            value=released.version,
        )
