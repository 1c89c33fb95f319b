"""How fast a package is checked, from its CSVs on the disk to the findings.

By us, all rules, and by stock Frictionless, which judges the structure alone. As a program:
`python -m bench.checking WHO PACKAGE SMALL REPORT`. It first checks a small package, so that all
that is loaded once counts as the start of the process. Then it writes what the other one took.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.results import CHECK, STOCK


def _ours(package: Path) -> bool:
    from generator import cli, site

    cli.collect_rarely()  # as each command does
    return not site.check(package).report.has_errors


def _stock(package: Path) -> bool:
    import frictionless

    return bool(frictionless.validate(str(package / "datapackage.json")).valid)


CHECKS: Mapping[str, Callable[[Path], bool]] = {CHECK: _ours, STOCK: _stock}
"""Each says whether the package has no error."""


def measure(who: str, package: Path, small: Path) -> dict[str, float]:
    """What a check takes; a package with errors is refused, for it may be left half read."""
    check = CHECKS[who]
    check(small)
    wall, cpu = time.monotonic(), time.process_time()
    if not check(package):
        raise SystemExit(f"{who} finds errors in {package}")
    return {"wall": time.monotonic() - wall, "cpu": time.process_time() - cpu}


def command(who: str, package: Path, small: Path, report: Path) -> list[str]:
    """The program that measures a check."""
    return [sys.executable, "-m", "bench.checking", who, str(package), str(small), str(report)]


if __name__ == "__main__":
    _who, (_package, _small, _report) = sys.argv[1], map(Path, sys.argv[2:5])
    _report.write_text(json.dumps(measure(_who, _package, _small)), encoding="utf-8")
