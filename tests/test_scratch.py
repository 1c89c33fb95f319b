"""Folders for a while: gone when done with, and swept when a process was killed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator import scratch
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_gone_when_done_with(top: Path) -> None:
    with scratch.folder("test") as one, scratch.folder("test") as other:
        (one / "file").touch()
        assert one != other
        assert one.stat().st_mode & 0o777 == 0o700
    assert list(top.iterdir()) == []


def test_the_next_sweeps_what_killed_ones_left_and_nothing_else(top: Path) -> None:
    script = (
        "import os\nfrom generator import scratch\n"
        "with scratch.folder('test') as one:\n"
        "    (one / 'deep').mkdir()\n    os._exit(9)\n"
    )
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PATH": "", "TMPDIR": str(top)},
            check=False,
        )
    (top / "purses").mkdir()
    (top / "purse-file").touch()
    for theirs in ("purse-site", "purse-my-site", "purse-site-2031", f"purse-SITE-{'0' * 16}"):
        (top / theirs).mkdir()
    (top / "purse-link").symlink_to(ROOT)
    (left,) = (one for one in top.iterdir() if one.is_dir() and one.name.startswith("purse-test-"))
    with scratch.folder("test"):
        assert not left.exists(), "and the first was swept by the second"
    assert {one.name for one in top.iterdir()} == {
        *("purses", "purse-file", "purse-link"),
        *("purse-site", "purse-my-site", "purse-site-2031", f"purse-SITE-{'0' * 16}"),
    }


def test_a_folder_that_its_maker_removes_just_now_is_no_matter(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = top / f"purse-test-{'0' * 16}"
    theirs.mkdir()
    plain = os.scandir

    @contextmanager
    def looked_at(folder: Path) -> Iterator[Iterator[os.DirEntry[str]]]:
        with plain(folder) as entries:
            found = list(entries)
        theirs.rmdir()
        yield iter(found)

    monkeypatch.setattr(os, "scandir", looked_at)
    assert list(scratch._left_behind(top)) == []
