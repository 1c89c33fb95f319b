"""A clerk who has only the guide: each of its steps is done, and each word it promises is read."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from generator.findings import Severity
from generator.site import check
from tests import walking
from tests.conftest import ROOT, build
from tests.crawler.crawl import survey
from tests.walking import (
    BROWSER,
    CHAPTERS,
    OVERVIEW,
    WAYS,
    WORKBOOK,
    Step,
    page,
    quoted,
    section,
    steps,
)

FAILED = page("failed-check")
Walks = dict[str, tuple[Path, dict[str, str]]]


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> Walks:
    """The whole story, told once in each way: the repository, and the comments by chapter."""
    made = {}
    for way in WAYS:
        folder = tmp_path_factory.mktemp("walk") / "repository"
        made[way] = folder, dict(walking.walked(folder, way))
    return made


@pytest.fixture(scope="module")
def site(walks: Walks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site at the end of the story."""
    folder, _ = walks[WORKBOOK]
    return build(walking.package_in(folder), tmp_path_factory.mktemp("walked") / "site")


def text_of(site: Path, address: str) -> str:
    """The words of a page's body."""
    body = (site / address / "index.html").read_text(encoding="utf-8")
    body = body.split("<article", 1)[1].split("</article>")[0]
    return " ".join(re.sub("<[^>]+>", " ", body).split())


def told(chapter: str, column: str, sheet: str = "awards") -> str:
    """What a chapter has the clerk write into a column of a sheet."""
    (found,) = (
        dict(step.cells)[column]
        for step in steps(section(page(chapter), WORKBOOK))
        if isinstance(step, walking.Cells) and step.sheet == sheet
    )
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_comment_says_what_the_guide_promises(walks: Walks, chapter: str, way: str) -> None:
    comment = walks[way][1][chapter].splitlines()
    for line in quoted(section(page(chapter), "What you will read")):
        assert line in comment


def test_both_ways_come_to_the_same_files(walks: Walks) -> None:
    first, second = (
        {path.name: path.read_bytes() for path in walking.package_in(walks[way][0]).iterdir()}
        for way in WAYS
    )
    assert first == second


@pytest.mark.parametrize("way", WAYS)
def test_the_files_need_no_tidying(walks: Walks, way: str) -> None:
    assert walking.purse(walks[way][0], "format", "--check")[0] == 0
    assert not any("A hint" in comment for comment in walks[way][1].values())


@pytest.mark.parametrize("way", WAYS)
def test_nothing_but_gaps_is_left_to_look_at(walks: Walks, way: str) -> None:
    found = check(walking.package_in(walks[way][0])).report.findings
    assert not [one for one in found if one.severity is not Severity.GAP], found


def test_the_crawler_finds_nothing_wrong_with_the_site(site: Path) -> None:
    assert not survey(site).problems


def test_each_award_has_its_page(site: Path) -> None:
    for chapter in ("new-year", "new-fund"):
        text = text_of(site, f"awards/{told(chapter, 'id')}")
        assert told(chapter, "title") in text
        assert f"£{told(chapter, 'amount')}.00" in text
    fund = text_of(site, f"funds/{told('new-fund', 'id', 'funds')}")
    assert told("new-fund", "title") in fund
    assert told("new-year", "title") in text_of(site, f"years/{told('new-year', 'financial_year')}")


def test_the_withdrawn_award_keeps_its_page_as_a_notice(site: Path) -> None:
    text = text_of(site, f"awards/{told('first-award', 'id')}")
    assert "withdrawn" in text
    assert told("withdrawal", "reason", "revisions") in text


def test_the_changes_say_old_new_and_why(site: Path) -> None:
    text = text_of(site, "changes")
    for chapter in ("correction", "withdrawal"):
        assert told(chapter, "reason", "revisions") in text
    old, new = (f"£{int(told(one, 'amount')):,}.00" for one in ("first-award", "correction"))
    assert f"{old} → {new}" in text


