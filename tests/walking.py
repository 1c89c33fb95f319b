"""The clerk's walk-through, done: its steps are read from the guide's pages, none is copied here.

What the pages must keep to, so that both a person and this can follow them:

- "In the sheet `s`, in the first free row:" (or "in the row whose `id` is `x`:"), then a table
  "| Column | Write |".
- "In `file`, as a new last line:", then a `csv` block.
- "In `file`, in the line that begins with `x`, write `new` instead of `old`."
- What the clerk reads stands in block quotes, word for word.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner

from generator.cli import cli
from tests.conftest import ROOT
from tests.workbooks import add, place_of, row_of

GUIDE = ROOT / "docs" / "publish"
OVERVIEW = GUIDE / "walk-through.md"
CHAPTERS = ("first-award", "correction", "withdrawal", "new-year", "new-fund")
"""The chapters that publish something, in the order of the story."""
WORKBOOK, BROWSER = "By workbook", "In the browser"
WAYS = (WORKBOOK, BROWSER)
"""The headings under which the same change stands, once for each way of making it."""
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}

_CELLS = (
    r"^In the sheet `(?P<sheet>\w+)`, in "
    r"(?:the first free row|the row whose `id` is `(?P<row>[^`]+)`):\n\n"
    r"\| Column \| Write \|\n\| --- \| --- \|\n(?P<cells>(?:\|.*\|\n)+)"
)
_LINE = r"^In `(?P<file>[^`]+)`, as a new last line:\n\n```csv\n(?P<line>.*)\n```"
_PART = (
    r"^In `(?P<inside>[^`]+)`, in the line that begins with `(?P<start>[^`]+)`, "
    r"write `(?P<new>[^`]+)` instead of `(?P<old>[^`]+)`\."
)
_STEP = re.compile(f"{_CELLS}|{_LINE}|{_PART}", re.MULTILINE)
_CELL = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Cells:
    """Cells to type into a sheet of the workbook."""

    sheet: str
    row: str | None
    """The id of the row; None for the first free one."""
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A line to add to a file."""

    file: str
    line: str


@dataclass(frozen=True)
class Part:
    """A part of a line to write anew."""

    file: str
    start: str
    old: str
    new: str


Step = Cells | Line | Part


def page(chapter: str) -> str:
    """The text of a chapter."""
    return (GUIDE / "walk-through" / f"{chapter}.md").read_text(encoding="utf-8")


def section(text: str, *headings: str) -> str:
    """What stands below a heading, and a heading below that, until the next of its rank."""
    for rank, heading in enumerate(headings, 2):
        marks = "#" * rank
        found = re.search(
            rf"^{marks} {re.escape(heading)}\n(.*?)(?=^#{{2,{rank}}} |\Z)", text, re.M | re.S
        )
        assert found, f"no heading {heading}"
        text = found[1]
    return text


def steps(text: str) -> list[Step]:
    """The steps of a section, in order."""
    found: list[Step] = []
    for one in _STEP.finditer(text):
        if one["sheet"]:
            found.append(Cells(one["sheet"], one["row"], tuple(_CELL.findall(one["cells"]))))
        elif one["file"]:
            found.append(Line(one["file"], one["line"]))
        else:
            found.append(Part(one["inside"], one["start"], one["old"], one["new"]))
    sentences = len(re.findall("^In (?:the sheet )?`", text, re.MULTILINE))
    assert len(found) == sentences > 0, "a step isn't written as the others are"
    return found


def quoted(text: str) -> list[str]:
    """The lines in block quotes, without blank ones."""
    lines = [line for line in re.findall(r"^> ?(.*)$", text, re.MULTILINE) if line]
    assert lines, "nothing is quoted"
    return lines


def day_of(text: str) -> str:
    """The day on which a chapter's change is published, as it is written into the descriptor."""
    (found,) = (
        one.new
        for one in steps(section(text, BROWSER))
        if isinstance(one, Part) and one.start == '"created"'
    )
    return found


def purse(folder: Path, *words: str) -> tuple[int, str]:
    """Run a command in the project: its exit code, and what it says."""
    given = [*words, "--project", str(folder)]
    done = CliRunner().invoke(cli, given, standalone_mode=False, catch_exceptions=False)
    return int(done.return_value), done.stdout


