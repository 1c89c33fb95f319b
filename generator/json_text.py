"""JSON read strictly: what programs would read in different ways, or not at all, is refused.

Standard JSON says nothing of a member given twice, Python also reads `NaN`, and a hundred
thousand lists in each other are valid. None of these is ever meant.
"""

import json
import math
import re
from collections.abc import Callable
from typing import Any

DEEPEST = 50
"""Levels of lists and objects. Ours have seven; the standards that we read, fewer than twenty."""
_HALF_A_PAIR = re.compile(r"\\u[dD][89a-fA-F]")


class NotJson(ValueError):
    """Why a text isn't JSON that can be relied on; `line` where that is known."""

    def __init__(self, said: str, mend: str, line: int | None = None) -> None:
        super().__init__(said)
        self.mend = mend
        self.line = line


def parse(text: str, parse_float: Callable[[str], Any] | None = None) -> Any:
    """The value of a JSON text. Raises NotJson, whose words follow the file's name."""
    try:
        value = json.loads(
            text,
            parse_float=parse_float,
            parse_constant=_no_number,
            object_pairs_hook=_unique,
        )
    except json.JSONDecodeError as error:
        raise NotJson(
            f"this is not valid JSON ({error.msg})",
            "look for a missing comma, quote or bracket on that line or the one before it.",
            error.lineno,
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    except NotJson:
        raise
    except (ValueError, ArithmeticError) as error:
        raise NotJson("a number has too many digits", "write fewer digits.") from error
    _look_through(value)
    if _HALF_A_PAIR.search(text):
        _must_be_text(value)
    return value


def _no_number(word: str) -> Any:
    raise NotJson(f"{word} stands where a number should", "leave out what is not known.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen = set[str]()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotJson(
            f"“{twice[:100]}” stands twice in one object", "give each member its own name."
        )
    return members


def _too_deep() -> NotJson:
    return NotJson(
        f"lists and objects nest more than {DEEPEST} deep",
        "restore an earlier version of the file.",
    )


def _look_through(value: Any) -> None:
    """Raise NotJson for what nests too deeply, and for numbers beyond all numbers."""
    waiting = [(value, 1)]
    while waiting:
        one, level = waiting.pop()
        if isinstance(one, dict | list):
            if level > DEEPEST:
                raise _too_deep()
            inner = one.values() if isinstance(one, dict) else one
            waiting += [(each, level + 1) for each in inner]
        elif isinstance(one, float) and not math.isfinite(one):
            raise NotJson("a number is too large for any program", "write fewer digits.")


def _must_be_text(value: Any) -> None:
    """Raise NotJson when a text holds half a letter: no file can hold that."""
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        raise NotJson(
            "a text holds half of a letter (\\ud800 to \\udfff alone)",
            "type the text again.",
        ) from error
