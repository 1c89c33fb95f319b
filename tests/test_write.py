"""Files to disk, and a folder removed."""

import os
from pathlib import Path

from generator.write import put, remove


def test_a_disk_that_takes_a_part_is_given_the_rest(tmp_path: Path) -> None:
    """It says only the next time that it is full: so nothing may end up cut."""
    read, give = os.pipe()
    os.set_blocking(give, True)
    child = os.fork()
    if child == 0:
        put(f"/dev/fd/{give}", b"x" * 300_000)
        os._exit(0)
    os.close(give)
    with os.fdopen(read, "rb") as file:
        assert len(file.read()) == 300_000
    os.waitpid(child, 0)


def test_removing(tmp_path: Path) -> None:
    remove(tmp_path / "nowhere")
    put(str(tmp_path / "file"), b"x")
    (tmp_path / "made" / "deep").mkdir(parents=True)
    put(str(tmp_path / "made" / "deep" / "file"), b"x")
    remove(tmp_path / "file")
    remove(tmp_path / "made")
    assert list(tmp_path.iterdir()) == []
