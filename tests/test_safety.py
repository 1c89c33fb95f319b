"""Each place with the function that writes texts for it: what is read back there is the text."""

import csv
import html
import io
import json
import re
import string
import urllib.parse
from collections.abc import Callable
from xml.etree import ElementTree

import jinja2
import openpyxl
import pytest
import yaml
from markdown import markdown
from markdown_it import MarkdownIt
from markupsafe import Markup

from generator import safety, spreadsheets, urls
from generator.canonical import csv_bytes
from generator.findings import RENDERERS, Finding, Severity
from tests.conftest import ROOT
from tests.hostile.injections import GROUPS, LINKS, TEXTS
from tests.hostile.markup import Read
from tests.hostile.stuffing import harmless

OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]"
)
"""What must never reach a terminal as it is."""
EXTENSIONS = ["attr_list", "def_list", "tables", "fenced_code", "toc"]
GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


ALL = tuple(text for group in GROUPS.values() for text in group)
of_each_group = pytest.mark.parametrize("group", GROUPS)


def _seen(text: str) -> str:
    """A text as a page says it: two marks that Markdown uses for itself can't be shown."""
    return re.sub("[\x02\x03]", "\ufffd", text)


@pytest.mark.parametrize("write", [safety.html, safety.theme_words], ids=["html", "theme_words"])
@of_each_group
def test_html(group: str, write: Callable[[str], str]) -> None:
    for text in GROUPS[group]:
        written = str(write(text))
        inside = Read(f'<p title="{written}">{written}</p>')
        assert inside.tags == [("p", (("title", _seen(text)),))]
        assert inside.text == _seen(text)
        assert "\n" not in written
        assert "'" not in written, "attributes in single quotes are safe too"


@of_each_group
def test_a_template_of_the_theme(group: str) -> None:
    for text in GROUPS[group]:
        source = f"{{# x #}}<p>{safety.theme_words(text)}</p>{{{{ 'end' }}}}"
        made = jinja2.Environment(autoescape=False).from_string(source).render()
        assert Read(made).text == f"{_seen(text)}end"
        assert not re.search("purse-?slot", made, re.IGNORECASE)


@of_each_group
def test_a_body_in_markdown(group: str) -> None:
    for text in GROUPS[group]:
        body = f"<h1>{safety.html(text)}</h1>\n\n## {safety.heading(text)} {{#a}}\n\n<p>end</p>"
        read = Read(markdown(body, extensions=EXTENSIONS))
        assert read.tags == [("h1", ()), ("h2", (("id", "a"),)), ("p", ())]


@of_each_group
def test_front_matter(group: str) -> None:
    for text in GROUPS[group]:
        found = list(yaml.safe_load_all(f"title: {safety.front_matter(text)}\nend: 1\n"))
        assert found == [{"title": text, "end": 1}]


@of_each_group
def test_json_in_html(group: str) -> None:
    for text in GROUPS[group]:
        written = safety.json_in_html({"name": text, text: 1})
        assert not set("<>&\u2028\u2029") & set(written)
        assert json.loads(written) == {"name": text, text: 1}


@of_each_group
def test_xml(group: str) -> None:
    for text in GROUPS[group]:
        element = ElementTree.Element("title", {"x": safety.xml_text(text)})
        element.text = safety.xml_text(text)
        (read,) = ElementTree.fromstring(f"<a>{ElementTree.tostring(element).decode()}</a>")
        assert len(read) == 0
        assert (read.text or "").replace("\n", "") == safety.xml_text(text).replace("\n", "")


@of_each_group
def test_a_line_of_markdown(group: str) -> None:
    for text in GROUPS[group]:
        made = f"- Name: {safety.markdown_line(text)}\n- After: it\n"
        for read in (Read(GITHUB.render(made)), Read(markdown(made, extensions=EXTENSIONS))):
            assert [tag for tag, _ in read.tags] == ["ul", "li", "li"]


