"""A finished site is swapped into its place whole, or not at all."""

import os
from pathlib import Path

import pytest

from generator import manifest, swapping
from generator.place import Folder
from generator.swapping import in_the_making, swap
from generator.write import Output
from generator.write_site import MARK, Whole, check_site_target, fill
from tests.killing import contents

LONG_AGO = 1_000_000_000


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """A new site, and an old one of ours in its place."""
    new, site = tmp_path / ".site.new", tmp_path / "site"
    for folder, text in ((new, "new"), (site, "old")):
        folder.mkdir()
        (folder / "index.html").write_text(text, encoding="utf-8")
        (folder / MARK).touch()
    (site / "gone.html").write_text("old", encoding="utf-8")
    return new, site


def test_a_site_is_swapped_whole(sites: tuple[Path, Path]) -> None:
    new, site = sites
    spare = site.parent / "build" / "spare"
    before = contents(site)
    swap(new, site, spare)
    assert contents(site)["index.html"] == b"new"
    assert contents(spare) == before
    assert sorted(path.name for path in site.parent.iterdir()) == ["build", "site"]
    check_site_target(site)


def test_a_first_site_needs_no_old_one(tmp_path: Path) -> None:
    fill(Folder(str(tmp_path / "new")), Whole(lambda _: [("index.html", b"new")]))
    swap(tmp_path / "new", tmp_path / "site", tmp_path / "spare")
    assert (tmp_path / "site" / MARK).is_file()
    assert not (tmp_path / "spare").exists()


def test_a_swap_that_fails_keeps_the_old_site(
    sites: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, site = sites
    before = contents(site)
    rename = Path.rename
    monkeypatch.setattr(swapping, "_exchanged", lambda one, other: False)

    def failing(path: Path, target: Path) -> Path:
        if path == new:
            raise OSError(18, "Invalid cross-device link")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="cross-device"):
        swap(new, site, site.parent / "spare")
    assert contents(site) == before


def test_what_an_earlier_swap_left_behind_is_no_hindrance(sites: tuple[Path, Path]) -> None:
    new, site = sites
    stale = site.with_name(".site.old")
    (stale / "deep").mkdir(parents=True)
    swap(new, site, site.parent / "spare")
    assert not stale.exists()


def test_a_site_is_made_of_the_one_before_the_last(tmp_path: Path) -> None:
    site, spare = tmp_path / "site", tmp_path / "build" / "spare"

    def made(*files: Output) -> int:
        """Make a site; how many of its files were written, and not only found alike."""
        for path in spare.rglob("*.html"):
            os.utime(path, (LONG_AGO, LONG_AGO))
        with in_the_making(site, spare) as new:
            fill(Folder(str(new)), Whole(lambda _: files))
            swap(new, site, spare)
        return sum(path.stat().st_mtime != LONG_AGO for path in site.rglob("*.html"))

    first, second = ("a/index.html", b"one"), ("b/deep/index.html", b"two")
    assert made(first, second) == 2
    assert made(first, second) == 2, "there was no spare yet"
    assert made(first, ("b/index.html", b"three")) == 1
    assert not (site / "b" / "deep").exists()
    listed = {one.path for one in manifest.parse((site / manifest.NAME).read_bytes())}
    assert listed == {"a/index.html", "b/index.html"}


def test_a_site_that_is_not_finished_harms_nothing(sites: tuple[Path, Path]) -> None:
    _, site = sites
    spare, before = site.parent / "spare", contents(site)
    with pytest.raises(RuntimeError), in_the_making(site, spare) as new:
        fill(Folder(str(new)), Whole(lambda _: [("index.html", b"half")]))
        raise RuntimeError
    assert contents(site) == before
    assert sorted(path.name for path in site.parent.iterdir()) == ["site", "spare"]