def git(folder: Path, *words: str) -> None:
    """Run git in the project."""
    surroundings = {**os.environ, **GIT}
    subprocess.run(["git", *words], cwd=folder, env=surroundings, check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    """Put all that changed into the history."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message)


def begun(folder: Path) -> Path:
    """A repository in which a colleague has started the publication, as the overview tells it."""
    folder.mkdir()
    (folder / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (command,) = re.findall(r"^```sh\npurse (new .*)\n```", OVERVIEW.read_text("utf-8"), re.M)
    assert purse(folder, *shlex.split(command))[0] == 0
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "Start our own publication")
    return folder


def package_in(folder: Path) -> Path:
    """The one package of the project."""
    (found,) = (path.parent for path in (folder / "data").glob("*/datapackage.json"))
    return found


def typed(sheet: Any, column: int, text: str) -> object:
    """What a spreadsheet program makes of typed words: text, a number or a day."""
    letter = openpyxl.utils.get_column_letter(column)
    if sheet.column_dimensions[letter].number_format == "@":
        return text
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return float(Decimal(text))  # Excel knows no other numbers
    except InvalidOperation:
        return text


def edit_workbook(path: Path, todo: list[Step]) -> None:
    """Do steps in a workbook, as the clerk does in a spreadsheet program."""
    book = openpyxl.load_workbook(path)
    for step in todo:
        assert isinstance(step, Cells), step
        sheet = book[step.sheet]
        line = row_of(sheet, step.row) if step.row else add(sheet)
        for name, text in step.cells:
            column = place_of(sheet, name)
            sheet.cell(line, column).value = typed(sheet, column, text)
    book.save(path)


def edit_files(folder: Path, todo: list[Step]) -> None:
    """Do steps in the files, as the clerk does in the browser."""
    for step in todo:
        assert isinstance(step, Line | Part), step
        path = folder / step.file
        text = path.read_text(encoding="utf-8")
        if isinstance(step, Line):
            text += f"{step.line}\n"
        else:
            (line,) = (one for one in text.splitlines(True) if one.lstrip().startswith(step.start))
            assert line.count(step.old) == 1, line
            text = text.replace(line, line.replace(step.old, step.new))
        path.write_text(text, encoding="utf-8", newline="")


def fresh_workbook(folder: Path) -> Path:
    """The workbook as the button gives it, in the clerk's own folder."""
    path = folder.parent / "downloads" / f"{package_in(folder).name}.xlsx"
    path.unlink(missing_ok=True)
    assert purse(folder, "workbook", "--out", str(path))[0] == 0
    return path


def upload(folder: Path, path: Path, day: str) -> tuple[int, str]:
    """Put a workbook into the inbox, which is then taken in; what the account of it says."""
    inbox = folder / "data" / "inbox"
    inbox.mkdir(exist_ok=True)
    (inbox / path.name).write_bytes(path.read_bytes())
    commit(folder, "Add files via upload")
    done = purse(folder, "inbox", "--date", day)
    commit(folder, "Import what lay in data/inbox")
    return done


def propose(folder: Path, chapter: str, way: str) -> None:
    """Make a chapter's change on a branch of its own."""
    text = page(chapter)
    git(folder, "switch", "--quiet", "--create", chapter)
    todo = steps(section(text, way))
    if way == WORKBOOK:
        path = fresh_workbook(folder)
        edit_workbook(path, todo)
        code, said = upload(folder, path, day_of(text))
        assert code == 0, said
    else:
        edit_files(folder, todo)
        commit(folder, "Update the tables")


def merge(folder: Path, chapter: str) -> None:
    """Take the change over into what is published."""
    git(folder, "switch", "--quiet", "main")
    git(folder, "merge", "--quiet", "--no-ff", "-m", f"Merge {chapter}", chapter)


def walked(folder: Path, way: str) -> Iterator[tuple[str, str]]:
    """Walk through the chapters; gives each with its comment, after it was merged."""
    begun(folder)
    for chapter in CHAPTERS:
        propose(folder, chapter, way)
        code, said = purse(folder, "check", "--publish")
        assert code == 0, said
        code, comment = purse(folder, "comment", "main")
        assert code == 0, comment
        merge(folder, chapter)
        yield chapter, comment
