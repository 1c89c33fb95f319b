"""The YAML above a page's text: what it must not do to the machine that reads it."""

import re

import yaml

_BLOCK = re.compile(r"\A-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)
_DEEPEST = 50


def has_references(text: str) -> bool:
    """Whether a page's front matter refers to parts of itself, or nests without end.

    Only the events of YAML are looked at: nothing is built of them.
    """
    found = _BLOCK.match(text.replace("\r\n", "\n").replace("\r", "\n"))
    if found is None:
        return False
    depth = 0
    try:
        for event in yaml.parse(found[1], Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
                return True
    except yaml.YAMLError:
        return False  # then the builder takes it for text
    return False
