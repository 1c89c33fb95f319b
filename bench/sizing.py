"""What a register of any size takes: `python -m bench.sizing` prints the tables of scale.md.

From what one build was measured to take, and from a simulation of how unevenly awards fall into
the parts that workers take one after another: `docs/develop/scale.md` tells the outcome.
"""

import heapq
from dataclasses import dataclass

AWARDS = (1_000_000, 10_000_000, 100_000_000)
WORKERS = 16


@dataclass(frozen=True)
class Policy:
    """What a site makes of each award, measured at 100,000 (pages) and a million (lists)."""

    name: str
    files: float
    """Files an award, those of its recipients with it."""
    bytes: float
    cpu: float
    """Processor seconds a thousand awards, checks and reading included."""
    memory: float
    """Bytes an award in each process."""


@dataclass(frozen=True)
class Prices:
    """List prices in dollars: a processor for an hour, a thousand writes, a gigabyte a month."""

    processor_hour: float = 0.0816 / 2
    thousand_writes: float = 0.005
    gigabyte_month: float = 0.023


def parts_of(pages: int, least: int, most_parts: int = 2000) -> list[int]:
    """How many pages each part has: as `pages.page.parts` cuts them."""
    size = max(least, pages // most_parts)
    return [min(size, pages - start) for start in range(0, pages, size)]


def makespan(costs: list[float], workers: int) -> tuple[float, float]:
    """When the last worker ends, each taking the next part, and what a fair share would be."""
    free = [0.0] * workers
    for cost in costs:
        heapq.heappush(free, heapq.heappop(free) + cost)
    return max(free), sum(costs) / workers


def uneven(parts: list[int], spread: int = 10) -> list[float]:
    """Costs of parts that aren't alike: every tenth has awards that take so many times as long."""
    return [size * (spread if number % 10 == 7 else 1.0) for number, size in enumerate(parts)]


def lines(policy: Policy, prices: Prices) -> list[str]:
    """A policy's row for each size."""
    found = []
    for awards in AWARDS:
        cpu = policy.cpu * awards / 1000
        files, size = policy.files * awards, policy.bytes * awards
        money = (
            cpu / 3600 * prices.processor_hour,
            files / 1000 * prices.thousand_writes,
            size / 1e9 * prices.gigabyte_month,
        )
        found.append(
            f"| {policy.name} | {awards:,} | {cpu / 3600:,.1f} | {files:,.0f} | {size / 1e9:,.1f} "
            f"| {policy.memory * awards / 1e9:,.1f} "
            f"| {money[0]:,.2f} | {money[1]:,.2f} | {money[2]:,.2f} |"
        )
    return found
