"""What running a command costs: seconds, processor seconds and memory, with its children."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.memory import Sampler, proportional

ROOT = Path(__file__).parent.parent
_UNIT = 1 if sys.platform == "darwin" else 1024
"""The bytes in which the kernel counts the largest process."""


class CommandFailed(Exception):
    """A command that is measured stopped; there is nothing to measure."""


@dataclass(frozen=True)
class Cost:
    """What one thing costs."""

    wall: float
    cpu: float
    peak: int
    """Bytes held at most at one moment; 0 where it was over before anybody looked."""


def median(costs: Iterable[Cost]) -> Cost:
    """The middle of each figure by itself."""
    costs = tuple(costs)
    return Cost(
        wall=statistics.median(one.wall for one in costs),
        cpu=statistics.median(one.cpu for one in costs),
        peak=round(statistics.median(one.peak for one in costs)),
    )


def run(command: Sequence[str], *, look: bool = False) -> Cost:
    """Run a command in the repository's folder. Raises CommandFailed with what it said.

    Its peak is that of its largest process, which the kernel tells for nothing. With `look`, it
    is that of all its processes together; but looking slows them down, so the times mean
    nothing then. What was written before is first brought to the disk: it isn't charged here.
    """
    os.sync()
    surroundings = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryFile() as said:
        start = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 - commands of our own
            command, cwd=ROOT, env=surroundings, stdout=said, stderr=subprocess.STDOUT
        )
        sampler = Sampler(process.pid, proportional) if look else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if sampler:
            sampler.stop()
        if process.returncode:
            said.seek(0)
            end = said.read().decode(errors="replace")[-2000:]
            raise CommandFailed(f"{' '.join(command)}\nstopped and said:\n{end}")
    largest = usage.ru_maxrss * _UNIT
    sampled = max(sampler.most.values(), default=0) if sampler else 0
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(largest, sampled))
