"""What may be set side by side: amounts of one year, one basis and one currency, and no others."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator import urls
from generator.figures import Figure
from generator.missing import is_missing
from generator.pages.page import Page
from generator.pages.site import AMOUNT_BASIS_WORDS, Site
from generator.pages.words import year_text
from generator.selectors import Condition, Where, where
from generator.tables import Cells, PublishedTable
from generator.together import tables
from generator.together.front import Front, Publisher


class Line(Struct, frozen=True):
    """A package's awards of one year, basis and currency."""

    publisher: Publisher
    site: Site
    count: Figure
    amount: Figure
    median: Figure | None
    """None where the awards are too few to have one worth comparing."""
    coverage: tuple[tuple[str, Figure], ...]
    """How many awards say what, in words."""


class Comparison(Struct, frozen=True):
    """What may be compared."""

    words: str
    anchor: str
    lines: tuple[Line, ...]


def _words(cells: Cells) -> str:
    basis = AMOUNT_BASIS_WORDS[cells["amount_basis"]]
    return f"{year_text(cells['financial_year'])}: {basis}, in {cells['currency']}"


def _line(front: Front, table: PublishedTable, cells: Cells) -> Line:
    publisher, site = front.packages[cells["package"]]
    keys = ("financial_year", "amount_basis", "currency", "package")
    own: Where = where(**{name: cells[name] for name in keys})
    amount = front.awards.figure("sum:amount", own)
    median = None
    if not is_missing(cells["median_amount"]):
        # Rounded half up to the penny: so from the row that says so, not from the awards.
        median = table.figure("sum:median_amount", own)._replace(currency=cells["currency"])
    return Line(
        publisher,
        site,
        front.count(own),
        amount._replace(currency=cells["currency"]),
        median,
        (
            (
                "Name a recipient",
                front.count((*own, Condition("named_recipients", "0", equal=False))),
            ),
            ("State the fund", front.awards.figure("filled:fund_title", own)),
            ("State an area", front.awards.figure("filled:areas", own)),
        ),
    )


def _groups(rows: Sequence[Cells]) -> Iterator[tuple[str, list[Cells]]]:
    found: dict[str, list[Cells]] = {}
    for one in rows:
        found.setdefault(_words(one), []).append(one)
    yield from reversed(found.items())  # the latest year first


def pages(front: Front) -> Iterator[Page]:
    """The one page of comparisons."""
    table = tables.compared(front.awards)
    comparisons, alone = list[Comparison](), list[tuple[str, Publisher]]()
    for words, rows in _groups(table.rows):
        if rows[0]["publishers"] == "1":
            alone.append((words, front.packages[rows[0]["package"]][0]))
            continue
        kept = (rows[0][one] for one in ("financial_year", "amount_basis", "currency"))
        order = list(front.packages)
        rows.sort(key=lambda one: order.index(one["package"]))
        lines = tuple(_line(front, table, one) for one in rows)
        comparisons.append(Comparison(words, "-".join(kept).lower(), lines))
    yield Page(
        url=urls.COMPARE,
        title="Compare",
        description="Awards of several publishers side by side, where they can be compared.",
        template="all_compare.md",
        context={
            "comparisons": comparisons,
            "alone": alone,
            "table": table,
            "fewest": tables.FEWEST,
        },
        tables=(table,),
    )
