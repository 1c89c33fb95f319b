"""The benchmarks: their packages, their Hugo project, their arithmetic. Nothing is timed here."""

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench import checking, hugo, memory, packages, report, results, rounds, stages, storage
from bench.__main__ import cli
from bench.clock import REST, Clock
from bench.compare import compare
from bench.measure import CommandFailed, Cost, median, run
from bench.results import (
    BUILD,
    CHECK,
    HUGO,
    HUGO_HTML,
    KEPT,
    LEAN,
    LISTED,
    MKDOCS,
    SECOND,
    STOCK,
    Results,
    Size,
)
from generator import background, site
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "develop" / "performance.md"


def cost(wall: float) -> Cost:
    return Cost(wall, wall * 2, round(wall * 1_000_000))


def found(hugo_takes: float = 2.0, *, builder: float = 3.0, awards: int = 10_000) -> Results:
    """Made-up results: our build takes the site builder's time and one second more."""
    whole = {BUILD: builder + 1, SECOND: 1.0, MKDOCS: 40.0, HUGO: hugo_takes, HUGO_HTML: 1.0}
    size = Size(
        awards=awards,
        pages=awards + 283,
        files=12_345,
        bytes=67_000_000,
        whole={name: cost(wall) for name, wall in whole.items()},
        stages={"read": cost(0.25), "check": cost(0.75), "site builder": cost(builder)},
        checks={CHECK: cost(0.1), STOCK: cost(0.6)},
        one_process=True,
    )
    return Results("memory", 3, {"processors": "2"}, (size,))


def only_checked(size: Size) -> Size:
    """As a size has it for which no site was built."""
    checks = {CHECK: cost(8)}
    return replace(size, awards=1_000_000, pages=0, files=0, whole={}, stages={}, checks=checks)


def older(text: str) -> str:
    """Results as they were recorded before checks were measured by themselves."""
    given = json.loads(text)
    for size in given["sizes"]:
        del size["checks"], size["one_process"]
    return json.dumps(given)


def test_packages_are_the_same_at_each_run(tmp_path: Path) -> None:
    first, second = (packages.make(50, tmp_path / name) for name in ("first", "second"))
    names = sorted(path.name for path in first.iterdir())
    assert names == sorted(path.name for path in second.iterdir())
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_packages_have_the_awards_asked_for_and_no_errors(tmp_path: Path) -> None:
    checked = site.check(packages.make(50, tmp_path / "fifty"))
    assert not checked.report.has_errors, checked.report.findings
    assert len(checked.ledger.awards) == 50
    assert len(checked.ledger.recipients) == 10


def test_every_function_of_a_stage_is_there() -> None:
    for stage, module, name in stages.FUNCTIONS:
        assert stage in stages.STAGES
        owner = importlib.import_module(module)
        for part in name.split("."):
            assert hasattr(owner, part), f"{module}.{name} is gone: adapt bench/stages.py"
            owner = getattr(owner, part)


def test_stages_are_of_one_process_and_add_up(tmp_path: Path) -> None:
    assert background._FORKS in (True, False)  # what is set in bench/stages.py
    project, found_there = tmp_path / "project", tmp_path / "stages.json"
    rounds.prepare(project, 60)
    given = [str(project), str(tmp_path / "work"), str(found_there), str(time.monotonic())]
    begun = time.monotonic()
    run([sys.executable, "-m", "bench.stages", *given])
    wall = time.monotonic() - begun
    found = json.loads(found_there.read_text(encoding="utf-8"))
    assert list(found) == list(stages.STAGES), "some stage's functions aren't called any more"
    assert wall * 0.5 < sum(one["wall"] for one in found.values()) <= wall
    assert found["rest"]["wall"] < wall * 0.2


def test_options_are_those_that_builds_have() -> None:
    assert stages.known(("--out", "--no-such-thing")) == ["--out"]
    assert "--out" in stages.build_command(ROOT, ["--out", "elsewhere"])


def test_a_clock_charges_the_innermost_stage_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0

    def work(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(Clock, "_now", staticmethod(lambda: (now, now / 2)))
    clock = Clock()

    def inner() -> Iterator[int]:
        for number in range(3):
            work(1)
            yield number

    def outer() -> int:
        work(10)
        total = 0
        for number in clock.timed("inner", inner)():
            work(100)
            total += number
        return total

    assert clock.timed("outer", outer)() == 3
    work(1000)
    clock.turn()
    assert clock.wall == {REST: 1000, "outer": 310, "inner": 3}
    assert sum(clock.cpu.values()) == now / 2
    assert clock.current() == REST


def test_a_clock_watches_the_functions_of_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "recipients", packages.recipients)
    clock = Clock()
    clock.watch("counting", "bench.packages", "recipients")
    assert packages.recipients(100) == 20
    assert "counting" in clock.wall


