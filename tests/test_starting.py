"""`purse new`: what may be answered, what it lays, and how a site reads before its first award."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from generator import package, site, starting, write
from generator.cli import cli
from generator.draft import Draft, files, of_package
from generator.errors import UsageProblem
from generator.findings import Severity
from generator.licences import LICENCES
from tests.conftest import build
from tests.crawler.crawl import survey

OPTIONS = {
    "--publisher": "Nether Wallop Trust",
    "--id": "nether-wallop",
    "--licence": "OGL-UK-3.0",
    "--year": "2030-31",
    "--currency": "GBP",
    "--site-name": "Nether Wallop: grants",
    "--contact": "hello@wallop.example",
    "--base-url": "https://wallop.example/grants",
    "--created": "2030-05-01",
}
ANSWERS = starting.Answers(
    name="my-funder",
    publisher="Nether Wallop Trust",
    publisher_id="nether-wallop",
    licence=starting.NO_LICENCE,
    year="2030-31",
    currency="GBP",
    official=True,
    site_name="Nether Wallop: grants",
    contact="",
    base_url="",
    created=date(2030, 5, 1),
)


def new(project: Path, *arguments: str, typed: str | None = None) -> Result:
    """Run `purse new my-funder`, perhaps with what somebody types."""
    command = ["new", "my-funder", "--project", str(project), *arguments]
    return CliRunner().invoke(cli, command, input=typed, standalone_mode=False)


def descriptor_in(project: Path) -> dict[str, object]:
    text = (project / "data" / "my-funder" / "datapackage.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def lay(folder: Path, draft: Draft) -> Path:
    write.update(folder, files(draft))
    return folder


def test_with_every_option_nothing_is_asked(tmp_path: Path) -> None:
    given = [word for pair in OPTIONS.items() for word in pair]
    done = new(tmp_path, *given, "--official")
    assert done.return_value == 0
    assert "?" not in done.output and "[" not in done.output
    descriptor = descriptor_in(tmp_path)
    assert descriptor["name"] == "my-funder"
    assert descriptor["created"] == "2030-05-01T00:00:00Z"
    assert descriptor["currency"] == "GBP"
    assert [one["name"] for one in descriptor["licenses"]] == ["OGL-UK-3.0"]  # type: ignore[attr-defined]
    assert descriptor["purse"] == {
        "publisher": {"id": "nether-wallop", "name": "Nether Wallop Trust"},
        "site_name": "Nether Wallop: grants",
        "official": True,
        "first_year": "2030-31",
        "contact": "hello@wallop.example",
        "base_url": "https://wallop.example/grants/",
    }
    assert (tmp_path / "data" / "inbox").is_dir()


def test_it_asks_again_until_an_answer_will_do(tmp_path: Path) -> None:
    typed = ["Nether Wallop Trust", "", "some licence", "cc0-1.0", "2030", "2030/31", "pounds"]
    typed += ["eur", "y", "", "", "wallop.example", "https://wallop.example"]
    done = new(tmp_path, typed="\n".join([*typed, ""]))
    assert done.return_value == 0, done.output
    for said in ("no licence that is known", "not a financial year", "no currency code"):
        assert done.output.count(said) == 1
    descriptor = descriptor_in(tmp_path)
    assert descriptor["currency"] == "EUR"
    assert descriptor["purse"] == {
        "publisher": {"id": "nether-wallop-trust", "name": "Nether Wallop Trust"},
        "site_name": "Nether Wallop Trust: funds and awards",
        "official": True,
        "first_year": "2030-31",
        "base_url": "https://wallop.example/",
    }


def test_yes_takes_what_the_questions_offer_and_claims_nothing(tmp_path: Path) -> None:
    done = new(tmp_path, "--yes", "--created", "2031-03-31")
    assert done.return_value == 0
    descriptor = descriptor_in(tmp_path)
    assert "licenses" not in descriptor
    assert descriptor["purse"] == {
        "publisher": {"id": "my-funder", "name": "My Funder"},
        "site_name": "My Funder: funds and awards",
        "official": False,
        "first_year": "2030-31",
    }


def test_the_date_is_todays_unless_one_is_given(tmp_path: Path) -> None:
    before = date.today().isoformat()
    new(tmp_path, "--yes")
    assert before <= str(descriptor_in(tmp_path)["created"])[:10] <= date.today().isoformat()


def test_the_next_steps_are_commands_that_exist(tmp_path: Path) -> None:
    lay(tmp_path / "data" / "example", starting.draft(replace(ANSWERS, name="example")))
    said = new(tmp_path, "--yes").output
    for name, rest in re.findall(r"purse (\w+) (.+)", said):
        cli.commands[name].make_context(name, rest.split())
    assert f"git rm -r {tmp_path / 'data' / 'example'}" in said


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "data" / "my-funder" / "notes.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    done = new(tmp_path, "--yes")
    assert isinstance(done.exception, UsageProblem)
    assert "is there already" in done.exception.message
    assert [one.name for one in mine.parent.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("My Funder", "such as my-funder."),
        ("../elsewhere", "such as elsewhere."),
        ("a--b", "such as a-b."),
        ("Stadt Köln", "such as stadt-koln."),
        ("a/b", "such as a-b."),
        ("€", "such as my-funder."),
        ("", "such as my-funder."),
        ("x" * 61, "up to 60"),
        ("inbox", "choose another name."),
    ],
)
def test_a_bad_name_is_refused_with_a_better_one(name: str, better: str, tmp_path: Path) -> None:
    command = ["new", "--project", str(tmp_path), "--yes", "--", name]
    done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert isinstance(done.exception, UsageProblem)
    assert better in done.exception.advice
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--publisher", " "),
        ("--id", "Nether Wallop"),
        ("--licence", "mine"),
        ("--year", "2030-32"),
        ("--year", "30-31"),
        ("--currency", "£"),
        ("--base-url", "wallop.example"),
        ("--base-url", "https://wallop.example/?q=1"),
    ],
)
def test_a_bad_option_is_refused_and_nothing_is_written(
    option: str, value: str, tmp_path: Path
) -> None:
    done = new(tmp_path, "--yes", option, value)
    assert isinstance(done.exception, UsageProblem), done.output
    assert done.exception.advice
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("year", ["2029-30", "2029/30", " 1999-00 "])
def test_a_financial_year_may_be_written_with_a_stroke(year: str) -> None:
    assert starting.year(year) == year.strip().replace("/", "-")


@pytest.mark.parametrize("licence", [*LICENCES, starting.NO_LICENCE])
def test_an_empty_package_has_nothing_to_mend(licence: str, tmp_path: Path) -> None:
    folder = lay(tmp_path / "my-funder", starting.draft(replace(ANSWERS, licence=licence)))
    found = site.check(folder).report.findings
    assert not [one for one in found if one.severity is not Severity.GAP], found
    assert package.read(folder).licence == LICENCES.get(licence, (None,))[0]


def text_of(page: Path) -> str:
    """The words of a page's body."""
    body = page.read_text(encoding="utf-8").split("<article", 1)[1].split("</article>")[0]
    return " ".join(re.sub("<[^>]+>", " ", body).split())


