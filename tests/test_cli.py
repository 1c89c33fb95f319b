"""The command, run as a user runs it: exit codes, plain words, never a traceback."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import cli
from generator.findings import RENDERERS
from tests.conftest import ROOT, edit, edit_descriptor
from tests.running import purse, started


@pytest.mark.alone
def test_help_lists_each_command_within_a_second() -> None:
    begun = time.monotonic()
    done = started("--help")
    assert time.monotonic() - begun < 1
    assert (done.returncode, done.stderr) == (0, "")
    for name, command in cli.commands.items():
        assert f"  {name} " in done.stdout
        assert command.get_short_help_str(40).rstrip(".")[:30] in done.stdout
    assert "Exit codes: 0 all is well; 1 something was found to mend; 2" in " ".join(
        done.stdout.split()
    )


@pytest.mark.parametrize("name", cli.commands)
def test_each_command_has_help(name: str) -> None:
    for option in ("--help", "-h"):
        done = purse(name, option)
        assert done.returncode == 0
        assert f"purse {name} " in done.stdout


def test_version() -> None:
    assert started("--version").stdout.startswith("Public Purse, version ")


def test_clean_data_exits_with_0(littleham: Path) -> None:
    for packages in ((), (littleham, "data/west-mercia-pcc")):
        done = started("check", *packages)
        assert (done.returncode, done.stderr) == (0, "")
        assert "No errors" in done.stdout


def test_errors_in_the_data_exit_with_1(littleham: Path) -> None:
    edit(littleham, "awards.csv", "1200.50", "£1200.50")
    done = started("check", littleham)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"ERROR {littleham}/awards.csv, row 2, column amount [structure]" in done.stdout
    assert "1 error" in done.stdout.splitlines()[-1]


def test_errors_of_several_packages_come_together(littleham: Path, tmp_path: Path) -> None:
    edit(littleham, "awards.csv", "1200.50", "£1200.50")
    other = Path(shutil.copytree(littleham, tmp_path / "other"))
    done = purse("check", littleham, other, "data/west-mercia-pcc")
    assert done.returncode == 1
    assert "2 errors" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("form", RENDERERS)
def test_each_format(littleham: Path, form: str) -> None:
    edit(littleham, "awards.csv", "1200.50", "£1200.50")
    done = purse("check", "--format", form, littleham)
    assert (done.returncode, done.stderr) == (1, "")
    assert "“£1200.50” is not a plain number" in done.stdout
    begins = {
        "text": "ERROR ",
        "json": '{\n  "findings": [',
        "markdown": "**1 error",
        "github": f"::error file={littleham}/awards.csv,line=2,title=structure amount::",
    }
    assert done.stdout.startswith(begins[form])
    if form == "json":
        assert json.loads(done.stdout)["findings"][0]["row"] == 2


def test_any_terminal_can_show_findings(littleham: Path) -> None:
    edit(littleham, "awards.csv", "1200.50", "−£1200.50")
    done = started("check", littleham, PYTHONIOENCODING="ascii")
    assert done.returncode == 1


def test_a_build_of_broken_data_builds_nothing(littleham: Path, tmp_path: Path) -> None:
    edit(littleham, "awards.csv", "1200.50", "£1200.50")
    done = purse("build", "--data", littleham, "--out", tmp_path / "site")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Nothing was built" in done.stderr
    assert not (tmp_path / "site").exists()


def test_schemas_are_refreshed(littleham: Path) -> None:
    assert purse("schemas", littleham).stdout == f"{littleham}: nothing to change\n"
    edit(littleham, "datapackage.json", "The awards. One row", "Awards. One row")
    assert purse("check", littleham).returncode == 1
    assert purse("schemas", littleham).stdout == f"{littleham}: awards\n"
    assert purse("check", littleham).returncode == 0


def told(done: subprocess.CompletedProcess[str], words: str) -> None:
    """Assert that the command says in plain words what is wrong and what to do."""
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert words in done.stderr
    assert "What to do: " in done.stderr


def say(text: str, file: str = "datapackage.json") -> Callable[[Path], None]:
    def change(package: Path) -> None:
        (package / file).write_text(text, encoding="utf-8")

    return change


def descriptor(**changes: object) -> Callable[[Path], None]:
    return lambda package: edit_descriptor(package, lambda found: found.update(changes))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (say("{"), "is not valid JSON"),
        (say(""), "is not valid JSON"),
        (say("[]"), "is not a JSON object"),
        (say("[" * 100_000), "nest more than 50 deep"),
        (descriptor(currency=None), "does not say its currency"),
        (descriptor(purse={}), 'no "purse" object'),
        (descriptor(resources="awards.csv"), 'no list of "resources"'),
        (descriptor(resources=[{"name": "awards", "path": "../awards.csv"}]), "inside the package"),
        (descriptor(name="../../elsewhere"), "web address"),
    ],
)
def test_what_can_not_be_opened_is_a_finding(
    littleham: Path, change: Callable[[Path], None], words: str
) -> None:
    change(littleham)
    done = purse("check", littleham, "--format", "json")
    (found,) = json.loads(done.stdout)["findings"]
    assert (done.returncode, found["code"]) == (1, "structure")
    assert found["file"].endswith("/littleham/datapackage.json")
    assert words in found["message"]
    assert found["mend"]


def test_what_is_no_package_is_told_in_plain_words(tmp_path: Path) -> None:
    told(started("check", tmp_path), "is not a data package")


@pytest.mark.parametrize("command", [("build", "--data"), ("schemas",)])
def test_the_other_commands_tell_it_as_well(littleham: Path, command: tuple[str, ...]) -> None:
    say("{")(littleham)
    told(purse(*command, littleham), "line 1: this is not valid JSON")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Usage: "),
        (("nonsense",), "No such command"),
        (("--nonsense",), "No such option"),
        (("check", "--nonsense"), "No such option"),
        (("check", "--format", "xml"), "is not one of"),
        (("check", "--format"), "requires an argument"),
        (("check", "/nowhere"), "is not a data package"),
        (("check", "{empty}"), "is not a data package"),
        (("check", "{file}"), "is a file"),
        (("check", "--project", "{empty}"), "There is no data package"),
        (("build", "extra"), "unexpected extra argument"),
        (("build", "--project", "{empty}"), "There is no data package"),
        (("build", "--data", "{package}", "--project", "{empty}"), "There is no mkdocs.yml"),
        (("build", "--data", "{package}", "--data", "{package}"), "are both called littleham"),
        (("build", "--data", "{package}", "--out", "{foreign}"), "did not make"),
        (("build", "--data", "{package}", "--out", "{file}"), "is a file"),
        (("build", "--data", "{package}", "--out", "."), "did not make"),
        (("build", "--data", "{package}", "--out", ""), "did not make"),
        (("build", "--data", "{package}", "--out", "/"), "can't be a site"),
        (("build", "--data", "{package}", "--out", "{new}", "--build", "{foreign}"), "not make"),
        (("build", "--data", "{package}", "--out", "{new}", "--build", "{new}"), "can't be both"),
        (("schemas", "{empty}"), "is not a data package"),
        (("serve", "--port", "x"), "is not a valid integer"),
        (("serve", "--port", "99999999"), "is not in the range"),
    ],
)
def test_wrong_commands_exit_with_2_and_say_why(
    littleham: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    places = {name: tmp_path / name for name in ("empty", "foreign", "file", "new")}
    places["empty"].mkdir()
    places["foreign"].mkdir()
    (places["foreign"] / "thesis.doc").write_text("mine", encoding="utf-8")
    places["file"].write_text("mine", encoding="utf-8")
    done = purse(*(one.format(package=littleham, **places) for one in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert sorted(path.name for path in places["foreign"].iterdir()) == ["thesis.doc"]
    assert not places["new"].exists()


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("mkdocs.yml", b"", "is empty"),
        ("mkdocs.yml", b"nav: [a\n", "can't be read"),
        ("mkdocs.yml", b"\xff\xfe", "can't be read"),
        ("mkdocs.yml", b"theme: 5\n", '"theme"'),
        ("mkdocs.yml", b"theme: material\nINHERIT: ../x.yml\n", "takes settings from another file"),
        ("mkdocs.yml", b"{'INHERIT': /etc/passwd}", "takes settings from another file"),
        ("docs/a.md", b"caf\xe9", "not UTF-8"),
        ("build/.purse-files.json", b"{", "is not the list"),
        ("build/notes.txt", b"mine", "did not make"),
    ],
)
def test_a_broken_project_is_told(
    littleham: Path, tmp_path: Path, file: str, content: bytes, words: str
) -> None:
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    (project / "build").mkdir()
    shutil.copy(ROOT / "mkdocs.yml", project)
    (project / file).write_bytes(content)
    done = purse("build", "--data", littleham, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert (project / file).read_bytes() == content
    assert not (project / "site").exists()
