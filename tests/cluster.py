"""The program with the extra “cluster”, in the environment that has it, and what it works with."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PYTHON = ROOT / ".venv-cluster" / "bin" / "python"
needed = pytest.mark.skipif(
    not PYTHON.exists(), reason="the extra “cluster” is not installed; make test installs it"
)


def project(folder: Path) -> Path:
    """A folder to build in, with this repository's docs."""
    folder.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(
        ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("develop", "publish")
    )
    return folder


def start(*words: object, at: Path, **more: str) -> "subprocess.Popen[str]":
    """Begin a command of ours, in a session of its own."""
    return subprocess.Popen(
        [str(PYTHON), "-m", "generator", *map(str, words)],
        cwd=at,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def purse(*words: object, at: Path, **more: str) -> str:
    """What a command says, which must end well."""
    running = start(*words, at=at, **more)
    said = running.communicate(timeout=3000)[0]
    assert running.returncode == 0, said
    return said


def workers_of(running: "subprocess.Popen[str]") -> list[int]:
    """The worker processes of a build's own cluster."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = (path / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == running.pid and "spawn_main" in (path / "cmdline").read_text():
                found.append(int(path.name))
    return found


def until(condition: object, seconds: float = 120) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def _port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def _process(*words: str) -> "Iterator[subprocess.Popen[bytes]]":
    running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def _listens(port: int) -> bool:
    with socket.socket() as found:
        return found.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def storage() -> Iterator[dict[str, str]]:
    """A server of object storage on this machine; the surroundings in which it is reached."""
    port = _port()
    code = (
        "from moto.server import main; import sys; sys.exit(main(sys.argv[1:]))",
        "-H127.0.0.1",
        f"-p{port}",
    )
    with _process(str(PYTHON), "-c", *code):
        until(lambda: _listens(port))
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "none",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


def copy(source: str, target: str, surroundings: dict[str, str]) -> None:
    """Copy a folder to or from an address."""
    code = (
        "import sys, fsspec\n"
        "one, other = sys.argv[1:]\n"
        "there = other if '://' in other else one\n"
        "files, _ = fsspec.core.url_to_fs(there)\n"
        "files.makedirs(there.split('://')[1].split('/')[0], exist_ok=True)\n"
        "(files.put if there == other else files.get)(one, other, recursive=True)\n"
    )
    command = [str(PYTHON), "-c", code, source, target]
    subprocess.run(command, env={**os.environ, **surroundings}, check=True)


@contextlib.contextmanager
def scheduler(workers: int) -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    """A cluster's scheduler on this machine, with so many workers; its address and its process."""
    port = _port()
    address = f"tcp://127.0.0.1:{port}"
    dask = (str(PYTHON), "-m", "distributed.cli.dask_scheduler")
    worker = (str(PYTHON), "-m", "distributed.cli.dask_worker", address, "--nthreads", "1")
    with contextlib.ExitStack() as running:
        head = running.enter_context(
            _process(*dask, "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        )
        until(lambda: _listens(port))
        for _ in range(workers):
            running.enter_context(_process(*worker, "--no-nanny", "--death-timeout", "5"))
        yield address, head


if sys.platform != "linux":
    needed = pytest.mark.skip(reason="it looks for worker processes as Linux lists them")
