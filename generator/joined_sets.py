"""Sets that grow together: things that are joined, and all that was joined to either, are one."""

from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing", bound=Any)


class JoinedSets(Generic[Thing]):
    """Each thing leads to the least of its set; one that was never joined is a set by itself."""

    def __init__(self) -> None:
        self._above: dict[Thing, Thing] = {}

    def __contains__(self, one: Thing) -> bool:
        return one in self._above

    def of(self, one: Thing) -> Thing:
        """What stands for the set of a thing."""
        while (above := self._above.get(one, one)) != one:
            self._above[one] = one = self._above.get(above, above)  # the way is shorter next time
        return one

    def join(self, one: Thing, other: Thing) -> None:
        """Put two things, and all that belongs to them, into one set."""
        low, high = sorted((self.of(one), self.of(other)))
        self._above.setdefault(low, low)
        self._above[high] = low
