"""Pictures of bars: which there are, and the published rows that each draws."""

from markupsafe import Markup
from msgspec import Struct

from generator.charts import bars
from generator.figures import Figure
from generator.pages import picture_tables as tables
from generator.pages.site import Site
from generator.pages.words import figure_text
from generator.selectors import where
from generator.tables import PublishedTable

FEWEST_BARS = 3
"""With fewer, a sentence says as much."""


class PictureRow(Struct, frozen=True):
    """A row that the picture has a bar for."""

    title: str
    awards: Figure
    money: Figure
    missing: bool
    """Whether it is no single thing: not published, or several together."""


class Without(Struct, frozen=True):
    """The rows that are too many for the picture: how many, their awards, their money."""

    rows: Figure
    awards: Figure
    money: Figure


class Picture(Struct, frozen=True):
    """A picture, the rows behind it, and what its words need."""

    id: str
    heads: tuple[str, str, str]
    """The heads of the table's columns."""
    table: PublishedTable
    rows: tuple[PictureRow, ...]
    drawing: Markup | None
    """None where a sentence says it."""
    largest: PictureRow | None
    """The row with the longest bar, of those that are a single thing."""
    without: Without | None


def _rows(table: PublishedTable, money: str) -> tuple[PictureRow, ...]:
    return tuple(
        PictureRow(
            cells["title"],
            table.figure("sum:awards", where(id=cells["id"])),
            table.figure(f"sum:{money}", where(id=cells["id"])),
            missing=cells["id"].startswith("("),
        )
        for cells in table.select(where(bar="yes"))
    )


def _picture(
    site: Site,
    table: PublishedTable,
    id: str,
    title: str,
    heads: tuple[str, str, str],
    *,
    money: str = "amount",
    counts: bool = False,
) -> Picture | None:
    """A picture of a table; None when there is nothing to compare.

    Bars show the money, or how many awards there are when `counts`.
    """
    rows = _rows(table, money)
    if len(rows) < FEWEST_BARS - 1:
        return None

    def drawn(row: PictureRow) -> Figure:
        return row.awards if counts else row.money

    def said(row: PictureRow) -> str:
        return figure_text(drawn(row), site.ledger.package.currency)

    drawing = None
    if len(rows) >= FEWEST_BARS:
        longest = max(rows, key=lambda row: drawn(row).value)
        description = (
            f"{len(rows)} bars from zero. The longest is {longest.title}, {said(longest)}. "
            "The table of figures behind this picture has them all."
        )
        shown = [bars.Bar(row.title, drawn(row).value, said(row), row.missing) for row in rows]
        drawing = bars.draw(f"picture-{id}", title, description, shown)
    left = where(bar="no")
    without = None
    if table.select(left):
        without = Without(
            table.figure("count", left),
            table.figure("sum:awards", left),
            table.figure(f"sum:{money}", left),
        )
    single = [row for row in rows if not row.missing]
    largest = max(single, key=lambda row: drawn(row).value, default=None)
    return Picture(id, heads, table, rows, drawing, largest, without)


def recipients(site: Site, table: PublishedTable) -> Picture | None:
    """Who received what, at least."""
    heads = ("Recipient", "Awards held alone", "At least")
    title = "Recipients, by what they hold at least"
    return _picture(site, table, "at-least", title, heads, money="at_least")


def years(site: Site) -> Picture | None:
    """Awards by year."""
    heads = ("Year", "Awards", "Amount")
    return _picture(site, tables.by_year(site), "by-year", "Money in awards, by year", heads)


def areas(site: Site) -> Picture | None:
    """Awards by area, each whole and once."""
    heads = ("Area", "Awards", "Amount")
    return _picture(site, tables.by_area(site), "by-area", "Money in awards, by area", heads)


def sizes(site: Site) -> Picture | None:
    """How many awards are how large."""
    heads = (tables.amount_heading(site), "Awards", "Together")
    title = "Number of awards, by size"
    return _picture(site, tables.by_size(site), "by-size", title, heads, counts=True)
