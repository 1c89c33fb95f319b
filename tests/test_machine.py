"""What the machine refuses is told in plain words, and harms nothing."""

import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import machine, write
from tests.conftest import LITTLEHAM, ROOT, edit
from tests.killing import contents
from tests.running import purse, run

BUILD = ["build", "--data", "{package}", "--out", "{site}"]
NUMBERS = sorted({*machine._WORDS, errno.ETIMEDOUT})


@pytest.mark.parametrize("number", NUMBERS, ids=errno.errorcode.get)
@pytest.mark.parametrize("file", [None, "folder/file.csv", b"folder/file.csv"])
def test_every_refusal_has_words_and_a_way_out(number: int, file: str | bytes | None) -> None:
    said = machine.explained(OSError(number, os.strerror(number), file))
    assert "Errno" not in str(said)
    assert "{" not in str(said)
    assert said.message.endswith(".")
    assert said.advice.endswith(".")
    general = number in (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM)
    assert ("folder" in said.message.replace("file or folder", "")) == (
        (file is not None and not general) or number == errno.EXDEV
    )


def test_hidden_folders_are_not_named() -> None:
    fault = OSError(errno.ENOSPC, "", "/there/.site.new/assets/x.js")
    assert machine.explained(fault).message == "There is no room left on the disk in /there."


def test_errors_without_a_number() -> None:
    assert machine.explained(OSError("gone")).message == "The machine says: gone."


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room left on the disk in {site.parent}"),
        (errno.EROFS, "The disk can only be read, not written in {site.parent}"),
        (errno.EACCES, "no permission to use {site.parent}"),
        (errno.EMFILE, "Too many files are open"),
    ],
)
def test_a_build_that_is_refused_leaves_all_as_it_was(
    number: int,
    words: str,
    littleham: Path,
    littleham_site: Path,
    tmp_path: Path,
) -> None:
    site = tmp_path / "out" / "site"
    shutil.copytree(littleham_site, site)
    before, put, left = contents(site), write.put, [100]

    def refused(path: str, content: write.Content) -> None:
        left[0] -= ".site.new" in path
        if left[0] < 0:
            raise OSError(number, os.strerror(number), path)
        put(path, content)

    edit(littleham, "awards.csv", "Bread ban posters", "Bread ban leaflets")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "put", refused)
        done = purse("build", "--data", littleham, "--out", site, "--no-search")
    assert done.returncode == 2
    assert words.format(site=site) in done.stderr
    assert "Nothing was built; the site is as it was." in done.stderr
    assert contents(site) == before
    assert {one.name for one in site.parent.iterdir()} == {"site", "site-build"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, where this account may have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=20m", "none", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this account can't mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_disk_that_is_full_and_then_only_read(disk: Path, littleham: Path) -> None:
    site, ballast = disk / "site", disk / "ballast"

    def build() -> "subprocess.CompletedProcess[str]":
        return purse("build", "--data", littleham, "--out", site)

    assert build().returncode == 0
    before = contents(site)
    edit(littleham, "awards.csv", "Bread ban posters", "Bread ban leaflets")
    ballast.write_bytes(b"x" * (shutil.disk_usage(disk).free - 500_000))
    full = build()
    assert full.returncode == 2
    assert f"There is no room left on the disk in {disk}" in full.stderr
    assert contents(site) == before
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    only_read = build()
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert only_read.returncode == 2
    assert "can only be read, not written" in only_read.stderr
    assert contents(site) == before
    assert build().returncode == 0
    assert b"leaflets" in (site / "awards" / "awards.csv").read_bytes()


@pytest.mark.parametrize("size", [1_000, 60_000])
def test_files_that_may_not_grow(size: int, tmp_path: Path) -> None:
    """One of the limits is met by the site builder, the other before."""
    # With -B, or Python would cut its own compiled files short, and read them the next time.
    command = ("-B", "-m", "generator", "build", "--data", LITTLEHAM, "--out", tmp_path / "site")
    done = run(
        *command,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert done.returncode == 2
    assert f"A file is larger than this machine allows: {tmp_path}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["format", "{package}"],
        ["revise", "{package}", "--row", "bread-2030", "--withdraw", "--reason", "x"],
        ["schemas", "{package}"],
        ["workbook", "{package}", "--out", "{other}/a/x.xlsx"],
        ["release", "{package}", "--project", "{other}"],
        ["new", "x", "--yes", "--project", "{other}"],
    ],
    ids=lambda words: words[0],
)
def test_an_edit_without_room_changes_nothing(
    words: list[str], littleham: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / "data").mkdir(parents=True)
    award = (littleham / "awards.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    if words[0] in ("format", "schemas"):
        edit(littleham, "datapackage.json", "The awards. One row", "Awards. One row")
    before = contents(tmp_path)
    words = [one.format(package=littleham, other=other) for one in words]
    words = [award if one == "bread-2030" else one for one in words]

    def full(path: str, content: write.Content) -> None:
        Path(path).write_bytes(write.whole_of(content)[:10])
        raise OSError(errno.ENOSPC, "No space left on device", path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "put", full)
        done = purse(*words)
    assert done.returncode == 2
    assert "There is no room left on the disk" in done.stderr
    assert contents(tmp_path) == before
    assert {one.name for one in other.iterdir()} == {"data"}
    assert list((other / "data").iterdir()) == []


def test_an_answer_that_cannot_be_written() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "generator", "check", str(LITTLEHAM)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: There is no room left on the disk.")
    assert done.stderr.count("\n") == 2
