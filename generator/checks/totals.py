"""Stated totals and percentages against the rows that they cover."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import pyarrow.compute as pc
from msgspec import Struct

from generator import model, selectors
from generator.checks.registry import Fault, Outcome, Statement, Unanswered, fault, rule
from generator.findings import Severity
from generator.frames import any_of
from generator.ledger import Ledger
from generator.measures import measure_of
from generator.missing import Missing
from generator.money import percent, shown
from generator.package import Table
from generator.rows import Kept, Rows
from generator.tables import chosen

_MEND = (
    "correct the amount that was changed or mistyped, or the stated figure if the source says so."
)


MOST_DECIMALS = 10
"""A stated percentage has no more decimals than this."""


def _unanswered(figure: model.StatedFigure, reason: str) -> Unanswered:
    return Unanswered(Outcome.NOT_COMPUTABLE, figure.id, reason)


class _Covered(Struct, frozen=True):
    """The rows of a table that a stated figure covers."""

    table: Table
    rows: Rows

    @property
    def sum(self) -> Decimal | None:
        """The exact sum, or None when a cell can't be read (a finding of its own says so)."""
        try:
            return measure_of(self.rows, "sum:amount")
        except ArithmeticError:
            return None

    @property
    def words(self) -> str:
        """Which rows they are, and in which file."""
        table, count = self.table, len(self.rows)
        if not count:
            return f"{table.file}, no rows"
        lines = table.body.starts
        first, last = (lines[self.rows.numbers[end]] for end in (0, -1))
        (file, first), (end, last) = table.place(first), table.place(last)
        if end != file:
            return f"{count} rows between {file}, row {first}, and {end}, row {last}"
        if count == 1:
            return f"{file}, row {first}"
        if last - first + 1 == count:
            return f"{file}, rows {first}–{last}"
        return f"{file}, {count} rows between {first} and {last}"


def _by_column(ledger: Ledger) -> Mapping[str, Rows]:
    """Each table that stated figures cover, to be looked through by its columns."""
    covered = {str(one.covers_resource) for one in ledger.stated_figures}
    return {
        name: Rows(Kept(table.body.columns))
        for name, table in ledger.package.tables.items()
        if name in covered
    }


def _covered(ledger: Ledger, figure: model.StatedFigure) -> _Covered | Statement | None:
    """The rows that a stated figure covers; None when it covers none by design."""
    if not isinstance(figure.covers_resource, str):
        return None
    table = ledger.package.tables.get(figure.covers_resource)
    if table is None:
        return fault(
            figure, "covers_resource", figure.covers_resource, "The package has no such resource."
        )
    if "amount" not in table.header:
        return fault(
            figure,
            "covers_resource",
            figure.covers_resource,
            f"{table.file} has no column “amount” to add up.",
        )
    text = figure.covers_where if isinstance(figure.covers_where, str) else ""
    try:
        conditions = selectors.parse(text)
    except ValueError as problem:
        return fault(figure, "covers_where", text, f"This is not a filter: {problem}.")
    unknown = [one.field for one in conditions if one.field not in table.header]
    if unknown:
        return fault(figure, "covers_where", text, f"{table.file} has no column “{unknown[0]}”.")
    return _Covered(table, chosen(ledger.once(_by_column)[table.resource], conditions))


@rule(
    "R21-totals",
    "Stated totals equal their rows",
    severity=Severity.ERROR,
    reason="A total that the source states must be the exact sum of the rows it covers.",
    source="the source's own totals (stated_figures.csv)",
    mend=_MEND,
)
def stated_totals(ledger: Ledger) -> Iterator[Statement]:
    """Each stated amount that covers rows equals their sum to the penny."""
    for figure in ledger.stated_figures:
        if figure.kind != "amount" or figure.amount is Missing.UNREADABLE:
            continue
        if isinstance(figure.amount, Missing):
            yield fault(figure, "amount", None, "The row is of a stated amount, but has none.")
            continue
        covered = _covered(ledger, figure)
        if covered is None:
            continue
        if not isinstance(covered, _Covered):
            yield covered
            continue
        computed = covered.sum
        if computed is None:
            yield _unanswered(figure, "an amount among its rows can't be read")
        elif computed != figure.amount:
            currency = ledger.package.currency
            yield Fault(
                figure.at.file,
                f"The stated figure “{figure.title}” ({figure.id}) is "
                f"{shown(figure.amount, currency)}, but the rows it covers "
                f"({covered.words}, column amount) add up to {shown(computed, currency)}: "
                f"a difference of {shown(abs(computed - figure.amount), currency)}.",
                figure.at.line,
                "amount",
                str(figure.amount),
            )


