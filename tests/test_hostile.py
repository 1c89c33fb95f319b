"""Whatever arrives, it is told in plain words or read right: the cases of tests/hostile."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

from generator import handwritten, package, site
from generator.cli import cli
from generator.errors import PurseError, UnreadablePackage, UsageProblem
from generator.findings import RENDERERS, Finding, Severity, of_unreadable
from generator.imports import mapping
from tests.conftest import LITTLEHAM, ROOT, build
from tests.hostile import cells, descriptors, parquets, texts  # noqa: F401 - registers cases
from tests.hostile.base import CASES, Case
from tests.hostile.large import LARGE

SECONDS, MEGABYTES = 10, 500
OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\u200b\ufeff]"
)
"""What must never reach a terminal as it is."""


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for the network fails the test."""

    def refuse(*asked: object, **_: object) -> NoReturn:
        pytest.fail(f"the network was asked for: {asked}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@contextmanager
def in_time() -> Iterator[None]:
    """A time that ends with a failure when it lasts too long."""

    def ring(*_: object) -> NoReturn:
        pytest.fail(f"it took longer than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def found_in(folder: Path) -> tuple[Finding, ...]:
    """What `purse check` finds."""
    try:
        return site.check(folder).report.findings
    except UnreadablePackage as problem:
        return (of_unreadable(problem),)


def is_meant(one: Finding, case: Case, folder: Path) -> bool:
    return (
        one.code == case.code
        and (not case.file or one.file == f"{folder}/{case.file}")
        and case.row in (None, one.row)
        and case.says in one.message
        and bool(one.mend)
    )


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)
def test_a_hostile_package_is_told_or_right(case: Case, littleham: Path) -> None:
    case.make(littleham)
    with in_time():
        findings = found_in(littleham)
    if case.code is None:
        assert not [one for one in findings if one.severity is Severity.ERROR]
    else:
        assert any(is_meant(one, case, littleham) for one in findings), findings
    for render in RENDERERS.values():
        assert not OBEYED.search(render(findings))


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)
def test_other_commands_end_in_words(case: Case, littleham: Path) -> None:
    case.make(littleham)
    for command in (["format", "--check"], ["changes", str(LITTLEHAM)]):
        with in_time():
            done = CliRunner().invoke(cli, [*command, str(littleham)], standalone_mode=False)
        assert done.exception is None or isinstance(done.exception, PurseError), done.exception
        assert not re.search("[\x1b\x9b\u202e]", done.output)


def test_a_case_says_what_it_tries() -> None:
    for tries in (*(one.tries for one in CASES.values()), *(one.tries for one in LARGE.values())):
        assert re.fullmatch(r"[A-Z].+[.!?”]", tries), tries


_APART = f"""
import resource, subprocess, sys
def limit():
    resource.setrlimit(resource.RLIMIT_CPU, ({3 * SECONDS}, {3 * SECONDS}))
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
done = subprocess.run(
    [sys.executable, "-m", "generator", *sys.argv[1:]],
    stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, preexec_fn=limit,
)
print("\\n", done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Between us and the command: a process has what its parent held when it was forked, and we hold
much."""