@pytest.fixture
def later(walks: Walks, tmp_path: Path) -> Path:
    """A copy of the repository at the end of the story, to make mistakes in."""
    return Path(shutil.copytree(walks[BROWSER][0], tmp_path / "repository"))


def parts(mistake: str) -> tuple[list[Step], list[Step], list[str], list[str]]:
    """The steps to a mistake and to its mend, and what is promised after each."""
    made, mended = (section(FAILED, mistake, part) for part in ("The mistake", "The mend"))
    read = quoted(section(FAILED, mistake, "What you read"))
    return steps(made), steps(mended), read, quoted(mended)


def assert_said(promised: list[str], said: str) -> None:
    lines = said.splitlines()
    assert [line for line in promised if line not in lines] == [], said


def comment(repository: Path) -> tuple[int, str]:
    return walking.purse(repository, "comment", "main")


def test_failed_checks_are_read_and_mended_as_the_guide_says(later: Path) -> None:
    """The three mistakes one after the other, as the page has them."""
    in_workbook, in_file, without_reason = re.findall("^## (.+)$", FAILED, re.MULTILINE)

    wrong, right, read, then = parts(in_workbook)
    walking.git(later, "switch", "--quiet", "--create", in_branch(in_workbook))
    workbook = walking.fresh_workbook(later)
    walking.edit_workbook(workbook, wrong)
    code, said = walking.upload(later, workbook, "2031-06-17")
    assert code == 1
    assert_said(read, said)
    assert "Nothing that is published changes." in comment(later)[1]
    walking.edit_workbook(workbook, right)
    code, said = walking.upload(later, workbook, "2031-06-17")
    assert code == 0, said
    code, said = comment(later)
    assert code == 0, said
    assert_said(then, said)
    assert walking.purse(later, "check", "--publish")[0] == 0
    walking.merge(later, in_branch(in_workbook))

    for mistake in (in_file, without_reason):
        wrong, right, read, then = parts(mistake)
        walking.git(later, "switch", "--quiet", "--create", in_branch(mistake))
        walking.edit_files(later, wrong)
        code, said = comment(later)
        assert code == 1
        assert_said(read, said)
        walking.edit_files(later, right)
        code, said = comment(later)
        assert code == 0, said
        assert_said(then, said)
        assert walking.purse(later, "check", "--publish")[0] == 0
        walking.commit(later, mistake)
        walking.merge(later, in_branch(mistake))


def in_branch(words: str) -> str:
    """A branch's name."""
    return re.sub("[^a-z]+", "-", words.lower())


def test_the_overview_leads_through_all_chapters() -> None:
    text = OVERVIEW.read_text(encoding="utf-8")
    chapters = re.findall(r"^\| \d\. \[.+\]\(walk-through/([\w-]+)\.md\)", text, re.MULTILINE)
    assert tuple(chapters) == (*CHAPTERS, "failed-check")
    for earlier, later in pairwise(chapters):
        assert f"]({later}.md)" in page(earlier).splitlines()[-1]


def test_the_buttons_that_the_guide_names_are_there() -> None:
    text = OVERVIEW.read_text(encoding="utf-8")
    workflow = (ROOT / ".github" / "workflows" / "workbook.yml").read_text(encoding="utf-8")
    assert "choose **Workbook**" in text and "\nname: Workbook\n" in workflow
    assert "for a week" in text and "retention-days: 7" in workflow


def test_the_pictures_are_small_and_described() -> None:
    folder = walking.GUIDE / "images"
    text = "".join(map(page, (*CHAPTERS, "failed-check")))
    shown = re.findall(r"!\[([^\]]*)\]\(\.\./images/([^)]+)\)", text)
    used = {name: words for words, name in shown}
    assert set(used) == {path.name for path in folder.iterdir()}
    for name, words in used.items():
        picture = (folder / name).read_bytes()
        assert len(picture) < 120_000, name
        assert int.from_bytes(picture[16:20], "big") <= 1280, f"{name} is too wide"
        assert len(words) > 40, f"{name} isn't described"
