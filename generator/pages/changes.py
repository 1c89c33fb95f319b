"""The public record of changes: what was corrected, withdrawn or added, when and why."""

from collections.abc import Iterator

from generator import urls
from generator.pages.page import Page
from generator.pages.site import SHOWN, UNDER_HOW_IT_WORKS, Site
from generator.record import KIND_WORDS, entries, record_table


def pages(site: Site) -> Iterator[Page]:
    """The one page of changes, newest first."""
    found = entries(site.ledger)
    table = record_table(found)
    yield Page(
        url=urls.CHANGES,
        title="Changes",
        description=(
            f"What {site.settings.publisher_name} corrected, withdrew or added after it was "
            "published, when and why."
        ),
        template="changes.md",
        trail=UNDER_HOW_IT_WORKS,
        context={
            "site": site,
            "entries": found[:SHOWN],
            "cut": len(found) > SHOWN,
            "kind_words": KIND_WORDS,
            "count": table.figure("count"),
            "table": table,
            "feed": urls.feed(urls.CHANGES),
        },
        tables=(table,),
    )
