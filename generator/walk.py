"""Things that are made one after another, as far as somebody asks."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Generic, TypeVar

from generator.write import Output

Thing = TypeVar("Thing")
Named = tuple[str, Thing]
Content = Callable[[], bytes]
"""Makes a file's content."""


class Walk(Generic[Thing]):
    """Named things that are made one after another, as far as somebody asks; they are kept."""

    def __init__(self, make: Callable[[], Iterable[Named[Thing]]]) -> None:
        self._make = make
        self._left: Iterator[Named[Thing]] | None = None
        self._kept: dict[str, Thing] = {}

    def get(self, name: str) -> Thing | None:
        """The thing of a name; None where there is none."""
        if self._left is None:
            self._left = iter(self._make())
        try:
            while name not in self._kept:
                other, thing = next(self._left)
                self._kept[other] = thing
        except StopIteration:
            return None
        except BaseException:
            self._left = None  # what failed once is tried anew, never taken for the end
            raise
        return self._kept[name]


def made_together(made: Callable[[], Iterable[Output]]) -> Walk[Content]:
    """Files that are made together."""
    return Walk(lambda: ((name, partial(same, content)) for name, content in made()))


def same(content: bytes) -> bytes:
    """What makes a content that was made already."""
    return content
