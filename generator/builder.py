"""Runs the site builder (MkDocs), in surroundings where it gives the same bytes everywhere."""

import errno
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from generator import ending, lock
from generator.errors import BuilderFailed
from generator.project import CONFIG

_REFUSED = re.compile(r"^\w*Error: \[Errno (\d+)\] ([^:\n]*)(?:: '([^'\n]*)')?", re.MULTILINE)
"""How a Python program says, in its traceback, what the machine refused."""


def _environment(created: str | None) -> dict[str, str]:
    moment = datetime.fromisoformat(created) if created else datetime(1980, 1, 1, tzinfo=UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(int(moment.timestamp())),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "NO_MKDOCS_2_WARNING": "1",
    }


def run_builder(build: Path, into: Path, created: str | None) -> None:
    """Run MkDocs on the build folder.

    Raises BuilderFailed with what it said, or OSError when the machine refused it something.
    """
    # Not --quiet: it would hide warnings from --strict, which must stop on them.
    command = ending.run(["mkdocs.__main__:cli", "build", "--strict"])
    command += ["--config-file", str(build / CONFIG), "--site-dir", str(into.resolve())]
    done = subprocess.run(  # noqa: S603 - our own Python, our own arguments
        command,
        env=_environment(created),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        pass_fds=lock.descriptors(),
        check=False,
    )
    if done.returncode:
        if refused := _refused(done.stderr, into):
            raise refused
        lines = (done.stderr or done.stdout).strip().splitlines()
        said = "\n".join(line for line in _without_traceback(lines) if line[:4] != "INFO")
        raise BuilderFailed(
            f"The site builder stopped. It said:\n{said}",
            "mend the page it names (a link that leads nowhere, most often) and build again.",
        )


def _refused(said: str, into: Path) -> OSError | None:
    """What the machine refused, where the builder stopped for that."""
    found = _REFUSED.findall(said) if "Traceback (" in said else []
    if not found:
        return None
    number, words, place = found[-1]
    # Of a file that was copied, Python names the one that was read.
    full = int(number) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return OSError(int(number), words, str(into / "index.html") if full else place or None)


def _without_traceback(lines: list[str]) -> list[str]:
    """The lines, with the last one alone of what Python says of a fault in a program."""
    for number, line in enumerate(lines):
        if line.startswith("Traceback ("):
            return [*lines[:number], lines[-1]]
    return lines
