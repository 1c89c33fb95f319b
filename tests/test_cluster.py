"""Builds that are shared out to workers: the same bytes as plain ones, whatever is lost."""

import json
import os
import shutil
import signal
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from bench.packages import make
from bench.parquet import as_parquet
from bench.split import split
from generator import elsewhere, manifest
from generator.checks import clean_parts, structure
from generator.cli import cli
from generator.engine import HERE
from generator.errors import UsageProblem
from generator.order import Order, program
from generator.package import fingerprint, read
from generator.progress import Progress
from generator.scope import WHOLE
from tests import cluster
from tests.cluster import needed, purse, start, until
from tests.conftest import ANYSHIRE, edit
from tests.killing import contents

LEAN = ("--no-search", "--no-formats")
LONG = ("awards", "recipients", "award_services", "award_recipients", "award_areas")

IN_PARQUET = ("recipients", "award_recipients")


def _package(folder: Path, awards: int, parts: int, rows: int | None = None) -> Path:
    """A package with its long tables in parts, some of which are Parquet files.

    It is published with so many rows in a file.
    """
    made = as_parquet(split(make(awards, folder), parts, LONG), tables=IN_PARQUET)
    if rows:
        edit(made, "datapackage.json", '"purse": {', f'"purse": {{"rows_in_a_file": {rows},')
    return made


def _manifest(site: Path) -> bytes:
    return (site / manifest.NAME).read_bytes()


@needed
def test_workers_make_the_same_site_though_one_is_killed(tmp_path: Path) -> None:
    """From a package in parts, published in others; a worker is killed as soon as a page of its own
    is there.
    """
    home = cluster.project(tmp_path / "project")
    _package(home / "data" / "benchmark", 300, 3, rows=100)
    purse("build", *LEAN, "--out", tmp_path / "plain", at=home)
    running = start("build", *LEAN, "--workers", 2, "--out", tmp_path / "shared", at=home)
    pages = tmp_path / ".shared.new" / "recipients"
    until(lambda: running.poll() is not None or any(pages.glob("recipient-*")))
    workers = cluster.workers_of(running)
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    said = running.communicate(timeout=300)[0]
    assert running.returncode == 0, said
    assert "tasks" not in said, "it isn't a terminal"
    assert contents(tmp_path / "shared") == contents(tmp_path / "plain")
    parts = tmp_path / "shared" / "data" / "v1" / "benchmark" / "awards_joined"
    assert [one.name for one in sorted(parts.glob("*.csv"))] == [
        f"awards_joined-{number}.csv" for number in (1, 2, 3)
    ]


@needed
@pytest.mark.torture
def test_a_hundred_thousand_awards_on_two_workers(tmp_path: Path) -> None:
    home = cluster.project(tmp_path / "project")
    _package(home / "data" / "benchmark", 100_000, 20, rows=30_000)
    purse("build", "--out", tmp_path / "plain", at=home)
    purse("build", "--out", tmp_path / "shared", "--workers", 2, at=home)
    sites = (tmp_path / "plain", tmp_path / "shared")
    assert _manifest(sites[0]) == _manifest(sites[1])
    assert "nothing differs" in purse("verify", sites[1], at=home)
    for site in sites:
        for one in manifest.parse(_manifest(site)):
            assert manifest.sha256((site / one.path).read_bytes()) == one.sha256


@needed
@pytest.mark.torture
def test_ten_thousand_awards_from_and_to_object_storage(tmp_path: Path) -> None:
    home = cluster.project(tmp_path / "project")
    package = _package(tmp_path / "benchmark", 10_000, 5, rows=3_000)
    purse("build", "--data", package, "--out", tmp_path / "plain", at=home)
    with cluster.storage() as reached:
        cluster.copy(str(package), "s3://registers/benchmark", reached)
        words = ("--data", "s3://registers/benchmark", "--out", "s3://sites/one")
        cluster.copy(str(home / "mkdocs.yml"), "s3://sites/other", reached)
        purse("build", *words, "--workers", 2, at=home, **reached)
        assert "nothing differs" in purse("verify", "s3://sites/one", at=home, **reached)
        cluster.copy("s3://sites/one", str(tmp_path / "made"), reached)
    pointer = json.loads((tmp_path / "made" / elsewhere.TOP).read_text(encoding="utf-8"))
    made = tmp_path / "made" / pointer["site"]
    assert pointer["manifest_sha256"] == manifest.sha256(_manifest(made))
    assert contents(made) == contents(tmp_path / "plain")


