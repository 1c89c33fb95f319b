"""The page that the search box leads to. Its script shows results; without, it leads to lists."""

from collections.abc import Iterator

from generator import urls
from generator.pages.families import families, filled
from generator.pages.page import Page
from generator.pages.site import Site

MOST_AWARDS = 50_000
"""Awards above which the search leaves them to the filters of their list: see decision 10."""


def finds_awards(site: Site) -> bool:
    """Whether the search goes through awards."""
    return len(site.awards) + len(site.withdrawn) <= MOST_AWARDS


def _families(site: Site) -> Iterator[tuple[str, str]]:
    """Links to the lists of all families; one that holds nothing says so."""
    offered = filled(site)
    for family in families(site):
        words = family.title if family in offered else f"{family.title} (none published)"
        yield words, urls.family(family.name)


def pages(site: Site) -> Iterator[Page]:
    """The one page of results."""
    lists = [("Awards", urls.family("awards")), ("Recipients", urls.family("recipients"))]
    lists += _families(site)
    lists += [("Money", urls.MONEY), ("How it works", urls.HOW_IT_WORKS), ("Data", urls.DATA)]
    yield Page(
        url=urls.SEARCH,
        title="Search",
        description=f"Find awards, recipients and funds of {site.settings.publisher_name}.",
        template="search.md",
        context={
            "site": site,
            "lists": lists,
            "search": site.scope.search,
            "finds_awards": finds_awards(site),
            "awards": urls.family("awards"),
        },
    )
