"""Work done beside the main work, on another processor.

A forked process has all that this one knows, so nothing is handed over but the result. Where
there is no fork, the work is done when its result is asked for: the same, only later.
"""

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")
_FORKS = "fork" in multiprocessing.get_all_start_methods()


class Background(Generic[T]):
    """A function's result, to be asked for once; the function must change nothing."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._running = False
        if _FORKS and (multiprocessing.cpu_count() > 1):
            context = multiprocessing.get_context("fork")
            self._here, there = context.Pipe(duplex=False)
            self._process = context.Process(target=self._work, args=(there,), daemon=True)
            self._process.start()
            there.close()
            self._running = True

    def _work(self, there: Connection) -> None:
        with suppress(Exception):  # told by the process that asks, as if it had done the work
            there.send(self._function())

    def result(self) -> T:
        """What the function returns. Where its process failed, this one does the work anew."""
        if self._running:
            self._running = False
            try:
                made: T = self._here.recv()
            except EOFError:
                return self._function()
            finally:
                self._here.close()
                self._process.join()
            return made
        return self._function()