@needed
@pytest.mark.torture
def test_a_lost_scheduler_leaves_the_site_and_what_was_written(tmp_path: Path) -> None:
    home = cluster.project(tmp_path / "project")
    package = make(300, home / "data" / "benchmark")
    words = ("build", *LEAN, "--out", tmp_path / "site")
    purse(*words, at=home)
    before = contents(tmp_path / "site")
    edit(package, "awards.csv", "BM/17,", "BM/17 again,")
    new = tmp_path / ".site.new"
    shutil.rmtree(tmp_path / "site-build" / "spare", ignore_errors=True)
    with cluster.scheduler(1) as (address, head):
        running = start(*words, "--cluster", address, at=home)
        until(lambda: running.poll() is not None or any(new.glob("recipients/recipient-*")))
        head.kill()
        said = running.communicate(timeout=120)[0]
    assert running.returncode == 2, said
    assert f"The scheduler at {address} is lost" in said
    assert "Traceback" not in said
    assert contents(tmp_path / "site") == before
    spare = tmp_path / "site-build" / "spare"
    kept = sorted(spare.glob("recipients/recipient-*/index.html"))
    assert kept, "what was written is kept"
    for one in kept:
        os.utime(one, (10**9, 10**9))
    with cluster.scheduler(1) as (address, _):
        purse(*words, "--cluster", address, at=home)
    taken = [tmp_path / "site" / one.relative_to(spare) for one in kept]
    # All but what a worker was about to write when it was lost.
    assert sum(one.stat().st_mtime == 10**9 for one in taken) >= len(taken) - 1, "and taken up"
    assert contents(tmp_path / "site") != before


def test_findings_are_those_of_a_look_at_all_files_at_once(tmp_path: Path) -> None:
    folder = _package(tmp_path / "benchmark", 60, 3)

    def both() -> tuple[bool, bool]:
        found = read(folder)
        return structure.is_clean(found), clean_parts.judged(found, str(folder), HERE)

    assert both() == (True, True)
    awards = (folder / "awards-2.csv").read_text(encoding="utf-8")
    first = (folder / "awards-1.csv").read_text(encoding="utf-8").splitlines()[1]
    for spoilt in (
        awards + first + "\n",  # a key that another file has
        awards.replace("total-value", "whole-value", 1),
        awards.rstrip("\n"),
        awards.replace("id,", "ident,", 1),
        awards.replace("community-grants", "no-such-fund", 1),
        awards.replace("2030-31-", "2030-31-gone-", 1),  # others link to it
    ):
        assert spoilt != awards
        (folder / "awards-2.csv").write_text(spoilt, encoding="utf-8")
        assert both() == (False, False)


@pytest.mark.parametrize("parts", [1, 4])
def test_a_package_that_uses_everything_is_judged_alike(tmp_path: Path, parts: int) -> None:
    folder = Path(shutil.copytree(ANYSHIRE, tmp_path / "anyshire"))
    listed = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    found = read(split(folder, parts, tuple(one["name"] for one in listed)))
    assert clean_parts.judged(found, str(folder), HERE) == structure.is_clean(found)


def test_a_worker_that_would_make_something_else_is_found_out(tmp_path: Path) -> None:
    folder = make(12, tmp_path / "benchmark")
    one = Order(
        key="one",
        package=str(folder),
        fingerprint=fingerprint(folder),
        program=program(),
        prose=(),
        docs=(),
        base_url=None,
        scope=WHOLE,
        shells={},
    )
    assert one.things()
    with pytest.raises(UsageProblem, match="another version"):
        replace(one, program="older").things()
    edit(folder, "awards.csv", "BM/7,", "BM/77,")
    with pytest.raises(UsageProblem, match="isn't the same for a worker"):
        one.things()


def test_progress_is_shown_on_a_terminal_alone() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    seconds = iter(range(0, 1000, 30))
    for stream, shown in ((Terminal(), True), (StringIO(), False)):
        progress = Progress(stream, lambda: next(seconds))
        progress.say("2 workers")
        one_more = progress.begin(3, "pages")
        for made in (1200, 300, 1):
            one_more(made)
        text = stream.getvalue()
        assert ("1 of 3 tasks, 1,200 pages, about 60 seconds left" in text) is shown
        assert ("\r3 of 3 tasks, 1,501 pages" in text) is shown
        assert bool(text) is shown


def test_without_the_extra_a_cluster_says_what_to_install(tmp_path: Path) -> None:
    for words in (["--workers", "2"], ["--cluster", "tcp://127.0.0.1:1"]):
        done = CliRunner().invoke(cli, ["build", "--out", str(tmp_path / "site"), *words])
        assert isinstance(done.exception, UsageProblem)
        assert "public-purse[cluster]" in str(done.exception)
    both = ["build", "--workers", "2", "--cluster", "tcp://127.0.0.1:1"]
    assert "two ways" in str(CliRunner().invoke(cli, both).exception)
    words = ["build", "--data", "s3://registers/one"]
    assert "public-purse[cluster]" in str(CliRunner().invoke(cli, words).exception)
