"""`purse inbox`: workbooks are taken in whole or stay, and every outcome is told in words."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator import site
from generator.cli import cli
from tests.changing import book
from tests.conftest import ANYSHIRE, LITTLEHAM, ROOT, there
from tests.workbooks import put, row_of, saved

AWARD = "2031-32-n12"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two packages and an empty inbox."""
    for folder in (ANYSHIRE, LITTLEHAM):
        shutil.copytree(folder, tmp_path / "data" / folder.name)
    shutil.copytree(ROOT / "data" / "inbox", tmp_path / "data" / "inbox")
    return tmp_path


def run(project: Path) -> tuple[int, str]:
    words = ["inbox", "--project", str(project), "--date", "2031-11-14"]
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value), done.output


def upload(project: Path, value: object, *, name: str = "a.xlsx") -> Path:
    def edit(made: Any) -> None:
        put(made["awards"], row_of(made["awards"], AWARD), start_on=value)

    return saved(ANYSHIRE, project / "data" / "inbox" / name, edit)


def inbox(project: Path) -> list[str]:
    return sorted(path.name for path in (project / "data" / "inbox").iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_an_empty_inbox_is_no_fault(project: Path) -> None:
    assert run(project) == (0, "The inbox is empty.\n")
    assert inbox(project) == ["README.md"]


def test_a_workbook_goes_into_its_package(project: Path) -> None:
    upload(project, datetime(2031, 4, 6))
    code, words = run(project)
    assert code == 0
    assert "Learn to lock" in words
    assert "sheet revisions" in words, "the change has no reason yet"
    assert inbox(project) == ["README.md"]
    folder = project / "data" / "anyshire"
    assert str(there(book(folder).award(AWARD)).award.start_on) == "2031-04-06"
    assert not site.check(folder).report.has_errors
    assert contents(project / "data" / "littleham") == contents(LITTLEHAM)


def test_an_unchanged_workbook_changes_nothing(project: Path) -> None:
    saved(LITTLEHAM, project / "data" / "inbox" / "l.xlsx", lambda book: None)
    code, words = run(project)
    assert (code, "holds what the package has already" in words) == (0, True)
    assert contents(project / "data" / "littleham") == contents(LITTLEHAM)


def test_a_workbook_with_a_fault_stays_and_the_others_go_in(project: Path) -> None:
    upload(project, "5/4/2031")
    upload(project, datetime(2031, 4, 6), name="b.xlsx")
    code, words = run(project)
    assert code == 1
    assert inbox(project) == ["README.md", "a.xlsx"]
    assert "sheet awards, row 62, column start\\_on" in words
    assert "It isn't clear which day this is" in words
    assert words.count("Taken into ") == 1


def test_files_of_other_kinds_stay_with_words(project: Path) -> None:
    folder = project / "data" / "inbox"
    (folder / "list.csv").write_text("Title,Amount\nReeds,5\n", encoding="utf-8")
    (folder / "photo [x](y).png").write_bytes(b"\x89PNG")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    before = inbox(project)
    code, words = run(project)
    assert (code, inbox(project)) == (1, before)
    assert words.count("Not taken in: ") == words.count("What to do: ") == 3
    assert "purse import" in words
    assert "[x](y)" not in words, "a file's name makes no link"


def test_a_workbook_of_a_package_that_is_not_there(project: Path) -> None:
    upload(project, datetime(2031, 4, 6))
    shutil.rmtree(project / "data" / "anyshire")
    code, words = run(project)
    assert code == 1
    assert "there is no such package" in words
    assert inbox(project) == ["README.md", "a.xlsx"]


def test_a_link_in_the_inbox_is_not_followed(project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("Title,Amount\nReeds,5\n", encoding="utf-8")
    (project / "data" / "inbox" / "a.csv").symlink_to(secret)
    assert run(project) == (0, "The inbox is empty.\n")


def test_personal_data_in_a_workbook_waits_for_review_and_is_not_told(project: Path) -> None:
    def edit(made: Any) -> None:
        sheet = made["awards"]
        put(sheet, row_of(sheet, AWARD), purpose="Ring Jo on 07700 900123.")

    saved(ANYSHIRE, project / "data" / "inbox" / "a.xlsx", edit)
    code, words = run(project)
    assert code == 0
    assert "look like personal data" in words
    assert "900123" not in words
    reviews = (project / "data" / "anyshire" / "privacy_reviews.csv").read_text(encoding="utf-8")
    assert f"{AWARD},purpose" in reviews
    assert "to-review" in reviews
