"""What a hostile case is: a change of a small package, and the place that must be named."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Make = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """One way to break a package. `code` is None where nothing may be found to stop a build."""

    name: str
    tries: str
    """What the case tries, in one line."""
    make: Make
    """Breaks a copy of the package that lies in the folder."""
    code: str | None
    file: str
    row: int | None
    says: str
    """What the finding's message must hold."""


CASES: dict[str, Case] = {}


def case(
    code: str | None = "structure", file: str = "awards.csv", row: int | None = None, says: str = ""
) -> Callable[[Make], Make]:
    """Register a function as a case; its docstring says what it tries."""

    def register(make: Make) -> Make:
        name = make.__name__
        assert name not in CASES, f"two cases are called {name}"
        CASES[name] = Case(name, str(make.__doc__), make, code, file, row, says)
        return make

    return register


def rewrite(folder: Path, change: Callable[[bytes], bytes], file: str = "awards.csv") -> None:
    """Write a file of the package anew."""
    path = folder / file
    before = path.read_bytes()
    after = change(before)
    assert after != before, "changes nothing"
    path.write_bytes(after)


def put(folder: Path, old: str, new: str, file: str = "awards.csv", times: int = 1) -> None:
    """Write another text where one stands so many times."""

    def change(content: bytes) -> bytes:
        assert content.count(old.encode()) == times, f"{old!r} in {file}"
        return content.replace(old.encode(), new.encode("utf-8", "surrogatepass"))

    rewrite(folder, change, file)


def descriptor(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the descriptor as JSON."""
    path = folder / "datapackage.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    change(found)
    path.write_text(json.dumps(found, indent=2), encoding="utf-8")


def resource(folder: Path, called: str, /, **members: Any) -> None:
    """Set members of a resource in the descriptor."""

    def change(found: dict[str, Any]) -> None:
        (one,) = [one for one in found["resources"] if one["name"] == called]
        one.update(members)

    descriptor(folder, change)
