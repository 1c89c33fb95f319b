"""Families of pages that gather awards: funds, programmes, themes, areas, years, terms.

Each has a list, a profile for every member, and a page for the awards that have none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator import model, urls
from generator.checks.funds import awards_of
from generator.ledger import LinkedAward
from generator.missing import Missing
from generator.pages.page import Page
from generator.pages.site import BASIS_WORDS, Listing, Site, year_words
from generator.reconcile import StatedCheck
from generator.selectors import where
from generator.tables import Figure, derived_difference

Belongs = Callable[[LinkedAward], bool]


@dataclass(frozen=True)
class Member:
    """One member of a family and the awards that belong to it."""

    id: str
    title: str
    record: model.Record | None
    awards: tuple[LinkedAward, ...]
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Family:
    """A family of pages: its name in URLs, its words, its members."""

    name: str
    title: str
    what: str
    """What a member is, for `No award is linked to this …`."""
    intro: str
    members: tuple[Member, ...]
    lacking: tuple[LinkedAward, ...]
    lacking_title: str | None
    template: str = "group.md"


@dataclass(frozen=True)
class Entry:
    """A member as a line of its family's list."""

    member: Member
    url: str
    count: Figure
    total: Figure


def _members(
    site: Site, records: Sequence[model.Record], belongs: Callable[[str], Belongs]
) -> tuple[Member, ...]:
    members = []
    for record in records:
        id, title = record.id, record.title  # type: ignore[attr-defined]
        mine = tuple(filter(belongs(id), site.awards))
        members.append(Member(id, str(title), record, mine))
    return tuple(members)


def _lacking(site: Site, has: Belongs) -> tuple[LinkedAward, ...]:
    return tuple(one for one in site.awards if not has(one))


def _funds(site: Site) -> Family:
    ledger = site.ledger
    members = _members(site, ledger.funds, lambda id: lambda one: one.award.fund == id)
    return Family(
        "funds",
        "Funds",
        "fund",
        "The streams that money is given from: what each is for, who may apply, who decides.",
        members,
        _lacking(site, lambda one: one.fund is not None),
        "Awards whose fund is not published",
        "fund.md",
    )


def _programmes(site: Site) -> Family:
    ledger = site.ledger
    family = _members(site, ledger.programmes, lambda id: lambda one: one.award.programme == id)
    ordered = tuple(
        Member(one.id, one.title, one.record, tuple(sorted(one.awards, key=_source_order)))
        for one in family
    )
    return Family(
        "programmes",
        "Programmes",
        "programme",
        "The tables of the source, each as it stands there: same order, same wording, same total.",
        ordered,
        _lacking(site, lambda one: one.programme is not None),
        "Awards whose programme is not published",
        "programme.md",
    )


def _source_order(one: LinkedAward) -> tuple[str, int, str]:
    order = one.award.source_order
    return (str(one.award.financial_year), order if isinstance(order, int) else 0, one.award.id)


def _themes(site: Site) -> Family:
    return Family(
        "themes",
        "Themes",
        "theme",
        "The thematic headings that the source itself puts beside its awards.",
        _members(site, site.ledger.themes, lambda id: lambda one: one.award.theme == id),
        _lacking(site, lambda one: one.theme is not None),
        "Awards whose theme is not published",
    )


def _areas(site: Site) -> Family:
    def belongs(id: str) -> Belongs:
        return lambda one: any(area.id == id for _, area in one.areas)

    return Family(
        "areas",
        "Areas",
        "area",
        "The places that awards say they are for. An award for several places is not divided.",
        _members(site, site.ledger.areas, belongs),
        _lacking(site, lambda one: bool(one.areas)),
        "Awards whose area is not published",
        "area.md",
    )


def _years(site: Site) -> Family:
    members = tuple(
        Member(
            year,
            year_words((year,)),
            None,
            tuple(one for one in site.awards if one.award.financial_year == year),
        )
        for year in site.years
    )
    intro = "Financial years, from 1 April to 31 March."
    return Family("years", "Years", "year", intro, members, (), None)


def _terms(site: Site, scheme: str, name: str, title: str, intro: str) -> Family:
    records = [one for one in site.ledger.terms if one.scheme == scheme]

    def has(one: LinkedAward) -> bool:
        return any(term.scheme == scheme for _, term in one.terms)

    return Family(
        name,
        title,
        scheme,
        intro,
        _members(site, records, lambda id: lambda one: one.has_term(scheme, id)),
        _lacking(site, has),
        f"Awards linked to no {scheme}",
        "term.md",
    )


def families(site: Site) -> tuple[Family, ...]:
    """Every family, empty ones too: a page that says "none" beats a missing page."""
    return (
        _funds(site),
        _programmes(site),
        _themes(site),
        _areas(site),
        _years(site),
        _terms(
            site,
            "objective",
            "objectives",
            "Objectives",
            "The objectives of the publisher’s plan, and the awards said to serve each.",
        ),
        _terms(
            site,
            "topic",
            "topics",
            "Topics",
            "Matters that an award’s own words name. An award can name several, so the amounts "
            "of two topics must not be added up.",
        ),
    )


