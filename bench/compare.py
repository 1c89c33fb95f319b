"""A fresh run held against the recorded one, each by its own run's Hugo.

Machines differ, and so do hours on one machine. Hugo's time in the same run says how fast the
machine was, so only ratios are compared.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.measure import Cost
from bench.results import BUILD, CHECK, HUGO, KEPT, LEAN, LISTED, SECOND, Results, Size

LIMIT = 1.25
"""How many times as slow counts as slower."""
_NOISE = 0.05
"""Seconds of a difference that is never shown: so short a stage varies by chance."""


@dataclass(frozen=True)
class Compared:
    """One thing in both runs."""

    awards: int
    name: str
    recorded: float
    """Seconds, as they would be on the machine of the fresh run."""
    fresh: float

    @property
    def slowed(self) -> bool:
        """Whether it has become slower by more than chance."""
        return self.fresh > self.recorded * LIMIT and self.fresh - self.recorded > _NOISE

    def __str__(self) -> str:
        times = self.fresh / self.recorded if self.recorded else float("inf")
        mark = "  SLOWER" if self.slowed else ""
        seconds = f"{self.recorded:9.2f} s -> {self.fresh:9.2f} s"
        return f"{self.awards:>9} {self.name:<20}{seconds}  {times:5.2f}x{mark}"


def calibration(fresh: Results, recorded: Results, awards: int) -> float | None:
    """How much slower the machine is now, by Hugo at this size, else at the largest it had."""
    found = None
    for size in fresh.sizes:
        before = recorded.size(size.awards)
        if before and HUGO in before.whole and HUGO in size.whole:
            found = size.whole[HUGO].wall / before.whole[HUGO].wall
            if size.awards >= awards:
                break
    return found


def _ours(size: Size) -> Mapping[str, Cost]:
    found = {**size.whole, **size.checks}
    ours = (BUILD, LEAN, KEPT, SECOND, LISTED, CHECK)
    return {name: found[name] for name in ours if name in found}


def alike(fresh: Size, recorded: Size) -> bool:
    """Whether the stages of both were taken in the same way, and so can be compared."""
    return fresh.one_process == recorded.one_process


def compare(fresh: Results, recorded: Results) -> Iterator[Compared]:
    """Our builds and their stages at each size that both have, where Hugo ran in both."""
    for size in fresh.sizes:
        before = recorded.size(size.awards)
        factor = calibration(fresh, recorded, size.awards)
        if before and factor is not None:
            stages = alike(size, before)
            known = {**_ours(before), **(before.stages if stages else {})}
            for name, cost in {**_ours(size), **size.stages}.items():
                if name in known:
                    yield Compared(size.awards, name, known[name].wall * factor, cost.wall)