def test_a_clock_watches_what_a_class_makes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Maker:
        @cached_property
        def made(self) -> list[int]:
            return [1]

    monkeypatch.setattr(packages, "Maker", Maker, raising=False)
    clock = Clock()
    clock.watch("making", "bench.packages", "Maker.made")
    maker = Maker()
    assert "making" not in clock.wall
    assert maker.made is maker.made
    assert maker.made == [1]
    assert "making" in clock.wall


@pytest.mark.parametrize("who", [CHECK, STOCK])
def test_a_check_is_timed_and_one_that_finds_errors_refused(who: str, tmp_path: Path) -> None:
    package, small = (packages.make(size, tmp_path / f"{size}") for size in (40, 10))
    took = checking.measure(who, package, small)
    assert 0 < took["wall"] < 60
    awards = package / "awards.csv"
    awards.write_text(awards.read_text("utf-8").replace(",grant,", ",gift,", 1), "utf-8")
    with pytest.raises(SystemExit, match=f"{who} finds errors"):
        checking.measure(who, package, small)


def test_of_many_awards_the_package_alone_is_checked(tmp_path: Path) -> None:
    size = rounds.measure(tmp_path / "thirty", 30, range(1), keep=True, build=False)
    assert list(size.checks) == [CHECK, STOCK]
    assert all(one.wall > 0 and one.peak > 0 for one in size.checks.values())
    assert not size.whole
    assert not size.stages
    assert (size.pages, size.files) == (0, 0)


def test_of_many_awards_a_site_of_lists_is_built_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "LISTED_FROM", 30)
    size = rounds.measure(tmp_path / "thirty", 30, range(1), keep=True, build=False)
    assert list(size.whole) == [LISTED]
    made = list((tmp_path / "thirty").glob("old-*/site"))
    assert len(made) == 2, "one whose memory was looked at, and one that was timed"
    for one in made:
        assert (one / "awards" / "index.html").is_file()
        assert not list(one.glob("awards/20*-*-*/index.html"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_memory_counts_children() -> None:
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE) as process:
        while len(known := memory.family(process.pid)) < 2:
            pass
        assert known[0] == process.pid
        for held in (memory.proportional, memory.resident):
            assert held(process.pid) > 0
        process.communicate(b"\n")
    for held in (memory.proportional, memory.resident):
        assert held(process.pid) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_memory_that_a_fork_shares_is_counted_once() -> None:
    script = (
        "import os, sys; held = b'1' * 200_000_000; pid = os.fork(); sum(held[::4096])\n"
        "if pid: print('ready', flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        both = memory.family(process.pid)
        assert len(both) == 2
        assert 200_000_000 < sum(map(memory.proportional, both)) < 300_000_000
        assert sum(map(memory.resident, both)) > 400_000_000
        process.communicate()


@pytest.mark.parametrize("look", [False, True])
def test_a_command_is_measured_with_its_child(look: bool) -> None:
    hungry = "x = b'1' * 200_000_000; sum(x[:5_000_000])"
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hungry!r}])"
    measured = run([sys.executable, "-c", script], look=look)
    assert measured.peak > 200_000_000
    assert measured.cpu > 0
    assert measured.wall > 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_a_look_adds_up_what_processes_hold_at_one_moment() -> None:
    hungry = "import time; held = b'1' * 100_000_000; time.sleep(1)"
    script = (
        "import subprocess, sys\n"
        f"both = [subprocess.Popen([sys.executable, '-c', {hungry!r}]) for _ in range(2)]\n"
        "sys.exit(sum(one.wait() for one in both))"
    )
    assert run([sys.executable, "-c", script], look=True).peak > 200_000_000


def test_a_command_that_stops_is_told() -> None:
    with pytest.raises(CommandFailed, match="no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"])


def test_medians_are_of_each_figure() -> None:
    assert median([Cost(1, 9, 5), Cost(3, 8, 6), Cost(2, 7, 1)]) == Cost(2, 8, 5)


def test_results_survive_their_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "memory.json"
    results.write(path, found())
    assert results.read(path) == found()
    before = results.from_json(older(path.read_text(encoding="utf-8")))
    assert before.sizes[0] == replace(found().sizes[0], checks={}, one_process=False)
    with pytest.raises(results.NoResults, match="RECORD=1"):
        results.read(tmp_path / "disk.json")


