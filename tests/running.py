"""The `purse` command: at once in this process, or in one of its own as a user starts it.

Both go through the command's own `main`, which sets the exit code and tells all in words. A new
process takes most of a second to begin, so it is for what a process alone can show.
"""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from tests.conftest import ROOT


def purse(
    *arguments: str | Path, cwd: Path = ROOT, **surroundings: str
) -> subprocess.CompletedProcess[str]:
    """Run the command here. Whatever it is asked, it must never show a traceback."""
    words = ["purse", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(cwd),
        Path(os.devnull).open(encoding="utf-8") as nothing,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", words)
        patch.setattr(sys, "stdin", nothing)
        for name, value in surroundings.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            cli.main()
    code = ended.value.code
    assert isinstance(code, int)
    return _sound(subprocess.CompletedProcess(words, code, _read(out), _read(err)))


def started(
    *arguments: str | Path, cwd: Path = ROOT, **surroundings: str
) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    path = os.pathsep.join((str(ROOT), os.environ["PYTHONPATH"]))
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, **surroundings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return _sound(done)


def _read(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def _sound(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1, 2)
    return done


def run(*words: object, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Run Python with these words, in the repository's folder; `more` is for `subprocess.run`."""
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **more)
