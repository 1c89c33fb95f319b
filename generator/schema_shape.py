"""Whether a table's schema, as a descriptor embeds it, has the shape that all else relies on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeGuard

import pyarrow as pa
import pyarrow.compute as pc

Fault = tuple[str, str]
"""What is wrong, in words that follow the descriptor's name, and how to mend it."""
_CONSTRAINTS = {
    *("required", "unique", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    *("minLength", "maxLength", "pattern", "enum"),
}
_MEND = "run: purse schemas; or write it as the table schemas in schemas/ do."


def is_text(value: object) -> TypeGuard[str]:
    """Whether a JSON value is a text."""
    return isinstance(value, str)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether a JSON value is a list."""
    return isinstance(value, list)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a JSON value is an object."""
    return isinstance(value, dict)


def _are_texts(value: object) -> bool:
    return is_list(value) and all(map(is_text, value))


def _are_names(value: object) -> bool:
    return is_text(value) or _are_texts(value)


def fits(
    owner: Mapping[str, Any],
    what: str,
    keys: Iterable[str],
    test: Callable[[Any], bool],
    words: str,
) -> Iterator[Fault]:
    """The members of an object that are there and aren't what they should be."""
    for key in keys:
        if key in owner and not test(owner[key]):
            yield f'"{key}" of {what} is not {words}', f"write {words}, or take it out."


def faults_of_schema(schema: Mapping[str, Any], what: str) -> Iterator[Fault]:
    """What can't be worked with in a table's schema."""
    yield from fits(schema, what, ("name", "title", "description"), is_text, "a text")
    yield from fits(schema, what, ("fields", "foreignKeys", "missingValues"), is_list, "a list")
    yield from fits(schema, what, ("primaryKey", "sort"), _are_names, "a list of columns")
    for one in _listed(schema, "missingValues"):
        if not is_text(one) and not (is_object(one) and is_text(one.get("value"))):
            yield f"a missing value of {what} is not a text", _MEND
    names = set[str]()
    for one in _listed(schema, "fields"):
        if not is_object(one) or not is_text(one.get("name")) or one["name"] in names:
            yield f"a field of {what} has no name of its own", _MEND
            return
        names.add(one["name"])
        yield from _field(one, f"the field “{one['name'][:100]}”")
    for one in _listed(schema, "foreignKeys"):
        yield from _link(one, what)


def _listed(owner: Mapping[str, Any], key: str) -> list[Any]:
    return owner[key] if is_list(owner.get(key)) else []


def _field(one: Mapping[str, Any], what: str) -> Iterator[Fault]:
    yield from fits(one, what, ("type", "format", "title", "description"), is_text, "a text")
    yield from fits(one, what, ("trueValues", "falseValues"), _are_texts, "a list of texts")
    yield from fits(one, what, ("categories",), is_list, "a list")
    yield from fits(one, what, ("constraints",), is_object, "an object")
    for code in _listed(one, "categories"):
        if not is_object(code) or not is_text(code.get("value")) or not is_text(code.get("label")):
            yield f"a category of {what} has no value and label", _MEND
    limits = one.get("constraints")
    if is_object(limits):
        if strange := sorted(limits.keys() - _CONSTRAINTS):
            yield f"{what} has the constraint “{strange[0][:100]}”, which is not known", _MEND
        yield from fits(limits, what, ("enum",), is_list, "a list")
        if "pattern" in limits and not _is_pattern(limits["pattern"]):
            yield (
                f"the pattern of {what} can't be matched in a sure time",
                "write one without look-arounds and back-references, or take it out.",
            )


def _is_pattern(pattern: object) -> bool:
    """Whether Arrow takes a pattern: its way of matching ends in a time that is sure."""
    if not is_text(pattern):
        return False
    try:
        pc.match_substring_regex(pa.array(["a"]), anchored(pattern))
    except pa.ArrowInvalid:
        return False
    return True


def anchored(pattern: str) -> str:
    """A schema's pattern as Arrow needs it, to match a text from beginning to end."""
    return f"^(?:{pattern})$"


def _link(one: object, what: str) -> Iterator[Fault]:
    to = one.get("reference") if is_object(one) else None
    if not is_object(one) or not _are_names(one.get("fields")) or not is_object(to):
        yield f"a foreign key of {what} names no fields and reference", _MEND
    elif not _are_names(to.get("fields")) or not is_text(to.get("resource", "")):
        yield f"a foreign key of {what} leads to no columns of a resource", _MEND
    elif "package" in to:
        yield f"a foreign key of {what} leads into another package", _MEND
