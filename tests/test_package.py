"""Reading packages: what spreadsheets do to CSVs, and what can't be opened at all."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import package, site
from generator.errors import UnreadablePackage, UsageProblem
from tests.checks import errors
from tests.conftest import LITTLEHAM, ROOT, edit, edit_descriptor

AWARDS = (LITTLEHAM / "awards.csv").read_bytes()
Change = Callable[[dict[str, Any]], object]


def awards(folder: Path) -> package.Table:
    return package.read(folder).tables["awards"]


def rewritten(folder: Path, content: bytes) -> package.Table:
    (folder / "awards.csv").write_bytes(content)
    return awards(folder)


def test_what_a_package_says() -> None:
    read = package.read(LITTLEHAM)
    assert (read.name, read.currency, read.version) == ("littleham", "GBP", "0.1.0")
    assert read.licence == "Creative Commons Attribution 4.0"
    assert [one.title for one in read.sources] == ["Invented minutes"]
    said = read.settings
    assert (said.short_name, said.official, said.available) == ("Littleham", True, None)
    assert list(read.tables) == [
        *("funds", "awards", "recipients", "award_services", "award_recipients")
    ]
    assert read.tables["awards"].file == "tests/packages/littleham/awards.csv"


def test_what_a_descriptor_leaves_out_is_made_from_what_it_has(littleham: Path) -> None:
    def bare(found: dict[str, Any]) -> None:
        for key in ("title", "name", "licenses", "sources", "version"):
            del found[key]
        found["purse"] = {"publisher": {"id": "l", "name": "Littleham"}}

    edit_descriptor(littleham, bare)
    read = package.read(littleham)
    assert (read.name, read.title) == ("littleham", "Littleham: funds and awards")
    assert (read.licence, read.sources, read.version) == (None, (), None)
    assert (read.settings.short_name, read.settings.official) == ("Littleham", False)


def test_packages_are_found_below_data() -> None:
    assert package.find(ROOT / "data") == (ROOT / "data" / "west-mercia-pcc",)
    assert package.find(ROOT / "nowhere") == ()


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + AWARDS,
        AWARDS.replace(b"\n", b"\r\n"),
        AWARDS.replace(b"\n", b"\r"),
        AWARDS.rstrip(b"\n"),
        b"\xef\xbb\xbf" + AWARDS.replace(b"\n", b"\r\n"),
    ],
    ids=["BOM", "CRLF", "CR", "no last line break", "BOM and CRLF"],
)
def test_what_spreadsheets_do_changes_nothing(littleham: Path, content: bytes) -> None:
    plain = awards(littleham)
    table = rewritten(littleham, content)
    assert (table.header, table.rows) == (plain.header, plain.rows)
    assert not errors(site.check(littleham).report)


def test_windows_1252_is_read_as_well_as_can_be_and_said(littleham: Path) -> None:
    table = rewritten(littleham, AWARDS.decode().encode("cp1252"))
    assert not table.decoded
    assert table.rows[0].cells["purpose"] == "Planting at \ufffd2 a reed."
    (finding,) = errors(site.check(littleham).report)
    assert finding.file == table.file
    assert "not UTF-8" in finding.message
    assert "CSV UTF-8" in finding.mend


def test_quoted_line_breaks_and_blank_lines_keep_line_numbers_right(littleham: Path) -> None:
    content = AWARDS.replace(b"Planting at", b'"One\nTwo\r\nThree"').replace(
        b" \xc2\xa32 a reed.", b""
    )
    table = rewritten(littleham, content.replace(b"2031-32-2", b"\n\n2031-32-2"))
    assert table.rows[0].cells["purpose"] == "One\nTwo\r\nThree"
    assert [row.line for row in table.rows] == [2, 7]
    assert table.lines == (1, 2, 5, 6, 7)


def test_ragged_rows_are_padded_and_cut(littleham: Path) -> None:
    table = rewritten(littleham, b"id,title,amount\na,b\nc,d,1,2,3\n")
    assert [dict(row.cells) for row in table.rows] == [
        {"id": "a", "title": "b", "amount": ""},
        {"id": "c", "title": "d", "amount": "1"},
    ]


def test_an_empty_file_has_no_header(littleham: Path) -> None:
    table = rewritten(littleham, b"")
    assert (table.header, table.rows) == ((), ())


def test_long_cells_are_no_fault(littleham: Path) -> None:
    text = "x" * 100_000
    edit(littleham, "awards.csv", "Planting at £2 a reed.", text)
    assert awards(littleham).rows[0].cells["purpose"] == text
    assert csv.field_size_limit() > 1_000_000, "others' limit was changed"


def test_a_missing_file_is_left_to_the_checks(littleham: Path) -> None:
    (littleham / "funds.csv").unlink()
    assert "funds" not in package.read(littleham).tables


def test_pages_are_read_in_order(littleham: Path) -> None:
    (littleham / "pages" / "folder.md").mkdir(parents=True)
    (littleham / "pages" / "b.md").write_bytes(b"\xef\xbb\xbf# B\n")
    (littleham / "pages" / "a.md").write_text("# A\n", encoding="utf-8")
    (littleham / "pages" / "notes.txt").write_text("no page", encoding="utf-8")
    assert [(page.name, page.text) for page in package.read(littleham).prose] == [
        ("a", "# A\n"),
        ("b", "# B\n"),
    ]


def test_a_page_in_another_encoding_is_told(littleham: Path) -> None:
    (littleham / "pages").mkdir()
    (littleham / "pages" / "a.md").write_bytes("café".encode("cp1252"))
    with pytest.raises(UnreadablePackage, match=r"a\.md: this is not UTF-8"):
        package.read(littleham)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "line 1: this is not valid JSON"),
        (b'{\n "name": "a"\n "title": "b"\n}', "line 3: this is not valid JSON"),
        (b"[]", "is not a JSON object"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"[" * 100_000, "nest more than 50 deep"),
        (b"{}", 'no "purse" object'),
    ],
)
def test_a_descriptor_that_is_none(littleham: Path, content: bytes, words: str) -> None:
    (littleham / "datapackage.json").write_bytes(content)
    with pytest.raises(UnreadablePackage, match=words) as raised:
        package.read(littleham)
    assert raised.value.advice


def test_a_folder_without_descriptor(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UsageProblem, match="is not a data package"):
            package.read(folder)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda found: found.pop("purse"), 'no "purse" object'),
        (lambda found: found.update(purse=5), 'no "purse" object'),
        (lambda found: found["purse"].pop("publisher"), 'with a "publisher"'),
        (lambda found: found["purse"]["publisher"].pop("id"), 'publisher has no "id"'),
        (lambda found: found["purse"]["publisher"].update(name=""), 'publisher has no "name"'),
        (lambda found: found["purse"]["publisher"].update(short_name=5), '"short_name"'),
        (lambda found: found["purse"].update(contact=["a"]), '"contact"'),
        (lambda found: found["purse"].update(available={}), '"available"'),
        (lambda found: found.pop("currency"), "does not say its currency"),
        (lambda found: found.update(currency="pounds"), "does not say its currency"),
        *(
            (
                lambda found, path=path: found["sources"][0].update(path=path),
                "no web address|is not a text",
            )
            for path in (
                *(
                    "javascript:alert(1)",
                    "java\tscript:alert(1)",
                    "data:text/html,x",
                    "minutes.pdf",
                ),
                *("//elsewhere.test/", "https://", "https://a b/", "", 5, ["https://a.test/"]),
            )
        ),
        (lambda found: found.pop("resources"), 'no list of "resources"'),
        (lambda found: found.update(resources={}), 'no list of "resources"'),
        (lambda found: found.update(resources=["awards.csv"]), 'no list of "resources"'),
        (lambda found: found.update(name="../../elsewhere"), "web address"),
        (lambda found: found.update(name="Little Ham"), "web address"),
        (lambda found: found["resources"][0].update(name="../funds"), "web address"),
        (lambda found: found["resources"][0].update(name=None), "web address"),
        *(
            (
                lambda found, path=path: found["resources"][0].update(path=path),
                "resource path|have the path",
            )
            for path in (
                *("", None, "../funds.csv", "a/../../funds.csv", "/etc/passwd"),
                *([], ["../funds.csv"], [None], ["a.csv", "A.csv"]),
                *("https://example.org/funds.csv", "a\0b"),
            )
        ),
    ],
)
def test_a_descriptor_that_nothing_can_be_read_by(
    littleham: Path, change: Change, words: str
) -> None:
    def apply(found: dict[str, Any]) -> None:
        change(found)

    edit_descriptor(littleham, apply)
    with pytest.raises(UnreadablePackage, match=words) as raised:
        package.read(littleham)
    assert "datapackage.json" in raised.value.message
    assert raised.value.advice


def test_a_day_of_its_own_that_is_no_date_is_refused_in_plain_words(littleham: Path) -> None:
    def change(descriptor: dict[str, object]) -> None:
        purse = descriptor["purse"]
        assert isinstance(purse, dict)
        purse["as_of"] = "15 November"

    edit_descriptor(littleham, change)
    with pytest.raises(UnreadablePackage, match="not a date") as problem:
        package.read(littleham)
    assert "2026-11-22" in problem.value.advice
