"""A build may be killed at any moment: the site stays whole, and the next build knows no trouble.

`tests/killing.py` says what is looked at after each.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator import lock, site, swapping
from generator.errors import Busy
from generator.project import Project
from generator.write_build import BEGUN, LIST, write_all
from generator.write_site import MARK
from tests import killing
from tests.conftest import LITTLEHAM, ROOT, edit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes in /proc")


def test_ten_builds_are_killed(tmp_path: Path) -> None:
    wrong = killing.rounds(killing.Bench(tmp_path, 1), 10)
    assert not wrong, "\n".join(wrong)


@pytest.mark.torture
def test_two_hundred_builds_are_killed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def tell(said: str) -> None:
        with capsys.disabled():
            print(said, flush=True)

    wrong = killing.rounds(killing.Bench(tmp_path, 2), 200, tell)
    assert not wrong, "\n".join(wrong)


@contextmanager
def _killed_before(step: str, number: int, work: str) -> Iterator[None]:
    """Do some work in a process that is killed before the step."""
    script = (
        "import os, signal, sys\nseen = 0\n"
        "def hook(event, given):\n"
        "    global seen\n"
        f"    seen += event == {step!r}\n"
        f"    if event == {step!r} and seen == {number}: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"from pathlib import Path\nfrom generator import swapping, write_build\n"
        f"sys.addaudithook(hook)\n{work}"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == -9, "it was not killed"
    yield


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    for name in (".site.new", "site"):
        (tmp_path / name).mkdir()
        (tmp_path / name / MARK).touch()
        (tmp_path / name / "index.html").write_text(name, encoding="utf-8")
    return tmp_path / "site"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_between_two_renames_the_old_site_is_restored(sites: Path, number: int) -> None:
    """Where folders can't be exchanged at once."""
    work = f"top = Path({str(sites.parent)!r})\nswapping._exchanged = lambda *_: False\n"
    work += "swapping.swap(top / '.site.new', top / 'site', top / 'spare')"
    with _killed_before("os.rename", number, work):
        assert sites.exists() == (number != 2)
        assert swapping.restore(sites) == (number == 2)
        said = (sites / "index.html").read_text(encoding="utf-8")
        assert said == ("site" if number < 3 else ".site.new")
        assert not swapping.restore(sites)


def test_it_is_restored_even_when_the_data_is_broken(littleham: Path, tmp_path: Path) -> None:
    old = tmp_path / ".site.old"
    old.mkdir()
    (old / MARK).touch()
    edit(littleham, "awards.csv", "1200.50", "£1200.50")
    command = [sys.executable, "-m", "generator", "build", "--data", str(littleham)]
    done = subprocess.run([*command, "--out", str(tmp_path / "site")], cwd=ROOT, check=False)
    assert done.returncode == 1
    assert (tmp_path / "site" / MARK).is_file()
    assert not old.exists()


def test_where_the_system_can_readers_are_never_without_a_site(sites: Path) -> None:
    if not swapping._exchanged(sites, sites.with_name(".site.new")):
        pytest.skip("this disk can't exchange two folders at once")
    assert (sites / "index.html").read_text(encoding="utf-8") == ".site.new"


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_build_folder_is_known_again(tmp_path: Path, number: int) -> None:
    """It was never finished, so that there is no list of what lies in it."""
    work = f"write_build.write_all(Path({str(tmp_path / 'build')!r}), [('a', b'1'), ('b/c', b'2')])"
    with _killed_before("open", number + 1, work):
        write_all(tmp_path / "build", [("a", b"3")])
        left = {one.name for one in (tmp_path / "build").rglob("*")}
        assert left == {"a", LIST}


def test_a_cut_line_in_the_list_of_what_was_begun(tmp_path: Path) -> None:
    (tmp_path / BEGUN).write_bytes(b'"a"\n"b/')
    (tmp_path / "a").write_bytes(b"old")
    write_all(tmp_path, [("c", b"new")])
    assert {one.name for one in tmp_path.iterdir()} == {"c", LIST}


def test_what_a_killed_build_had_made_is_used(sites: Path) -> None:
    spare = sites.parent / "build" / "spare"
    with swapping.in_the_making(sites, spare) as new:
        assert (new / "index.html").is_file()


def test_a_worker_that_still_writes_holds_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere than on Linux, nothing ends it with the process that it works for."""
    script = (
        "import os, time\nfrom pathlib import Path\nfrom generator import lock\n"
        f"with lock.held([Path({str(tmp_path / 'site')!r})], 'purse build'):\n"
        "    if os.fork() == 0:\n"
        "        print(flush=True)\n        time.sleep(30)\n"
        "    os._exit(0)\n"
    )
    command = [sys.executable, "-c", script]
    first = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)
    assert first.stdout
    first.stdout.readline()
    first.wait()
    monkeypatch.setattr(lock, "_WAIT", 0)
    with (
        pytest.raises(Busy, match="was stopped while at work"),
        lock.held([tmp_path / "site"], "purse build"),
    ):
        pass
    os.killpg(first.pid, 9)
    first.stdout.close()
    monkeypatch.setattr(lock, "_WAIT", 10)
    with lock.held([tmp_path / "site"], "purse build"):
        assert lock.descriptors()


def test_a_stamped_build_after_one_that_was_not(tmp_path: Path) -> None:
    """The file of one page where the site before had a folder, and the other way round."""
    out = tmp_path / "site"
    checked = site.check(LITTLEHAM)
    site.build_site(Project(ROOT), checked, out, tmp_path / "build", None)
    site.build_site(Project(ROOT), checked, out, tmp_path / "build", None)
    before = killing.contents(out)
    spare = tmp_path / "build" / "spare"
    (spare / "awards" / "index.html").unlink()
    (spare / "awards" / "index.html").mkdir()
    (spare / "awards" / "index.html" / "x").touch()
    shutil.rmtree(spare / "funds")
    (spare / "funds").write_bytes(b"a file")
    site.build_site(Project(ROOT), checked, out, tmp_path / "build", None)
    assert killing.contents(out) == before
