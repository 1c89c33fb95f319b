"""`purse serve`: an edit shows soon, and the server then rests."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import LITTLEHAM, ROOT, edit


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _page(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
            body: bytes = answer.read()
            return body.decode()
    except (urllib.error.URLError, ConnectionError):
        return ""


def _wait_for(port: int, path: str, words: str, seconds: float) -> float:
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if words in _page(port, path):
            return time.monotonic() - started
        time.sleep(0.05)
    raise AssertionError(f"{words!r} did not show on /{path} within {seconds} s")


@pytest.mark.alone
def test_edits_show_soon_faults_are_told_and_it_settles(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "docs", project / "docs")
    shutil.copytree(LITTLEHAM, project / "data" / "littleham")
    shutil.copy(ROOT / "mkdocs.yml", project)
    package, port, log = project / "data" / "littleham", _free_port(), tmp_path / "log"
    command = [sys.executable, "-u", "-m", "generator", "serve", "--port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen(
            [*command, "--project", str(project)],
            stdout=out,
            stderr=subprocess.STDOUT,
            # A shell's background job ignores the signal that stops the server below.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        try:
            _wait_for(port, "awards/", "Bread ban posters", 30)
            edit(package, "awards.csv", "Bread ban posters", "Bread ban leaflets")
            # Two seconds is the promise on a quiet machine; a busy one gets more.
            assert _wait_for(port, "awards/", "Bread ban leaflets", 10) < 8
            page = project / "docs" / "privacy.md"
            page.write_text(page.read_text() + "\nPonds have no cookies.\n")
            _wait_for(port, "privacy/", "Ponds have no cookies", 10)
            edit(package, "awards.csv", "99.99", "99.9x")
            deadline = time.monotonic() + 10
            while "99.9x" not in log.read_text() and time.monotonic() < deadline:
                time.sleep(0.1)
            assert "is not a plain number" in log.read_text()
            assert "Bread ban leaflets" in _page(port, "awards/")
            edit(package, "awards.csv", "99.9x", "99.99")
            page.write_text(page.read_text() + "\n[nowhere](no-such-page.md)\n")
            deadline = time.monotonic() + 10
            while "no-such-page.md" not in log.read_text() and time.monotonic() < deadline:
                time.sleep(0.1)
            assert "no-such-page.md" in log.read_text(), "the message names no page to mend"
            builds = log.read_text().count("Built")
            time.sleep(2)
            assert log.read_text().count("Built") == builds, "it builds though nothing changed"
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=20) == 0
    assert "Traceback" not in log.read_text()
    assert not (project / "site").exists()
    assert not (project / "build").exists()
