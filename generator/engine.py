"""Who does the jobs of a build that can be done apart: processes of this machine, or a cluster.

A stage says what is to be done with each of many things, and how another process comes by the
same things. It doesn't know who does it.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from generator.background import Spread

Thing = TypeVar("Thing")
Made = TypeVar("Made")
Kept = TypeVar("Kept", covariant=True)


class Source(Protocol[Kept]):
    """Gives another process the things that this one has. A small value, known by its key."""

    @property
    def key(self) -> str:
        """The same only where the things are."""

    def things(self) -> Sequence[Kept]:
        """The things, made anew; whoever asks keeps them."""


class Listed(Struct, Generic[Kept], frozen=True):
    """Things that are small values themselves."""

    listed: Sequence[Kept]

    @property
    def key(self) -> str:
        """What the things are."""
        return hashlib.sha256(repr(self.listed).encode()).hexdigest()

    def things(self) -> Sequence[Kept]:
        """The things."""
        return self.listed


class Jobs(Struct, Generic[Thing, Made], frozen=True):
    """Something to be done with each of many things, apart from all others."""

    do: Callable[[Thing], Made]
    """It changes nothing but files, each job its own, and may be done twice."""
    things: Sequence[Thing]
    source: Callable[[], Source[Thing]]
    """Asked only by who does the jobs in other processes that don't know the things."""
    what: str
    """What is done, in words for who waits."""
    counted: Callable[[Made], int]
    """How much of it one result is."""
    large: int = 0
    """So many of the first need all that there is at once: no worker is given them."""
    before: int = 0
    """So many others the source gives before these."""


class Results(Protocol[Kept]):
    """What comes of jobs."""

    def results(self) -> Sequence[Kept]:
        """What was made of each thing, in their order."""


class Engine(Protocol):
    """Does jobs, at once where it can."""

    apart: bool
    """Whether it does them in processes that don't know what this one does."""

    def spread(self, jobs: Jobs[Thing, Made]) -> AbstractContextManager[Results[Made]]:
        """Begin; when the context ends, nobody is at work on them any more."""


class Here:
    """The processors of this machine: forked processes, which know all that this one does."""

    apart = False

    def spread(self, jobs: Jobs[Thing, Made]) -> Spread[Made]:
        """Begin, see `background.Spread`."""
        return Spread([partial(jobs.do, one) for one in jobs.things])


HERE = Here()