@dataclass(frozen=True)
class FundLimit:
    """A fund's cap, or money set aside in it, beside what its awards use."""

    words: str
    limit: Figure
    used: Figure | None = None
    left: Figure | None = None


def _fund_limits(site: Site, fund: model.Fund, listing: Listing) -> Iterator[FundLimit]:
    funds, allocations = site.resource("funds"), site.resource("allocations")
    given = awards_of(site.ledger, fund)
    years = {one.award.financial_year for one in given}
    if funds is not None and not isinstance(fund.cap, Missing):
        cap = funds.figure("sum:cap", where(id=fund.id), id="cap")
        left = None
        if given and len(years) == 1:
            left = derived_difference(cap, listing.total, id="left")
        yield FundLimit("Most it may give in a year", cap, listing.total if left else None, left)
    if funds is not None and not isinstance(fund.cap_per_area, Missing):
        yield FundLimit(
            "Most it may give in one area in a year",
            funds.figure("sum:cap_per_area", where(id=fund.id)),
        )
    for one in site.ledger.allocations:
        if allocations is not None and one.fund == fund.id and one.scope != "whole-fund":
            yield FundLimit(
                f"Set aside: {one.title}", allocations.figure("sum:amount", where(id=one.id))
            )


def _printed(listing: Listing, name: str) -> bool:
    return any(row[name] != Missing.NOT_PUBLISHED.value for row in listing.table.rows)


@dataclass(frozen=True)
class PrintedRow:
    """A row of a programme's table as the source prints it."""

    linked: LinkedAward
    amount: Figure
    percentage: Figure | None


def _programme_context(site: Site, listing: Listing) -> Mapping[str, object]:
    rows = site.resource("awards")
    printed = []
    for group in listing.groups:
        for line in group.lines:
            award = line.linked.award
            percentage = None
            if rows is not None and not isinstance(award.published_percentage, Missing):
                percentage = rows.figure("sum:published_percentage", where(id=award.id))
            printed.append(PrintedRow(line.linked, line.amount, percentage))
    checks = [one for one in site.stated if _covers(one, listing)]
    bases = {
        check.record.base: base.stated
        for check in checks
        for base in site.stated
        if base.record.id == check.record.base
    }
    return {
        "rows": tuple(printed),
        "has_theme": _printed(listing, "theme"),
        "has_percentage": _printed(listing, "published_percentage"),
        "totals": tuple(one for one in checks if one.record.kind == "amount"),
        "shares": tuple(one for one in checks if one.record.kind == "percentage"),
        "bases": bases,
    }


def _covers(check: StatedCheck, listing: Listing) -> bool:
    covered = check.part or check.computed
    if covered is None or covered.rows is None or check.record.covers_resource != "awards":
        return False
    ids = {row["id"] for row in listing.table.rows}
    wanted = covered.where
    # A figure of this table covers all of its rows, as the selector finds them by their links.
    return {cells["id"] for cells in listing.table.select(wanted)} == ids


def _extra(site: Site, family: Family, member: Member, listing: Listing) -> Mapping[str, object]:
    if family.name == "programmes":
        return _programme_context(site, listing)
    if family.name == "funds" and isinstance(member.record, model.Fund):
        return {"limits": tuple(_fund_limits(site, member.record, listing))}
    if family.name == "areas":
        allocations = site.resource("allocations")
        return {
            "alone": listing.table.figure("sum:amount", where(area_count="1")),
            "allocations": tuple(
                FundLimit(str(one.title), allocations.figure("sum:amount", where(id=one.id)))
                for one in site.ledger.allocations
                if allocations is not None and one.area == member.id
            ),
        }
    if family.name == "objectives" or family.name == "topics":
        links = [
            link
            for one in member.awards
            for link, term in one.terms
            if (term.scheme, term.id) == (family.what, member.id)
        ]
        return {"inferred": tuple(link for link in links if link.basis != "stated")}
    return {}


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
            **_extra(site, family, member, listing),
        },
        trail=((family.title, urls.family(family.name)),),
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
        context={"site": site, "family": family, "listing": listing},
        trail=((family.title, urls.family(family.name)),),
        tables=(listing.table,),
    )


def _list_page(site: Site, family: Family) -> Page:
    entries = []
    for member in family.members:
        url = urls.profile(family.name, member.id)
        table = site.listing(url, member.awards).table
        entries.append(Entry(member, url, table.figure("count"), table.figure("sum:amount")))
    lacking = None
    if family.lacking_title:
        url = urls.profile(family.name, urls.NOT_PUBLISHED)
        table = site.listing(url, family.lacking).table
        member = Member(urls.NOT_PUBLISHED, family.lacking_title, None, family.lacking)
        lacking = Entry(member, url, table.figure("count"), table.figure("sum:amount"))
    return Page(
        url=urls.family(family.name),
        title=family.title,
        description=family.intro,
        template="groups.md",
        context={"site": site, "family": family, "entries": tuple(entries), "lacking": lacking},
    )


def pages(site: Site) -> Iterator[Page]:
    """All lists and profiles."""
    for family in families(site):
        yield _list_page(site, family)
        for member in family.members:
            yield _profile(site, family, member)
        if family.lacking_title:
            yield _lacking_page(site, family)
