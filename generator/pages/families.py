"""The families of pages that gather awards: which exist, and who belongs to each member."""

from collections.abc import Iterable, Sequence

import pyarrow.compute as pc
from msgspec import Struct
from msgspec.structs import replace

from generator import model
from generator.ledger import Awards, RecordT
from generator.pages.site import Site, of_site, year_words
from generator.relations import Pairs


class Member(Struct, frozen=True):
    """One member of a family and the awards that belong to it."""

    id: str
    title: str
    record: model.Record | None
    awards: Awards


class Family(Struct, frozen=True):
    """A family of pages: its name in URLs, its words, its members."""

    name: str
    title: str
    what: str
    """What a member is, for `No award is linked to this …`."""
    intro: str
    members: tuple[Member, ...]
    lacking: Awards
    lacking_title: str | None
    template: str = "group.md"


def _members(records: Sequence[model.Record], awards: Iterable[Awards]) -> tuple[Member, ...]:
    """Each record with the awards that belong to it, given in the same order."""
    return tuple(
        Member(record.id, str(record.title), record, mine)  # type: ignore[attr-defined]
        for record, mine in zip(records, awards, strict=True)
    )


def _by_column(site: Site, name: str, kind: type[RecordT]) -> tuple[tuple[Member, ...], Awards]:
    """The members of a family that each award names one of, in a column; and what names none."""
    records = site.ledger.frame(kind).records
    key = site.ledger.relations.row_of(model.Award, name, kind)
    return _members(records, site.awards.by(key, len(records))), site.awards.among(pc.is_null(key))


def _by_link(
    site: Site, records: Sequence[model.Record], pairs: Pairs
) -> tuple[tuple[Member, ...], Awards]:
    """The members of a family that awards are linked to; and the awards that are linked to none."""
    groups = map(site.awards.with_rows, site.awards.by_pair(pairs))
    linked = site.ledger.relations.having(pairs)
    return _members(records, groups), site.awards.among(pc.invert(linked))


def _funds(site: Site) -> Family:
    members, lacking = _by_column(site, "fund", model.Fund)
    return Family(
        "funds",
        "Funds",
        "fund",
        "The streams that money is given from: what each is for, who may apply, who decides.",
        members,
        lacking,
        "Awards whose fund is not published",
        "fund.md",
    )


def _programmes(site: Site) -> Family:
    members, lacking = _by_column(site, "programme", model.Programme)
    return Family(
        "programmes",
        "Programmes",
        "programme",
        "The tables of the source, each as it stands there: same order, same wording, same total.",
        tuple(replace(one, awards=one.awards.in_source_order()) for one in members),
        lacking,
        "Awards whose programme is not published",
        "programme.md",
    )


def _themes(site: Site) -> Family:
    members, lacking = _by_column(site, "theme", model.Theme)
    return Family(
        "themes",
        "Themes",
        "theme",
        "The thematic headings that the source itself puts beside its awards.",
        members,
        lacking,
        "Awards whose theme is not published",
    )


def _areas(site: Site) -> Family:
    members, lacking = _by_link(site, site.ledger.areas, site.ledger.relations.areas)
    return Family(
        "areas",
        "Areas",
        "area",
        "The places that awards say they are for. An award for several places is not divided.",
        members,
        lacking,
        "Awards whose area is not published",
        "area.md",
    )


def _years(site: Site) -> Family:
    key = site.ledger.frame(model.Award).place_among("financial_year", site.years)
    members = tuple(
        Member(year, year_words((year,)), None, mine)
        for year, mine in zip(site.years, site.awards.by(key, len(site.years)), strict=True)
    )
    intro = "Financial years, from 1 April to 31 March."
    return Family("years", "Years", "year", intro, members, site.awards[:0], None)


def _terms(site: Site, scheme: str, name: str, title: str, intro: str) -> Family:
    pairs = site.ledger.relations.terms_of(scheme)
    every, lacking = _by_link(site, site.ledger.terms, pairs)
    return Family(
        name,
        title,
        scheme,
        intro,
        tuple(one for one in every if getattr(one.record, "scheme", None) == scheme),
        lacking,
        f"Awards linked to no {scheme}",
        "term.md",
    )


NAMES = ("funds", "programmes", "themes", "areas", "years", "objectives", "topics")
"""The families' names, in their order."""


@of_site
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
