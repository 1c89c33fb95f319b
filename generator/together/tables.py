"""The tables across packages: one row an award, a recipient, a package, with whose it is.

Nothing is added up here that the packages don't say themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from msgspec import Struct

from generator import urls
from generator.exports.summary_tables import by_recipient
from generator.limits import limit
from generator.missing import Missing, is_missing
from generator.model import Award
from generator.money import plain, total
from generator.pages import duties
from generator.pages.site import Site
from generator.summaries.awards import SEPARATOR
from generator.summaries.coverage import coverage_table
from generator.tables import Cells, PublishedTable
from generator.together.identity import WhoIsWho
from generator.together.same_as import Key, SameAs

FEWEST = limit("cohort_awards")
"""Awards below which they have no median worth setting beside another."""
_NONE = Missing.NOT_PUBLISHED.value
_NOT_APPLICABLE = Missing.NOT_APPLICABLE.value

_OF_AWARD = (
    *("id", "title", "financial_year", "amount", "amount_basis", "instrument"),
    *("programme_title", "fund_title", "theme_title", "attribution", "named_recipients"),
    *("recipients", "areas", "status", "source"),
)
AWARDS = ("publisher", "publisher_name", "package", "currency", *_OF_AWARD, "address")
RECIPIENTS = (
    *("organisation", "joined_by", "publisher", "publisher_name", "package", "id", "name"),
    *("identifiers", "currency", "at_least", "named_in", "awards_alone", "awards_shared"),
    "address",
)
POSSIBLY_SAME = (
    *("group", "publisher", "publisher_name", "package", "id", "name", "identifiers"),
    *("website", "evidence", "address"),
)
PUBLICATIONS = (
    *("package", "publisher", "publisher_name", "title", "official", "compiled_from"),
    *("currency", "financial_years", "awards", "recipients", "version", "compiled_on"),
    *("latest_date", "facts", "facts_published", "duties", "duties_met", "duties_partly_met"),
    *("duties_not_met", "licence", "address"),
)
COMPARED = (
    *("financial_year", "amount_basis", "currency", "publishers", "publisher", "publisher_name"),
    *("package", "awards", "amount", "median_amount", "naming_a_recipient", "with_a_fund"),
    "with_an_area",
)


class Source(Struct, frozen=True):
    """A package among several."""

    publisher: str
    """Its publisher's id."""
    site: Site

    @property
    def cells(self) -> Cells:
        """Whose a row is."""
        return {
            "publisher": self.publisher,
            "publisher_name": self.site.settings.publisher_name,
            "package": self.site.ledger.package.name,
        }

    @property
    def currency(self) -> str:
        """The package's one currency."""
        return self.site.ledger.package.currency


def awards(sources: Sequence[Source]) -> PublishedTable:
    """Every award that stands. The largest first within a package; currencies stand apart."""
    rows = tuple(
        {
            **source.cells,
            "currency": source.currency,
            **{name: cells[name] for name in _OF_AWARD},
            "address": source.site.address(urls.profile("awards", cells["id"])),
        }
        for source in sources
        for cells in source.site.all_awards.rows
    )
    path = urls.shared_csv(urls.DATA, "awards")
    return PublishedTable(path, AWARDS, rows, {"amount": "money"})


def recipients(sources: Sequence[Source], who: WhoIsWho) -> PublishedTable:
    """Every recipient as its package has it, with the organisation that several packages name."""
    joined_by = {
        key: "review"
        for one in who.organisations
        for verdict in one.reviewed
        for key in (verdict.one, verdict.other)
    }
    rows = tuple(
        {
            **source.cells,
            **cells,
            "organisation": organisation or _NOT_APPLICABLE,
            "joined_by": joined_by.get(key, "identifier") if organisation else _NOT_APPLICABLE,
            "identifiers": (key in who.named and who.named[key].number_words) or _NONE,
            "currency": source.currency,
            "address": source.site.address(urls.profile("recipients", cells["id"])),
        }
        for source in sources
        for cells in by_recipient(source.site.ledger).table.rows
        for key in [Key(source.site.ledger.package.name, cells["id"])]
        for organisation in [who.organisation_of(key)]
    )
    path = urls.shared_csv(urls.family("recipients"), "recipients")
    return PublishedTable(path, RECIPIENTS, rows, {"at_least": "money", "named_in": "money"})


