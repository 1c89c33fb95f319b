"""All mutants of a module: its source with one small fault put in."""

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from mutation.operators import chosen


@dataclass(frozen=True)
class Mutant:
    """One small fault in one module."""

    path: Path
    line: int
    lines: range
    """Those of the statement that it is in, or of its head."""
    operator: str
    source: str
    """The whole module, fault and all."""

    def __str__(self) -> str:
        """Where it is, and what became of the lines."""
        before = self.path.read_text(encoding="utf-8").splitlines()
        diff = difflib.unified_diff(before, self.source.splitlines(), lineterm="", n=0)
        changed = [line for line in diff if line[:3] not in ("---", "+++") and line[0] in "+-"]
        return "\n".join([f"{self.path}:{self.line} {self.operator}", *changed])


def mutants(path: Path, *, marks: bool = False) -> Iterator[Mutant]:
    """The mutants of a module, in the order of its lines; those of mere words left out."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    left_out = _left_out(tree)
    found = []
    for operator in chosen(marks=marks):
        places = (
            at for node in ast_nodes(get_ast(source)) for at in operator.mutation_positions(node)
        )
        for occurrence, (start, _) in enumerate(places):
            if any(first <= start < last for first, last in left_out):
                continue
            mutated = mutate_code(source, operator, occurrence)
            if mutated is not None and mutated != source:
                found.append((start, type(operator).__name__, mutated))
    for (line, _), operator_name, mutated in sorted(found):
        yield Mutant(path, line, _statement(tree, line), operator_name, mutated)


def _statement(tree: ast.Module, line: int) -> range:
    """The lines of the innermost statement at a line; of one that holds others, its head."""
    found = range(line, line + 1)
    for node in ast.walk(tree):  # the outer ones come first
        if isinstance(node, ast.stmt):
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
            body = getattr(node, "body", None)
            last = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or first
            if first <= line <= last:
                found = range(first, last + 1)
    return found


Place = tuple[int, int]


_ASIDE = frozenset({"overload", "cache", "cached_property"})
"""Decorators that change how quick the program is, at most."""


def _left_out(tree: ast.Module) -> list[tuple[Place, Place]]:
    """What no test could notice, or need not: annotations, the words of a rule, `__all__`."""
    spans: list[ast.AST | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            spans.append(getattr(node, "returns", None))
            for one in node.decorator_list:
                spans += [*one.args[1:], *one.keywords] if isinstance(one, ast.Call) else []
                spans.append(one if isinstance(one, ast.Name) and one.id in _ASIDE else None)
        elif isinstance(node, ast.arg | ast.AnnAssign):
            spans.append(node.annotation)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
            is_variable = isinstance(value, ast.Call) and ast.unparse(value.func) == "TypeVar"
            spans.append(value if name == "__all__" or is_variable else None)
    return [
        # From one before, as a decorator begins at its mark.
        ((span.lineno, span.col_offset - 1), (span.end_lineno or 0, span.end_col_offset or 0))
        for span in spans
        if isinstance(span, ast.expr | ast.keyword)
    ]
