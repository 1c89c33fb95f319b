"""`purse comment`: what a pull request's comment says, on git repositories made here."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import schemas
from generator.cli import cli
from generator.commenting.comment import LIMIT, MARKER
from generator.commenting.difference import page_changes
from generator.commenting.marks import told
from tests import several
from tests.changing import change, drop, record, set_cell
from tests.conftest import LITTLEHAM, ROOT, edit_descriptor

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}
FIRST, SECOND = "2031-32-1", "2031-32-2"


def git(cwd: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", *arguments], cwd=cwd, env={**os.environ, **GIT}, check=True, capture_output=True
    )


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


def comment(project: Path, *arguments: str | Path) -> tuple[int, str]:
    """The exit code and the text; whatever goes wrong is raised."""
    given = ["comment", "--project", str(project), *map(str, arguments)]
    done = CliRunner().invoke(cli, given, standalone_mode=False, catch_exceptions=False)
    return int(done.return_value), done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a site and one published package on main."""
    folder = tmp_path / "repository"
    shutil.copytree(LITTLEHAM, folder / "data" / "littleham")
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    record(folder / "data" / "littleham", id="begun", row=FIRST, field="status")
    git(folder.parent, "init", "--quiet", "--initial-branch=main", str(folder))
    commit(folder, "First")
    return folder


@pytest.fixture
def package(repository: Path) -> Path:
    return repository / "data" / "littleham"


def add_award(package: Path, id: str, **cells: str) -> None:
    """An award like the first one, to the same recipient."""
    new = {"id": id, "source_id": id, "title": f"Title of {id}", **cells}
    change(package, "awards", lambda rows: [*rows, {**rows[0], **new}])
    for resource in ("award_services", "award_recipients"):
        change(package, resource, lambda rows: [*rows, {**rows[0], "award": id}])


def correct(package: Path, field: str, value: str, reason: str) -> None:
    old = set_cell(package, "awards", FIRST, field, value)
    record(package, id=f"fix-{field}", row=FIRST, field=field, old=old, new=value, reason=reason)


def test_nothing_changed(repository: Path) -> None:
    assert comment(repository, "main") == (
        0,
        f"{MARKER}\n## What the public will see\n\nNothing that is published changes.\n",
    )


def test_an_added_award_with_recipient_amount_and_fund(repository: Path, package: Path) -> None:
    add_award(package, "2031-32-3", title="New roof", amount="1234.50", source_order="3")
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "**1 award added**" in said
    assert (
        "| New roof (2031-32-3) | Friends of the Pond &lt;b&gt;&amp; Ducks&lt;/b&gt; "
        "| £1,234.50 | Pond Fund |" in said
    )
    assert "| All awards | £1,300.49 | £2,534.99 | +£1,234.50 |" in said
    assert "| Fund: Pond Fund | £1,200.50 | £2,435.00 | +£1,234.50 |" in said
    assert "Ducks&lt;/b&gt;, at least | £1,200.50 | £2,435.00 | +£1,234.50 |" in said
    assert "Recipients of awards: 1 row" in said
    assert "- new: /awards/2031-32-3/" in said
    assert "- changed: /funds/pond-fund/" in said


def test_a_correction_shows_old_new_and_reason(repository: Path, package: Path) -> None:
    correct(package, "amount", "1300.50", "The minute said £1,300.50.")
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "**1 award corrected**" in said
    assert "| amount: £1,200.50 → £1,300.50 | The minute said £1,300.50. |" in said


def test_a_withdrawal_shows_its_reason(repository: Path, package: Path) -> None:
    set_cell(package, "awards", SECOND, "status", "withdrawn")
    record(package, row=SECOND, field="status", kind="withdrawal", reason="Nobody baked.")
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "**1 award withdrawn**" in said
    assert f"| Bread ban posters ({SECOND}) | Nobody baked. |" in said
    assert "| All awards | £1,300.49 | £1,200.50 | -£99.99 |" in said.replace("\N{MINUS SIGN}", "-")


