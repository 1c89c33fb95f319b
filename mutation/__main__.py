"""`make mutate`: put small faults into the heart of the program, and count those unnoticed.

MODULES names the modules to try, as `money checks/totals`; all of them when it is empty.
EVERY=3 tries every third mutant only.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import click

from generator.checks import rules
from generator.checks.registry import function_of
from mutation.mutants import mutants
from mutation.trial import Subject, Trials, Verdict

OUT = Path(".mutation")
_TWINS = "tests/test_broken.py"
_CASES = (
    *("amounts", "contracts", "dates", "duties", "funds", "identity", "likeness", "monitoring"),
    *("publication", "recipients", "registry", "sizes", "totals", "unseen", "values"),
)
_OF_RULES = (*(f"tests/checks/test_{name}.py" for name in _CASES), _TWINS)
_OF_SETTINGS = ("monitoring", "contracts", "duties")
_OF_PARTS = (
    "findings_are_those_of_a_look_at_all_files_at_once",
    "a_package_that_uses_everything_is_judged_alike",
)
_LEDGER, _SUMMARIES = ("tests/test_ledger.py", "tests/test_linking.py"), ("tests/summaries",)
_CLEAN, _PRIVACY = ("tests/checks/test_clean.py",), ("tests/checks/test_privacy.py",)
_STRUCTURE = ("tests/checks/test_structure.py",)
TESTS = {
    "money": ("tests/test_money.py",),
    "safety": ("tests/test_safety.py",),
    **dict.fromkeys(("grouping", "ledger", "linking", "relations"), _LEDGER),
    **dict.fromkeys(
        (f"checks/clean_{name}" for name in ("columns", "descriptor", "links")), _CLEAN
    ),
    "checks/clean_parts": tuple(f"tests/test_cluster.py::test_{name}" for name in _OF_PARTS),
    **dict.fromkeys(("checks/privacy", "checks/privacy_places"), _PRIVACY),
    "checks/privacy_hiding": ("tests/checks/test_privacy_hiding.py", *_PRIVACY),
    "checks/privacy_reviews": _PRIVACY,
    **dict.fromkeys(("checks/privacy_scan", "checks/suspects"), _PRIVACY),
    **dict.fromkeys((f"checks/structure{end}" for end in ("", "_given", "_report")), _STRUCTURE),
    **dict.fromkeys(("checks/__init__", "checks/registry"), ("tests/checks/test_registry.py",)),
    "checks/reference": ("tests/test_rules_reference.py",),
    "checks/settings": tuple(f"tests/checks/test_{name}.py" for name in _OF_SETTINGS),
}
"""The tests of each module; in `checks/`, those of the rules where nothing is said."""
MARKS = frozenset({"safety"})
"""Modules whose strings are marks to escape: each of them counts."""


def _all_modules() -> list[str]:
    rooms = sorted(
        f"{folder}/{path.stem}"
        for folder in ("checks", "summaries")
        for path in Path("generator", folder).glob("*.py")
    )
    return [*(name for name in TESTS if "/" not in name), *rooms]


def _subject(name: str) -> Subject:
    path = Path("generator") / f"{name}.py"
    module = f"generator.{name.replace('/', '.')}"
    codes = {one.code for one in rules() if function_of(one).__module__ == module}
    tests = TESTS.get(name, _SUMMARIES if name.startswith("summaries/") else _OF_RULES)
    if codes and name not in TESTS:
        kept = (_TWINS, f"tests/checks/test_{path.stem}.py")
        tests = tuple(test for test in tests if test in kept or _names(test, codes))
    return Subject(path, tests, frozenset(codes))


def _names(test: str, codes: set[str]) -> bool:
    text = Path(test).read_text(encoding="utf-8")
    return any(f'"{code}"' in text for code in codes)


def _try(name: str, every: int, at: Path) -> Counter[Verdict]:
    """Try a module's mutants; those that nobody noticed stand in a file of its own."""
    subject = _subject(name)
    trials = Trials(subject, at)
    counted: Counter[Verdict] = Counter()
    with (OUT / f"{name.replace('/', '.')}.txt").open(
        "w", buffering=1, encoding="utf-8"
    ) as unnoticed:
        for mutant in islice(mutants(subject.path, marks=name in MARKS), 0, None, every):
            verdict = trials.verdict(mutant)
            counted[verdict] += 1
            if verdict not in (Verdict.KILLED, Verdict.BROKEN):
                unnoticed.write(f"{mutant}\n({verdict.value})\n\n")
    return counted


def _row(cells: Iterable[object]) -> None:
    click.echo(f"| {' | '.join(map(str, cells))} |")
    sys.stdout.flush()


def main() -> None:
    """Try the modules one after the other, and print a table."""
    os.environ["CI"] = "true"  # Hypothesis tries the same examples each time
    sys.dont_write_bytecode = False  # nor is anything compiled twice
    sys.pycache_prefix = str(OUT.resolve() / "pycache")
    OUT.mkdir(exist_ok=True)
    shown = (Verdict.KILLED, Verdict.TIMEOUT, Verdict.SURVIVED, Verdict.UNCOVERED)
    _row(["Module", *(one.value.capitalize() for one in shown), "Noticed", "Seconds"])
    _row(["---", *("---:" for _ in shown), "---:", "---:"])
    every = int(os.environ.get("EVERY") or 1)
    for name in os.environ.get("MODULES", "").split() or _all_modules():
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as at:
            counted = _try(name, every, Path(at))
        noticed = counted[Verdict.KILLED] + counted[Verdict.TIMEOUT]
        share = f"{100 * noticed / max(1, sum(counted[one] for one in shown)):.0f}%"
        seconds = f"{time.monotonic() - began:.0f}"
        _row([name, *(counted[one] for one in shown), share, seconds])


if __name__ == "__main__":
    main()
