"""Which pages exist: those that a site has few of, and the profiles, of which it may have many."""

from collections.abc import Callable, Iterator, Sequence

from generator.exports.base import Download
from generator.pages import (
    award_lists,
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

__all__ = ["HandWritten", "Page", "Renderer", "Site", "few_pages", "profiles"]


def profiles(site: Site) -> Iterator[Page]:
    """A page for each award, and one for each recipient."""
    yield from awards.profiles(site)
    yield from recipients.profiles(site)


def few_pages(site: Site, downloads: Callable[[], Sequence[Download]]) -> Iterator[Page]:
    """Every other generated page; `downloads` is asked for what the last one lists."""
    for family in (
        home,
        award_lists,
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
    yield from data.pages(site, downloads())
