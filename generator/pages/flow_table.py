"""The money of all awards from source to theme, as far as each step is published."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

from msgspec import Struct

from generator import model, urls
from generator.grouping import Groups
from generator.ledger import LinkedAward
from generator.linking import Alike
from generator.money import plain
from generator.pages.picture_tables import NOT_PUBLISHED
from generator.pages.site import Site
from generator.tables import PublishedTable

MOST_STOPS = 18
"""Stops that one column shows; beyond, the smallest stand together."""
SMALLER = "(smaller ones)"
IN_PART = "(source in part)"


class Step(Struct, frozen=True):
    """Where an award's money is at one stage, and how that is known."""

    id: str
    title: str
    basis: str = "stated"


class Stage(Struct, frozen=True):
    """A stage that money goes through."""

    name: str
    title: str
    step: Callable[[LinkedAward], Step]


def _source(site: Site) -> Callable[[LinkedAward], Step]:
    """An award's source: only one that may have paid for all of it.

    A source smaller than the awards that name it paid for part of them, and for how much of
    each isn't known. The same is so where an award names several sources.
    """
    relations, sources = site.ledger.relations, site.ledger.funding_sources
    paid = site.awards.by_pair(relations.sources).sums(relations.amounts).to_pylist()
    named = {one.id: amount for one, amount in zip(sources, paid, strict=True)}

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


def _alike(site: Site) -> tuple[Alike, ...]:
    """The awards, those together whose money goes the same way."""
    relations, frame = site.ledger.relations, site.ledger.frame(model.Award)
    sources = relations.sources
    basis = site.ledger.frame(model.AwardSource).texts("basis").take(sources.links)
    first = Groups(sources.awards, relations.size)
    place = first.firsts
    return site.awards.alike(
        *(frame.texts(name).indices for name in ("fund", "fund_basis", "programme", "theme")),
        *(first.sizes, sources.others.take(place), basis.indices.take(place)),
    )


def _large(alike: Iterable[Alike], stage: Stage) -> set[str]:
    """The ids of a stage that have a stop of their own."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for one in alike:
        amounts[stage.step(one.first).id] += one.amount
    single = sorted(
        (id for id in amounts if not id.startswith("(")), key=lambda id: (-amounts[id], id)
    )
    return set(single if len(single) <= MOST_STOPS else single[: MOST_STOPS - 1])


def _folded(step: Step, large: set[str], stage: Stage) -> Step:
    if step.id in large or step.id.startswith("("):
        return step
    return Step(SMALLER, f"Smaller {stage.title.lower()}s together", step.basis)


class Flow(Struct, frozen=True):
    """The stages, and the table with a row for all money that goes the same way."""

    stages: tuple[Stage, ...]
    absent: tuple[str, ...]
    """The titles of stages of which no award publishes anything."""
    table: PublishedTable


def flow(site: Site) -> Flow:
    """Awards gathered by the way that their money goes, the largest sum first.

    The table has three columns for each stage: id, title and basis.
    """
    every, alike = _stages(site), _alike(site)
    stages = tuple(
        stage for stage in every if any(stage.step(one.first).id != NOT_PUBLISHED for one in alike)
    )
    absent = tuple(stage.title for stage in every if stage not in stages)
    large = {stage.name: _large(alike, stage) for stage in stages}
    held: dict[tuple[Step, ...], int] = defaultdict(int)
    sums: dict[tuple[Step, ...], Decimal] = defaultdict(Decimal)
    for one in alike:
        way = tuple(_folded(stage.step(one.first), large[stage.name], stage) for stage in stages)
        held[way] += one.count
        sums[way] += one.amount
    order = sorted(held, key=lambda way: (-sums[way], [step.id for step in way]))
    rows = []
    for number, way in enumerate(order, 1):
        cells = {"id": str(number)}
        for stage, step in zip(stages, way, strict=True):
            cells[stage.name] = step.id
            cells[f"{stage.name}_title"] = step.title
            cells[f"{stage.name}_basis"] = step.basis
        cells |= {"awards": str(held[way]), "amount": plain(sums[way])}
        rows.append(cells)
    columns = [f"{one.name}{part}" for one in stages for part in ("", "_title", "_basis")]
    header = ("id", *columns, "awards", "amount")
    path = urls.picture_csv(urls.MONEY, "flow")
    return Flow(stages, absent, PublishedTable(path, header, tuple(rows), {"amount": "money"}))
