"""Work beside the main work: its result, its faults, and machines that can't fork."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from generator import background, ending
from generator.background import Background, Spread
from tests.conftest import ROOT

_KNOWS = """
import os
from generator.background import Background
known = object()
print(os.getpid(), id(known), *Background(lambda: (os.getpid(), id(known))).result())
"""


def test_it_is_done_by_another_process_that_knows_all_that_this_one_does() -> None:
    """In a Python of its own: here a thread that another test left would rightly forbid it."""
    run = subprocess.run(
        [sys.executable, "-c", _KNOWS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    asking, known, other, told = run.stdout.split()
    assert other != asking
    assert told == known


def test_more_than_a_pipe_holds_comes_over() -> None:
    assert Background(lambda: b"x" * 5_000_000).result() == b"x" * 5_000_000


def test_what_goes_wrong_is_told_once_by_the_one_who_asks(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Background(fails).result()
    assert capfd.readouterr().err == ""


def test_a_process_that_dies_costs_only_time() -> None:
    this = os.getpid()

    def dies() -> str:
        if os.getpid() != this:
            os._exit(9)
        return "done"

    assert Background(dies).result() == "done"


@pytest.mark.parametrize("work", [Background, lambda one: Spread([one, one])])
def test_a_process_that_never_begins_costs_only_time(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[Callable[[], int]], Any]
) -> None:
    """As one does that was forked while another thread held a lock of Python's own."""
    monkeypatch.setattr(background, "_PATIENCE", 0.1)
    monkeypatch.setattr(ending, "with_parent", lambda _: time.sleep(60))
    begun, this = time.monotonic(), os.getpid()
    waiting = work(os.getpid)
    found = waiting.result() if isinstance(waiting, Background) else waiting.results()
    assert found in (this, [this, this])
    assert time.monotonic() - begun < 5


def test_without_fork_the_work_is_done_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_FORKS", False)
    assert Background(os.getpid).result() == os.getpid()


def test_a_process_that_dies_amid_its_result_costs_only_time() -> None:
    this = os.getpid()

    class Deadly:
        """Large, so that it is sent in parts, and deadly to send."""

        def __reduce__(self) -> str:
            os._exit(9)

    assert Background(lambda: Deadly() if os.getpid() != this else "done").result() == "done"


def test_where_no_process_can_be_started_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(_: BaseProcess) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(ForkProcess, "start", refused)
    assert Background(os.getpid).result() == os.getpid()
    with Spread([os.getpid, os.getpid]) as spread:
        assert spread.results() == [os.getpid()] * 2


def test_when_the_context_ends_nobody_writes_any_more(tmp_path: Path) -> None:
    def write() -> None:
        for number in range(10_000):
            (tmp_path / f"{os.getpid()}-{number}").touch()
            time.sleep(0.001)

    with pytest.raises(RuntimeError), Spread([write, write]):
        while not list(tmp_path.iterdir()):
            time.sleep(0.001)
        raise RuntimeError
    written = sorted(tmp_path.iterdir())
    time.sleep(0.1)
    assert sorted(tmp_path.iterdir()) == written


_WORKS = r"""
import os, signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had it ignored
from generator.background import Background, Spread
def work():
    os.write(1, b"%d\n" % os.getpid())
    time.sleep(60)
one, many = Background(work), Spread([work, work])
os.write(1, b"0\n")  # or it is interrupted while it starts them, and not where it waits
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_workers_end_with_the_one_they_work_for(number: int) -> None:
    command = [sys.executable, "-c", _WORKS]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        workers = sorted(int(running.stdout.readline()) for _ in range(3))[1:]
        started = time.monotonic()
        running.send_signal(number)
        running.wait()
        said = running.stderr.read()  # it ends only when nobody could write there any more
    assert len(set(workers)) == 2
    assert time.monotonic() - started < 30
    assert said.count("Traceback") == (number == signal.SIGINT), "only of the script itself"
