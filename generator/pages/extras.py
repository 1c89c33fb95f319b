"""What some families' pages show beyond their awards: caps, the printed table, allocations."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
from msgspec import Struct

from generator import model, urls
from generator.checks.funds import awards_of
from generator.figures import Figure, derived_difference
from generator.ledger import Awards, LinkedAward
from generator.measures import texts_in
from generator.missing import Missing
from generator.pages.families import Family, Member
from generator.pages.lines import Listing
from generator.pages.site import AMOUNT_BASIS_WORDS, BASIS_WORDS, Site
from generator.reconcile import StatedCheck
from generator.selectors import where


class FundLimit(Struct, frozen=True):
    """A fund's cap, or money set aside in it, beside what its awards use."""

    words: str
    limit: Figure
    used: Figure | None = None
    left: Figure | None = None


def _fund_limits(site: Site, fund: model.Fund, listing: Listing) -> Iterator[FundLimit]:
    funds, allocations = site.resource("funds"), site.resource("allocations")
    given = awards_of(site.ledger, fund)
    years = set(texts_in(site.table(urls.HOME, given).rows, "financial_year"))
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
    texts = set(texts_in(listing.table.rows, name))
    return bool(texts - {Missing.NOT_PUBLISHED.value})


def _linked(site: Site, listing: Listing) -> Awards:
    """The awards that a page shows."""
    return site.ledger.linked.with_rows(pa.array([one.row for one in listing.lines], pa.int64()))


class PrintedRow(Struct, frozen=True):
    """A row of a programme's table as the source prints it."""

    linked: LinkedAward
    amount: Figure
    percentage: Figure | None


def _programme_context(site: Site, listing: Listing) -> Mapping[str, object]:
    rows = site.resource("awards")
    printed = []
    for line, linked in zip(listing.lines, _linked(site, listing), strict=True):
        percentage = None
        if rows is not None and not isinstance(linked.award.published_percentage, Missing):
            percentage = rows.figure("sum:published_percentage", where(id=line.id))
        printed.append(PrintedRow(linked, listing.amount(line), percentage))
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
    ids = set(texts_in(listing.table.rows, "id"))
    wanted = covered.where
    # A figure of this table covers all of its rows, as the selector finds them by their links.
    return set(texts_in(listing.table.select(wanted), "id")) == ids


def extra(site: Site, family: Family, member: Member, listing: Listing) -> Mapping[str, object]:
    """The further context of a member's page, by its family."""
    if family.name == "programmes":
        return _programme_context(site, listing)
    if family.name == "funds" and isinstance(member.record, model.Fund):
        bases = set(texts_in(listing.table.rows, "fund_basis"))
        return {
            "listed": tuple(one.award for one in _linked(site, listing)),
            "limits": tuple(_fund_limits(site, member.record, listing)),
            "documents": tuple(one for one in site.ledger.documents if one.fund == member.id),
            "by_basis": tuple(
                (words, listing.table.figure("sum:amount", where(fund_basis=basis)))
                for basis, words in BASIS_WORDS.items()
                if basis in bases
            ),
        }
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


class ComparedLine(Struct, frozen=True):
    """A programme's awards of one basis, year by year; None where there are none."""

    title: str
    basis: str
    amounts: tuple[Figure | None, ...]


def year_comparison(site: Site) -> tuple[ComparedLine, ...]:
    """Years side by side, only where programme and basis are the same.

    Amounts of unlike bases (funded in a year, total value) are never set against each other.
    """
    if len(site.years) < 2:
        return ()
    table = site.all_awards
    lines = []
    for programme in site.ledger.programmes:
        for basis, words in AMOUNT_BASIS_WORDS.items():
            amounts = []
            for year in reversed(site.years):
                rows = where(programme=programme.id, amount_basis=basis, financial_year=year)
                amounts.append(table.figure("sum:amount", rows) if table.select(rows) else None)
            if sum(amount is not None for amount in amounts) > 1:
                lines.append(ComparedLine(str(programme.title), words, tuple(amounts)))
    return tuple(lines)
