"""The list of a finished site's files, each with its size and SHA-256: `manifest.json`.

It holds nothing else, so that whatever is altered in it is a difference from the files.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterable
from json.encoder import encode_basestring
from operator import itemgetter
from typing import NamedTuple

NAME = "manifest.json"
_LINE = re.compile(r'\{"path": ("[^\n]*"), "bytes": ([0-9]{1,15}), "sha256": "([0-9a-f]{64})"\}')


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


def _line(one: Entry) -> str:
    return (
        f'{{"path": {encode_basestring(one.path)}, "bytes": {one.bytes}, "sha256": "{one.sha256}"}}'
    )


def as_json(entries: Iterable[Entry]) -> bytes:
    """The manifest's own bytes, sorted by path, one entry a line."""
    lines = map(_line, sorted(entries, key=itemgetter(0)))
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _entry(line: str) -> Entry:
    found = _LINE.fullmatch(line)
    path = json.loads(found[1]) if found else ""
    if not found or {"", ".", ".."} & set(path.split("/")) or {"\\", "\0"} & set(path):
        raise ValueError(f"{line[:200]} is no entry of a manifest")
    return Entry(path, int(found[2]), found[3])


def parse(content: bytes) -> tuple[Entry, ...]:
    """Read a manifest, line by line. Raises ValueError when it is not just as one is written."""
    changed = ValueError("it is not written as it was when the site was built")
    entries: list[Entry] = []
    if content == as_json(()):
        return ()
    if not content.startswith(b"[\n") or not content.endswith(b"}\n]\n"):
        raise changed
    try:
        with io.TextIOWrapper(io.BytesIO(content[2:-3]), "utf-8", newline="\n") as lines:
            for text in lines:
                line = text.removesuffix(",\n")
                entry = _entry(line)
                ordered = not entries or entries[-1].path < entry.path
                if line != _line(entry) or not ordered:
                    raise changed
                entries.append(entry)
    except UnicodeDecodeError as fault:
        raise ValueError("it is no list of files") from fault
    return tuple(entries)
