"""Work beside the main work: its result, its faults, and machines that can't fork."""

import os

import pytest

from generator import background
from generator.background import Background


def test_it_is_done_by_another_process_that_knows_all_that_this_one_does() -> None:
    known = object()
    other, told = Background(lambda: (os.getpid(), id(known))).result()
    assert other != os.getpid()
    assert told == id(known)


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


def test_without_fork_the_work_is_done_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_FORKS", False)
    assert Background(os.getpid).result() == os.getpid()
