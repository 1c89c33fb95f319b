"""Tables that say which CSV stands behind them: does it, and in the same order?

Where several tables of a page share one CSV, they show its rows between them, one after another.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.crawler.page import Page, Row, Table
from tests.crawler.rows import MISSING, CannotTellError, Sheets, number
from tests.crawler.site import Problem, Site

AWARDS = "awards.csv"
AWARD_COLUMNS = (
    *("id", "title", "financial_year", "programme", "fund", "theme", "instrument", "amount"),
    *("attribution", "recipients", "services", "areas", "status", "source"),
)
MOST_ROWS = 100


def check(page: Page, site: Site, sheets: Sheets) -> Iterator[Problem]:
    """What is wrong with the tables of a page."""
    for row in page.loose_rows:
        yield Problem(page.path, "table", f"row {row!r} stands in no table with a data-csv")
    for name in dict.fromkeys(table.csv for table in page.tables):
        rows = tuple(row for table in page.tables if table.csv == name for row in table.rows)
        try:
            for detail in _check_table(Table(name, rows), page, site, sheets):
                yield Problem(page.path, "table", f"{name}: {detail}")
        except CannotTellError as error:
            yield Problem(page.path, "table", f"{name}: {error}")


def _check_table(table: Table, page: Page, site: Site, sheets: Sheets) -> Iterator[str]:
    path = site.table(page.url, table.csv)
    if "/" in table.csv or path is None:
        yield "is not a CSV beside the page"
        return
    sheet = sheets.sheet(path)
    wanted = AWARD_COLUMNS if table.csv == AWARDS else ["id"]
    if lacking := [column for column in wanted if column not in sheet.columns]:
        yield f"has no column {', '.join(lacking)}"
        return
    shown = [row.id for row in table.rows]
    if len(shown) not in {len(sheet.rows), min(len(sheet.rows), MOST_ROWS)}:
        yield f"the table shows {len(shown)} of its {len(sheet.rows)} rows: all or {MOST_ROWS}"
    listed = [row["id"] for row in sheet.rows]
    for place, (here, there) in enumerate(zip(shown, listed, strict=False), start=1):
        if here != there:
            yield f"row {place} of the table is {here!r}, of the CSV {there!r}"
            return
    own = {row["id"]: row.get("amount", "") for row in sheet.rows}
    for row in table.rows:
        yield from _check_amount(row, table, own.get(row.id, ""))


def _check_amount(row: Row, table: Table, own: str) -> Iterator[str]:
    """An amount in a row must be that row's own, not one that is right for another."""
    for figure in row.figures:
        pointed = (figure.get("data-rows"), figure.get("data-measure"))
        if own in MISSING or pointed != (table.csv, "sum:amount"):
            continue
        if number(figure.get("value")) != number(own):
            yield f"row {row.id!r} shows {figure.text.strip()}, not its own {own}"
