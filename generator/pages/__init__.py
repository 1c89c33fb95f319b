"""Which pages exist: those that a site has few of, and those of which it may have many.

The data page lists the downloads, so it can be made only after them.
"""

from collections.abc import Iterator

from generator.pages import (
    award_lists,
    awards,
    changes,
    commissioning,
    data,
    dictionary,
    duties,
    find,
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
from generator.pages.page import Page, Pages, Renderer
from generator.pages.site import HandWritten, Site
from generator.tables import PublishedTable

__all__ = [
    "HandWritten",
    "Page",
    "Renderer",
    "Site",
    "data_pages",
    "few_pages",
    "listed_tables",
    "many_pages",
]


def few_pages(site: Site) -> Iterator[Page]:
    """The pages that a site has few of, however many awards it has."""
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
        find,
    ):
        yield from family.pages(site)


def listed_tables(site: Site) -> Iterator[PublishedTable]:
    """The lists of awards beside those pages, however long: all awards, and those of a family.

    The few others that can be long are made with their pages.
    """
    yield site.all_awards
    yield from groups.tables(site)


def many_pages(site: Site) -> Iterator[Pages]:
    """The profiles, and all pages of lists but the first, in parts that can be made apart."""
    yield from award_lists.further(site)
    yield from recipients.further(site)
    if not site.lists_only("recipients"):
        yield from recipients.profiles(site)
    if not site.lists_only("awards"):
        yield from awards.profiles(site)


data_pages = data.pages
