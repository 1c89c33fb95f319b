"""The list of a finished site's files, each with its size and SHA-256: `manifest.json`.

It holds nothing else, so that whatever is altered in it is a difference from the files.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

NAME = "manifest.json"
_HASH = re.compile("[0-9a-f]{64}")


class Entry(NamedTuple):
    """A file of the site."""

    path: str
    bytes: int
    sha256: str


def sha256(content: bytes) -> str:
    """The hash that proves that these are the bytes."""
    return hashlib.sha256(content).hexdigest()


def of_files(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The manifest of these paths and contents. It can't list itself."""
    return as_json(Entry(path, len(content), sha256(content)) for path, content in files)


def as_json(entries: Iterable[Entry]) -> bytes:
    """The manifest's own bytes, sorted by path, one entry a line."""
    lines = [
        json.dumps({"path": one.path, "bytes": one.bytes, "sha256": one.sha256}, ensure_ascii=False)
        for one in sorted(entries, key=lambda one: one.path)
    ]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _entry(one: Any) -> Entry:
    entry = Entry(one["path"], one["bytes"], one["sha256"])
    parts = str(entry.path).split("/")
    inside = isinstance(entry.path, str) and not {"", ".", ".."} & set(parts)
    sized = isinstance(entry.bytes, int) and not isinstance(entry.bytes, bool)
    if not inside or "\\" in entry.path or not sized or not _HASH.fullmatch(entry.sha256):
        raise ValueError(f"{one} is no entry of a manifest")
    return entry


def parse(content: bytes) -> tuple[Entry, ...]:
    """Read a manifest. Raises ValueError when it is not just as one is written."""
    try:
        entries = tuple(map(_entry, json.loads(content)))
    except (KeyError, TypeError, RecursionError) as fault:
        raise ValueError("it is no list of files") from fault
    if as_json(entries) != content or len({one.path for one in entries}) != len(entries):
        raise ValueError("it is not written as it was when the site was built")
    return entries
