"""Who publishes on the site: how fresh and how complete each publication is."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator import urls
from generator.figures import Figure, derived_percent
from generator.missing import Missing
from generator.pages.page import Page
from generator.pages.site import Site
from generator.pages.words import date_text
from generator.selectors import where
from generator.summaries.coverage import coverage_table
from generator.together.front import Front, Publisher, mounted
from generator.together.home import Pot, pots

TRAIL = (("Publishers", urls.PUBLISHERS),)
_SHOWN = 5
"""Ids that are named where several packages of a publisher have them."""
_LINKS = (
    ("Awards", urls.family("awards")),
    ("Funds", urls.family("funds")),
    ("Recipients", urls.family("recipients")),
    ("Money", urls.MONEY),
    ("Quality", urls.QUALITY),
    ("Duties", urls.DUTIES),
    ("Changes", urls.CHANGES),
    ("Data", urls.DATA),
)
"""What of each package's own site is linked from here, so that nobody has to look for it."""


class Publication(Struct, frozen=True):
    """A package, as the list of publishers shows it."""

    publisher: Publisher
    site: Site
    latest: str | None
    """The latest day on which an award was decided or published, in words."""
    awards: Figure
    facts: Figure
    facts_published: Figure
    complete: Figure | None
    """Percent of the facts that could be published; None where there is no award."""
    duties: Figure | None
    """How many duties it lists; None where it lists none."""
    met: Figure | None
    partly: Figure | None
    not_met: Figure | None

    @property
    def title(self) -> str:
        """What tells it from the publisher's others."""
        return self.site.ledger.package.title

    @property
    def compiled_on(self) -> str | None:
        """The package's own date, in words."""
        return date_text(self.site.data_date) if self.site.data_date else None

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Where to read on, as (words, url)."""
        return tuple((words, self.site.mount + page) for words, page in _LINKS)


def _latest(front: Front, package: str) -> str | None:
    (row,) = front.publications.select(where(package=package))
    try:
        return date_text(date.fromisoformat(row["latest_date"]))
    except ValueError:
        return None


def publication(front: Front, publisher: Publisher, site: Site) -> Publication:
    """What is known of a package."""
    name, table = site.ledger.package.name, front.publications
    coverage = mounted(site, coverage_table(site.ledger, site.awards))
    facts = coverage.figure("sum:awards", id=f"facts-{name}")
    published = coverage.figure("sum:awards_with_value", id=f"published-{name}")
    listed = any(one.scope != "out-of-scope" for one in site.ledger.duties)

    def duties(column: str) -> Figure | None:
        return table.figure(f"sum:{column}", where(package=name)) if listed else None

    return Publication(
        publisher=publisher,
        site=site,
        latest=_latest(front, name),
        awards=table.figure("sum:awards", where(package=name)),
        facts=facts,
        facts_published=published,
        complete=derived_percent(published, facts, places=1),
        duties=duties("duties"),
        met=duties("duties_met"),
        partly=duties("duties_partly_met"),
        not_met=duties("duties_not_met"),
    )


def _repeated(publisher: Publisher) -> tuple[str, ...]:
    """Ids that awards of several of a publisher's packages have: perhaps the same award twice."""
    ids = Counter(one["id"] for site in publisher.sites for one in site.all_awards.rows)
    return tuple(sorted(id for id, times in ids.items() if times > 1))


def _own_pots(front: Front, publisher: Publisher) -> tuple[Pot, ...]:
    return tuple(pot for pot in pots(front) if any(one.publisher is publisher for one in pot.lines))


def _page(front: Front, publisher: Publisher) -> Page:
    found = tuple(publication(front, publisher, site) for site in publisher.sites)
    repeated = _repeated(publisher)
    return Page(
        url=publisher.url,
        title=publisher.name,
        description=f"What {publisher.name} publishes here: how fresh it is, and how complete.",
        template="all_publisher.md",
        context={
            "publisher": publisher,
            "publications": found,
            "pots": [
                (pot.title, line)
                for pot in _own_pots(front, publisher)
                for line in pot.lines
                if line.publisher is publisher
            ],
            "not_published": Missing.NOT_PUBLISHED,
            "repeated": repeated[:_SHOWN],
            "more_repeated": len(repeated) > _SHOWN,
        },
        trail=TRAIL,
    )


def pages(front: Front) -> Iterator[Page]:
    """The list, and a page for each publisher."""
    yield Page(
        url=urls.PUBLISHERS,
        title="Publishers",
        description="Who publishes on this site: how fresh and how complete each publication is.",
        template="all_publishers.md",
        context={
            "publications": tuple(
                publication(front, publisher, site) for publisher, site in front.packages.values()
            ),
            "not_published": Missing.NOT_PUBLISHED,
            "table": front.publications,
        },
        tables=(front.publications,),
    )
    for publisher in front.publishers:
        yield _page(front, publisher)