@of_each_group
def test_a_cell_on_github(group: str) -> None:
    for text in GROUPS[group]:
        written = safety.markdown_cell(text)
        read = Read(GITHUB.render(f"| a |\n| --- |\n| {written} |\n"))
        tags = [tag for tag, _ in read.tags if tag not in ("wbr", "span")]
        assert tags == ["table", "thead", "tr", "th", "tbody", "tr", "td"]
        cell = read.text.strip()[1:].replace("\u200b", "").strip()
        assert cell == safety.one_line(" ".join(text.split())), "nothing is lost or added"
        assert not re.search(
            r"://|www\.|[@#]\w|\$[^<]*\$|[0-9a-f]{7}", written.replace("&#8203;", "|")
        )
        assert not OBEYED.search(written)


@of_each_group
def test_a_terminal_and_a_workflow_command(group: str) -> None:
    for text in GROUPS[group]:
        assert not OBEYED.search(safety.one_line(text))
        assert "\n" not in safety.one_line(text)
        assert json.loads(safety.terminal_json({"a": text})) == {"a": text}
        assert not OBEYED.search(safety.terminal_json({"a": text}))
        for written in (safety.command_data(text), safety.command_property(text)):
            assert not OBEYED.search(written)
            assert "\n" not in written
        assert not set(":,") & set(safety.command_property(text))


@pytest.mark.parametrize("form", RENDERERS)
def test_a_finding_says_nothing_that_is_obeyed(form: str) -> None:
    found = [
        Finding("x", Severity.ERROR, text, text, text, row, text, text)
        for row, text in enumerate(ALL)
    ]
    calm = [
        Finding("x", Severity.ERROR, text, text, text, row, text, text)
        for row, text in enumerate(map(harmless, ALL))
    ]
    said, twin = RENDERERS[form](found), RENDERERS[form](calm)
    assert not OBEYED.search(said)
    if form != "json":
        assert said.count("\n") == twin.count("\n")
    if form == "github":
        commands = [line for line in said.splitlines() if line.startswith("::")]
        assert all(line.startswith("::error file=") for line in commands)
        assert not [line for line in said.splitlines() if line.startswith("##[")]


def test_a_csv_and_a_workbook() -> None:
    rows = [{"a": text} for text in ALL]
    read = list(csv.DictReader(io.StringIO(csv_bytes(("a",), rows).decode(), newline="")))
    assert read == rows
    texts = [text for text in (*TEXTS, *LINKS) if text.isprintable()]
    out = io.BytesIO()
    book = spreadsheets.new_book(out)
    sheet = book.add_worksheet("a")
    for row, text in enumerate(texts):
        sheet.write(row, 0, spreadsheets.fitted(text))
    book.close()
    cells = openpyxl.load_workbook(out)["a"]["A"]
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", text) for text in texts]


@of_each_group
def test_an_address(group: str) -> None:
    for text in GROUPS[group]:
        for made in (
            urls.new_issue("https://a.example/b", text, "https://c.example/"),
            urls.mail("a@b.example", text, "https://c.example/"),
        ):
            assert re.fullmatch(
                r"(https://a\.example/b/issues/new|mailto:a@b\.example)\?[\w%=&.+~-]*", made
            )