def test_the_crawler_finds_nothing_wrong_with_an_empty_site(empty_site: Path) -> None:
    assert not survey(empty_site).problems


@pytest.mark.parametrize(
    "page",
    ["", "awards/", "funds/", "funds/not-published/", "recipients/", "quality/", "years/"],
)
def test_an_empty_site_says_that_nothing_is_published_yet(empty_site: Path, page: str) -> None:
    assert "No award is published yet." in text_of(empty_site / page / "index.html")


def test_an_empty_site_has_no_table_without_a_row(empty_site: Path) -> None:
    for page in empty_site.rglob("*.html"):
        for table in re.findall("<table.*?</table>", page.read_text(encoding="utf-8"), re.DOTALL):
            assert "<td" in table, f"{page.relative_to(empty_site)}: {table[:200]}"


def test_an_empty_site_shows_no_sums_and_its_first_year(empty_site: Path) -> None:
    for page in ("", "awards/", "recipients/", "recipients/not-published/", "funds/"):
        assert "0.00" not in text_of(empty_site / page / "index.html")
    assert "from 2030/31." in (empty_site / "index.html").read_text(encoding="utf-8")


def with_one_award(draft: Draft) -> Draft:
    award = {
        "id": "2030-31-1",
        "source_order": "1",
        "title": "A new pump",
        "financial_year": "2030-31",
        "amount": "250.00",
        "amount_basis": "total-value",
        "status": "awarded",
        "instrument": "grant",
        "decided_on": "2030-04-20",
    }
    who = {"award": "2030-31-1", "service": "1", "position": "1", "recipient": "pump-club"}
    who |= {"naming": "named", "role": "recipient", "basis": "stated"}
    tables = {
        "awards": award,
        "award_services": {"award": "2030-31-1", "service": "1", "title": "A new pump"},
        "recipients": {"id": "pump-club", "name": "Pump Club", "kind": "organisation"},
        "award_recipients": who,
    }
    for name, row in tables.items():
        draft = draft.with_rows(name, [row])
    return draft


def test_the_first_award_needs_no_other_table(tmp_path: Path) -> None:
    folder = lay(tmp_path / "my-funder", with_one_award(starting.draft(ANSWERS)))
    built = build(folder, tmp_path / "site")
    assert not survey(built).problems
    home = text_of(built / "index.html")
    assert "£250.00" in home and "No award is published" not in home
    assert "in 1 award " in home
    assert "Awards 1 award in 2030/31, worth" in text_of(built / "awards" / "index.html")
    assert "1 recipient is named." in text_of(built / "recipients" / "index.html")


def test_a_site_whose_only_award_was_withdrawn_says_so(tmp_path: Path) -> None:
    folder = lay(tmp_path / "my-funder", with_one_award(starting.draft(ANSWERS)))
    draft = of_package(package.read(folder))
    withdrawn = [{**row, "status": "withdrawn"} for row in draft.rows("awards")]
    built = build(lay(folder, draft.with_rows("awards", withdrawn)), tmp_path / "site")
    assert not survey(built).problems
    assert "No award stands" in text_of(built / "index.html")
    assert "No award stands" in text_of(built / "awards" / "index.html")
