"""How much memory a process and its children hold, looked at again and again.

Where the kernel doesn't tell, nothing is sampled; `measure.py` then has the largest process alone.
"""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

_EVERY = 0.05
"""Seconds between two looks, at least."""


def family(process: int) -> list[int]:
    """A process and all its descendants, as far as the kernel tells."""
    found = [process]
    for one in found:
        try:
            lists = [path.read_text() for path in Path(f"/proc/{one}/task").glob("*/children")]
        except OSError:  # it has just ended
            continue
        found.extend(int(child) for text in lists for child in text.split())
    return found


def proportional(process: int) -> int:
    """The bytes that a process holds, each shared one divided among those who share it.

    So the sum over a family counts what its processes share once. To tell it, the kernel walks
    through all pages of the process, which is slow for a large one and holds it up. 0 when the
    process has ended or the kernel doesn't tell.
    """
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) * 1024


def resident(process: int) -> int:
    """The bytes that a process holds, shared ones too. The kernel has counted them already."""
    try:
        text = Path(f"/proc/{process}/statm").read_text()
    except OSError:
        return 0
    return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Sampler:
    """Looks at a process until stopped; keeps the most that its family held in each stage."""

    def __init__(
        self,
        process: int,
        held: Callable[[int], int],
        stage: Callable[[], str] = lambda: "",
    ) -> None:
        self.most: dict[str, int] = {}
        self._process, self._held, self._stage = process, held, stage
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        took = 0.0
        # At most half of the time goes into looking, or a large process would hardly get on.
        while not self._ended.wait(max(_EVERY, took)):
            begun, stage = time.monotonic(), self._stage()
            now = sum(map(self._held, family(self._process)))
            self.most[stage] = max(now, self.most.get(stage, 0))
            took = time.monotonic() - begun

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()
