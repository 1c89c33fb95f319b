"""The wheel and the sdist are the same bytes wherever they are built."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

PARTS = ("generator", "schemas", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
DAY = "1800000000"


def built(source: Path, *, day: str = DAY) -> dict[str, str]:
    """Build what lies in a folder: the hash of each file that it makes."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build"],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": day},
        capture_output=True,
        check=True,
    )
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((source / "dist").iterdir())
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The files that are packed, as they lie here."""
    home = tmp_path / "source"
    home.mkdir()
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, home / name)
    return home


@pytest.fixture
def elsewhere(source: Path, tmp_path: Path) -> Path:
    """The same in a deeper folder, written in another order, at another time, with other rights."""
    home = tmp_path / "another place" / "with a longer name"
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file():
            copy = home / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
            copy.chmod(0o600)
            os.utime(copy, (1, 1))
    (home / "generator" / "__pycache__").mkdir()
    (home / "generator" / "__pycache__" / "cli.cpython-311.pyc").write_bytes(b"left over")
    return home


def test_two_builds_give_the_same_bytes(source: Path, elsewhere: Path) -> None:
    first = built(source)
    assert sorted(name.rpartition(".")[2] for name in first) == ["gz", "whl"]
    assert built(elsewhere) == first


def test_the_day_is_the_one_that_is_given(source: Path) -> None:
    built(source)
    (wheel,) = (source / "dist").glob("*.whl")
    days = {one.date_time[:3] for one in zipfile.ZipFile(wheel).infolist()}
    assert days == {(2027, 1, 15)}
    assert built(source, day="1700000000") != built(source)


def test_the_sdist_makes_the_very_same_wheel(source: Path, tmp_path: Path) -> None:
    first = built(source)
    (sdist,) = (source / "dist").glob("*.tar.gz")
    shutil.unpack_archive(sdist, tmp_path / "unpacked", filter="data")
    (home,) = (tmp_path / "unpacked").iterdir()
    assert built(home) == first


@pytest.mark.parametrize(("given", "day"), [({}, "1700000000"), ({"SOURCE_DATE_EPOCH": "5"}, "5")])
def test_make_gives_the_day_of_the_last_commit(
    given: dict[str, str], day: str, tmp_path: Path
) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    surroundings = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_COMMITTER_DATE": "1700000000 +0100",
        **given,
    }
    named = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "--quiet"], ["commit", "--quiet", "--allow-empty", "--message", "a"]):
        subprocess.run(["git", *named, *words], cwd=tmp_path, env=surroundings, check=True)
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho day $SOURCE_DATE_EPOCH\n", encoding="utf-8")
    python.chmod(0o755)
    makefile = ["-s", "-f", str(ROOT / "Makefile"), "-o", ".venv/.test-installed"]
    said = subprocess.run(
        ["make", *makefile, "wheel", f"PY={python}"],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == f"day {day}\n"
