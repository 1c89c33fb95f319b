"""Odd surroundings: the same site to the byte, or plain words."""

import os
from pathlib import Path

import pytest

from tests.conftest import LITTLEHAM, ROOT
from tests.killing import contents
from tests.running import run

_WITHOUT = """
import multiprocessing, os, sys
import _multiprocessing

def none(*_): raise OSError(2, "No such file or directory")  # as without /dev/shm
_multiprocessing.SemLock = none
if sys.argv.pop(1) == "no-fork":
    multiprocessing.get_all_start_methods = lambda: ["spawn"]
    del os.fork
from generator.cli import main
main()
"""


@pytest.mark.parametrize(
    ("processes", "umask", "surroundings"),
    [
        ("fork", 0o077, {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}),
        (
            *("fork", 0o022),
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "-27:73"},
        ),
        ("no-fork", 0o002, {"HOME": "/no/such/folder", "LC_ALL": "no-such", "USER": "?"}),
    ],
    ids=["far", "bare", "lost"],
)
def test_the_same_bytes(
    processes: str,
    umask: int,
    surroundings: dict[str, str],
    littleham_site: Path,
    tmp_path: Path,
) -> None:
    command = ("-c", _WITHOUT, processes, "build", "--data", LITTLEHAM, "--out", tmp_path / "site")
    done = run(
        *command,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **surroundings},
        umask=umask,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(tmp_path / "site") == contents(littleham_site)


def test_no_folder_for_temporary_files(tmp_path: Path) -> None:
    script = (
        "import sys, tempfile\n"
        "tempfile._candidate_tempdir_list = lambda: ['/no/such/folder']\n"
        "from generator.cli import main\nmain()\n"
    )
    done = run("-c", script, "build", "--data", LITTLEHAM, "--out", tmp_path / "site")
    assert done.returncode == 2
    assert "no/such/folder" in done.stderr
    assert "What to do: " in done.stderr
    assert "Traceback" not in done.stderr
