"""Work done beside the main work, on other processors.

A forked process has all that this one knows, so nothing is handed over but the result. Where
there is no fork, the work is done when its result is asked for: the same, only later.
"""

import gc
import multiprocessing
import os
from collections.abc import Callable, Sequence
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


_MOST_JOBS = 10_000
"""As many numbers as a pipe surely holds."""
_NUMBER = 4
"""Bytes of a job's number."""


class Spread(Generic[T]):
    """Many functions' results, to be asked for once: as many processes as there are processors.

    Each process takes the next job when it has done one. What they change must be files alone,
    and each its own.
    """

    def __init__(self, jobs: Sequence[Callable[[], T]]) -> None:
        if len(jobs) > _MOST_JOBS:
            raise ValueError(f"{len(jobs)} jobs are too many to share out: make them larger")
        self._jobs = jobs
        self._running: list[tuple[multiprocessing.process.BaseProcess, Connection]] = []
        processors = multiprocessing.cpu_count()
        if not _FORKS or processors == 1 or len(jobs) < 2:
            return
        context = multiprocessing.get_context("fork")
        take, give = os.pipe()
        os.write(give, b"".join(one.to_bytes(_NUMBER) for one in range(len(jobs))))
        os.close(give)
        gc.freeze()  # or each would look through, and so copy, all that this one knows
        for _ in range(min(processors, len(jobs))):
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=self._work, args=(take, there), daemon=True)
            process.start()
            there.close()
            self._running.append((process, here))
        os.close(take)

    def _work(self, take: int, there: Connection) -> None:
        parent, done = os.getppid(), dict[int, T]()
        with suppress(Exception):  # told by the process that asks, as if it had done the job
            while number := os.read(take, _NUMBER):
                if os.getppid() != parent:
                    return  # nobody will ask, and another build may be at work already
                one = int.from_bytes(number)
                done[one] = self._jobs[one]()
        there.send(done)

    def results(self) -> list[T]:
        """What the functions return, in their order. What a process failed at is done here."""
        done = dict[int, T]()
        for process, here in self._running:
            with suppress(EOFError):
                done |= here.recv()
            here.close()
            process.join()
        if self._running:
            gc.unfreeze()
        self._running = []
        return [done[one] if one in done else job() for one, job in enumerate(self._jobs)]
