"""One at a time: who comes second is told; a lock that was left never stands in the way."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator import lock
from generator.errors import Busy
from tests.conftest import LITTLEHAM, ROOT
from tests.running import purse
from tests.test_cli import told

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")


@contextmanager
def _working(folder: Path, work: str = "purse build") -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds a folder's lock."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom generator import lock\n"
        "with lock.held([Path(sys.argv[1])], sys.argv[2]):\n"
        "    print(flush=True)\n    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(folder), work]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        running.stdout.readline()
        try:
            yield running
        finally:
            running.kill()


def test_the_second_is_told_who_is_at_work_since_when_and_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    with (
        _working(folder) as running,
        pytest.raises(Busy, match="already, since") as raised,
        lock.held([folder], "x"),
    ):
        pass
    assert raised.value.message.startswith(f"purse build is at work on {folder} already, since ")
    assert f"(process {running.pid})" in raised.value.message
    assert "--out" in raised.value.advice


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    with _working(tmp_path / "site") as running:
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert (tmp_path / ".site.lock").is_file()
        with lock.held([tmp_path / "site"], "x"):
            pass
    assert list(tmp_path.iterdir()) == []


def test_whoever_holds_it_may_take_it_again(tmp_path: Path) -> None:
    with lock.held([tmp_path / "a"], "x"), lock.held([tmp_path / "a", tmp_path / "b"], "y"):
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []


def test_many_at_once_work_one_after_the_other(tmp_path: Path) -> None:
    """The file is removed at each end, and nobody takes one that is gone."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom generator import errors, lock\n"
        "top, done = Path(sys.argv[1]), 0\n"
        "while done < 50:\n"
        "    try:\n"
        "        with lock.held([top / 'site'], 'x'):\n"
        "            (top / 'here').mkdir()\n            (top / 'here').rmdir()\n"
        "            done += 1\n"
        "    except errors.Busy:\n"
        "        time.sleep(0.001)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [one.wait() for one in running] == [0, 0, 0]


def test_a_disk_without_locks_is_worked_on_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)
    with lock.held([tmp_path / "site"], "x"):
        pass


def test_a_folder_in_which_no_lock_can_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refused)
    with lock.held([tmp_path / "site"], "x"):
        assert lock.descriptors() == ()


def test_two_builds_of_one_site(tmp_path: Path) -> None:
    for busy in ("site", "site-build"):
        with _working(tmp_path / busy):
            done = purse("build", "--data", LITTLEHAM, "--out", tmp_path / "site")
            told(done, f"purse build is at work on {tmp_path / busy} already, since ")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["format"],
        ["schemas"],
        ["release"],
        ["revise", "--reason", "x", "--row", "x", "--field", "title", "--new", "x"],
    ],
    ids=lambda command: command[0],
)
def test_two_edits_of_one_package(littleham: Path, command: list[str]) -> None:
    with _working(littleham, "purse import"):
        done = purse(command[0], littleham, *command[1:])
    told(done, f"purse import is at work on {littleham} already")


def test_threads_of_one_process_count_as_one(tmp_path: Path) -> None:
    with lock.held([tmp_path / "site"], "x"):
        thread = threading.Thread(target=lambda: lock.held([tmp_path / "site"], "y").__enter__())
        thread.start()
        thread.join(5)
        assert not thread.is_alive()
