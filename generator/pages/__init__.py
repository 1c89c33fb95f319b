"""Which pages exist: those that a site has few of, and the profiles, of which it may have many.

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

__all__ = [
    "HandWritten",
    "Page",
    "Renderer",
    "Site",
    "award_pages",
    "data_pages",
    "few_pages",
    "recipient_pages",
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
    ):
        yield from family.pages(site)


data_pages = data.pages
award_pages = awards.profiles
recipient_pages = recipients.profiles