def test_gaps_opened_and_closed(repository: Path, package: Path) -> None:
    correct(package, "purpose", "not published", "Taken back.")
    set_cell(package, "awards", FIRST, "decided_on", "2031-05-09")
    record(package, id="later", row=FIRST, field="decided_on", old="2031-05-01", new="2031-05-09")
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "| Purpose | 1 award | 2 awards |" in said
    assert "**1 warning or gap new; please look at**" in said
    commit(repository, "As published")
    set_cell(package, "awards", FIRST, "decided_on", "2031-05-01")
    record(package, id="back", row=FIRST, field="decided_on", old="2031-05-09", new="2031-05-01")
    code, said = comment(repository, "main")
    assert "**1 warning or gap mended by this change**" in said


def test_what_the_package_says_of_itself(repository: Path, package: Path) -> None:
    edit_descriptor(package, lambda one: one.update(title="Another title"))
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "| Title | " in said
    assert "| Another title |" in said


def test_a_new_package(repository: Path) -> None:
    folder = shutil.copytree(LITTLEHAM, repository / "data" / "greatham")
    edit_descriptor(folder, lambda one: one.update(name="greatham", title="Greatham"))
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "### Greatham (data/greatham)" in said
    assert "A new publication. All of it is new to readers." in said
    assert "**2 awards added**" in said
    assert "Littleham" not in said


def test_a_package_that_is_gone(repository: Path, package: Path) -> None:
    shutil.rmtree(package)
    code, said = comment(repository, "main")
    assert code == 1
    assert "The package is gone: all its addresses would lead nowhere." in said
    assert "put the folder back" in said


class TestToMend:
    def test_an_error_of_the_checks(self, repository: Path, package: Path) -> None:
        set_cell(package, "awards", SECOND, "amount", "ninety-nine")
        code, said = comment(repository, "main")
        assert code == 1
        assert said.startswith(f"{MARKER}\n## This can’t be published yet\n")
        assert "| data/littleham/awards.csv, row 3, column amount |" in said
        assert "Value: “ninety-nine”." in said
        assert "What the public will see" not in said

    def test_an_unexplained_change(self, repository: Path, package: Path) -> None:
        set_cell(package, "awards", FIRST, "amount", "1300.50")
        code, said = comment(repository, "main")
        assert code == 1
        assert f"awards, {FIRST}, amount: “1200.50” became “1300.50”" in said
        assert "no new row of revisions.csv says why" in said

    def test_a_vanished_award(self, repository: Path, package: Path) -> None:
        for resource, column in (
            *(("awards", "id"), ("award_services", "award"), ("award_recipients", "award")),
        ):
            drop(package, resource, column, SECOND)
        code, said = comment(repository, "main")
        assert code == 1
        assert f"awards, {SECOND}: the award is gone, and its address leads nowhere." in said

    def test_a_descriptor_that_can_not_be_read(self, repository: Path, package: Path) -> None:
        (package / "datapackage.json").write_text("{,", encoding="utf-8")
        code, said = comment(repository, "main")
        assert code == 1
        assert "data/littleham/datapackage.json, line 1: this is not valid JSON" in said

    def test_an_unchanged_package_with_an_error(self, repository: Path, package: Path) -> None:
        set_cell(package, "awards", SECOND, "amount", "ninety-nine")
        commit(repository, "Broken on main")
        assert comment(repository, "main")[0] == 1
        set_cell(package, "awards", SECOND, "amount", "99.99")
        record(package, row=SECOND, field="amount", old="ninety-nine", new="99.99")
        code, said = comment(repository, "main")
        assert code == 0, said
        assert "The pages could not be compared" in said

    def test_personal_data_is_masked(self, repository: Path, package: Path) -> None:
        set_cell(package, "awards", SECOND, "purpose", "Ring Mrs Muddle, 01632 960123")
        record(package, row=SECOND, field="purpose", new="Ring Mrs Muddle, 01632 960123")
        code, said = comment(repository, "main")
        assert code == 1
        assert "data/littleham/awards.csv, row 3, column purpose" in said
        assert "960123" not in said
        assert "Muddle" not in said

    def test_what_waits_for_review(self, repository: Path, package: Path) -> None:
        set_cell(package, "awards", SECOND, "purpose", "Ring 01632 960123")
        record(package, row=SECOND, field="purpose", new="Ring 01632 960123")
        review(package, row=SECOND, field="purpose", category="phone", status="to-review")
        review(package, resource="revisions", row="a-change", field="new", status="to-review")
        code, said = comment(repository, "main")
        assert code == 1
        assert "It waits for review before it is published." in said
        assert "960123" not in said


