"""The mapping file: what the columns of one table are. Its errors name the line and the mend.

Everything in it is text, as it is written: YAML's own guesses (yes, 2026-01-01) aren't made.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import NoReturn

import yaml
from msgspec import Struct

from generator import schemas
from generator.errors import UsageProblem
from generator.imports.mapping_targets import KEEP, SEVERAL, TARGETS
from generator.imports.values import Unclear, currency_code

UNKNOWN = "?"
"""What a person must still fill in."""
NOT_PUBLISHED = "not published"
FIXED = (
    *("currency", "funder", "funder_id", "instrument", "amount_basis", "status"),
    *("fund", "fund_code", "financial_year", "legal_power", "route"),
)
"""What can be the same for all rows."""
_NEEDED = ("funder", "currency", "instrument", "amount_basis")
_SECTIONS = ("sheet", "columns", "fixed", "title_from", "codes")
TITLE_PART = re.compile(r"\{([^{}]+)\}")
_LONGEST = 1_000_000


class TableMapping(Struct, frozen=True):
    """What a table's columns are."""

    file: str
    sheet: str
    """Which sheet is read; empty for the first that has rows."""
    columns: Mapping[str, str]
    fixed: Mapping[str, str]
    title_from: str
    """How a title is made where no column has one, such as `{Recipient}: {Purpose}`."""
    codes: Mapping[str, Mapping[str, str]]
    """For targets with set words: the word of the file in lower case, and what it means."""

    def title_columns(self) -> tuple[str, ...]:
        """The columns that titles are made from."""
        return tuple(TITLE_PART.findall(self.title_from))


@cache
def choices(target: str) -> tuple[str, ...]:
    """The words that a target may hold; none when any text will do."""
    if target == "individual":
        return "yes", "no"
    fields = (schemas.load("awards") or {}).get("fields", ())
    return next(
        (tuple(one["constraints"].get("enum", ())) for one in fields if _is(one, target)), ()
    )


def _is(field: Mapping[str, object], target: str) -> bool:
    return field["name"] == target and "constraints" in field


class _Problem(Struct, frozen=True):
    """Raises errors of one file."""

    file: str

    def at(self, node: yaml.Node | None, message: str, advice: str) -> NoReturn:
        where = f", line {node.start_mark.line + 1}" if node else ""
        raise UsageProblem(f"{self.file}{where}: {message}", advice)

    def unknown(self, node: yaml.Node, word: str, known: tuple[str, ...], what: str) -> NoReturn:
        near = get_close_matches(word, known, n=1)
        advice = f"did you mean {near[0]}?" if near else f"write one of: {', '.join(known)}."
        self.at(node, f"“{word}” is no {what}.", advice)


def parse(text: str, file: str) -> TableMapping:
    """A mapping file's text as a mapping. Raises UsageProblem, which names the line."""
    problem = _Problem(file)
    root = _composed(text, problem)
    sections = dict(_pairs(root, problem))
    for name, (key, _) in sections.items():
        if name not in _SECTIONS:
            problem.unknown(key, name, _SECTIONS, "part of a mapping")
    _must_be_filled_in(root, problem)
    columns = _section(sections, "columns", problem)
    fixed = _section(sections, "fixed", problem)
    found = TableMapping(
        file=file,
        sheet=_text(sections["sheet"][1], problem) if "sheet" in sections else "",
        columns={name: _target(key, value, problem) for name, (key, value) in columns.items()},
        fixed={name: _fixed(name, key, value, problem) for name, (key, value) in fixed.items()},
        title_from=_text(sections["title_from"][1], problem) if "title_from" in sections else "",
        codes={
            name: _codes(name, key, value, problem)
            for name, (key, value) in _section(sections, "codes", problem).items()
        },
    )
    _must_be_whole(found, columns, problem)
    return found


_Pairs = dict[str, tuple[yaml.Node, yaml.Node]]


