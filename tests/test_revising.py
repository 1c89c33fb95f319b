"""Changes of what is published, each with its row in the record of changes."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import ledger, package, revisions
from generator.cli import cli
from generator.draft import Draft, files, of_package
from generator.errors import PurseError
from generator.revising import Change, changed, explained
from generator.revisions_faults import faults
from generator.tables import Cells
from generator.write import update
from tests.changing import book, copy_of, drop, set_cell
from tests.conftest import ANYSHIRE, LITTLEHAM, there
from tests.test_changes_cli import git

AWARD = "2031-32-n12"
DAY = date(2031, 11, 14)


@pytest.fixture
def anyshire(tmp_path: Path) -> Path:
    return copy_of(ANYSHIRE, tmp_path / "anyshire")


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, ["revise", *map(str, arguments)], standalone_mode=False)
    if done.exception:
        raise done.exception
    assert done.return_value == 0
    return done.output


def added(folder: Path) -> list[Cells]:
    known = {row["id"] for row in of_package(package.read(ANYSHIRE)).rows("revisions")}
    rows = of_package(package.read(folder)).rows("revisions")
    return [row for row in rows if row["id"] not in known]


def is_explained(folder: Path) -> bool:
    return not faults(revisions.compare(book(ANYSHIRE), book(folder)))


def test_a_cell_is_changed_and_the_record_says_why(anyshire: Path) -> None:
    old = there(book(anyshire).award(AWARD)).award.amount
    run(anyshire, "--row", AWARD, "--field", "amount", "--new", "£3,100", "--reason", "A slip.")
    assert is_explained(anyshire)
    (entry,) = added(anyshire)
    assert entry["id"] == f"{AWARD}-amount-changed"
    assert (entry["old"], entry["new"], entry["reason"]) == (f"{old}", "3100", "A slip.")
    assert entry["kind"] == "correction"
    changed_files = [
        path.name
        for path in sorted(anyshire.glob("*.csv"))
        if path.read_bytes() != (ANYSHIRE / path.name).read_bytes()
    ]
    assert changed_files == ["awards.csv", "revisions.csv"]


def test_a_second_change_of_a_cell_gets_an_id_of_its_own(anyshire: Path) -> None:
    for amount in ("3100", "3200"):
        words = ("--row", AWARD, "--field", "amount", "--new", amount, "--reason", "Again.")
        run(anyshire, *words, "--date", "2031-11-14")
    ids = [entry["id"] for entry in added(anyshire)]
    assert ids == [f"{AWARD}-amount-changed", f"{AWARD}-amount-changed-2"]
    assert is_explained(anyshire)


def test_an_award_is_withdrawn(anyshire: Path) -> None:
    run(anyshire, "--row", AWARD, "--withdraw", "--reason", "Given back.", "--date", "2031-11-14")
    (entry,) = added(anyshire)
    assert (entry["kind"], entry["new"], entry["date"]) == ("withdrawal", "withdrawn", "2031-11-14")
    assert is_explained(anyshire)


def test_all_changes_since_a_folder_are_explained(anyshire: Path) -> None:
    set_cell(anyshire, "awards", AWARD, "amount", "3100.00")
    set_cell(anyshire, "awards", AWARD, "purpose", "Lessons in locking two bicycles.")
    set_cell(anyshire, "awards", "2031-32-n13", "status", "withdrawn")
    set_cell(anyshire, "recipients", "wobbly-bicycle-club", "name", "Wobbly Cycle Club")
    drop(anyshire, "award_areas", "award", "2029-30-v01")
    assert not is_explained(anyshire)
    words = run(anyshire, "--since", ANYSHIRE, "--reason", "The final accounts.")
    assert is_explained(anyshire)
    kinds = sorted((one["resource"], one["kind"]) for one in added(anyshire))
    assert kinds == [
        ("award_areas", "withdrawal"),
        *[("awards", "correction")] * 2,
        ("awards", "withdrawal"),
        ("recipients", "correction"),
    ]
    assert "5 added" in words
    assert "Nothing was left" in run(anyshire, "--since", ANYSHIRE, "--reason", "Once more.")


def test_what_was_explained_already_is_left_as_it_is(anyshire: Path) -> None:
    run(anyshire, "--row", AWARD, "--field", "amount", "--new", "1", "--reason", "Own reason.")
    set_cell(anyshire, "awards", "2031-32-n13", "amount", "1.00")
    run(anyshire, "--since", ANYSHIRE, "--reason", "The rest.")
    assert {one["row"]: one["reason"] for one in added(anyshire)} == {
        AWARD: "Own reason.",
        "2031-32-n13": "The rest.",
    }


def test_a_vanished_award_cannot_be_explained(anyshire: Path) -> None:
    head = of_package(package.read(anyshire))
    rows = [row for row in head.rows("awards") if row["id"] != AWARD]
    done = explained(book(anyshire), head.with_rows("awards", rows), "Gone.", DAY)
    assert done.rows("revisions") == head.rows("revisions")


def test_personal_data_that_is_taken_out_is_not_told_again(anyshire: Path, tmp_path: Path) -> None:
    told = "Ask jo.bloggs@example.org about it."
    set_cell(anyshire, "awards", AWARD, "purpose", told)
    set_cell(anyshire, "recipients", "wobbly-bicycle-club", "name", "jo.bloggs@example.org")
    set_cell(anyshire, "recipients", "mangelwurzel", "name", "Mrs Margaret Thornberry")
    base = copy_of(anyshire, tmp_path / "base")
    set_cell(anyshire, "recipients", "mangelwurzel", "name", "Individual 1")
    set_cell(anyshire, "awards", AWARD, "purpose", "Ask at the office.")
    set_cell(anyshire, "recipients", "wobbly-bicycle-club", "name", "Wobbly Bicycle Club")
    run(anyshire, "--since", base, "--reason", "It named a person.")
    assert {one["old"] for one in added(anyshire)} == {"withheld"}
    told = (anyshire / "revisions.csv").read_text(encoding="utf-8")
    assert "bloggs" not in told
    assert "Thornberry" not in told
    assert not faults(revisions.compare(book(base), book(anyshire)))


def test_a_package_without_a_record_gets_one(littleham: Path) -> None:
    run(littleham, "--row", "2031-32-1", "--field", "amount", "--new", "7", "--reason", "A slip.")
    assert len(book(littleham).revisions) == 1
    assert not faults(revisions.compare(book(LITTLEHAM), book(littleham)))


def test_many_changes_at_once_never_share_an_id(littleham: Path) -> None:
    head = of_package(package.read(littleham))
    rows = [
        {**row, "note": "x", "published_name": f"x{n}"}
        for n, row in enumerate(head.rows("award_recipients"))
    ]
    done = explained(book(littleham), head.with_rows("award_recipients", rows), "All.", DAY)
    ids = [row["id"] for row in done.rows("revisions")]
    assert len(ids) == len(set(ids)) == len(rows)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"resource": "award"}, "no table award"),
        ({"row": "2031-32-n99"}, "no row 2031-32-n99"),
        ({"field": "ammount"}, "no column ammount"),
        ({"field": "id", "new": "other"}, "never changes"),
        ({"field": "status", "new": "cancelled"}, "none of the values"),
        ({"new": "£2,950"}, "already"),
    ],
)
def test_a_cell_that_cannot_be_changed(words: dict[str, str], said: str) -> None:
    found = package.read(ANYSHIRE)
    given = {"resource": "awards", "row": AWARD, "field": "amount", "new": "1", **words}
    with pytest.raises(PurseError, match=said):
        changed(ledger.build(found), of_package(found), Change(**given, reason="Why.", day=DAY))


@pytest.mark.parametrize(
    "options",
    [
        ["--row", AWARD],
        ["--row", AWARD, "--withdraw", "--resource", "funds"],
        ["--since", "HEAD", "--row", AWARD],
    ],
)
def test_options_that_do_not_fit_together(anyshire: Path, options: list[str]) -> None:
    with pytest.raises(PurseError):
        run(anyshire, *options, "--reason", "Why.")
    assert added(anyshire) == []


def test_a_package_that_would_lose_a_cell_is_not_touched(anyshire: Path) -> None:
    path = anyshire / "funds.csv"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + ",surplus\n", encoding="utf-8")
    with pytest.raises(PurseError, match=r"funds\.csv: row 7 has"):
        run(anyshire, "--row", AWARD, "--withdraw", "--reason", "Given back.")


def test_all_changes_since_a_git_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_of(ANYSHIRE, tmp_path / "repository" / "data" / "anyshire")
    top = tmp_path / "repository"
    git(top, "init", "--quiet", "--initial-branch=main")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "as published")
    set_cell(folder, "awards", AWARD, "amount", "3100.00")
    monkeypatch.chdir(top)
    run(Path("data/anyshire"), "--since", "main", "--reason", "A slip.")
    assert is_explained(folder)


def test_a_draft_written_and_read_is_the_same_draft(tmp_path: Path) -> None:
    found = package.read(copy_of(ANYSHIRE, tmp_path / "anyshire"))
    draft = of_package(found)
    assert update(found.folder, files(draft)) == ()
    assert isinstance(draft, Draft)
