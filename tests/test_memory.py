"""Memory grows by a bounded number of bytes an award: read, checked, linked, laid out in rows."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import packages

MOST = 5_000
"""Bytes an award, as docs/develop/performance.md states it."""
FEW, MANY = 2_000, 22_000

_HELD = """
import resource, sys
from pathlib import Path
from generator import site
from generator.summaries.awards import awards_table
checked = site.check(Path(sys.argv[1]))
table = awards_table(checked.ledger, checked.ledger.standing.numbers, "awards/")
assert table.figure("count").value == len(checked.ledger.linked)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _held(package: Path) -> int:
    """The most that a process of its own held, in bytes."""
    done = subprocess.run(
        [sys.executable, "-c", _HELD, str(package)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is counted in other units")
def test_memory_grows_by_a_bounded_number_of_bytes_an_award(tmp_path: Path) -> None:
    few = _held(packages.make(FEW, tmp_path / "few"))
    many = _held(packages.make(MANY, tmp_path / "many"))
    assert (many - few) / (MANY - FEW) < MOST
