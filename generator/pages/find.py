"""The page that leads from a permanent address to the row that stands for it."""

from collections.abc import Iterator

from generator import urls
from generator.pages.page import Page
from generator.pages.places import index_files, places
from generator.pages.site import Site


def pages(site: Site) -> Iterator[Page]:
    """The one page, where some awards or recipients have no page of their own."""
    found = places(site)
    if found:
        yield Page(
            url=urls.FIND,
            title="Find an award or a recipient by its address",
            description="Leads from a permanent address to its row in a list.",
            template="find.md",
            context={"site": site, "files": index_files(found)},
        )
