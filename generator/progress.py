"""How far the work has come, on one line of a terminal; nothing where there is none."""

import sys
import time
from collections.abc import Callable
from typing import TextIO


def left(seconds: float) -> str:
    """A time in words that don't promise too much: `about 3 minutes`."""
    if seconds < 90:
        return f"about {max(1, round(seconds / 10)) * 10} seconds"
    if seconds < 90 * 60:
        return f"about {round(seconds / 60)} minutes"
    return f"about {round(seconds / 3600)} hours"


class Progress:
    """Shows how many jobs are done, and how much they made."""

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._shown = 0

    def _write(self, text: str, end: str) -> None:
        if self._stream.isatty():
            self._stream.write(f"\r{text.ljust(self._shown)}{end}")
            self._stream.flush()
            self._shown = len(text)

    def say(self, text: str) -> None:
        """A line of its own."""
        self._write(text, "\n")

    def begin(self, jobs: int, what: str) -> Callable[[int], None]:
        """Begin so many jobs; returns what is told, for each that is done, how much it made."""
        began, done, made = self._clock(), 0, 0

        def one_more(count: int) -> None:
            nonlocal done, made
            done, made = done + 1, made + count
            text = f"{done:,} of {jobs:,} tasks, {made:,} {what}"
            if done < jobs:
                text += f", {left((self._clock() - began) / done * (jobs - done))} left"
            self._write(text, "" if done < jobs else "\n")

        return one_more
