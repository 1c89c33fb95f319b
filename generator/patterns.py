"""Regular expressions that are compiled when first used: most texts need few of them."""

import re
from typing import Any, cast


class _Pattern:
    """Stands for a pattern until one of its methods is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)  # `re` keeps what it compiled
        setattr(self, name, found)
        return found


def lazily(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` gives it, at no cost until it is used."""
    return cast(re.Pattern[str], _Pattern(text, flags))
