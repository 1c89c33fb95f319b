"""`purse import` as people give it: what it prints, asks, writes, and never writes."""

import json
from pathlib import Path

import click.testing
import pytest

from generator import importing, package, site
from generator.cli import cli
from generator.errors import PurseError
from tests.conftest import build
from tests.crawler.crawl import survey

HEADER = (
    "Identifier,Title,Description,Currency,Amount Awarded,Award Date,Recipient Org:Name,"
    "Recipient Org:Charity Number,Funding Org:Identifier,Funding Org:Name,Notes"
)
FUNDER = "GB-CHC-9000001,Pond Trust (fictional)"
ROWS = (
    f"360G-pond-1,Reeds,To plant.,GBP,100,2031-05-01,Frog Choir,9000002,{FUNDER},a",
    f"360G-pond-2,Newts,To count.,GBP,50.50,2031-05-02,Newt Club,,{FUNDER},b",
)
ONE_IN = 5
"""Every list is looked at, and one profile in so many."""
REFUSED = f"360G-pond-3,Nothing,To wait.,GBP,,2031-05-03,Newt Club,,{FUNDER},c"


@pytest.fixture
def to(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data" / "pond"


def file(folder: Path, *rows: str, name: str = "pond.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def purse(*words: object, answer: str | None = None) -> tuple[int, str]:
    runner = click.testing.CliRunner()
    done = runner.invoke(cli, ["import", *map(str, words)], standalone_mode=False, input=answer)
    if isinstance(done.exception, PurseError):
        return 2, str(done.exception)
    assert done.exception is None, done.exception
    return int(done.return_value), done.output


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_new_package_is_written_with_its_account(to: Path, tmp_path: Path) -> None:
    code, said = purse(file(tmp_path, *ROWS, REFUSED), "--to", to)
    assert code == 0, said
    assert "Refused: 1" in said
    assert "GBP: in the file £150.50 = imported £150.50 + refused £0.00" in said
    assert "Written:" in said
    assert "no errors" in said
    assert not site.check(to).report.has_errors
    names = set(contents(to))
    assert {"imports/pond.md", "imports/pond-rows.csv", "awards.csv", "datapackage.json"} <= names
    assert "360G-pond-3" in (to / "imports" / "pond.md").read_text(encoding="utf-8")
    assert package.find(to.parent) == (to,)


def test_the_same_file_again_changes_no_byte_and_asks_nothing(to: Path, tmp_path: Path) -> None:
    path = file(tmp_path, *ROWS)
    purse(path, "--to", to)
    before = {name: text for name, text in contents(to).items() if "imports/" not in name}
    code, said = purse(path, "--to", to)
    assert code == 0
    assert "Nothing changed." in said
    assert {name: text for name, text in contents(to).items() if "imports/" not in name} == before


def test_changes_are_shown_and_nobody_to_ask_means_no(to: Path, tmp_path: Path) -> None:
    purse(file(tmp_path, *ROWS), "--to", to)
    before = contents(to)
    later = file(tmp_path, ROWS[0].replace(",100,", ",120,"), name="later.csv")
    code, said = purse(later, "--to", to)
    assert code == 1
    assert "amount: 100 → 120" in said
    assert "No longer in the file: kept" in said
    assert "there is nobody to ask" in said
    assert contents(to) == before
    code, said = purse(later, "--to", to, "--dry-run")
    assert code == 0
    assert contents(to) == before


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_at_a_terminal_it_asks(
    answer: str, code: int, to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    purse(file(tmp_path, *ROWS), "--to", to)
    before = contents(to)
    monkeypatch.setattr("generator.commands.import_._is_terminal", lambda: True)
    later = file(tmp_path, *ROWS, ROWS[1].replace("pond-2", "pond-9"), name="later.csv")
    ended, said = purse(later, "--to", to, answer=answer)
    assert ended == code
    assert "Write these changes?" in said
    assert (contents(to) == before) is (code == 1)


def test_a_reason_puts_every_change_on_record(to: Path, tmp_path: Path) -> None:
    purse(file(tmp_path, *ROWS), "--to", to)
    later = file(tmp_path, ROWS[0].replace(",100,", ",120,"), ROWS[1], name="later.csv")
    more = ("--yes", "--reason", "As in the accounts.", "--date", "2031-08-01")
    code, said = purse(later, "--to", to, *more)
    assert code == 0, said
    assert "MEND" not in said
    book = site.check(to).ledger
    changed = {(one.row, one.field): one for one in book.revisions}
    amount = changed["1", "amount"]
    assert (amount.old, amount.new, str(amount.date)) == ("100", "120", "2031-08-01")
    assert amount.reason == "As in the accounts."


def test_several_funders_get_folders_and_one_whole_account(to: Path, tmp_path: Path) -> None:
    other = ROWS[1].replace(FUNDER, "GB-CHC-9000009,Toad Fund (fictional)")
    code, said = purse(file(tmp_path, ROWS[0], other), "--to", to)
    assert code == 0, said
    names = ["pond-pond-trust-fictional", "pond-toad-fund-fictional"]
    assert [folder.name for folder in package.find(to.parent)] == names
    assert (to.parent / "imports" / "pond.md").is_file()
    for name in names:
        assert len((to.parent / name / "imports" / "pond-rows.csv").read_text().splitlines()) == 2


def test_personal_data_waits_for_review_and_is_not_echoed(to: Path, tmp_path: Path) -> None:
    mail = "jane.roe@pond.example"
    row = ROWS[0].replace("To plant.", f"Ask {mail} for reeds.")
    code, said = purse(file(tmp_path, row), "--to", to)
    assert code == 0, said
    assert "To review before publishing" in said
    assert mail not in said
    assert all(mail.encode() not in text for name, text in contents(to).items() if "imp" in name)
    checked = site.check(to)
    assert not checked.report.has_errors
    assert [one.status for one in checked.ledger.privacy_reviews] == ["to-review"]


def test_nothing_to_import_writes_nothing(to: Path, tmp_path: Path) -> None:
    code, said = purse(file(tmp_path, REFUSED), "--to", to)
    assert code == 1
    assert "nothing was written" in said
    assert not to.exists()


def test_what_a_file_does_not_say_can_be_stated(to: Path, tmp_path: Path) -> None:
    rows = [
        row.replace(",GBP,", ",,").replace("2031-05-0", "0").replace(",01", ",") for row in ROWS
    ]
    path = file(tmp_path, *(row.replace(",02,", ",,").replace(",1,", ",,") for row in rows))
    assert purse(path, "--to", to)[0] == 1
    code, said = purse(path, "--to", to, "--currency", "GBP", "--year", "2031-32")
    assert code == 0, said
    assert {one.financial_year for one in site.check(to).ledger.awards} == {"2031-32"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [("a,b\n1,2\n", "purse mapping FILE drafts a mapping"), ("", "nothing|empty|no ")],
)
def test_other_files_are_met_with_the_way_on(
    cells: str, words: str, to: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.csv").write_text(cells, encoding="utf-8")
    code, said = purse(tmp_path / "other.csv", "--to", to)
    assert code == 2
    assert "What to do:" in said
    assert any(one in said for one in words.split("|"))


def test_another_json_is_met_with_words(to: Path, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(json.dumps({"a": 1}), encoding="utf-8")
    code, said = purse(tmp_path / "other.json", "--to", to)
    assert code == 2
    assert "What to do:" in said


def test_a_folder_that_is_no_package_is_left_alone(to: Path, tmp_path: Path) -> None:
    to.mkdir()
    (to / "mine.txt").write_text("x", encoding="utf-8")
    code, said = purse(file(tmp_path, *ROWS), "--to", to)
    assert code == 2
    assert "is no data package" in said
    assert purse(file(tmp_path, *ROWS), "--to", tmp_path / "data" / "My Pond")[0] == 2


def test_a_table_with_a_mapping_is_read_and_the_mapping_kept(to: Path, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(
        "Who,How much,When,What for\nFrog Choir,£100.00,2031-05-01,Reeds\n", encoding="utf-8"
    )
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(
        "columns:\n"
        '  "Who": recipient\n'
        '  "How much": amount\n'
        '  "When": decided_on\n'
        '  "What for": title\n'
        "fixed:\n"
        "  currency: GBP\n"
        "  funder: Pond Trust (fictional)\n"
        "  instrument: grant\n"
        "  amount_basis: total-value\n",
        encoding="utf-8",
    )
    code, said = purse(tmp_path / "register.csv", "--to", to, "--mapping", mapping)
    assert code == 0, said
    assert (to / "imports" / "mapping.yml").read_bytes() == mapping.read_bytes()
    assert not site.check(to).report.has_errors


def test_our_own_workbook_is_read_into_its_package(to: Path, tmp_path: Path) -> None:
    purse(file(tmp_path, *ROWS), "--to", to)
    before = contents(to)
    form = tmp_path / "pond.xlsx"
    click.testing.CliRunner().invoke(cli, ["workbook", str(to), "--out", str(form)])
    code, said = purse(form, "--to", to)
    assert code == 0, said
    assert "Nothing changed." in said
    assert contents(to) == before
    code, said = purse(form, "--to", to.parent / "other")
    assert code == 2
    assert "is that of the package pond" in said


def test_the_accounts_are_no_part_of_the_site(to: Path, tmp_path: Path) -> None:
    purse(file(tmp_path, *ROWS), "--to", to)
    built = build(to, tmp_path / "site")
    assert not survey(built).problems
    assert importing.FOLDER not in {path.name for path in built.rglob("*")}
    page = (built / "awards" / "1" / "index.html").read_text(encoding="utf-8")
    assert "Also in the source" in page


def test_real_contracts_become_a_package_for_each_buyer(samples: Path, to: Path) -> None:
    code, said = purse(samples / "ocds-contracts-finder.json", "--to", to)
    assert code == 0, said
    folders = package.find(to.parent)
    assert len(folders) == 93
    assert said.count("no errors") == 93
    assert "the source lost its line breaks here" in said
    instruments = {one.instrument for one in site.check(folders[0]).ledger.awards}
    assert instruments == {"contract"}


@pytest.mark.parametrize(
    ("name", "awards"),
    [
        ("360giving-ab-charitable-trust.xlsx", 783),
        ("360giving-small-cp1252.csv", 2),
    ],
)
def test_real_files_become_sound_sites(
    name: str, awards: int, samples: Path, to: Path, tmp_path: Path
) -> None:
    """All pages of Trafford's 555 grants are crawled where the explorer is tested on them."""
    code, said = purse(samples / name, "--to", to)
    assert code == 0, said
    assert f"{awards} awards" in said
    assert "no errors" in said
    found = survey(build(to, tmp_path / "site"), one_in=ONE_IN)
    assert not found.problems, [str(one) for one in found.problems[:20]]
    assert found.pages > awards / ONE_IN
