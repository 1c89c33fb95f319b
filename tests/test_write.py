"""Writing: only what changed, nothing of anybody else's, a site whole or not at all."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import manifest, swapping, write
from generator.errors import UnsafeTarget
from generator.swapping import in_the_making, swap
from generator.write import (
    BEGUN,
    LIST,
    MARK,
    Output,
    Whole,
    check_site_target,
    fill,
    remove,
    write_all,
)

FILES: tuple[Output, ...] = (
    ("index.md", b"# Home\n"),
    ("awards/index.md", b"# Awards\n"),
    ("awards/a/awards.csv", b"id\na\n"),
)
LONG_AGO = 1_000_000_000


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but our list."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (LIST, BEGUN)
    }


def age(folder: Path) -> None:
    """Make every file look old."""
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (LONG_AGO, LONG_AGO))


def fresh(folder: Path) -> set[str]:
    """The files written since they were made to look old."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.stat().st_mtime != LONG_AGO
    }


@pytest.fixture
def build(tmp_path: Path) -> Path:
    folder = tmp_path / "deep" / "build"
    assert write_all(folder, FILES) == 3
    age(folder)
    return folder


def test_the_folder_holds_what_it_was_given(build: Path) -> None:
    assert held(build) == dict(FILES)
    assert json.loads((build / LIST).read_text(encoding="utf-8")) == sorted(dict(FILES))


def test_what_did_not_change_is_not_written(build: Path) -> None:
    assert write_all(build, FILES) == 0
    assert fresh(build) == set()


def test_only_what_changed_is_written(build: Path) -> None:
    same_length = ("index.md", b"# HOME\n")
    assert write_all(build, (same_length, *FILES[1:])) == 1
    assert fresh(build) == {"index.md"}
    assert held(build)["index.md"] == b"# HOME\n"


def test_what_is_gone_is_pruned_with_its_empty_folders(build: Path) -> None:
    assert write_all(build, FILES[:1]) == 0
    assert held(build) == {"index.md": b"# Home\n"}
    assert not (build / "awards").exists()
    assert fresh(build) == {LIST}


def test_what_others_put_beside_our_files_stays(build: Path) -> None:
    (build / "awards" / "notes.txt").write_bytes(b"mine")
    write_all(build, FILES[:1])
    assert held(build) == {"index.md": b"# Home\n", "awards/notes.txt": b"mine"}


def test_a_file_that_somebody_removed_is_made_again(build: Path) -> None:
    (build / "index.md").unlink()
    assert write_all(build, FILES) == 1
    write_all(build, FILES[1:])
    assert "index.md" not in held(build)


def test_a_foreign_folder_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_bytes(b"mine")
    with pytest.raises(UnsafeTarget, match="did not make") as raised:
        write_all(tmp_path, FILES)
    assert raised.value.advice
    assert held(tmp_path) == {"thesis.doc": b"mine"}
    assert not (tmp_path / LIST).exists()


def test_an_empty_folder_is_ours_to_fill(tmp_path: Path) -> None:
    assert write_all(tmp_path, FILES) == 3


def test_a_foreign_file_in_the_way_is_not_overwritten(build: Path) -> None:
    (build / "new.md").write_bytes(b"mine")
    with pytest.raises(UnsafeTarget, match=r"new\.md is in the way"):
        write_all(build, (*FILES, ("new.md", b"ours")))
    assert held(build)["new.md"] == b"mine"
    (build / "new.md").unlink()
    write_all(build, FILES)
    assert held(build) == dict(FILES)


