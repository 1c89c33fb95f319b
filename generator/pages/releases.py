"""The releases: versions of the data that are kept as they were, each with its hash."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator import urls
from generator.pages.page import Page
from generator.pages.site import Site
from generator.release_list import Release


class ReleaseLine(Struct, frozen=True):
    """A release with its date as a date."""

    release: Release
    day: date | str


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def pages(site: Site) -> Iterator[Page]:
    """The one page of releases, newest first."""
    releases = reversed(site.ledger.package.releases)
    yield Page(
        url=urls.RELEASES,
        title="Releases",
        description=(
            f"Versions of the data of {site.settings.publisher_name} that never change, "
            "with the hash that proves each."
        ),
        template="releases.md",
        context={
            "site": site,
            "releases": tuple(ReleaseLine(one, _day(one.date)) for one in releases),
        },
        trail=(("Data", urls.DATA),),
    )