def test_new_results_replace_old_ones_of_the_same_size() -> None:
    old = replace(found(), sizes=(*found(awards=1000).sizes, *found().sizes))
    both = results.merged(old, found(9.0))
    assert [size.awards for size in both.sizes] == [1000, 10_000]
    assert [size.whole[HUGO].wall for size in both.sizes] == [2.0, 9.0]


def test_the_line_of_ratios() -> None:
    (size,) = found().sizes
    said = "10000 awards: purse build 2.00x Hugo, 0.10x MkDocs, second build 0.25x the first"
    checked = "our check 100,000 awards/s, 6.00x as fast as Frictionless"
    assert report.ratio_line(size) == f"{said}, {checked}"
    size = replace(size, checks={})
    assert report.ratio_line(size) == said
    said = "1000000 awards: no site built, our check 125,000 awards/s"
    assert report.ratio_line(only_checked(size)) == said
    alone = replace(size, awards=1_000_000, whole={BUILD: cost(200), SECOND: cost(20)})
    said = "1000000 awards: purse build 200.0 s, second build 0.10x the first"
    assert report.ratio_line(alone) == said
    lean = replace(size, whole={**size.whole, LEAN: cost(1)})
    assert "lean build 0.50x Hugo" in report.ratio_line(lean)
    kept = replace(lean, whole={**lean.whole, KEPT: cost(0.5), LISTED: cost(3)})
    said = "lean build 0.50x Hugo, 0.03x MkDocs, lean, shells kept 0.25x Hugo, lean, rows of lists"
    assert f"{said} 3.0 s, second build" in report.ratio_line(kept)
    rows = replace(only_checked(size), whole={LISTED: cost(85)})
    assert report.ratio_line(rows).startswith("1000000 awards: lean, rows of lists 85.0 s, our")