def _unslashed(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _unspanned(text: str) -> str:
    return html.unescape(_unslashed(re.sub("</?span>|&#8203;", "", text)))


@pytest.mark.parametrize(
    ("write", "marks", "read"),
    [
        (safety.html, "&<>\"'\t\n\r", html.unescape),
        (safety.theme_words, "&<>\"'{}\t\n\r", html.unescape),
        (safety.kept, "\t\n\r", html.unescape),
        (safety.heading, "&<>\"'\\`*_{}[]!|~^+=:()-#.\t\n\r", html.unescape),
        (safety.markdown_line, "\\`*_[]<>&#|~!", _unslashed),
        (safety.markdown_cell, "\\`*_[]<>&|~$@", _unspanned),
        (safety.command_data, "%\n\r", urllib.parse.unquote),
        (safety.command_property, "%:,\n\r", urllib.parse.unquote),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_place_spells_out_its_own_marks_and_no_other(
    write: Callable[[str], object], marks: str, read: Callable[[str], str]
) -> None:
    for mark in sorted({*string.punctuation, *"a0", *marks}):
        text = f"q{mark} q"
        written = str(write(text))
        assert (written != text) == (mark in marks), written
        assert read(written) == text


@pytest.mark.parametrize(
    ("write", "text", "written"),
    [
        (safety.html, "a\x02b", "a\ufffdb"),
        (safety.html, "a\x03b", "a\ufffdb"),
        (safety.kept, Markup("<p>\n"), "<p>\n"),
        (safety.theme_words, "PurseSlot purse-slot", "&#80;urseSlot &#112;urse-slot"),
        (safety.theme_words, "a purse-slope", "a purse-slope"),
        (safety.json_in_html, {"é": ["<", 1]}, '{"é":["\\u003c",1]}'),
        (safety.markdown_line, " a \n b\t", "a b"),
        (safety.markdown_cell, " a \n b\t", "a b"),
        (safety.markdown_cell, "$", "<span>$</span>"),
        (safety.markdown_cell, "@a", "@&#8203;a"),
        (safety.markdown_cell, "a" * 7, "aaaaaa<wbr>a"),
        (safety.markdown_cell, "012345F", "012345<wbr>F"),
        (safety.markdown_cell, "6789bcd", "6789bc<wbr>d"),
        (safety.markdown_cell, "9876543", "987654<wbr>3"),
        (safety.markdown_cell, "understand facades", "understand facades"),
        (safety.command_data, "a\tb", "a\\tb"),
        (safety.one_line, "a\n\x1b\u202eb", "a\\n\\x1b\\u202eb"),
        (safety.terminal_json, {"é": "\xad"}, '{\n  "é": "\\u00ad"\n}'),
    ],
)
def test_what_is_written(write: Callable[[object], object], text: object, written: str) -> None:
    assert str(write(text)) == written


@pytest.mark.parametrize(
    ("write", "spelt", "left"),
    [
        (
            safety.xml_text,
            "\0\x08\x0b\x0c\x0e\x1f\ud800\udfff\ufffe\uffff",
            "\t\n\r \x7f\u0800\ud7ff\ue000\uf000\ufffd\U00010000\U0001f986\U0010ffff",
        ),
        (
            safety.front_matter,
            "\x7f\x80\x9f\u2028\u2029\ufeff\ufffe\uffff",
            "~\xa0\u0800\u2027\u202a\ufefe\uff00\ufffd\U0010ffff",
        ),
        (
            safety.terminal_json,
            "\x7f\x9f\xad\u061c\u200b\u200f\u2028\u202e\u2060\u2066\u206f\ufeff",
            "~\xa0\xac\xae\u061b\u061d\u1000\u200a\u2010\u2027\u202f\u205f\u2070\ufe00\uff00",
        ),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_the_ends_of_each_range(write: Callable[[str], str], spelt: str, left: str) -> None:
    assert [mark for mark in spelt if mark in write(mark)] == []
    assert [mark for mark in left if mark not in write(mark)] == []


def test_a_letter_that_xml_may_not_hold_leaves_a_sign() -> None:
    assert safety.xml_text("a\0b") == "a\ufffdb"


def test_nobody_calls_data_markup_but_those_who_say_why() -> None:
    """Templates escape all by themselves, and no filter or block says otherwise."""
    for path in (ROOT / "generator").rglob("*"):
        if path.suffix in (".html", ".md"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\|\s*(safe|tojson|xmlattr)\b|autoescape|Markup", text), path
        if path.suffix == ".js":
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text
            )
    found = {
        path.relative_to(ROOT / "generator").as_posix()
        for path in (ROOT / "generator").rglob("*.py")
        if re.search(r"\bMarkup\(\s*(?![\"'])", path.read_text(encoding="utf-8"))
    }
    assert found == {
        "charts/svg.py",
        "pages/frame.py",
        "pages/page.py",
        "pages/recipients.py",
        "safety.py",
    }
