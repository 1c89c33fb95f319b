"""The faults that `make mutate` puts in; it runs these first, in its own environment."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("cosmic_ray", reason="cosmic-ray is in the environment of make mutate alone")

from cosmic_ray.mutating import mutate_code

from mutation.mutants import mutants
from mutation.operators import DropFilter, DropMark, ReplaceInWithNotIn, ReplaceString

OURS = (ReplaceInWithNotIn, DropFilter, ReplaceString, DropMark)


@pytest.mark.parametrize(
    ("operator", "example"), [(one, example) for one in OURS for example in one.examples()]
)
def test_an_operator_does_what_its_examples_say(operator: Any, example: Any) -> None:
    made = mutate_code(example.pre_mutation_code, operator(), example.occurrence)
    assert made == example.post_mutation_code


MODULE = '''"""A module."""

__all__ = ["double"]


@rule("x", "Words", reason="More words.")
def double(number: int | None = 2) -> int | None:
    """Twice a number."""
    return (
        number + "a"
    )


@cache
def nothing() -> None:
    return
'''


def test_no_fault_is_put_where_nobody_could_notice(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(MODULE, encoding="utf-8")
    found = [(one.operator, one.line, list(one.lines)) for one in mutants(path)]
    assert found == [
        ("RemoveDecorator", 6, [6, 7]),
        ("ReplaceString", 6, [6, 7]),
        ("NumberReplacer", 7, [6, 7]),
        ("NumberReplacer", 7, [6, 7]),
        ("ReplaceBinaryOperator_Add_Sub", 10, [9, 10, 11]),
        ("ReplaceString", 10, [9, 10, 11]),
    ]
