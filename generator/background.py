"""Work done beside the main work, on other processors.

A forked process has all that this one knows, so nothing is handed over but the result. Where
there is no fork, or the machine starts no further process, the work is done when its result is
asked for: the same, only later.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, Self, TypeVar

from generator import ending

T = TypeVar("T")
_FORKS = "fork" in multiprocessing.get_all_start_methods()
_PATIENCE = 10
"""Seconds in which a forked process says that it has begun. One that was forked while another
thread held a lock of Python's own waits for that lock for ever, and never says so."""


def _started(work: Callable[..., None], *given: object) -> tuple[BaseProcess, Connection] | None:
    """A process at work, and where its result comes from; None where none can be started."""
    context, parent = multiprocessing.get_context("fork"), os.getpid()
    try:
        here, there = context.Pipe(duplex=False)
    except OSError:
        return None

    def begin() -> None:
        ending.with_parent(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it ends with its parent, and says nothing
        here.close()  # or a result that nobody takes would be offered for ever
        there.send_bytes(b"begun")
        with suppress(Exception):  # told by the process that asks, as if it had done the work
            work(there, *given)

    process = context.Process(target=begin, daemon=True)
    try:
        process.start()
    except OSError:
        here.close()
        return None
    finally:
        there.close()
    with suppress(EOFError, OSError):
        if here.poll(_PATIENCE):
            here.recv_bytes()
            return process, here
    process.kill()
    process.join()
    here.close()
    return None


class Background(Generic[T]):
    """A function's result, to be asked for once; the function must change nothing."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        # A process forked amid threads could wait for ever for what one of them held.
        alone = threading.active_count() == 1
        forks = _FORKS and alone and multiprocessing.cpu_count() > 1
        self._running = _started(self._work) if forks else None

    def _work(self, there: Connection) -> None:
        there.send(self._function())

    def result(self) -> T:
        """What the function returns. Where its process failed, this one does the work anew."""
        if self._running is not None:
            (process, here), self._running = self._running, None
            try:
                made: T = here.recv()
            except (EOFError, OSError):  # the second, where it died amid its result
                return self._function()
            finally:
                here.close()
                process.join()
            return made
        return self._function()


_MOST_JOBS = 10_000
"""As many numbers as a pipe surely holds."""
_NUMBER = 4
"""Bytes of a job's number."""


class Spread(Generic[T]):
    """Many functions' results, to be asked for once: as many processes as there are processors.

    Each takes the next job when it has done one, and so does this process, once it asks for the
    results. What they change must be files alone, and each its own. When the context ends, so
    have the processes, whatever happened.
    """

    def __init__(self, jobs: Sequence[Callable[[], T]]) -> None:
        if len(jobs) > _MOST_JOBS:
            raise ValueError(f"{len(jobs)} jobs are too many to share out: make them larger")
        self._jobs = jobs
        self._running: list[tuple[BaseProcess, Connection]] = []
        self._take: int | None = None
        """Where the numbers of the jobs come from."""
        processors = multiprocessing.cpu_count()
        if not _FORKS or processors == 1 or len(jobs) < 2:
            return
        self._take, give = os.pipe()
        os.write(give, b"".join(one.to_bytes(_NUMBER) for one in range(len(jobs))))
        os.close(give)
        gc.freeze()  # or each would look through, and so copy, all that this one knows
        for _ in range(min(processors, len(jobs)) - 1):
            if started := _started(self._work):
                self._running.append(started)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process, here in self._running:
            process.kill()  # whoever goes on may write where they do
            process.join()
            here.close()
        self._end()

    def _end(self) -> None:
        if self._take is not None:
            os.close(self._take)
            gc.unfreeze()
        self._running, self._take = [], None

    def _work(self, there: Connection) -> None:
        done = dict[int, T]()
        try:
            self._do(done)
        finally:
            there.send(done)

    def _do(self, done: dict[int, T]) -> None:
        """Take jobs until there are none."""
        while self._take is not None and (number := os.read(self._take, _NUMBER)):
            one = int.from_bytes(number)
            done[one] = self._jobs[one]()

    def results(self) -> list[T]:
        """What the functions return, in their order. What a process failed at is done here."""
        done = dict[int, T]()
        self._do(done)
        for process, here in self._running:
            with suppress(EOFError, OSError):
                done |= here.recv()
            here.close()
            process.join()
        self._end()
        return [done[one] if one in done else job() for one, job in enumerate(self._jobs)]
