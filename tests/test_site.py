"""The whole build: same bytes, safe swaps, a second publisher, the contract with builders."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import manifest
from generator.cli import cli
from generator.write_site import MARK
from tests.conftest import LITTLEHAM, ROOT, WEST_MERCIA, edit
from tests.crawler.crawl import crawl
from tests.running import purse, started


def tree(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this repository's site: its mkdocs.yml, docs and data."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def test_same_input_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "site", tmp_path / "b" / "deeper" / "other"
    one = started("build", "--out", first, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1")
    two = started("build", "--out", second, TZ="America/Lima", LC_ALL="C.UTF-8", PYTHONHASHSEED="2")
    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr
    assert tree(first) == tree(second)
    docs = (first.with_name("site-build"), second.with_name("other-build"))
    assert tree(docs[0]) == tree(docs[1])


def test_a_penny_stops_the_build_and_leaves_the_site(west_mercia: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert purse("build", "--data", west_mercia, "--out", out).returncode == 0
    before = tree(out)
    edit(west_mercia, "awards.csv", "625940.00", "625940.01")
    checked = purse("check", west_mercia)
    built = purse("build", "--data", west_mercia, "--out", out)
    assert (checked.returncode, built.returncode) == (1, 1)
    for said in (checked.stdout, built.stderr):
        assert re.search(r"stated_figures\.csv, row \d+, column amount", said)
        assert "awards.csv, rows 2–12, column amount" in said
        assert "victims-total-2020-21" in said
        for amount in ("£3,549,244.02", "£3,549,244.03", "£0.01"):
            assert amount in said
        assert "Traceback" not in said
    assert tree(out) == before


def test_a_broken_page_stops_the_build_and_leaves_the_site(project: Path) -> None:
    assert purse("build", "--project", project).returncode == 0
    before = tree(project / "site")
    page = project / "docs" / "privacy.md"
    page.write_text(page.read_text() + "\n[nowhere](no-such-page.md)\n")
    built = purse("build", "--project", project)
    assert built.returncode == 2
    assert "no-such-page.md" in built.stderr
    assert "Traceback" not in built.stderr
    assert tree(project / "site") == before
    assert not list(project.glob(".site*"))


def test_mkdocs_build_at_the_top_makes_the_same_site(project: Path, tmp_path: Path) -> None:
    assert purse("build", "--no-stamp", "--project", project).returncode == 0
    other = tmp_path / "by-mkdocs"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", other],
        cwd=project,
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "NO_MKDOCS_2_WARNING": "1"},
    )
    after = {MARK, manifest.NAME}  # what purse adds once the builder has run
    ours = {name: its for name, its in tree(project / "site").items() if name not in after}
    assert ours == tree(other)


def test_a_second_publisher_has_no_trace_of_the_first(littleham_site: Path) -> None:
    assert crawl(littleham_site) == []
    for path in littleham_site.rglob("*"):
        if path.suffix in (".html", ".csv", ".json", ".xml", ".txt"):
            text = path.read_text(encoding="utf-8").lower()
            assert not re.search("mercia|campion|telford", text), path
            # The word is explained to readers of any site, and said of this one nowhere.
            assert "unofficial:" not in text, path
    home = (littleham_site / "index.html").read_text(encoding="utf-8")
    assert "Littleham Parish Council (fictional)" in home


def test_nothing_of_the_first_publisher_is_in_the_product() -> None:
    places = [*(ROOT / "generator").rglob("*"), *(ROOT / "schemas").rglob("*.json")]
    places += (ROOT / "docs").glob("*.md")
    for path in places:
        if path.is_file() and path.suffix not in (".pyc", ".bin", ".png"):
            text = path.read_text(encoding="utf-8").lower()
            assert not re.search(r"\b(mercia|campion|telford|shropshire)\b", text), path


def test_only_the_sections_are_in_the_menu(west_mercia_site: Path) -> None:
    page = (west_mercia_site / "awards" / "2020-21-v01" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)" class="md-(?:tabs|nav)__link', page)
    assert links, "the menu is gone"
    assert {link for link in links if not link.startswith("#")} == {
        "../..",
        *(f"../../{name}/" for name in ("funds", "recipients", "money", "how-it-works", "data")),
        "../",
    }


def test_every_page_says_whose_it_is_and_that_it_is_unofficial(west_mercia_site: Path) -> None:
    for path in west_mercia_site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "Unofficial: compiled from the Commissioning and Grants Strategy" in text, path
        assert "Police and Crime Commissioner for West Mercia" in text, path
        assert "not stated by the source" in text, path


@pytest.mark.alone
def test_home_is_light_and_the_build_quick(west_mercia_site: Path, tmp_path: Path) -> None:
    assert (west_mercia_site / "index.html").stat().st_size < 60_000
    seconds = []
    for _ in range(2):
        begun = time.monotonic()
        assert started("build", "--out", tmp_path / "site").returncode == 0
        seconds.append(time.monotonic() - begun)
    assert min(seconds) < 5, f"the build took {min(seconds):.1f} s"


def test_the_size_is_told_and_a_site_too_large_for_a_host(
    littleham: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["build", "--data", str(littleham), "--out", str(tmp_path / "site")]
    told = CliRunner().invoke(cli, command, catch_exceptions=False).output
    built = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    own = {MARK, manifest.NAME}
    assert f"The site has {sum(path.name not in own for path in built)} files of " in told
    assert "Warning" not in told
    monkeypatch.setattr("generator.limits.limit", lambda name: 100)
    told = CliRunner().invoke(cli, command, catch_exceptions=False).output
    assert "Warning: that is near or above what GitHub Pages takes (100 MB, 100 files)" in told


def test_a_second_build_changes_no_file(tmp_path: Path) -> None:
    purse("build", "--out", tmp_path / "site")
    again = purse("build", "--out", tmp_path / "site")
    assert "(0 files changed)" in again.stdout


def test_foreign_folders_are_never_touched(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.txt").write_text("years of work")
    built = purse("build", "--data", LITTLEHAM, "--out", tmp_path / "papers")
    assert built.returncode == 2
    assert "did not make" in built.stderr
    assert tree(tmp_path / "papers").keys() == {"thesis.txt"}


def test_the_wheel_works_without_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist"],
        check=True,
        capture_output=True,
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    shutil.unpack_archive(wheel, tmp_path / "installed", "zip")
    shutil.copytree(WEST_MERCIA, tmp_path / "elsewhere" / "data" / "west-mercia-pcc")
    checked = subprocess.run(
        [sys.executable, "-m", "generator", "schemas"],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    assert "nothing to change" in checked.stdout
    names = {path.name for path in (tmp_path / "installed" / "generator").rglob("*")}
    assert {"awards.json", "home.md", "icon.svg", "main.html", "copyright.html"} <= names
