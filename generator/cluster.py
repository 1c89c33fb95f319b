"""A Dask cluster that does the jobs of a build: one of this machine, or one that runs already.

A worker that is lost is replaced and its jobs are done anew, which writes the same bytes. When the
scheduler is lost the build ends; the next one takes up what was written.
"""

import ctypes
import gc
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic

import pyarrow as pa
from msgspec import Struct

from generator import scratch
from generator.engine import Jobs, Made, Source, Thing
from generator.errors import MachineProblem, PurseError, UsageProblem
from generator.progress import Progress

if TYPE_CHECKING:
    from distributed import Client, Future

_SETTINGS = {
    # Results are small: nothing is worth spilling, and a paused worker would wait for ever.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.comm.timeouts.connect": "10s",
}


class ClusterLost(PurseError):
    """The cluster can't be reached, or not any more."""


class _Told(Struct, frozen=True):
    """A problem as it comes from a worker."""

    message: str
    advice: str


_alone = threading.Lock()
"""A process does one job at a time, however many threads a worker has."""
_kept: dict[str, Sequence[Any]] = {}
"""The things of the last source, by its key."""


def _give_back() -> None:
    """Let the system have what is free: memory that a worker keeps counts against its limit."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):  # where the C library has no such function
        ctypes.CDLL(None).malloc_trim(0)


def _thing(source: Source[Thing], number: int) -> Thing:
    if source.key not in _kept:
        _kept.clear()
        _give_back()
        _kept[source.key] = source.things()
        _give_back()
    found: Thing = _kept[source.key][number]
    return found


def _job(number: int, do: Callable[[Thing], Made], source: Source[Thing]) -> Made | _Told:
    """One job, done by a worker."""
    with _alone:
        try:
            return do(_thing(source, number))
        except PurseError as fault:
            return _Told(fault.message, fault.advice)


def _same(source: Source[Thing]) -> Source[Thing]:
    """Hands a source to the workers, once to each, and anew where it was lost."""
    return source


class _Running(Generic[Made]):
    """Jobs that workers are at."""

    def __init__(
        self,
        client: "Client",
        futures: "Sequence[Future]",
        own: Callable[[], list[Made]],
        one_more: Callable[[Made], None],
    ) -> None:
        self._client, self._futures = client, futures
        self._own, self._one_more = own, one_more
        self._address = client.scheduler.address

    def results(self) -> list[Made]:
        """What was made of each thing. Raises ClusterLost, MachineProblem or what a job raised."""
        from distributed import as_completed

        first, done = self._own(), dict[str, Made]()
        for one in first:
            self._one_more(one)
        for future in as_completed(self._futures, loop=self._client.loop):
            done[future.key] = self._result(future)
            self._one_more(done[future.key])
        return [*first, *(done[one.key] for one in self._futures)]

    def _result(self, future: "Future") -> Made:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError

        try:
            made = future.result()
        except KilledWorker as fault:
            raise MachineProblem(
                "A part of the build has ended one worker after another, "
                "most likely for want of memory.",
                "give each worker more (--worker-memory), or take fewer workers.",
            ) from fault
        except (FutureCancelledError, CommClosedError, EOFError) as fault:
            raise _lost(self._address) from fault
        if isinstance(made, _Told):
            raise PurseError(made.message, made.advice)
        return made  # type: ignore[no-any-return]


def _lost(address: str) -> ClusterLost:
    return ClusterLost(
        f"The scheduler at {address} is lost. The site is as it was.",
        "start the cluster again and give the same command: what was written is taken up.",
    )


class Cluster:
    """The workers of a Dask cluster."""

    apart = True

    def __init__(self, client: "Client", stop: Callable[[], None], progress: Progress) -> None:
        self._client, self._stop, self._progress = client, stop, progress

    @contextmanager
    def spread(self, jobs: Jobs[Thing, Made]) -> Iterator[_Running[Made]]:
        """Send each job as a number to whichever worker is free."""
        if not jobs.things:
            yield _Running(self._client, [], list, lambda _: None)
            return
        one_more = self._progress.begin(len(jobs.things), jobs.what)
        source = self._client.submit(_same, jobs.source(), pure=False)
        numbers = range(jobs.before + jobs.large, jobs.before + len(jobs.things))
        futures = self._client.map(_job, numbers, do=jobs.do, source=source, pure=False)

        def own() -> list[Made]:
            return [jobs.do(one) for one in jobs.things[: jobs.large]]

        try:
            yield _Running(self._client, futures, own, lambda made: one_more(jobs.counted(made)))
        except BaseException:
            with suppress(Exception):
                self._client.cancel(futures, force=True)
            self._stop()  # whoever goes on may write where the next build does
            raise


@contextmanager
def _dask() -> Iterator[None]:
    """Dask as it is used here: what it would log is told in our words.

    Raises UsageProblem where the extra isn't installed.
    """
    try:
        import dask
        import distributed  # noqa: F401 - whether it is there
    except ImportError as fault:
        raise UsageProblem(
            "A cluster needs Dask, which isn't installed.",
            "run: pip install 'public-purse[cluster]'",
        ) from fault
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with dask.config.set(_SETTINGS):
            yield
    finally:
        logging.disable(before)


@contextmanager
def of_this_machine(workers: int, memory: str | None = None) -> Iterator[Cluster]:
    """So many worker processes here, each with at most so much memory, such as `2GB`."""
    progress = Progress()
    with _dask(), scratch.folder("cluster") as folder:
        from distributed import Client, LocalCluster

        local = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=memory or "auto",
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            local_directory=str(folder),
            silence_logs=logging.CRITICAL,
        )
        with local, Client(local, set_as_default=False) as client:
            progress.say(f"{workers} workers; their dashboard: {client.dashboard_link}")
            yield Cluster(client, local.close, progress)


@contextmanager
def at(scheduler: str) -> Iterator[Cluster]:
    """The workers of a cluster that runs already. Raises ClusterLost."""
    progress = Progress()
    with _dask():
        from distributed import Client

        try:
            client = Client(scheduler, timeout="10s", set_as_default=False)
        except (OSError, ValueError, ImportError) as fault:
            raise ClusterLost(
                f"There is no scheduler at {scheduler}.",
                "look whether it runs, and whether this machine may reach it.",
            ) from fault
        with client:
            workers = len(client.scheduler_info()["workers"])
            progress.say(f"{workers} workers; their dashboard: {client.dashboard_link}")
            yield Cluster(client, lambda: None, progress)
