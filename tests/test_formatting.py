"""`purse format`: one form, nothing lost, no meaning changed, and done twice the same as once."""

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator import package, plain_values, revisions
from generator.cli import cli
from generator.commands.editing import contents_of
from generator.commands.format import format_
from generator.formatting import formatted, plain_cell
from tests.changing import book, copy_of
from tests.conftest import ANYSHIRE, LITTLEHAM, WEST_MERCIA, edit

AWARDS = "awards.csv"


def run(*arguments: str | Path) -> tuple[int, str]:
    assert cli.commands["format"] is format_
    done = CliRunner().invoke(cli, ["format", *map(str, arguments)], standalone_mode=False)
    assert done.exception is None, done.output
    return int(done.return_value), done.output


@pytest.mark.parametrize("folder", [WEST_MERCIA, ANYSHIRE, LITTLEHAM], ids=lambda one: one.name)
def test_the_packages_here_are_in_their_one_form(folder: Path) -> None:
    code, words = run("--check", folder)
    assert (code, words) == (0, "All files are in their one form.\n")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("£1,234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("GBP 500", "500"),
        ("-£5.00", "-5.00"),
        ("5", "5"),
        ("5.00", "5.00"),
        *((text, None) for text in ("1.234,5", "1,23", "€5", "5%", "(500)", "five", "1 000", "٣")),
    ],
)
def test_numbers_as_people_type_them(text: str, plain: str | None) -> None:
    assert plain_values.number(text, "GBP") == plain


@pytest.mark.parametrize(
    ("text", "first", "plain"),
    [
        ("2031-04-05", None, "2031-04-05"),
        ("2031-04-05T00:00:00", None, "2031-04-05"),
        ("5 April 2031", None, "2031-04-05"),
        ("05-Apr-2031", None, "2031-04-05"),
        ("5/4/2031", True, "2031-04-05"),
        ("4/5/2031", False, "2031-04-05"),
        ("05.05.2031", None, "2031-05-05"),
        ("5/4/2031", None, None),
        ("31/02/2031", True, None),
        ("5/4/31", True, None),
        ("2031-04-05T10:30:00", None, None),
        ("5 Aprilis 2031", None, None),
        ("48000", None, None),
    ],
)
def test_days_as_people_type_them(text: str, first: bool | None, plain: str | None) -> None:
    assert plain_values.day(text, first) == plain


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["13/04/2031", "05/04/2031"], True),
        (["04/13/2031", "05/04/2031"], False),
        (["05/04/2031"], None),
        (["13/04/2031", "04/13/2031"], None),
        (["45/04/2031"], None),
    ],
)
def test_a_column_says_which_comes_first_or_nothing_is_guessed(
    cells: list[str], first: bool | None
) -> None:
    assert plain_values.day_first(cells) is first


def test_flags_take_the_words_of_their_schema() -> None:
    field = {"type": "boolean", "trueValues": ["yes", "true"], "falseValues": ["no", "false"]}
    cells = [plain_cell(field, text, "GBP", None) for text in ("TRUE", " No ", "1", "withheld")]
    assert cells == ["yes", "no", "1", "withheld"]


def test_an_untidy_package_is_put_right_and_means_the_same(littleham: Path) -> None:
    before = book(LITTLEHAM)
    path = littleham / AWARDS
    header, first, second = path.read_text(encoding="utf-8").splitlines()
    amount = "1200.50"
    assert amount in first + second
    first, second = (line.replace(amount, '" £1,200.50 "') for line in (first, second))
    untidy = "\r\n".join([header, second, first, "," * header.count(","), ""])
    path.write_bytes(b"\xef\xbb\xbf" + untidy.encode())
    code, words = run("--check", littleham)
    assert code == 1
    assert "awards.csv: is not in its one form" in words
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "--check writes nothing"
    assert run(littleham)[0] == 0
    assert path.read_bytes() == (LITTLEHAM / AWARDS).read_bytes()
    assert revisions.compare(before, book(littleham)).none
    assert run("--check", littleham)[0] == 0


def test_days_of_a_column_are_written_plainly_only_when_they_are_clear(tmp_path: Path) -> None:
    folder = copy_of(ANYSHIRE, tmp_path / "anyshire")
    path = folder / "revisions.csv"
    plain = path.read_text(encoding="utf-8")
    days = {"2030-11-04": "4/11/2030", "2031-01-22": "22/01/2031"}
    for iso, typed in days.items():
        edit(folder, "revisions.csv", iso, typed)
    run(folder)
    assert path.read_text(encoding="utf-8") == plain
    edit(folder, "revisions.csv", "2030-11-04", "4/11/2030")
    run(folder)
    assert "4/11/2030" in path.read_text(encoding="utf-8"), "it could be 11 April"


def test_a_column_nobody_knows_stays_at_the_end(littleham: Path) -> None:
    path = littleham / "funds.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        "".join(f"{word},{line}\n" for word, line in zip(["mine", "kept"], lines, strict=True))
    )
    run(littleham)
    assert [line.rpartition(",")[2] for line in path.read_text().splitlines()] == ["mine", "kept"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"1200.50", b"1200.50,7", "row 2 has"),
        (b"1200.50", b'"1200.50', "double quote"),
        (b"1200.50", b"1200.50\xa3", "row 2 holds characters that are not UTF-8"),
        (b"title", b"id", "two columns are called id"),
    ],
)
def test_a_file_that_would_lose_something_is_left_alone(
    littleham: Path, old: bytes, new: bytes, why: str
) -> None:
    path = littleham / AWARDS
    broken = path.read_bytes().replace(old, new, 1)
    path.write_bytes(broken)
    code, words = run(littleham)
    assert code == 1
    assert "awards.csv: left alone: " in words
    assert why in words
    assert path.read_bytes() == broken


def test_a_row_that_is_too_short_is_left_alone(littleham: Path) -> None:
    path = littleham / AWARDS
    broken = path.read_bytes().rstrip(b"\n").rpartition(b",")[0]
    path.write_bytes(broken)
    assert run(littleham)[0] == 1
    assert path.read_bytes() == broken


_CELLS = st.one_of(
    st.sampled_from(["", "not published", "£1,234.50", "5.00", "05/04/2031", "31/12/2031", "TRUE"]),
    st.sampled_from(["12/31/2031", "45/04/2031", "31/02/2031", "a\r\nb", " x ", "2031-04-05"]),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
_COLUMNS = ("id", "title", "purpose", "amount", "start_on", "end_on", "pilot", "source_order")


@given(st.lists(st.lists(_CELLS, min_size=len(_COLUMNS), max_size=len(_COLUMNS)), max_size=8))
def test_formatting_twice_is_formatting_once(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("format") / "littleham"
    shutil.copytree(LITTLEHAM, folder)
    with (folder / AWARDS).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([_COLUMNS, *cells])
    found = package.read(folder)
    once = dict(formatted(found, contents_of(found)).outputs)
    for name, content in once.items():
        (folder / name).write_bytes(content)
    again = package.read(folder)
    assert dict(formatted(again, contents_of(again)).outputs) == once
    shutil.rmtree(folder.parent)