def possibly_same(sources: Mapping[str, Source], who: WhoIsWho) -> PublishedTable:
    """Recipients that may be the same, group by group, with what speaks for it."""
    rows = tuple(
        {
            **source.cells,
            "group": group.id,
            "id": one.key.recipient,
            "name": one.name,
            "identifiers": one.number_words or _NONE,
            "website": str(one.recipient.url),
            "evidence": SEPARATOR.join(group.evidence),
            "address": source.site.address(urls.profile("recipients", one.key.recipient)),
        }
        for group in who.alike
        for one in group.members
        for source in [sources[one.key.package]]
    )
    path = urls.shared_csv(urls.family("recipients"), "possibly-same")
    return PublishedTable(path, POSSIBLY_SAME, rows)


def reviews(same_as: SameAs) -> PublishedTable | None:
    """The list of reviews, as it lies in data/."""
    if not same_as.header:
        return None
    path = urls.shared_csv(urls.family("recipients"), "same-as")
    return PublishedTable(path, same_as.header, tuple(one.cells for one in same_as.verdicts))


def _latest(site: Site) -> str:
    """The latest day on which an award was decided or published."""
    days = (
        text
        for one in ("decided_on", "published_on")
        for text in site.ledger.frame(Award).texts(one).dictionary.to_pylist()
        if not is_missing(text)
    )
    return max(days, default=_NONE)


def publications(sources: Sequence[Source]) -> PublishedTable:
    """A row for each package: whose it is, how fresh, and how complete."""
    return PublishedTable(
        urls.shared_csv(urls.PUBLISHERS, "publishers"),
        PUBLICATIONS,
        tuple(_publication(source) for source in sources),
    )


def _publication(source: Source) -> Cells:
    site, package, settings = source.site, source.site.ledger.package, source.site.settings
    coverage = coverage_table(site.ledger, site.awards).rows
    met = duties.met(site)

    def summed(column: str) -> str:
        return str(sum(int(one[column]) for one in coverage))

    return {
        **source.cells,
        "title": package.title,
        "official": "yes" if settings.official else "no",
        "compiled_from": settings.compiled_from or _NONE,
        "currency": package.currency,
        "financial_years": SEPARATOR.join(site.years) or _NONE,
        "awards": str(len(site.all_awards.rows)),
        "recipients": str(len(site.ledger.recipients)),
        "version": package.version or _NONE,
        "compiled_on": (package.created or _NONE)[:10],
        "latest_date": _latest(site),
        "facts": summed("awards"),
        "facts_published": summed("awards_with_value"),
        "duties": str(len(met)) if met else _NONE,
        **{
            f"duties_{words}": str(met.count(one)) if met else _NONE
            for words, one in (("met", True), ("partly_met", None), ("not_met", False))
        },
        "licence": package.licence or _NONE,
        "address": site.address(urls.HOME),
    }


def _having(rows: Sequence[Cells], column: str) -> str:
    return str(sum(not is_missing(one[column]) for one in rows))


def _compared(rows: Sequence[Cells], publishers: int) -> Cells:
    amounts = [Decimal(one["amount"]) for one in rows]
    kept = ("financial_year", "amount_basis", "currency", "publisher", "publisher_name", "package")
    return {
        **{name: rows[0][name] for name in kept},
        "publishers": str(publishers),
        "awards": str(len(rows)),
        "amount": plain(total(amounts)),
        "median_amount": plain(median(amounts)) if len(amounts) >= FEWEST else _NOT_APPLICABLE,
        "naming_a_recipient": str(sum(one["named_recipients"] != "0" for one in rows)),
        "with_a_fund": _having(rows, "fund_title"),
        "with_an_area": _having(rows, "areas"),
    }


def _alike(all_awards: PublishedTable) -> Iterator[Sequence[Sequence[Cells]]]:
    """The awards of each year, basis and currency, package by package; the first first."""
    groups: dict[tuple[str, ...], dict[str, list[Cells]]] = {}
    for one in all_awards.rows:
        key = (one["financial_year"], one["amount_basis"], one["currency"])
        groups.setdefault(key, {}).setdefault(one["package"], []).append(one)
    for _, packages in sorted(groups.items()):
        yield tuple(packages.values())


def compared(all_awards: PublishedTable) -> PublishedTable:
    """What may be set side by side: amounts of one year, one basis and one currency."""
    rows = tuple(
        _compared(awards, len({one[0]["publisher"] for one in packages}))
        for packages in _alike(all_awards)
        for awards in packages
    )
    path = urls.shared_csv(urls.COMPARE, "compare")
    return PublishedTable(path, COMPARED, rows, {"amount": "money", "median_amount": "money"})
