"""What a register of any size takes: `python -m bench.sizing` prints the tables of scale.md.

From what builds were measured to take, and from a simulation of how unevenly the work falls into
the parts that workers take one after another.
"""

import heapq
import sys
from collections.abc import Sequence
from dataclasses import dataclass

SIZES = (1_000_000, 10_000_000, 100_000_000)
WORKERS = (2, 16, 64)
_PARTS = 2000
"""As `pages.page.parts` has it: never many more."""


@dataclass(frozen=True)
class Policy:
    """What a site takes for a million awards, and the fewest awards that a part has."""

    name: str
    files: float
    gigabytes: float
    processor_hours: float
    worker_gigabytes: float
    least: int


PAGES = Policy("a page each", 1_424_790, 18.3, 0.23, 1.6, 200)
LISTS = Policy("rows of lists", 23_835, 6.6, 0.08, 1.6, 500)
"""A page each: a build of 100,000 awards times ten. Lists: a build of a million. See scale.md."""

PROCESSOR_HOUR, THOUSAND_WRITES, GIGABYTE_MONTH = 0.0408, 0.005, 0.023
"""List prices in dollars. See scale.md for where and when."""


def parts_of(awards: int, least: int) -> list[int]:
    """How many awards each part has."""
    size = max(least, awards // _PARTS)
    return [min(size, awards - start) for start in range(0, awards, size)]


def last_ends(costs: Sequence[float], workers: int) -> float:
    """When the last worker ends, where each takes the next part when it has done one."""
    free = [0.0] * workers
    for cost in costs:
        heapq.heappush(free, heapq.heappop(free) + cost)
    return max(free)


def waste(awards: int, least: int, workers: int, heavy: int = 20) -> float:
    """The share of the workers' time that is waiting, in percent.

    Every fifteenth part takes so many times as long as the others, and the last one does as well.
    """
    parts = parts_of(awards, least)
    heavy_ones = range(len(parts) - 1, -1, -15)
    costs = [size * float(heavy if place in heavy_ones else 1) for place, size in enumerate(parts)]
    fair = sum(costs) / workers
    return 100 * (1 - fair / last_ends(costs, workers))


def sizes_table(policies: Sequence[Policy] = (PAGES, LISTS)) -> list[str]:
    """Files, bytes, time and money for each size and policy, as lines of Markdown."""
    lines = []
    for policy in policies:
        for awards in SIZES:
            times = awards / 1_000_000
            files, size = policy.files * times, policy.gigabytes * times
            hours = policy.processor_hours * times
            lines.append(
                f"| {policy.name} | {awards:,} | {files:,.0f} | {size:,.0f} | {hours:,.1f} "
                f"| {policy.worker_gigabytes * times:,.0f} | {hours * PROCESSOR_HOUR:,.2f} "
                f"| {files / 1000 * THOUSAND_WRITES:,.2f} | {size * GIGABYTE_MONTH:,.2f} |"
            )
    return lines


def parts_table(policy: Policy = PAGES) -> list[str]:
    """How the work falls into parts, and what waiting that costs."""
    lines = []
    for awards in SIZES:
        parts = parts_of(awards, policy.least)
        waits = " | ".join(f"{waste(awards, policy.least, one):.1f}%" for one in WORKERS)
        lines.append(f"| {awards:,} | {len(parts):,} | {max(parts):,} | {waits} |")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join([*sizes_table(), "", *parts_table(), ""]))
