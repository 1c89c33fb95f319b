"""The pages of each family: a list, a profile for every member, a page for what has none."""

from collections.abc import Iterator

from msgspec import Struct

from generator import urls
from generator.figures import Figure
from generator.pages import pictures
from generator.pages.extras import extra, year_comparison
from generator.pages.families import Family, Member, families
from generator.pages.page import Page
from generator.pages.site import BASIS_WORDS, UNDER_AWARDS, Site
from generator.tables import PublishedTable


class Entry(Struct, frozen=True):
    """A member as a line of its family's list."""

    member: Member
    url: str
    count: Figure
    total: Figure


def _above(family: Family) -> tuple[tuple[str, str], ...]:
    """Funds are a section of the site; the other families are ways to look at the awards."""
    return () if family.name == "funds" else UNDER_AWARDS


def _profile(site: Site, family: Family, member: Member) -> Page:
    url = urls.profile(family.name, member.id)
    listing = site.listing(url, member.awards)
    return Page(
        url=url,
        title=member.title,
        description=f"{member.title}: awards of {site.settings.publisher_name}.",
        template=family.template,
        context={
            "site": site,
            "family": family,
            "member": member,
            "record": member.record,
            "listing": listing,
            "basis_words": BASIS_WORDS,
            **extra(site, family, member, listing),
        },
        trail=(*_above(family), (family.title, urls.family(family.name))),
        tables=(listing.table,),
    )


def _lacking_page(site: Site, family: Family) -> Page:
    url = urls.profile(family.name, urls.NOT_PUBLISHED)
    listing = site.listing(url, family.lacking)
    return Page(
        url=url,
        title=str(family.lacking_title),
        description=f"{family.lacking_title}, {site.settings.publisher_name}.",
        template="lacking.md",
        context={
            "site": site,
            "listing": listing,
            "title": family.lacking_title,
            "what": family.what,
        },
        trail=(*_above(family), (family.title, urls.family(family.name))),
        tables=(listing.table,),
    )


def _list_page(site: Site, family: Family) -> Page:
    entries = []
    for member in family.members:
        url = urls.profile(family.name, member.id)
        table = site.table(url, member.awards)
        entries.append(Entry(member, url, table.figure("count"), table.figure("sum:amount")))
    lacking = None
    if family.lacking_title:
        url = urls.profile(family.name, urls.NOT_PUBLISHED)
        table = site.table(url, family.lacking)
        member = Member(urls.NOT_PUBLISHED, family.lacking_title, None, family.lacking)
        lacking = Entry(member, url, table.figure("count"), table.figure("sum:amount"))
    drawn = {"areas": pictures.areas, "years": pictures.years}.get(family.name)
    picture = drawn(site) if drawn else None
    return Page(
        url=urls.family(family.name),
        title=family.title,
        description=family.intro,
        template="groups.md",
        trail=_above(family),
        context={
            "site": site,
            "family": family,
            "entries": tuple(entries),
            "lacking": lacking,
            "compared": year_comparison(site) if family.name == "years" else (),
            "picture": picture,
            "count": site.all_awards.figure("count"),
        },
        tables=(picture.table,) if picture else (),
    )


def tables(site: Site) -> Iterator[PublishedTable]:
    """The list of awards beside each profile."""
    for family in families(site):
        for member in family.members:
            yield site.table(urls.profile(family.name, member.id), member.awards)


def pages(name: str, site: Site) -> Iterator[Page]:
    """The list of a family, and its profiles."""
    family = next(one for one in families(site) if one.name == name)
    yield _list_page(site, family)
    for member in family.members:
        yield _profile(site, family, member)
    if family.lacking_title:
        yield _lacking_page(site, family)
