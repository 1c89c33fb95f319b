"""How much memory a process and its children hold, looked at again and again.

Memory that processes share is counted once (the kernel's proportional set size). Where the
kernel doesn't tell, nothing is sampled; `measure.py` then has the largest process alone.
"""

import threading
from collections.abc import Callable
from pathlib import Path

_EVERY = 0.05
"""Seconds between two looks. A look costs about a millisecond."""


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


def held(process: int) -> int:
    """The bytes that one process holds; 0 when it has ended or the kernel doesn't tell."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) * 1024


class Sampler:
    """Looks at a process until stopped; keeps the most that it held in each stage."""

    def __init__(self, process: int, stage: Callable[[], str] = lambda: "") -> None:
        self.most: dict[str, int] = {}
        self._process, self._stage = process, stage
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(_EVERY):
            stage = self._stage()
            now = sum(map(held, family(self._process)))
            self.most[stage] = max(now, self.most.get(stage, 0))

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()
