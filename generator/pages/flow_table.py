"""The money of all awards from source to theme, as far as each step is published."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from generator import urls
from generator.ledger import LinkedAward
from generator.money import plain, total
from generator.pages.picture_tables import NOT_PUBLISHED
from generator.pages.site import Site
from generator.summaries.base import amount
from generator.tables import PublishedTable

MOST_STOPS = 18
"""Stops that one column shows; beyond, the smallest stand together."""
SMALLER = "(smaller ones)"
IN_PART = "(source in part)"


@dataclass(frozen=True)
class Step:
    """Where an award's money is at one stage, and how that is known."""

    id: str
    title: str
    basis: str = "stated"


@dataclass(frozen=True)
class Stage:
    """A stage that money goes through."""

    name: str
    title: str
    step: Callable[[LinkedAward], Step]


def _source(site: Site) -> Callable[[LinkedAward], Step]:
    """An award's source: only one that may have paid for all of it.

    A source smaller than the awards that name it paid for part of them, and for how much of
    each isn't known. The same is so where an award names several sources.
    """
    named: dict[str, Decimal] = defaultdict(Decimal)
    for one in site.awards:
        for _, source in one.sources:
            named[source.id] += amount(one)

    def step(one: LinkedAward) -> Step:
        if not one.sources:
            return Step(NOT_PUBLISHED, "Source not published")
        link, source = one.sources[0]
        stated = source.amount
        too_small = isinstance(stated, Decimal) and stated < named[source.id]
        if len(one.sources) > 1 or too_small:
            return Step(IN_PART, "Source named, its part not published", str(link.basis))
        return Step(source.id, str(source.title), str(link.basis))

    return step


def _fund(one: LinkedAward) -> Step:
    if one.fund is None:
        return Step(NOT_PUBLISHED, "Fund not published")
    return Step(one.fund.id, str(one.fund.title), str(one.award.fund_basis))


def _programme(one: LinkedAward) -> Step:
    if one.programme is None:
        return Step(NOT_PUBLISHED, "Programme not published")
    return Step(one.programme.id, str(one.programme.title))


def _theme(one: LinkedAward) -> Step:
    if one.theme is None:
        return Step(NOT_PUBLISHED, "Theme not published")
    return Step(one.theme.id, str(one.theme.title))


def _stages(site: Site) -> tuple[Stage, ...]:
    return (
        Stage("source", "Source", _source(site)),
        Stage("fund", "Fund", _fund),
        Stage("programme", "Programme", _programme),
        Stage("theme", "Theme", _theme),
    )


def _large(site: Site, stage: Stage) -> set[str]:
    """The ids of a stage that have a stop of their own."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for one in site.awards:
        amounts[stage.step(one).id] += amount(one)
    single = sorted(
        (id for id in amounts if not id.startswith("(")), key=lambda id: (-amounts[id], id)
    )
    return set(single if len(single) <= MOST_STOPS else single[: MOST_STOPS - 1])


def _folded(step: Step, large: set[str], stage: Stage) -> Step:
    if step.id in large or step.id.startswith("("):
        return step
    return Step(SMALLER, f"Smaller {stage.title.lower()}s together", step.basis)


@dataclass(frozen=True)
class Flow:
    """The stages, and the table with a row for all money that goes the same way."""

    stages: tuple[Stage, ...]
    absent: tuple[str, ...]
    """The titles of stages of which no award publishes anything."""
    table: PublishedTable


def flow(site: Site) -> Flow:
    """Awards gathered by the way that their money goes, the largest sum first.

    The table has three columns for each stage: id, title and basis.
    """
    every = _stages(site)
    stages = tuple(
        stage for stage in every if any(stage.step(one).id != NOT_PUBLISHED for one in site.awards)
    )
    absent = tuple(stage.title for stage in every if stage not in stages)
    large = {stage.name: _large(site, stage) for stage in stages}
    held: dict[tuple[Step, ...], list[LinkedAward]] = {}
    for one in site.awards:
        way = tuple(_folded(stage.step(one), large[stage.name], stage) for stage in stages)
        held.setdefault(way, []).append(one)
    sums = {way: total(map(amount, awards)) for way, awards in held.items()}
    order = sorted(held, key=lambda way: (-sums[way], [step.id for step in way]))
    rows = []
    for number, way in enumerate(order, 1):
        cells = {"id": str(number)}
        for stage, step in zip(stages, way, strict=True):
            cells[stage.name] = step.id
            cells[f"{stage.name}_title"] = step.title
            cells[f"{stage.name}_basis"] = step.basis
        cells |= {"awards": str(len(held[way])), "amount": plain(sums[way])}
        rows.append(cells)
    columns = [f"{one.name}{part}" for one in stages for part in ("", "_title", "_basis")]
    header = ("id", *columns, "awards", "amount")
    path = urls.picture_csv(urls.MONEY, "flow")
    return Flow(stages, absent, PublishedTable(path, header, tuple(rows), {"amount": "money"}))
