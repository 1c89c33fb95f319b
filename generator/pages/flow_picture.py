"""The flow of money as a picture: columns on a wide screen, bars on a narrow one."""

from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup
from msgspec import Struct

from generator.charts import bars, flow
from generator.charts.flow_layout import Strand
from generator.figures import Figure
from generator.pages.flow_table import IN_PART, Flow, Stage
from generator.pages.flow_table import flow as flow_of
from generator.pages.pictures import FEWEST_BARS
from generator.pages.site import SHOWN, Site
from generator.pages.words import figure_text
from generator.selectors import where
from generator.tables import Cells, PublishedTable

TITLE = "Where the money of the awards goes, step by step"


class Stop(Struct, frozen=True):
    """One stop of a stage, with the awards whose money comes through it."""

    id: str
    title: str
    awards: Figure
    money: Figure


class Way(Struct, frozen=True):
    """Money that goes the same way through all stages."""

    titles: tuple[str, ...]
    known: tuple[str, ...]
    """The titles of the steps that are published."""
    inferred: bool
    """Whether a link of it isn't stated."""
    awards: Figure
    money: Figure


class FlowPicture(Struct, frozen=True):
    """The picture in both forms, and the rows behind it."""

    table: PublishedTable
    stages: tuple[tuple[str, tuple[Stop, ...]], ...]
    """Each stage's title and its stops, largest first, what isn't published last."""
    ways: tuple[Way, ...]
    """The first hundred."""
    wide: Markup
    narrow: Markup
    absent: tuple[str, ...]
    """The titles of stages that are not drawn, because no award publishes anything of them."""
    in_part: Figure | None
    """The money of awards that name a source which did not pay for all of it."""


def _stops(flow: Flow, stage: Stage) -> tuple[Stop, ...]:
    titles = {cells[stage.name]: cells[f"{stage.name}_title"] for cells in flow.table.rows}
    stops = (
        Stop(
            id,
            title,
            flow.table.figure("sum:awards", where(**{stage.name: id})),
            flow.table.figure("sum:amount", where(**{stage.name: id})),
        )
        for id, title in titles.items()
    )
    return tuple(
        sorted(stops, key=lambda stop: (stop.id.startswith("("), -stop.money.value, stop.id))
    )


def _way(flow: Flow, cells: Cells) -> Way:
    row = where(id=cells["id"])
    steps = [(cells[stage.name], cells[f"{stage.name}_title"]) for stage in flow.stages]
    return Way(
        tuple(title for _, title in steps),
        tuple(title for id, title in steps if not id.startswith("(")),
        any(cells[f"{stage.name}_basis"] != "stated" for stage in flow.stages),
        flow.table.figure("sum:awards", row),
        flow.table.figure("sum:amount", row),
    )


def _strand(flow: Flow, cells: Cells) -> Strand:
    """A row as a strand: a link is inferred when what it joins is known only so."""
    unsure = [cells[f"{stage.name}_basis"] != "stated" for stage in flow.stages]
    return Strand(
        tuple(cells[stage.name] for stage in flow.stages),
        tuple(first or second for first, second in pairwise(unsure)),
        Decimal(cells["amount"]),
    )


def _names(stages: tuple[tuple[str, tuple[Stop, ...]], ...]) -> str:
    return ", ".join(title.lower() for title, _ in stages)


def _wide(site: Site, found: Flow, stages: tuple[tuple[str, tuple[Stop, ...]], ...]) -> Markup:
    currency = site.ledger.package.currency
    columns = [
        flow.Column(
            title,
            tuple(
                flow.Stop(
                    stop.id, stop.title, figure_text(stop.money, currency), stop.id.startswith("(")
                )
                for stop in stops
            ),
        )
        for title, stops in stages
    ]
    description = (
        f"Columns for {_names(stages)}, each adding up to the same whole, with bands "
        "between them as wide as the money that goes that way. The tables behind the picture "
        "have every figure."
    )
    strands = [_strand(found, cells) for cells in found.table.rows]
    return flow.draw("picture-flow", TITLE, description, columns, strands)


def _narrow(site: Site, stages: tuple[tuple[str, tuple[Stop, ...]], ...]) -> Markup:
    """The stops of each stage as bars, one stage below the other, all on one scale."""
    currency = site.ledger.package.currency
    shown = [
        bars.Bar(
            stop.title,
            stop.money.value,
            figure_text(stop.money, currency),
            missing=stop.id.startswith("("),
            head="" if number else title,
        )
        for title, stops in stages
        for number, stop in enumerate(stops)
    ]
    description = (
        f"{len(shown)} bars from zero, in groups: {_names(stages)}. Each group adds up to the "
        "same whole. The tables behind the picture have every figure."
    )
    return bars.draw("picture-stages", TITLE, description, shown)


def flow_picture(site: Site) -> FlowPicture | None:
    """The picture of the money page; None where too little is published to draw one."""
    found = flow_of(site)
    rows = found.table.rows
    if len(found.stages) < 2 or len(rows) < FEWEST_BARS:
        return None
    stages = tuple((stage.title, _stops(found, stage)) for stage in found.stages)
    ways = tuple(_way(found, cells) for cells in rows[:SHOWN])
    in_part = where(source=IN_PART)
    return FlowPicture(
        table=found.table,
        stages=stages,
        ways=ways,
        wide=_wide(site, found, stages),
        narrow=_narrow(site, stages),
        absent=found.absent,
        in_part=(
            found.table.figure("sum:amount", in_part) if found.table.select(in_part) else None
        ),
    )
