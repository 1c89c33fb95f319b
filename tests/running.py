"""The program in a process of its own."""

import subprocess
import sys
from typing import Any

from tests.conftest import ROOT


def run(*words: object, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Run Python with these words, in the repository's folder; `more` is for `subprocess.run`."""
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **more)