def review(package: Path, **entry: str) -> None:
    """Add a row to the reviews of personal data, and the table itself where there is none."""
    path = package / "privacy_reviews.csv"
    if not path.exists():
        columns = "id,resource,row,field,category,status,reason,reviewed_by,reviewed_on"
        path.write_text(f"{columns}\n", encoding="utf-8")

        def add(descriptor: dict[str, object]) -> None:
            resources = descriptor["resources"]
            assert isinstance(resources, list)
            resources.append({"name": "privacy_reviews", "path": path.name})

        edit_descriptor(package, add)
        schemas.refresh(package / "datapackage.json")
    none = dict.fromkeys(("reason", "reviewed_by", "reviewed_on"), "not applicable")
    given = {"resource": "awards", "category": "phone", **none, **entry}
    id = f"{given['resource']}-{given['field']}"
    change(package, "privacy_reviews", lambda rows: [*rows, {"id": id, **given}])


def test_a_name_that_is_taken_out_is_not_told_again(repository: Path, package: Path) -> None:
    person = {"name": "Jane Smith", "kind": "individual"}

    def named(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [{**row, **person} if row["id"] == "duck-wardens" else row for row in rows]

    def printed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [
            {**row, "published_name": "Individual 1"} if row["position"] == "2" else row
            for row in rows
        ]

    change(package, "recipients", named)
    change(package, "award_recipients", printed)
    commit(repository, "A slip")
    person["name"] = "Individual 1"
    change(package, "recipients", named)
    record(
        package,
        resource="recipients",
        row="duck-wardens",
        field="name",
        old="withheld",
        new="Individual 1",
    )
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "→ Individual 1" in said
    assert "Jane" not in said
    assert "Smith" not in said


def test_words_of_the_data_are_only_words(repository: Path, package: Path) -> None:
    evil = (
        "@octocat #12 [x](https://evil.example) ![y](z) <img src=x> owner/repo#3 0123abcd "
        "www.evil.example | `c`"
    )
    add_award(package, "2031-32-3", title=evil, purpose=evil, source_order="3")
    correct(package, "reasons", evil, evil)
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "**1 award corrected**" in said
    assert "octocat" in said
    assert not re.search(
        r"@\w|#\w|(?<!\\)\]\(|<img|https://evil|www\.evil|0123abc", said.replace("&#8203;", "·")
    )
    for line in said.splitlines():
        assert line.count("|") - line.count("\\|") in (0, 3, 4, 5)


def test_the_comment_fits(repository: Path, package: Path) -> None:
    def many(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [
            *rows,
            *(
                {**rows[0], "id": f"2032-{number}", "amount": "x", "title": "@" * 300}
                for number in range(400)
            ),
        ]

    change(package, "awards", many)
    code, said = comment(repository, "main")
    assert code == 1
    assert len(said.encode()) <= LIMIT
    assert re.search(r"… and [\d,]+ more\.|The rest is cut", said)


def test_a_text_that_is_far_too_long_is_cut_at_a_line(repository: Path) -> None:
    for number in range(400):
        folder = repository / "data" / f"p{number:03}"
        folder.mkdir()
        (folder / "datapackage.json").write_text("{,", encoding="utf-8")
    code, said = comment(repository, "main")
    assert code == 1
    assert "400 things to mend." in said
    assert 200 < said.count("this is not valid JSON") < 400
    assert LIMIT - 500 < len(said.encode()) <= LIMIT
    assert said.splitlines()[-1].startswith("**The rest is cut: a comment can't hold more.**")


def test_two_revisions_two_folders_and_a_revision_before_any_data(
    repository: Path, package: Path
) -> None:
    correct(package, "amount", "1300.50", "A slip.")
    working = comment(repository, "main")
    commit(repository, "A correction")
    assert comment(repository, "main~1", "main") == working
    before = repository.with_name("before")
    git(repository, "worktree", "add", "--quiet", str(before), "main~1")
    assert comment(repository, before) == working
    git(repository, "checkout", "--quiet", "--orphan", "empty")
    git(repository, "rm", "-r", "--quiet", "--cached", ".")
    git(repository, "commit", "--quiet", "--allow-empty", "-m", "Nothing")
    code, said = comment(repository, "empty", "main")
    assert code == 0, said
    assert "A new publication." in said


def test_a_pull_request_from_a_fork(repository: Path, package: Path, tmp_path: Path) -> None:
    """As continuous integration has it: the fork's branch merged into main, which went on."""
    fork = tmp_path / "fork"
    git(tmp_path, "clone", "--quiet", str(repository), str(fork))
    git(fork, "checkout", "--quiet", "-b", "a-correction")
    correct(fork / "data" / "littleham", "amount", "1300.50", "A slip.")
    commit(fork, "A correction")
    add_award(package, "2031-32-9", source_order="9")
    commit(repository, "Meanwhile on main")

    checkout = tmp_path / "checkout"
    git(tmp_path, "clone", "--quiet", str(repository), str(checkout))
    git(checkout, "fetch", "--quiet", str(fork), "a-correction")
    git(checkout, "checkout", "--quiet", "--detach", "origin/main")
    git(checkout, "merge", "--quiet", "-m", "Merge", "FETCH_HEAD")
    code, said = comment(checkout, "HEAD^1")
    assert code == 0, said
    assert "**1 award corrected**" in said
    assert "2031-32-9/" not in said.split("**Pages")[0], "what main did is not this change"


def test_a_site_below_the_top_of_its_repository(tmp_path: Path, repository: Path) -> None:
    top = tmp_path / "top"
    shutil.copytree(repository, top / "site", ignore=shutil.ignore_patterns(".git"))
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(top))
    commit(top, "First")
    correct(top / "site" / "data" / "littleham", "amount", "1300.50", "A slip.")
    code, said = comment(top / "site", "main")
    assert code == 0, said
    assert "**1 award corrected**" in said


def test_the_preview_is_named(repository: Path, package: Path) -> None:
    correct(package, "amount", "1300.50", "A slip.")
    address = "https://github.com/o/r/actions/runs/7"
    assert f"[Open the check]({address})" in comment(repository, "main", "--preview", address)[1]
    assert "Preview" not in comment(repository, "main")[1]


def test_an_untidy_file_is_a_hint(repository: Path, package: Path) -> None:
    change(package, "recipients", lambda rows: rows[::-1])
    code, said = comment(repository, "main")
    assert code == 0, said
    assert "**A hint, which stops nothing:** data/littleham/recipients.csv could be tidier" in said


def test_the_same_again_is_the_same_text(repository: Path, package: Path) -> None:
    add_award(package, "2031-32-3", source_order="3")
    assert comment(repository, "main") == comment(repository, "main")


@pytest.mark.parametrize("named", ["no-such-branch", "--output=stolen", "main:data", ""])
def test_no_such_revision(repository: Path, named: str) -> None:
    from generator.errors import UsageProblem

    with pytest.raises(UsageProblem) as refused:
        comment(repository, "--", named)
    assert "What to do" in str(refused.value)
    assert not (repository / "stolen").exists()


def test_pages_compared() -> None:
    found = page_changes({"/a/": "1", "/b/": "1", "/c/": "1"}, {"/b/": "2", "/c/": "1", "/d/": "1"})
    assert (found.added, found.changed, found.removed) == (("/d/",), ("/b/",), ("/a/",))


def test_a_bare_name_is_masked_and_an_organisations_is_not() -> None:
    assert "Testerson" not in told("Jane Testerson")
    assert told("Friends of the Green") == "Friends of the Green"


def test_a_second_publication_moves_the_first(repository: Path) -> None:
    south = several.four(repository / "data")[2]
    for one in ("north-2031", "north-2032", "eire"):
        shutil.rmtree(south.with_name(one))
    code, said = comment(repository, "HEAD")
    assert code == 0
    assert "A new publication." in said
    assert "**All addresses change.**" in said
    assert "/publishers/southmoor/south/awards/a-1/" in said


def test_reviews_of_who_is_who_are_checked_and_told(repository: Path) -> None:
    several.four(repository / "data")
    commit(repository, "Several")
    several.review(repository / "data", ("south", "mill", "eire", "mill", "same", "One charity."))
    code, said = comment(repository, "HEAD")
    assert code == 0
    assert "1 review of who is the same as whom: new or changed." in said
    assert "All addresses change" not in said
    several.review(repository / "data", ("south", "mil", "eire", "mill", "same", "One charity."))
    code, said = comment(repository, "HEAD")
    assert code == 1
    assert "data/same-as.csv, row 2" in said
    assert "has no organisation with this id" in said
