"""`purse serve`: an edit shows soon, and the server then rests."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import weakref
from pathlib import Path

import pytest

from generator import preview
from generator.project import Project
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
            assert "Ponds have no cookies" in _page(port, "privacy/")
            assert "How to read" in _page(port, "how-to-read/"), "not looked at before"
            refreshes = log.read_text().count("Read and checked in")
            assert refreshes == 3, "at the start, and for each of two edits that were right"
            time.sleep(2)
            assert log.read_text().count("Read and checked in") == refreshes, "nothing changed"
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=20) == 0
    assert "Traceback" not in log.read_text()
    assert not (project / "site").exists()
    assert not (project / "build").exists()


AWARD, OTHER = "awards/2031-32-1/index.html", "awards/2031-32-2/index.html"


def _text(shown: preview.Shown, name: str) -> str:
    shown.make(name)
    return (shown.folder / name).read_text(encoding="utf-8")


def test_only_what_is_looked_at_is_made_and_the_site_before_is_let_go(
    littleham: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = preview.Shown(Project(ROOT), [littleham], tmp_path / "place")
    assert shown.refresh()
    assert "pages are made when you look at them" in capsys.readouterr().out
    assert not shown.folder.exists()
    assert "Bread ban posters" in _text(shown, AWARD) + _text(shown, OTHER)
    monkeypatch.setattr(preview, "_LONG", -1)
    shown.make("money")
    assert "Made money/index.html in 0." in capsys.readouterr().out
    shown.make("no/such/page")
    made = {path for path in shown.folder.rglob("*") if path.is_file()}
    pages = (AWARD, OTHER, "money/index.html")
    assert made == {shown.folder / name for name in pages}, "nothing else"
    files = {path: path.stat().st_ino for path in made}
    before = weakref.ref(shown._site.files)
    edit(littleham, "awards.csv", "Bread ban posters", "Bread ban leaflets")
    assert shown.refresh()
    assert before() is None, "it holds two sites"
    assert "Bread ban leaflets" in _text(shown, AWARD) + _text(shown, OTHER)
    shown.make("money")
    changed = [path for path, number in files.items() if path.stat().st_ino != number]
    assert len(changed) == 1, "the pages that don't show it aren't written again"


def test_a_page_that_is_gone_is_gone_and_a_fault_changes_nothing(
    littleham: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = preview.Shown(Project(ROOT), [littleham], tmp_path / "place")
    assert shown.refresh()
    _text(shown, OTHER)
    edit(littleham, "awards.csv", "99.99", "99.9x")
    assert not shown.refresh()
    assert "99.9x" in capsys.readouterr().out
    assert "99.99" in _text(shown, AWARD) + _text(shown, OTHER)
    edit(littleham, "awards.csv", "99.9x", "99.99")
    for file in littleham.glob("*.csv"):
        file.write_text(file.read_text().replace("2031-32-2", "2031-32-7"))
    assert shown.refresh()
    shown.make(OTHER)
    assert not (shown.folder / OTHER).exists()
    assert _text(shown, OTHER.replace("32-2", "32-7"))


def test_what_is_made_of_an_older_site_is_not_shown(
    littleham: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = preview.Shown(Project(ROOT), [littleham], tmp_path / "place")
    assert shown.refresh()
    files = shown._site.files
    assert files
    content = files.content

    def slowly(name: str) -> bytes | None:
        made = content(name)
        edit(littleham, "awards.csv", "Bread ban posters", "Bread ban leaflets")
        assert shown.refresh(), "it need not wait"
        return made

    monkeypatch.setattr(files, "content", slowly)
    number = shown.number
    shown.make("awards/index.html")
    assert shown.number == number + 1, "so who asked asks again"
    assert not (shown.folder / "awards" / "index.html").exists()
    assert "Bread ban leaflets" in _text(shown, "awards/index.html")
