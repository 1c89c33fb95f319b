"""The data page: one row a file, how to verify it, licence, source, how to cite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import urls
from generator.exports.base import Download
from generator.pages.page import Page
from generator.pages.site import Site
from generator.tables import Figure


@dataclass(frozen=True)
class FileLine:
    """A downloadable file with what a reader wants to know before taking it."""

    download: Download
    rows: Figure | None


def pages(site: Site, downloads: Sequence[Download]) -> Iterator[Page]:
    """The one data page, from the downloads themselves, so that hashes are true."""
    lines = []
    for one in downloads:
        rows = one.table.figure("count") if one.table is not None else None
        lines.append(FileLine(one, rows))
    package = site.ledger.package
    yield Page(
        url=urls.DATA,
        title="Data",
        description=(
            f"Every table of {site.settings.publisher_name} as CSV, with its description, "
            "number of rows and SHA-256."
        ),
        template="data.md",
        context={
            "site": site,
            "package": package,
            "files": tuple(lines),
            "folder": urls.package_folder(package.name),
        },
    )
