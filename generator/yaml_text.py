"""YAML from files: what it must not do to the machine that reads it.

A few lines that refer to each other can stand for more words than any memory holds, and the site
builder writes them all out. Only the events of YAML are looked at here: nothing is built of them.
"""

import re

import yaml

from generator.errors import UsageProblem

_FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_DEEPEST = 50


def must_be_plain(text: str, file: str, above: int = 0) -> None:
    """Raise UsageProblem when a text refers to parts of itself, or nests without end.

    `above` is how many lines of the file stand above the text.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
                line = event.start_mark.line + 1 + above if event.start_mark else above
                raise UsageProblem(
                    f"{file}, line {line}: the YAML has references (& and *), "
                    f"or nests more than {_DEEPEST} deep.",
                    "write each value out, or take it out.",
                )
    except yaml.YAMLError:
        return  # whoever reads it says what is wrong


def front_matter_must_be_plain(page: str, file: str) -> None:
    """The same of the YAML above a page's text."""
    if found := _FRONT_MATTER.match(page.replace("\r\n", "\n").replace("\r", "\n")):
        must_be_plain(found[1], file, above=1)
