"""A clock for stages that call each other: each moment counts for the innermost one alone.

So the stages add up to the whole. A stage is a set of the program's own functions; they are
replaced by ones that tell the clock when they begin and end. A function that gives an
iterator is at work whenever it is asked for the next item, and only then.
"""

import functools
import importlib
import resource
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

REST = "rest"
"""What belongs to no stage."""


class Clock:
    """Keeps what each stage has taken, in seconds and processor seconds."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self._stages = [REST]
        self._main = threading.get_ident()
        self._since = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.monotonic(), time.process_time() + children.ru_utime + children.ru_stime

    def current(self) -> str:
        """The stage that is at work."""
        return self._stages[-1]

    def turn(self) -> None:
        """Charge the time since the last turn to the stage at work."""
        now, stage = self._now(), self.current()
        self.wall[stage] = self.wall.get(stage, 0) + now[0] - self._since[0]
        self.cpu[stage] = self.cpu.get(stage, 0) + now[1] - self._since[1]
        self._since = now

    def restart(self) -> None:
        """Charge nobody for the time since the last turn."""
        self._since = self._now()

    def _within(self, stage: str, function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        if threading.get_ident() != self._main:
            return function(*given, **named)
        self.turn()
        self._stages.append(stage)
        try:
            return function(*given, **named)
        finally:
            self.turn()
            self._stages.pop()

    def _items(self, stage: str, items: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while (item := self._within(stage, next, items, end)) is not end:
            yield item

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time counted for a stage."""

        @functools.wraps(function)
        def timed(*given: Any, **named: Any) -> Any:
            made = self._within(stage, function, *given, **named)
            return self._items(stage, made) if isinstance(made, Iterator) else made

        return timed

    def watch(self, stage: str, module: str, name: str) -> None:
        """Count a module's function for a stage, or a class's, as `Class.method`.

        Of what a class makes when it is first asked for, the making counts.
        """
        owner: Any = importlib.import_module(module)
        *outer, last = name.split(".")
        for part in outer:
            owner = getattr(owner, part)
        found = getattr(owner, last)
        if isinstance(found, functools.cached_property):
            found.func = self.timed(stage, found.func)
        else:
            setattr(owner, last, self.timed(stage, found))