def run_apart(arguments: list[str]) -> tuple[int, str, float, float]:
    """Run a command with limits: its code, what it said, its seconds and its megabytes."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _APART, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    said, _, told = done.stdout.rstrip().rpartition("\n")
    code, kilobytes = map(int, told.split())
    return code, said, time.perf_counter() - started, kilobytes / 1024


@pytest.mark.parametrize("name", LARGE)
def test_what_has_no_end_is_told_soon_and_in_little_memory(name: str, littleham: Path) -> None:
    large = LARGE[name]
    large.make(littleham)
    beside = littleham.parent / large.file
    command = ["import", str(beside), "--to", str(littleham.parent / "pond"), "--currency", "GBP"]
    code, said, seconds, megabytes = run_apart(
        command if beside.exists() else ["check", str(littleham)]
    )
    assert code == (2 if beside.exists() else 1), said
    assert large.file in said
    assert large.says in said
    assert "fault" not in said
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    assert not (littleham.parent / "pond").exists()


def test_a_file_that_may_not_be_read_is_told(
    littleham: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "awards.csv":
            raise PermissionError(13, "Permission denied")
        return plain(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (found,) = found_in(littleham)
    assert found.file.endswith("/awards.csv")
    assert "Permission denied" in found.message


def test_a_package_that_is_a_link_out_of_data_is_told(littleham: Path, tmp_path: Path) -> None:
    (tmp_path / "project" / "data").mkdir(parents=True)
    (tmp_path / "project" / "data" / "pond").symlink_to(littleham)
    with pytest.raises(UnreadablePackage, match="leads out of its folder"):
        package.find(tmp_path / "project" / "data")


@pytest.mark.parametrize("name", ["page.md", "picture.png"])
def test_a_link_in_docs_is_not_followed(tmp_path: Path, name: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "docs" / name).symlink_to(tmp_path / "secret")
    with pytest.raises(UsageProblem, match=rf"{name}: .* leads out of its folder"):
        list(handwritten.project_docs(tmp_path / "docs"))


def test_front_matter_that_grows_without_end_is_refused(littleham: Path) -> None:
    descriptors.page_with_a_yaml_bomb(littleham)
    with in_time(), pytest.raises(UsageProblem, match=r"a\.md, line 3: the YAML has references"):
        list(handwritten.package_pages(package.read(littleham)))


@pytest.mark.parametrize(
    "text",
    ["site_name: [&a [x, x], *a, *a]\n", "c: &c [*c]\n", "nav: " + "[" * 100_000],
    ids=["references", "circle", "deep"],
)
def test_settings_that_are_a_bomb_are_told(littleham: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"theme: material\n{text}", encoding="utf-8")
    command = ["build", "--data", str(littleham), "--project", str(tmp_path)]
    with in_time():
        done = CliRunner().invoke(cli, command, standalone_mode=False)
    assert isinstance(done.exception, UsageProblem)
    assert "mkdocs.yml, line 2: the YAML has references" in done.exception.message
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "text",
    [
        "columns:\n  a: &a [x, x]\n  b: &b [*a, *a]\n  c: [*b, *b]\n",
        "columns: &x\n  a: *x\n",
        "columns: " + "[" * 100_000,
        "columns: !!python/object/apply:os.system ['true']\n",
        "a: " * 2_000,
    ],
    ids=["references", "circle", "deep", "code", "nested"],
)
def test_a_mapping_that_is_a_bomb_is_told(text: str) -> None:
    with in_time(), pytest.raises(UsageProblem):
        mapping.parse(text, "mapping.yml")


def test_what_is_strange_but_right_builds(littleham: Path, tmp_path: Path) -> None:
    cells.formulas(littleham)
    cells.financial_year_9999(littleham)
    cells.year_9999(littleham)
    cells.source_order_huge(littleham)
    (littleham / "awards.csv").write_text(
        (littleham / "awards.csv")
        .read_text(encoding="utf-8")
        .replace("Ducks", "e" + "\u0301" * 9000),
        encoding="utf-8",
    )
    built = build(littleham, tmp_path / "site")
    html = (built / "awards" / "2031-32-2" / "index.html").read_text(encoding="utf-8")
    assert "=HYPERLINK" in html


@pytest.mark.parametrize("again", ["Mary ", "\t", "1,000", "(", "a@"])
def test_no_text_keeps_the_patterns_busy(littleham: Path, again: str) -> None:
    text = again * (50_000 // len(again))
    cells.title(littleham, f"x{text}")
    (littleham / "pages").mkdir()
    (littleham / "pages" / "a.md").write_text(f"# A\n{text}!", encoding="utf-8")
    with in_time():
        found_in(littleham)


def test_the_terminal_obeys_nothing_in_a_name(tmp_path: Path) -> None:
    named: Any = tmp_path / "gr\x1b[31mants\u202e.csv"
    shutil.copy(LITTLEHAM / "funds.csv", named)
    _, said, _, _ = run_apart(["import", str(named), "--to", str(tmp_path / "pond")])
    assert "neither a 360Giving file" in said
    assert not OBEYED.search(said)
