"""Runs Pagefind on the records of the search; gives the files that browsers load from it."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from generator import scratch
from generator.errors import BuilderFailed
from generator.search import Record, document
from generator.write import Output, put

_LEFT_OUT = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""Pagefind's own search boxes: the site has one of its own, and half a megabyte less."""
_OTHER_LANGUAGES = "wasm.unknown.pagefind"

_SETTINGS = ("PAGEFIND_SITE", "PAGEFIND_OUTPUT_PATH", "PAGEFIND_OUTPUT_SUBDIR")
"""Settings of somebody's own use of Pagefind, which would lead ours astray."""


def _run(pages: Path, into: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(into)]
    command += ["--force-language", "en", "--silent"]
    surroundings = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
    done = subprocess.run(  # noqa: S603 - our own Python, our own arguments
        command,
        cwd=pages,  # where no settings of Pagefind's lie
        env=surroundings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "nothing").splitlines()[-1]
        raise BuilderFailed(
            f"The index of the search could not be made. Pagefind said: {last}",
            "install the program again; if it still fails, see whether the disk is full.",
        )


def index(records: Iterable[Record]) -> tuple[Output, ...]:
    """The files of the index of these records, in the order of their names.

    All at once, so that no folder for a while waits for whoever asks for one file alone. Raises
    BuilderFailed with what Pagefind said.
    """
    with scratch.folder("search") as temporary:
        pages, into = temporary / "pages", temporary / "index"
        for record in records:
            path = pages / record.url / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            put(str(path), document(record))
        _run(pages, into)
        files = sorted(file for file in into.rglob("*") if file.is_file())
        return tuple(
            (path.relative_to(into).as_posix(), path.read_bytes())
            for path in files
            if not path.name.startswith(_LEFT_OUT) and path.name != _OTHER_LANGUAGES
        )
