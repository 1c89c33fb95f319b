"""Which small faults are put in: those of cosmic-ray that say something, and some of ours.

Of cosmic-ray's replacements of an operator, one for each operator is enough: a test that doesn't
notice `a - b` in the place of `a + b` will seldom notice `a * b`. Ours are for what rules and
escapes are made of, and cosmic-ray leaves alone: membership, filters, words and marks.
"""

import ast
from collections.abc import Iterator, Sequence
from typing import Any

import parso
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator

_CORE = (
    *("AddNot", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceUnaryOperator_Delete_Not"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceUnaryOperator_USub_UAdd"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop"),
    *("ExceptionReplacer", "NumberReplacer", "RemoveDecorator"),
    *("ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add"),
    *("ReplaceBinaryOperator_Mul_Div", "ReplaceBinaryOperator_Div_Mul"),
    *("ReplaceBinaryOperator_FloorDiv_Mul", "ReplaceBinaryOperator_Mod_FloorDiv"),
    *("ReplaceBinaryOperator_BitOr_BitAnd", "ReplaceBinaryOperator_BitAnd_BitOr"),
    *("ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq"),
    *("ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is"),
    *("ReplaceComparisonOperator_Lt_LtE", "ReplaceComparisonOperator_LtE_Lt"),
    *("ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_GtE_Gt"),
)
Positions = Iterator[tuple[tuple[int, int], tuple[int, int]]]


def _as_it_was(node: Any, code: str) -> Any:
    """New code in the place of a node, as far from what stands before it."""
    return parso.parse(node.get_first_leaf().prefix + code)


class ReplaceInWithNotIn(Operator):  # type: ignore[misc]
    """`x in y` becomes `x not in y`, and the other way round."""

    def mutation_positions(self, node: Any) -> Positions:
        """The word, or two words, between the two sides."""
        if node.type == "comparison":
            for between in node.children[1::2]:
                if " ".join(between.get_code().split()) in ("in", "not in"):
                    yield between.start_pos, between.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The comparison with the other word."""
        places = [
            place
            for place in range(1, len(node.children), 2)
            if " ".join(node.children[place].get_code().split()) in ("in", "not in")
        ]
        place = places[index]
        other = "in" if "not" in node.children[place].get_code() else "not in"
        node.children[place] = _as_it_was(node.children[place], other)
        return node

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """What it does."""
        return (Example("x in y", "x not in y"), Example("x not in y", "x in y"))


class DropFilter(Operator):  # type: ignore[misc]
    """`[x for x in y if x]` becomes `[x for x in y if True]`."""

    def mutation_positions(self, node: Any) -> Positions:
        """The condition of a comprehension."""
        if node.type == "comp_if":
            yield node.children[1].start_pos, node.children[1].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The comprehension without a condition."""
        node.children[1] = _as_it_was(node.children[1], "True")
        return node

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """What it does."""
        return (Example("[x for x in y if x]", "[x for x in y if True]"),)


class ReplaceString(Operator):  # type: ignore[misc]
    """`"amount"` becomes `"XXamountXX"`; a docstring stays as it is."""

    def mutation_positions(self, node: Any) -> Positions:
        """Every string that isn't a statement of its own."""
        if node.type == "string" and node.parent.type not in ("simple_stmt", "strings"):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The string, unlike what it was in every way of looking at it."""
        return _as_it_was(node, repr(f"XX{ast.literal_eval(node.value)}XX"))

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """What it does."""
        return (Example("x = 'a'", "x = 'XXaXX'"),)


class DropMark(Operator):  # type: ignore[misc]
    """`"<>"` becomes `">"` or `"<"`: each mark is once forgotten."""

    def mutation_positions(self, node: Any) -> Positions:
        """As many as the string has characters."""
        if node.type == "string" and node.parent.type not in ("simple_stmt", "strings"):
            for _ in ast.literal_eval(node.value):
                yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """The string without one of its characters."""
        text = ast.literal_eval(node.value)
        return _as_it_was(node, repr(text[:index] + text[index + 1 :]))

    @classmethod
    def examples(cls) -> Sequence[Example]:
        """What it does."""
        return (Example("x = 'ab'", "x = 'b'"), Example("x = 'ab'", "x = 'a'", occurrence=1))


def chosen(*, marks: bool) -> tuple[Operator, ...]:
    """The operators for a module; with `marks`, each mark in its strings counts as well."""
    core = tuple(get_operator(f"core/{name}")() for name in _CORE)
    return (*core, ReplaceInWithNotIn(), DropFilter(), DropMark() if marks else ReplaceString())
