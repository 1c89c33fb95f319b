"""Which pages exist: those that a site has few of, and those of which it may have many.

The data page lists the downloads, so it can be made only after them.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain

from generator import urls
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
from generator.pages.families import NAMES
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
    "few_pages_at",
    "listed_tables",
    "many_pages",
    "one_of_many",
]

MakePages = Callable[[Site], Iterator[Page]]
"""Makes some pages of a site, one after another."""
MakePage = Callable[[Site, str], Page | None]
"""Makes one of them, if there is such a page."""
SECTIONS: Mapping[str, MakePages] = {
    urls.HOME: home.pages,
    urls.family("awards"): award_lists.pages,
    **{urls.family(name): partial(groups.pages, name) for name in NAMES},
    urls.family("recipients"): recipients.pages,
    urls.MONEY: money.pages,
    urls.COMMISSIONING: commissioning.pages,
    urls.OUTCOMES: outcomes.pages,
    urls.DUTIES: duties.pages,
    urls.QUALITY: quality.pages,
    urls.HOW_IT_WORKS: how_it_works.pages,
    urls.DICTIONARY: dictionary.pages,
    urls.CHANGES: changes.pages,
    urls.RELEASES: releases.pages,
    urls.SEARCH: search.pages,
}
"""What makes the few pages of each part of a site, by the address that these begin with.

At that address itself there is always one of them.
"""


def few_pages(site: Site) -> Iterator[Page]:
    """The pages that a site has few of, however many awards it has."""
    yield from chain.from_iterable(pages(site) for pages in SECTIONS.values())
    yield from find.pages(site)


def few_pages_at(url: str) -> MakePages | None:
    """What makes the page of an address, and some more, if it can be one of the few."""
    if url == urls.FIND:
        return find.pages
    return SECTIONS.get(next((one for one in SECTIONS if one and url.startswith(one)), url))


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


def one_of_many(site: Site, url: str) -> Page | None:
    """The one of those of which there are many that has an address."""
    family, _, rest = url.partition("/")
    if family not in _ONE:
        return None
    further_at, profile = _ONE[family]
    page = further_at(site, url)
    if page is None and not site.lists_only(family):
        page = profile(site, rest.removesuffix("/"))
    return page if page and page.url == url else None


_ONE: Mapping[str, tuple[MakePage, MakePage]] = {
    "awards": (award_lists.further_at, awards.profile),
    "recipients": (recipients.further_at, recipients.profile),
}
"""What makes a page of a family's list by its address, and a profile by its id."""
data_pages = data.pages