def _amounts(ledger: Ledger) -> Mapping[object, Decimal]:
    """The stated amounts by id, which percentages are of."""
    figures = reversed(ledger.stated_figures)
    return {one.id: one.amount for one in figures if isinstance(one.amount, Decimal)}


@rule(
    "R21-percentages",
    "Stated percentages are the computed ones",
    severity=Severity.ERROR,
    reason="A percentage that the source states must be what its rows come to, rounded half "
    "up at the precision it is printed with, on its own base.",
    source="the source's own percentages (stated_figures.csv)",
    mend=_MEND,
)
def stated_percentages(ledger: Ledger) -> Iterator[Statement]:
    """Each stated percentage is recomputed on its own base."""
    for figure in ledger.stated_figures:
        stated, decimals = figure.percentage, figure.decimals
        if figure.kind != "percentage" or stated is Missing.UNREADABLE:
            continue
        if isinstance(stated, Missing):
            yield fault(figure, "percentage", None, "The row is of a percentage, but has none.")
            continue
        covered, base = _covered(ledger, figure), ledger.once(_amounts).get(figure.base)
        if isinstance(covered, Fault):
            yield covered
        if not isinstance(covered, _Covered) or base is None or isinstance(decimals, Missing):
            yield _unanswered(figure, "its rows, its base or its precision are not stated")
            continue
        if not 0 <= decimals <= MOST_DECIMALS:
            yield fault(figure, "decimals", str(decimals), "No percentage is printed like that.")
            continue
        part = covered.sum
        computed = None if part is None else percent(part, base, decimals)
        if part is None or computed is None:
            yield _unanswered(figure, "an amount among its rows can't be read, or its base is 0")
        elif computed != stated:
            currency = ledger.package.currency
            yield Fault(
                figure.at.file,
                f"The stated figure “{figure.title}” ({figure.id}) is {stated}%, but "
                f"{shown(part, currency)} ({covered.words}) is "
                f"{computed}% of {shown(base, currency)}.",
                figure.at.line,
                "percentage",
                str(stated),
            )


@rule(
    "percentage-copies",
    "An award's published percentage is the stated figure's",
    severity=Severity.ERROR,
    reason="The percentage printed beside an award stands in two tables, which must agree.",
    source="the source's own percentages",
    mend="make awards.csv and stated_figures.csv say the same percentage and base.",
)
def award_percentages(ledger: Ledger) -> Iterator[Statement]:
    """`published_percentage` in awards equals the stated figure that covers just that award."""
    stated = {
        figure.covers_where: figure
        for figure in ledger.stated_figures
        if figure.kind == "percentage" and figure.covers_resource == "awards"
    }
    awards = ledger.frame(model.Award)
    covered = [str(one).removeprefix("id=") for one in stated]
    printed = pc.invert(awards.absent("published_percentage"))
    for award in awards.at(any_of(printed, awards.among("id", covered))):
        figure = stated.get(f"id={award.id}")
        theirs = figure.percentage if figure else Missing.NOT_PUBLISHED
        base = figure.base if figure else Missing.NOT_PUBLISHED
        if Missing.UNREADABLE in (award.published_percentage, theirs):
            continue
        if isinstance(award.published_percentage, Missing) and isinstance(theirs, Missing):
            continue
        if award.published_percentage != theirs or award.percentage_base != base:
            where = "no stated figure"
            if figure:
                place = ledger.package.tables["stated_figures"].place(figure.at.line)
                where = f"{place[0]}, row {place[1]}"
            yield fault(
                award,
                "published_percentage",
                str(award.published_percentage),
                f"The award says {award.published_percentage} of "
                f"{award.percentage_base}; {where} says {theirs} of {base}.",
            )
