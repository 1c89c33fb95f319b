"""Awards beside one another: likely copies, repeated titles."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator.checks.registry import Statement, fault, rule
from generator.csv_columns import joined
from generator.findings import Severity
from generator.grouping import grouped
from generator.ledger import Awards, Ledger, LinkedAward
from generator.limits import limit
from generator.matching import repeated
from generator.model import Award, AwardRecipient, Recipient

LONGEST_TITLE = limit("title_characters")
_SOURCE = "a check that funders' data is commonly put to"


def _recipients(ledger: Ledger) -> tuple[Any, Any]:
    """For each award the first and last of its recipients, by their place in recipients.csv."""
    links, known = ledger.frame(AwardRecipient), ledger.frame(Recipient).texts("id")
    texts = links.texts("recipient")
    code = pc.index_in(texts.dictionary, known.dictionary).take(texts.indices)
    rows = pa.table({"award": links.texts("award").cast(pa.string()), "code": code})
    rows = rows.filter(pc.invert(links.among("role", ["route"])))
    ends = grouped(rows, ["award"], [("code", "min"), ("code", "max")])
    ids = ledger.frame(Award).texts("id")
    place = pc.index_in(ids.dictionary, joined(ends["award"])).take(ids.indices)
    return tuple(joined(ends[one]).take(place) for one in ("code_min", "code_max"))


def _who(one: LinkedAward) -> tuple[str, ...]:
    """The recipients of an award, in whatever order they are printed."""
    return tuple(sorted(recipient.id for recipient in one.recipients))


def _alike(ledger: Ledger, columns: Sequence[Any]) -> Awards:
    """The standing awards that may have the same cells and recipients as another of them."""
    alike = repeated([*columns, *ledger.once(_recipients)])
    withdrawn = ledger.frame(Award).among("status", ["withdrawn"])
    return ledger.linked_at(pc.and_not(alike, withdrawn))


@rule(
    "title-long",
    "Titles are short",
    severity=Severity.WARNING,
    reason=f"A title of over {LONGEST_TITLE} characters is a description.",
    source=_SOURCE,
    mend="shorten the title and put the rest into purpose.",
)
def long_titles(ledger: Ledger) -> Iterator[Statement]:
    """Titles have at most 140 characters."""
    awards = ledger.frame(Award)
    titles = awards.texts("title")
    long = pc.greater(pc.utf8_length(titles.dictionary), LONGEST_TITLE)
    for award in awards.at(long.take(titles.indices)):
        if isinstance(award.title, str) and len(award.title) > LONGEST_TITLE:
            yield fault(
                award, "title", award.title, f"The title has {len(award.title)} characters."
            )


@rule(
    "title-repeated",
    "Titles tell awards apart",
    severity=Severity.WARNING,
    reason="Readers can't tell awards of the same title to the same recipients in one year apart.",
    source=_SOURCE,
    mend="say in the title what differs.",
)
def repeated_titles(ledger: Ledger) -> Iterator[Statement]:
    """No two awards of a year to the same recipients have the same title."""
    first: dict[tuple[object, ...], LinkedAward] = {}
    awards = ledger.frame(Award)
    columns = [awards.column(one, str) for one in ("title", "financial_year")]
    for one in _alike(ledger, columns):
        key = (one.award.title, one.award.financial_year, _who(one))
        if first.setdefault(key, one) is not one:
            yield fault(
                one.award,
                "title",
                str(one.award.title),
                f"{first[key].award.id} has the same title, year and recipients.",
            )


@rule(
    "award-twice",
    "An award is listed once",
    severity=Severity.WARNING,
    reason="Two rows for one award double its money.",
    source="the design of the data",
    mend="remove the copy; else leave them: it is a hint.",
)
def award_twice(ledger: Ledger) -> Iterator[Statement]:
    """No two awards have the same title, amount, recipients, decision date, start and fund."""
    first: dict[tuple[object, ...], LinkedAward] = {}
    awards = ledger.frame(Award)
    columns = [awards.column(one, str) for one in ("title", "fund")]
    columns += [awards.column(one, date) for one in ("decided_on", "start_on")]
    for one in _alike(ledger, [*columns, awards.column("amount", Decimal)]):
        award = one.award
        if not one.recipients:
            continue
        key = (award.amount, _who(one), award.decided_on, award.start_on, award.fund, award.title)
        if first.setdefault(key, one) is not one:
            yield fault(
                award, "id", award.id, f"The award looks like a copy of {first[key].award.id}."
            )
