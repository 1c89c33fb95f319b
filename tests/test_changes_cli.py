"""`purse changes`, as a user runs it: folders, git revisions, plain words when there are none."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.changing import ANYSHIRE, copy_of, drop, record, set_cell
from tests.running import purse

AWARD = "2031-32-n12"
PACKAGE = "data/anyshire"
_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def changes(cwd: Path, *arguments: str | Path, **surroundings: str) -> tuple[int, str]:
    done = purse("changes", *arguments, cwd=cwd, **surroundings)
    return done.returncode, done.stdout + done.stderr


def git(cwd: Path, *arguments: str) -> None:
    surroundings = {**os.environ, **_GIT}
    subprocess.run(["git", *arguments], cwd=cwd, env=surroundings, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a tagged version, and a silent change and a withdrawal after it."""
    folder = tmp_path / "repository"
    copy_of(ANYSHIRE, folder / PACKAGE)
    git(folder.parent, "init", "--quiet", "--initial-branch=main", str(folder))
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "First")
    git(folder, "tag", "v3.2.0")
    set_cell(folder / PACKAGE, "awards", AWARD, "status", "withdrawn")
    record(folder / PACKAGE, row=AWARD, field="status", kind="withdrawal", new="withdrawn")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "A withdrawal")
    return folder


def test_two_revisions(repository: Path) -> None:
    code, said = changes(repository, f"v3.2.0:{PACKAGE}", f"main:{PACKAGE}")
    assert code == 0
    assert f"withdrawn: {AWARD}" in said
    assert "every change to a published row is on record" in said


def test_a_revision_and_what_lies_in_the_folder(repository: Path) -> None:
    set_cell(repository / PACKAGE, "awards", "2031-32-n13", "title", "Another title")
    code, said = changes(repository, f"HEAD:{PACKAGE}", PACKAGE)
    assert code == 1
    assert "MEND awards, 2031-32-n13, title:" in said
    assert "add a row to revisions.csv" in said


def test_a_path_may_begin_at_the_current_folder(repository: Path) -> None:
    code, said = changes(repository / "data", "HEAD:./anyshire/", "anyshire")
    assert (code, said) == (0, "Nothing changed.\n")


def test_two_folders(repository: Path) -> None:
    drop(repository / PACKAGE, "awards", "id", "2031-32-n13")
    code, said = changes(repository, ANYSHIRE, PACKAGE)
    assert code == 1
    assert "the award is gone, and its address leads nowhere" in said
    assert "How: put the row back." in said


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_every_format(repository: Path, form: str) -> None:
    code, said = changes(repository, f"v3.2.0:{PACKAGE}", PACKAGE, "--format", form)
    assert code == 0
    assert AWARD in said
    if form == "json":
        assert json.loads(said)["resources"][0]["withdrawn"][0]["row"] == AWARD


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (f"v9.9.9:{PACKAGE}", "git has no v9.9.9:data/anyshire"),
        ("main:data/nowhere", "git has no main:data/nowhere"),
        ("main:data", "is not a data package"),
        ("nowhere", "is not a data package"),
    ],
)
def test_what_is_not_there_is_told_in_plain_words(repository: Path, named: str, words: str) -> None:
    code, said = changes(repository, named, PACKAGE)
    assert code == 2
    assert words in said
    assert "What to do:" in said


def test_a_revision_is_never_read_as_an_option(repository: Path) -> None:
    code, said = changes(repository, "--", "--output=stolen:data", PACKAGE)
    assert code == 2
    assert "names no revision" in said
    assert not (repository / "stolen").exists()


def test_without_git_folders_still_work(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    nothing = {"PATH": str(tmp_path / "empty")}
    code, said = changes(repository, f"HEAD:{PACKAGE}", PACKAGE, **nothing)
    assert code == 2
    assert "git is not installed" in said
    assert "name a folder" in said
    assert changes(repository, PACKAGE, PACKAGE, **nothing) == (0, "Nothing changed.\n")


def test_outside_a_repository(repository: Path, tmp_path: Path) -> None:
    surroundings = {"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    code, said = changes(tmp_path, f"HEAD:{PACKAGE}", repository / PACKAGE, **surroundings)
    assert code == 2
    assert "not a git repository" in said
