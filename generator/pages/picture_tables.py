"""The tables behind the pictures: each row is one that a bar can stand for.

Awards are counted whole, and once. An id in brackets is no single thing: what isn't published,
say. `bar` tells whether the picture has a bar for the row.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal

from generator import model, urls
from generator.bands import band_of, band_titles
from generator.grouping import Groups
from generator.ledger import LinkedAward
from generator.linking import Alike
from generator.money import currency_mark, plain, total
from generator.pages.site import Site, year_words
from generator.summaries.base import amount
from generator.tables import Cells, PublishedTable

MOST_BARS = 15
NOT_PUBLISHED = "(not published)"
SEVERAL = "(several areas)"


def picture_table(
    path: str, rows: Iterable[Cells], *, money: str = "amount", drawn: Collection[str] | None = None
) -> PublishedTable:
    """Rows of id, title, awards and money; `drawn` holds the ids that have a bar: all, if None."""
    header = ("id", "title", "awards", money, "bar")
    marked = tuple(
        {**cells, "bar": "yes" if drawn is None or cells["id"] in drawn else "no"} for cells in rows
    )
    return PublishedTable(path, header, marked, {money: "money"})


def _grouped(
    awards: Iterable[Alike], group_of: Callable[[LinkedAward], str], titles: Mapping[str, str]
) -> list[dict[str, str]]:
    """A row for each group that has awards, in the order of `titles`.

    All awards that are alike must be of the same group.
    """
    held: dict[str, list[Alike]] = {}
    for one in awards:
        held.setdefault(group_of(one.first), []).append(one)
    return [
        {
            "id": id,
            "title": title,
            "awards": str(sum(one.count for one in held[id])),
            "amount": plain(total(one.amount for one in held[id])),
        }
        for id, title in titles.items()
        if id in held
    ]


def by_year(site: Site) -> PublishedTable:
    """Years, the first one first."""
    titles = {year: year_words((year,)) for year in reversed(site.years)}

    def year(one: LinkedAward) -> str:
        said = one.award.financial_year
        return said if isinstance(said, str) else NOT_PUBLISHED

    of_year = site.ledger.frame(model.Award).texts("financial_year").indices
    rows = _grouped(
        site.awards.alike(of_year), year, {**titles, NOT_PUBLISHED: "Year not published"}
    )
    path = urls.picture_csv(urls.family("years"), "by-year")
    return picture_table(path, rows)


def by_area(site: Site) -> PublishedTable:
    """Areas, largest first, then awards for several areas and those whose area isn't published."""
    titles = {area.id: str(area.title) for area in site.ledger.areas}
    apart = {SEVERAL: "Several areas in one award", NOT_PUBLISHED: "Area not published"}

    def area(one: LinkedAward) -> str:
        ids = {area.id for _, area in one.areas}
        return NOT_PUBLISHED if not ids else ids.pop() if len(ids) == 1 else SEVERAL

    relations = site.ledger.relations
    of_area = Groups(relations.areas.awards, relations.size)
    alike = site.awards.alike(of_area.sizes, relations.areas.others.take(of_area.firsts))
    rows = _grouped(alike, area, titles)
    rows.sort(key=lambda cells: (-Decimal(cells["amount"]), cells["title"], cells["id"]))
    first = {cells["id"] for cells in rows[:MOST_BARS]} | set(apart)
    path = urls.picture_csv(urls.family("areas"), "by-area")
    rows += _grouped(alike, area, apart)
    return picture_table(path, rows, drawn=first)


def by_size(site: Site) -> PublishedTable:
    """Bands of amounts, from the smallest that has awards to the largest."""
    titles = band_titles("")
    bands = site.ledger.frame(model.Award).mapped("amount", band_of).indices
    rows = _grouped(site.awards.alike(bands), lambda one: band_of(amount(one)), titles)
    found = {cells["id"]: cells for cells in rows}
    used = [place for place, id in enumerate(titles) if id in found]
    rows = [
        found.get(id, {"id": id, "title": titles[id], "awards": "0", "amount": "0.00"})
        for place, id in enumerate(titles)
        if used and used[0] <= place <= used[-1]
    ]
    path = urls.picture_csv(urls.family("awards"), "by-size")
    return picture_table(path, rows)


def amount_heading(site: Site) -> str:
    """`Size of the award (£)`: the bands' own words hold no currency."""
    return f"Size of the award ({currency_mark(site.ledger.package.currency).strip()})"
