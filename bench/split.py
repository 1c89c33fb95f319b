"""Cut a package's long tables into parts, as a register's exports come."""

import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path


def _records(path: Path) -> Iterator[str]:
    """Each record of a file as it stands there: one line, or more where cells hold line breaks."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list[str]()

        def kept() -> Iterator[str]:
            for line in file:
                lines.append(line)
                yield line

        for _ in csv.reader(kept()):
            yield "".join(lines)
            lines.clear()


def _cut(path: Path, count: int) -> list[str]:
    """Write a file's rows as so many files, or fewer; each begins with the header."""
    records = _records(path)
    header, names = next(records), list[str]()
    size = max(1, -(-(sum(1 for _ in _records(path)) - 1) // count))
    while rows := list(islice(records, size)):
        names.append(f"{path.stem.replace('_', '-')}-{len(names) + 1}.csv")
        path.with_name(names[-1]).write_text(header + "".join(rows), encoding="utf-8", newline="")
    return names


def split(folder: Path, count: int, tables: tuple[str, ...]) -> Path:
    """Cut some tables of a package into so many parts each; returns the folder."""
    found = folder / "datapackage.json"
    descriptor = json.loads(found.read_text(encoding="utf-8"))
    for one in descriptor["resources"]:
        if one["name"] in tables:
            path = folder / one["path"]
            one["path"] = _cut(path, count) or one["path"]
            if one["path"] != path.name:
                path.unlink()
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    found.write_text(text, encoding="utf-8")
    return folder
