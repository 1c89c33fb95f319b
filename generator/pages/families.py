"""The families of pages that gather awards: which exist, and who belongs to each member."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from generator import model
from generator.ledger import LinkedAward
from generator.pages.site import Site, year_words

Belongs = Callable[[LinkedAward], bool]


@dataclass(frozen=True)
class Member:
    """One member of a family and the awards that belong to it."""

    id: str
    title: str
    record: model.Record | None
    awards: tuple[LinkedAward, ...]


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


def _members(
    site: Site, records: Sequence[model.Record], ids_of: Callable[[LinkedAward], Iterable[object]]
) -> tuple[Member, ...]:
    """Each record with the awards that belong to it; `ids_of` says to which one belongs."""
    mine: dict[object, list[LinkedAward]] = {}
    for one in site.awards:
        for id in dict.fromkeys(ids_of(one)):
            mine.setdefault(id, []).append(one)
    return tuple(
        Member(record.id, str(record.title), record, tuple(mine.get(record.id, ())))  # type: ignore[attr-defined]
        for record in records
    )


def _lacking(site: Site, has: Belongs) -> tuple[LinkedAward, ...]:
    return tuple(one for one in site.awards if not has(one))


def _funds(site: Site) -> Family:
    ledger = site.ledger
    members = _members(site, ledger.funds, lambda one: (one.award.fund,))
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
    family = _members(site, ledger.programmes, lambda one: (one.award.programme,))
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
        _members(site, site.ledger.themes, lambda one: (one.award.theme,)),
        _lacking(site, lambda one: one.theme is not None),
        "Awards whose theme is not published",
    )


def _areas(site: Site) -> Family:
    return Family(
        "areas",
        "Areas",
        "area",
        "The places that awards say they are for. An award for several places is not divided.",
        _members(site, site.ledger.areas, lambda one: (area.id for _, area in one.areas)),
        _lacking(site, lambda one: bool(one.areas)),
        "Awards whose area is not published",
        "area.md",
    )


def _years(site: Site) -> Family:
    mine: dict[object, list[LinkedAward]] = {}
    for one in site.awards:
        mine.setdefault(one.award.financial_year, []).append(one)
    members = tuple(
        Member(year, year_words((year,)), None, tuple(mine.get(year, ()))) for year in site.years
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
        _members(site, records, lambda one: one.terms_of(scheme)),
        _lacking(site, has),
        f"Awards linked to no {scheme}",
        "term.md",
    )


@cache
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


def filled(site: Site) -> tuple[Family, ...]:
    """The families worth offering to readers: those that have members.

    Before the first award it is every family: they say what will be found there.
    """
    return tuple(one for one in families(site) if one.members or site.without_awards)