def test_the_tables_go_between_their_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    for _ in range(2):
        report.put(page, found())
    text = page.read_text(encoding="utf-8")
    assert text.count("### On memory-backed storage") == 1
    assert "Medians of 3: processors 2." in text
    assert "**10,000 awards**: 10,283 pages, 12,345 files, 67 MB." in text
    assert "| purse build | 4.00 | 8.00 | 4 | 0.40 | 2.00× | 0.10× |" in text
    assert "| Stage, in one process | 10,000 awards: seconds |" in text
    assert "| site builder | 3.00 | 6.00 | 3 |" in text
    assert "| 10,000 awards: our check | 0.10 | 0.20 | 0 | 100,000 | 6.00× |" in text
    assert "| 10,000 awards: Frictionless | 0.60 | 1.20 | 1 | 16,667 | – |" in text
    assert "| search |" not in text.partition("<!-- bench: end of memory -->")[0]
    page.write_text("# Nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        report.put(page, found())


def test_tables_of_what_was_only_checked_and_of_older_results() -> None:
    (size,) = found().sizes
    text = report.tables(replace(found(), sizes=(size, only_checked(size))))
    assert "**1,000,000 awards**: no site is built, only the data checked." in text
    assert "| 1,000,000 awards: our check | 8.00 | 16.00 | 8 | 125,000 | – |" in text
    assert "1,000,000 awards: seconds" not in text
    rows = replace(only_checked(size), whole={LISTED: cost(85)})
    text = report.tables(replace(found(), sizes=(size, rows)))
    assert "**1,000,000 awards**, no page for each." in text
    assert "| lean, rows of lists | 85.00 | 170.00 | 85 | 0.09 | – | – |" in text
    before = results.from_json(older(results.to_json(found(awards=1000))))
    text = report.tables(before)
    assert "| Stage of the first build | 1,000 awards: seconds |" in text
    assert CHECK not in text
    both = report.tables(results.merged(before, found()))
    assert "1,000 awards: seconds" not in both.replace("10,000", "")


def test_a_slower_machine_is_no_slower_program() -> None:
    slow = found(4.0, builder=6.0)
    assert not any(line.slowed for line in compare(slow, found()) if line.name == "site builder")


def test_a_slower_stage_is_found_and_a_short_one_is_let_be() -> None:
    lines = {line.name: line for line in compare(found(builder=4.0), found())}
    assert [name for name, line in lines.items() if line.slowed] == ["site builder"]
    assert "SLOWER" in str(lines["site builder"])
    (size,) = found().sizes
    short = replace(size, stages={"read": cost(0.01)}), replace(size, stages={"read": cost(0.05)})
    before, after = (replace(found(), sizes=(one,)) for one in short)
    assert not any(line.slowed for line in compare(after, before))


def test_a_size_without_hugo_is_calibrated_by_another() -> None:
    (size,) = found().sizes
    million = replace(size, awards=1_000_000, whole={BUILD: cost(100)})
    before, after = (
        replace(found(takes), sizes=(*found(takes).sizes, million)) for takes in (2, 1)
    )
    lines = [line for line in compare(after, before) if line.awards == 1_000_000]
    assert {line.name: line.recorded for line in lines}[BUILD] == 50
    alone = replace(found(), sizes=(million,))
    assert not list(compare(alone, alone))


@pytest.mark.parametrize(("builder", "code"), [(3.0, 0), (9.0, 1)])
def test_the_comparison_ends_with_a_code(tmp_path: Path, builder: float, code: int) -> None:
    recorded, fresh = tmp_path / "recorded.json", tmp_path / "fresh.json"
    results.write(recorded, found())
    results.write(fresh, found(builder=builder))
    given = ["compare", "--recorded", str(recorded), "--fresh", str(fresh)]
    done = CliRunner().invoke(cli, given)
    assert done.exit_code == code, done.output
    assert ("SLOWER" in done.output) == bool(code)


def test_older_results_are_compared_but_for_their_stages(tmp_path: Path) -> None:
    recorded, fresh = tmp_path / "recorded.json", tmp_path / "fresh.json"
    recorded.write_text(older(results.to_json(found())), encoding="utf-8")
    results.write(fresh, found())
    given = ["compare", "--recorded", str(recorded), "--fresh", str(fresh)]
    done = CliRunner().invoke(cli, given)
    assert done.exit_code == 0, done.output
    assert "10000 stages: not compared" in done.output
    assert "second build" in done.output
    assert "site builder" not in done.output
    assert {line.name for line in compare(found(), found())} > {CHECK, "site builder"}


def test_the_recorded_run_can_be_read() -> None:
    for path in (ROOT / "bench" / "results").iterdir():
        assert results.read(path).storage == path.stem


@pytest.mark.parametrize("sizes", ["", "many", "0", "1000001", "-5"])
def test_sizes_are_numbers_of_awards(sizes: str) -> None:
    done = CliRunner().invoke(cli, ["run"], env={"SIZES": sizes or " "})
    assert done.exit_code == 2
    assert "SIZES='1000 10000'" in done.output


def test_storage_is_told_apart(tmp_path: Path) -> None:
    assert storage.usual().is_dir()
    assert storage.kind(ROOT / "not" / "there") in ("memory", "disk")
    if Path("/dev/shm").is_dir():
        assert storage.kind(Path("/dev/shm/new")) == "memory"
    assert storage.kind(Path("/proc/self/new")) == "disk"


def test_a_site_becomes_a_hugo_project(littleham_site: Path, tmp_path: Path) -> None:
    made = {}
    for name, markdown in (("md", True), ("html", False)):
        count = hugo.make(littleham_site, tmp_path / name, markdown=markdown)
        made[name] = [path for path in (tmp_path / name / "content").rglob("*.*") if path.is_file()]
        assert len(made[name]) == count
    assert len(made["md"]) == len(made["html"]) == len(list(littleham_site.rglob("index.html"))) - 1
    assert {path.suffix for path in made["html"]} == {".html"}
    assert any(path.suffix == ".md" for path in made["md"])


def test_a_layout_has_slots_where_pages_differ(littleham_site: Path, tmp_path: Path) -> None:
    hugo.make(littleham_site, tmp_path, markdown=True)
    layout = (tmp_path / "layouts" / "awards" / "single.html").read_text(encoding="utf-8")
    assert layout.count("{{ .Title }}") == 2
    assert layout.count("{{ .Params.description }}") == 1
    assert layout.count("{{ .Content }}") == 1
    assert layout.count("{{ with .Params.contents }}") == layout.count("{{ end }}") == 1
    pages = (page for page, _ in hugo.pages(littleham_site))
    award = next(page for page in pages if page.url.startswith("awards/"))
    assert award.title not in layout
    assert award.contents
    assert "<h1>" in award.body


def test_a_page_of_another_theme_is_refused() -> None:
    with pytest.raises(hugo.ThemeChanged, match="/awards/one/"):
        hugo.cut("awards/one/", "<html></html>")
    page = hugo.Cut("awards/one/", "One", "", (), "")
    with pytest.raises(hugo.ThemeChanged, match="no place"):
        hugo.layout("<html></html>", page)
    with pytest.raises(hugo.ThemeChanged, match="braces"):
        hugo.layout("<p>{{ x }}</p>", page)