@pytest.mark.parametrize(
    "content", ["{", "{}", "[5]", '["../thesis.doc"]', '["/etc/passwd"]', '["a/../../b"]', '[""]']
)
def test_a_list_that_is_not_ours_prunes_nothing(build: Path, content: str) -> None:
    mine = build.parent / "thesis.doc"
    mine.write_bytes(b"mine")
    (build / LIST).write_text(content, encoding="utf-8")
    with pytest.raises(UnsafeTarget, match="is not the list"):
        write_all(build, FILES[:1])
    assert mine.read_bytes() == b"mine"
    assert held(build) == dict(FILES)


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/x", "", "a//b", "./a"])
def test_no_output_leads_out_of_the_folder(build: Path, name: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        write_all(build, [(name, b"")])


def test_two_outputs_never_share_a_path(build: Path) -> None:
    with pytest.raises(ValueError, match=r"two outputs have the path index\.md"):
        write_all(build, (*FILES, FILES[0]))


def test_after_a_crash_the_next_run_cleans_up(build: Path) -> None:
    def crashing() -> Iterator[Output]:
        yield "index.md", b"# New\n"
        yield "new/index.md", b"# New page\n"
        raise RuntimeError("crash")

    with pytest.raises(RuntimeError):
        write_all(build, crashing())
    assert set(held(build)) == {*dict(FILES), "new/index.md"}
    assert write_all(build, FILES) == 1
    assert held(build) == dict(FILES)
    assert not (build / "new").exists()


def test_a_crash_while_writing_leaves_a_folder_that_can_be_cleaned(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write.put

    def half(path: str, content: bytes) -> None:
        if path.endswith("new.md"):
            whole(path, content[:2])
            raise OSError(28, "No space left on device")
        whole(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(write, "put", half)
        with pytest.raises(OSError, match="No space"):
            write_all(build, (("new.md", b"# New\n"), *FILES))
    assert write_all(build, (("new.md", b"# New\n"), *FILES)) == 1
    assert held(build)["new.md"] == b"# New\n"


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
    before = held(site)
    swap(new, site, spare)
    assert held(site)["index.html"] == b"new"
    assert held(spare) == before
    assert sorted(path.name for path in site.parent.iterdir()) == ["build", "site"]
    check_site_target(site)


def test_a_first_site_needs_no_old_one(tmp_path: Path) -> None:
    fill(tmp_path / "new", Whole([("index.html", b"new")]))
    swap(tmp_path / "new", tmp_path / "site", tmp_path / "spare")
    assert (tmp_path / "site" / MARK).is_file()
    assert not (tmp_path / "spare").exists()


def test_a_swap_that_fails_keeps_the_old_site(
    sites: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new, site = sites
    before = held(site)
    rename = Path.rename
    monkeypatch.setattr(swapping, "_exchanged", lambda one, other: False)

    def failing(path: Path, target: Path) -> Path:
        if path == new:
            raise OSError(18, "Invalid cross-device link")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="cross-device"):
        swap(new, site, site.parent / "spare")
    assert held(site) == before


def test_what_an_earlier_swap_left_behind_is_no_hindrance(sites: tuple[Path, Path]) -> None:
    new, site = sites
    stale = site.with_name(".site.old")
    (stale / "deep").mkdir(parents=True)
    swap(new, site, site.parent / "spare")
    assert not stale.exists()


def test_a_site_is_made_of_the_one_before_the_last(tmp_path: Path) -> None:
    site, spare = tmp_path / "site", tmp_path / "build" / "spare"

    def made(*files: Output) -> int:
        with in_the_making(site, spare) as new:
            filled = fill(new, Whole(files))
            swap(new, site, spare)
        return filled.written

    first, second = ("a/index.html", b"one"), ("b/deep/index.html", b"two")
    assert made(first, second) == 2
    assert made(first, second) == 2, "there was no spare yet"
    os.utime(spare / "a/index.html", (LONG_AGO, LONG_AGO))
    assert made(first, ("b/index.html", b"three")) == 1
    assert (site / "a/index.html").stat().st_mtime == LONG_AGO, "written again"
    assert not (site / "b" / "deep").exists()
    listed = {one.path for one in manifest.parse((site / manifest.NAME).read_bytes())}
    assert listed == {"a/index.html", "b/index.html"}


def test_a_site_that_is_not_finished_harms_nothing(sites: tuple[Path, Path]) -> None:
    _, site = sites
    spare, before = site.parent / "spare", held(site)
    with pytest.raises(RuntimeError), in_the_making(site, spare) as new:
        fill(new, Whole([("index.html", b"half")]))
        raise RuntimeError
    assert held(site) == before
    assert sorted(path.name for path in site.parent.iterdir()) == ["site", "spare"]


@pytest.mark.parametrize("name", ["../x", "a//b", "", "/etc/x"])
def test_no_file_of_a_site_leads_out_of_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="path"):
        fill(tmp_path / "site", Whole([(name, b"")]))


def test_which_folders_may_be_replaced(tmp_path: Path, sites: tuple[Path, Path]) -> None:
    check_site_target(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    check_site_target(tmp_path / "empty")
    check_site_target(sites[1])
    (sites[0] / MARK).unlink()
    with pytest.raises(UnsafeTarget, match="did not make"):
        check_site_target(sites[0])
    with pytest.raises(UnsafeTarget, match="is a file"):
        check_site_target(sites[0] / "index.html")


def test_removing(tmp_path: Path) -> None:
    remove(tmp_path / "nowhere")
    write_all(tmp_path / "made", FILES)
    remove(tmp_path / "made")
    assert list(tmp_path.iterdir()) == []


def test_lists_and_marks_are_hidden_files() -> None:
    assert all(name.startswith(".") for name in (write.LIST, write.MARK))
