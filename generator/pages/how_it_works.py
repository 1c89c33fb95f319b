"""The page that leads to all prose: the publisher's own, then the project's."""

from collections.abc import Iterator

from generator import urls
from generator.pages.page import Page
from generator.pages.site import Site


def pages(site: Site) -> Iterator[Page]:
    """The one list of prose pages."""
    yield Page(
        url=urls.HOW_IT_WORKS,
        title="How it works",
        description=(
            f"How {site.settings.publisher_name} decides where the money goes, and how to read "
            "this site."
        ),
        template="how_it_works.md",
        context={"site": site, "prose": site.prose, "docs": site.docs},
    )
