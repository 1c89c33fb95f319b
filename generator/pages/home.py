"""The home page: where the money went, and how sure one can be."""

from collections.abc import Iterator
from decimal import Decimal

import pyarrow.compute as pc
from msgspec import Struct

from generator import model, urls
from generator.figures import (
    Figure,
    derived_difference,
    derived_percent,
    derived_sum,
)
from generator.ledger import Attribution
from generator.missing import Missing
from generator.money import percent
from generator.pages.holdings import ranked
from generator.pages.page import Page
from generator.pages.site import Site
from generator.reconcile import stated_figure
from generator.selectors import where
from generator.summaries.coverage import coverage_table

TOP = 5

_CERTAINTY = {
    Attribution.SOLE: "Held alone by one named recipient",
    Attribution.SHARED: "Shared between named recipients; the split is not published",
    Attribution.PARTIAL: "Shared; some recipients named, some not",
    Attribution.UNNAMED: "Recipients not named (“multiple organisations”)",
    Attribution.NONE: "No recipient printed",
}
_NEVER_SAID = {
    "decided_on": "when each award was decided",
    "start_on": "when it starts and ends",
    "instrument": "whether it is a grant or a contract",
    "conditions": "its conditions",
    "reasons": "the reasons for it",
    "objective": "which objective it serves",
}


class Part(Struct, frozen=True):
    """One part of the whole: a programme, or what is in no award."""

    words: str
    url: str | None
    amount: Figure
    share: Figure | None
    width: Decimal
    """Percent of the bar."""


class Certainty(Struct, frozen=True):
    """How much is known of who holds the money."""

    words: str
    anchor: str
    count: Figure
    amount: Figure
    share: Figure | None


class Whole(Struct, frozen=True):
    """What was available, what awards show, what they don't."""

    available: Figure | None
    available_note: object
    shown: Figure
    shown_count: Figure
    rest: Figure | None
    rest_share: Figure | None
    parts: tuple[Part, ...]
    year: str | None
    """The one year that the figures are for, where the publication covers several."""


def _whole(site: Site) -> Whole:
    table = site.all_awards
    record = next(
        (one for one in site.ledger.stated_figures if one.id == site.settings.available), None
    )
    year = record.financial_year if record and len(site.years) > 1 else None
    rows = where(financial_year=year) if isinstance(year, str) else ()
    shown = table.figure("sum:amount", rows, id="shown")
    available = rest = None
    if record is not None:
        available = stated_figure(site.ledger, record, id="available")
        if available.value >= shown.value:
            rest = derived_difference(available, shown, id="rest")
    whole = shown if rest is None or available is None else available
    parts = []
    for programme in site.ledger.programmes:
        mine = (*where(programme=programme.id), *rows)
        amount = table.figure("sum:amount", mine, id=f"in-{programme.id}")
        if amount.value:
            url = urls.profile("programmes", programme.id)
            parts.append(_part(str(programme.title), url, amount, whole))
    programmes = site.ledger.relations.row_of(model.Award, "programme", model.Programme)
    outside = site.awards.among(pc.is_null(programmes))
    if not parts or outside:
        parts = [_part("Shown in awards", urls.family("awards"), shown, whole)]
    if rest is not None:
        parts.append(_part("Not shown in any award", None, rest, whole))
    return Whole(
        available=available,
        available_note=record.note if record else Missing.NOT_PUBLISHED,
        shown=shown,
        shown_count=table.figure("count", rows),
        rest=rest,
        rest_share=derived_percent(rest, whole) if rest else None,
        parts=tuple(parts),
        year=year if isinstance(year, str) else None,
    )


def _part(words: str, url: str | None, amount: Figure, whole: Figure) -> Part:
    width = percent(amount.value, whole.value, 2) or Decimal(0)
    return Part(words, url, amount, derived_percent(amount, whole), width)


def _certainty(site: Site) -> Iterator[Certainty]:
    table = site.all_awards
    for attribution, words in _CERTAINTY.items():
        rows = where(attribution=attribution.value)
        count = table.figure("count", rows)
        if count.value:
            amount = table.figure("sum:amount", rows)
            share = table.share("amount", rows)
            anchor = f"{urls.HOW_TO_READ}#{attribution.value}"
            yield Certainty(words, anchor, count, amount, share)


def pages(site: Site) -> Iterator[Page]:
    """The one home page."""
    whole = _whole(site)
    top = [
        (one, site.all_awards.figure("sum:amount", where(id=one.id), id=f"top-{number}"))
        for number, one in enumerate(site.lines.of(site.awards[:TOP].numbers), 1)
    ]
    everything = site.all_awards.figure("sum:amount", id="everything")
    top_total = None
    if len(top) > 1:
        top_total = derived_sum([figure for _, figure in top], id="top-total")
    coverage = coverage_table(site.ledger, site.awards)
    never = [
        words
        for name, words in _NEVER_SAID.items()
        if coverage.figure("sum:awards_with_value", where(field=name)).value == 0
    ]
    certainty = tuple(_certainty(site))
    yield Page(
        url=urls.HOME,
        title=f"Where did the money go? {site.settings.short_name}, {site.period}",
        description=(
            f"Funds and awards of {site.settings.publisher_name}, {site.period}: who "
            "got what, for what, from which fund. Every figure can be traced to its rows."
        ),
        template="home.md",
        context={
            "site": site,
            "years": site.period,
            "whole": whole,
            "sure": next((one for one in certainty if one.anchor.endswith("#sole")), None),
            "certainty": certainty,
            "top": top,
            "top_total": top_total,
            "top_share": derived_percent(top_total, everything, places=1) if top_total else None,
            "everything": everything,
            "recipients": ranked(site, end=TOP),
            "never": never,
        },
    )