def _composed(text: str, problem: _Problem) -> yaml.Node:
    if len(text) > _LONGEST:
        problem.at(None, "it is too long for a mapping.", "draft it again with purse mapping.")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise UsageProblem(
            f"{problem.file}{where}: this can't be read as YAML: {error.problem}.",
            'write each column as "Column title": word, with both quotation marks.',
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UsageProblem(
            f"{problem.file} can't be read as YAML.", "draft it again with purse mapping."
        ) from error
    if not isinstance(root, yaml.MappingNode):
        problem.at(root, "this is no mapping.", "draft one with purse mapping.")
    return root


def _pairs(node: yaml.Node, problem: _Problem) -> Iterator[tuple[str, tuple[yaml.Node, yaml.Node]]]:
    """The names and values of a section. A name may stand once."""
    if isinstance(node, yaml.ScalarNode) and not node.value:
        return
    if not isinstance(node, yaml.MappingNode):
        problem.at(node, "names and values are missing here.", 'write "Name": value on each line.')
    seen: set[str] = set()
    for key, value in node.value:
        name = _text(key, problem)
        if name in seen:
            problem.at(key, f"“{name}” stands twice.", "take one of the two lines out.")
        seen.add(name)
        yield name, (key, value)


def _text(node: yaml.Node, problem: _Problem) -> str:
    if not isinstance(node, yaml.ScalarNode):
        problem.at(node, "a single word or text belongs here.", "write it on one line.")
    return str(node.value)


def _section(sections: _Pairs, name: str, problem: _Problem) -> _Pairs:
    return dict(_pairs(sections[name][1], problem)) if name in sections else {}


def _target(key: yaml.Node, value: yaml.Node, problem: _Problem) -> str:
    word = _text(value, problem)
    if word not in TARGETS:
        problem.unknown(key, word, tuple(TARGETS), "word for a column")
    return word


def _fixed(name: str, key: yaml.Node, value: yaml.Node, problem: _Problem) -> str:
    word = _text(value, problem).strip()
    if name not in FIXED:
        problem.unknown(key, name, FIXED, "word under fixed")
    if word and name == "currency" and isinstance(currency_code(word), Unclear):
        problem.at(key, f"“{word}” is no currency.", "write three letters, such as GBP.")
    _must_be_choice(name, word, key, problem)
    return "" if word == NOT_PUBLISHED else word


def _must_be_choice(name: str, word: str, key: yaml.Node, problem: _Problem) -> None:
    known = choices(name)
    if name != "amount_basis":  # which an award must have
        known = (*known, NOT_PUBLISHED) if known else ()
    if word and known and word not in known:
        problem.unknown(key, word, known, f"word for {name}")


def _codes(name: str, key: yaml.Node, value: yaml.Node, problem: _Problem) -> dict[str, str]:
    if not choices(name):
        coded = ("instrument", "amount_basis", "status", "individual")
        problem.unknown(key, name, coded, "target with set words")
    found = {}
    for word, (at, meaning) in _pairs(value, problem):
        meant = _text(meaning, problem)
        _must_be_choice(name, meant, at, problem)
        found[word.strip().lower()] = meant
    return found


def _must_be_filled_in(root: yaml.Node, problem: _Problem) -> None:
    """Raise UsageProblem when a `?` is left, naming each."""
    left = [
        f"{key.value} (line {value.start_mark.line + 1})"
        for key, value in _all_pairs(root)
        if value.value == UNKNOWN
    ]
    if left:
        problem.at(
            None,
            f"these still have a question mark: {', '.join(left)}.",
            "write what each is instead of “?”; the comment beside it says what it can be.",
        )


def _all_pairs(root: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The pairs of all sections, in order. YAML may refer to a node twice, or inside itself."""
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode) and id(node) not in seen:
            seen.add(id(node))
            yield from node.value
            waiting.extend(value for _, value in reversed(node.value))


def _must_be_whole(found: TableMapping, columns: _Pairs, problem: _Problem) -> None:
    """Raise UsageProblem when a mapping can't make an award, or has a column's part twice."""
    seen: dict[str, str] = {}
    for name, target in found.columns.items():
        if target in seen and target not in SEVERAL:
            words = f"both “{seen[target]}” and “{name}” are {target}."
            problem.at(columns[name][0], words, f"make one of them {KEEP}.")
        seen[target] = name
    if "amount" not in seen:
        problem.at(None, "no column is the amount.", "write amount beside the column that it is.")
    if "title" not in seen and not found.title_columns():
        advice = 'write title beside a column, or add title_from: "{Column title}".'
        problem.at(None, "no column is the title.", advice)
    for name in _NEEDED:
        stated = found.fixed.get(name) or (name == "instrument" and name in found.fixed)
        if name not in seen and not stated:
            problem.at(None, f"{name} is missing.", f"write it under fixed, such as {name}: …")
