"""What a run of the benchmarks found, as JSON and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.measure import Cost

BUILD, SECOND, LEAN = "purse build", "second build", "lean build"
KEPT, LISTED = "lean, shells kept", "lean, rows of lists"
MKDOCS, HUGO, HUGO_HTML = "MkDocs", "Hugo", "Hugo, bodies as HTML"
CHECK, STOCK = "our check", "Frictionless"
MKDOCS_LIMIT, HUGO_LIMIT, STOCK_LIMIT = 10_000, 100_000, 10_000
"""The awards up to which others are run."""
SITE_LIMIT = 100_000
"""The awards up to which whole sites are built, unless somebody says otherwise."""
EVERY_FORMAT_LIMIT = 10_000
"""The awards up to which builds with every format and the search are timed, and their stages,
unless somebody says otherwise: others aren't asked for these, and they take minutes."""
LISTED_FROM = 100_000
"""The awards from which a site is built, too, whose awards and recipients are rows of lists."""


class NoResults(Exception):
    """There is no file of results to read."""


@dataclass(frozen=True)
class Size:
    """What was found with so many awards."""

    awards: int
    pages: int
    files: int
    bytes: int
    """Of our lean site, with its CSVs and all other files; all three 0 where none was built."""
    whole: Mapping[str, Cost]
    """Whole commands, by the names above; none where no site was built."""
    stages: Mapping[str, Cost]
    """The stages of our first build."""
    checks: Mapping[str, Cost] = field(default_factory=dict)
    """Checks of the package alone, by the names above; older results have none."""
    one_process: bool = False
    """Whether the stages are of a build in one process. In older results workers hide time."""


@dataclass(frozen=True)
class Results:
    """What was found in one run."""

    storage: str
    """`memory` or `disk`."""
    runs: int
    machine: Mapping[str, str]
    sizes: tuple[Size, ...]

    def size(self, awards: int) -> Size | None:
        """What was found with so many awards, if they were tried."""
        return next((one for one in self.sizes if one.awards == awards), None)


_COSTS = ("whole", "stages", "checks")


def _costs(given: Mapping[str, Any]) -> dict[str, Cost]:
    return {name: Cost(**cost) for name, cost in given.items()}


def from_json(text: str) -> Results:
    """The results that a file holds."""
    given = json.loads(text)
    sizes = (
        Size(**{**one, **{name: _costs(one.get(name, {})) for name in _COSTS}})
        for one in given["sizes"]
    )
    return Results(**{**given, "sizes": tuple(sizes)})


def to_json(results: Results) -> str:
    """The results as a file holds them, times to the tenth of a millisecond."""
    given = asdict(results)
    for size in given["sizes"]:
        for cost in (cost for name in _COSTS for cost in size[name].values()):
            cost.update(wall=round(cost["wall"], 4), cpu=round(cost["cpu"], 4))
    return json.dumps(given, indent=2, ensure_ascii=False) + "\n"


def read(path: Path) -> Results:
    """The results in a file. Raises NoResults."""
    if not path.is_file():
        raise NoResults(f"There is no {path}. Run make bench RECORD=1, which writes it.")
    return from_json(path.read_text(encoding="utf-8"))


def write(path: Path, results: Results) -> None:
    """Put results into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(results), encoding="utf-8")


def merged(old: Results, new: Results) -> Results:
    """The new results, with the sizes that only the old ones have."""
    kept = [one for one in old.sizes if new.size(one.awards) is None]
    return replace(new, sizes=tuple(sorted((*kept, *new.sizes), key=lambda one: one.awards)))
