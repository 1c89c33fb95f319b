"""The documentation tells the truth: commands, options, modules, imports, links, examples."""

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from generator.checks import rules
from generator.cli import cli
from tests.conftest import ROOT

README = ROOT / "README.md"
TARGETS = set(
    re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)
ARCHITECTURE = ROOT / "docs" / "develop" / "architecture.md"
CONTRIBUTING = ROOT / "docs" / "develop" / "contributing.md"
START = ROOT / "docs" / "publish" / "start-your-own.md"
THREATS = ROOT / "docs" / "develop" / "threat-model.md"
SUPPLY = ROOT / "docs" / "develop" / "supply-chain.md"
GENERATOR = ROOT / "generator"
LINKED = (
    README,
    ROOT / "CHANGELOG.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs" / "develop").rglob("*.md")),
    *sorted((ROOT / "docs" / "publish").rglob("*.md")),
)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands_in(path: Path) -> list[list[str]]:
    """The lines of a page's shell blocks as words, comments left out."""
    lines = "".join(_BLOCK.findall(text_of(path))).splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def options_of(command: click.Command) -> set[str]:
    context = click.Context(command, **command.context_settings)
    return {
        name
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option)
        for name in (*parameter.opts, *parameter.secondary_opts)
    }


def test_every_command_and_option_is_in_the_readme() -> None:
    text = text_of(README)
    for name, command in cli.commands.items():
        assert f"`purse {name}" in text
        for option in options_of(command) | options_of(cli):
            assert f"`{option}`" in text, f"purse {name} {option} is not in the README"


def test_the_readme_names_no_option_that_is_not_there() -> None:
    known = options_of(cli).union(*map(options_of, cli.commands.values()))
    table = text_of(README).split("| Option |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(--?[a-z0-9-]+)`", table)) == known


def assert_can_be_given(words: list[str]) -> None:
    """A `purse` command takes these words, or `make` has the target; others are let through."""
    program = words[0].removeprefix(".venv/bin/")
    if program == "purse":
        cli.commands[words[1]].make_context(words[1], words[2:])
    if program == "make":
        assert words[1] in TARGETS, f"make {words[1]} is no target"


@pytest.mark.parametrize("page", [README, CONTRIBUTING, START], ids=lambda path: path.stem)
def test_commands_in_code_blocks_can_be_given(page: Path) -> None:
    commands = commands_in(page)
    assert commands
    for words in commands:
        assert_can_be_given(words)
    mentioned = re.findall(r"`make ([a-z-]+)`", text_of(page))
    assert set(mentioned) <= TARGETS


def test_the_gitlab_pipeline_runs_what_is_there() -> None:
    (block,) = re.findall(r"^```yaml\n(.*?)^```", text_of(START), re.MULTILINE | re.DOTALL)
    pipeline = yaml.safe_load(block)
    assert set(pipeline) == {"image", "check", "pages"}
    for job in ("check", "pages"):
        for line in pipeline[job]["script"]:
            assert_can_be_given(shlex.split(line))
    assert pipeline["pages"]["script"][-1] == "mv site public"
    assert pipeline["pages"]["artifacts"] == {"paths": ["public"]}


def test_the_guide_to_start_answers_every_question(tmp_path: Path) -> None:
    command = ["new", "my-funder", "--project", str(tmp_path)]
    said = CliRunner().invoke(cli, command, input="\n" * 9).output.partition("Made ")[0]
    questions = re.findall(r"^([A-Z][^\[(:]+?) *[\[(:]", said, re.MULTILINE)
    assert len(questions) == 9, said
    table = text_of(START).split("| It asks |")[1].split("\n\n")[0]
    for question in questions:
        assert f"| {question} |" in table


def test_the_readme_example_is_on_a_built_page(littleham_site: Path) -> None:
    example = re.search(r"^```html\n(.*?)^```", text_of(README), re.MULTILINE | re.DOTALL)
    assert example
    assert " ".join(example[1].split()) in text_of(littleham_site / "index.html")


@pytest.mark.parametrize(
    "page", [THREATS, SUPPLY, ROOT / "SECURITY.md"], ids=lambda path: path.stem
)
def test_what_is_said_to_protect_is_there(page: Path) -> None:
    """Files, rules and targets that the page names; a plain name may be a module or a workflow."""
    homes = (ROOT, GENERATOR, ROOT / ".github" / "workflows")
    codes = {one.code for one in rules()}
    for name in re.findall(r"`([^`\s]+)`", text_of(page)):
        if re.fullmatch(r"[\w./-]+\.(py|yml|toml)|[a-z./]+[a-z]/", name):
            found = any((home / name).exists() for home in homes)
            assert found or name == "data/inbox/", f"{page.name} names {name}"
        if re.fullmatch(r"R\d\d-[a-z-]+", name):
            assert name in codes, f"{page.name} names {name}"
    for target in re.findall(r"`make ([a-z-]+)`", text_of(page)):
        assert target in TARGETS


def modules() -> dict[str, Path]:
    """Each module by its dotted name."""
    found = {}
    for path in GENERATOR.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def listed() -> list[str]:
    """The modules in the table of architecture.md, from top to bottom, as paths."""
    return re.findall(r"^\| `([\w/]+\.py)` \|", text_of(ARCHITECTURE), re.MULTILINE)


def test_architecture_names_every_module_and_no_other() -> None:
    names = [path.relative_to(GENERATOR).as_posix() for path in modules().values()]
    assert sorted(listed()) == sorted(names)


@pytest.mark.parametrize("page", LINKED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_to_local_files_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(text_of(page)):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = page.parent / target if target else page
        assert file.exists(), f"{page.name} links to {link}"
        if anchor and file.suffix == ".md":
            assert anchor in anchors_of(file), f"{page.name} links to {link}"


def anchors_of(page: Path) -> set[str]:
    """The anchors of a page's headings: those given, and those made from the words."""
    found = set()
    for heading in re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE):
        given = re.search(r"\{#([\w-]+)\}\s*$", heading)
        words = re.sub(r"[^\w\- ]", "", heading.lower()).strip()
        found.add(given[1] if given else words.replace(" ", "-"))
    return found


def test_every_decision_is_listed_and_numbered_in_order() -> None:
    files = sorted(path.name for path in (ROOT / "docs" / "develop" / "decisions").iterdir())
    assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    assert re.findall(r"\(decisions/([^)]+)\)", text_of(ARCHITECTURE)) == files
