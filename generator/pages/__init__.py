"""Which pages exist. `all_pages` is all that callers need."""

from collections.abc import Iterator, Sequence

from generator.exports.base import Download
from generator.pages import (
    awards,
    changes,
    commissioning,
    data,
    dictionary,
    duties,
    groups,
    home,
    how_it_works,
    money,
    outcomes,
    quality,
    recipients,
    releases,
    search,
)
from generator.pages.page import Page, Renderer
from generator.pages.site import HandWritten, Site

__all__ = ["HandWritten", "Page", "Renderer", "Site", "all_pages"]


def all_pages(site: Site, downloads: Sequence[Download]) -> Iterator[Page]:
    """Every generated page of a site."""
    for family in (
        home,
        awards,
        groups,
        recipients,
        money,
        commissioning,
        outcomes,
        duties,
        quality,
        how_it_works,
        dictionary,
        changes,
        releases,
        search,
    ):
        yield from family.pages(site)
    yield from data.pages(site, downloads)
