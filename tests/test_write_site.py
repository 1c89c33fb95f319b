"""A site folder is filled only where it is ours, and only below it."""

from pathlib import Path

import pytest

from generator.errors import UnsafeTarget
from generator.place import Folder
from generator.write_build import LIST
from generator.write_site import MARK, Whole, check_site_target, fill


@pytest.mark.parametrize("name", ["../x", "a//b", "", "/etc/x"])
def test_no_file_of_a_site_leads_out_of_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="path"):
        fill(Folder(str(tmp_path / "site")), Whole(lambda _: [(name, b"")]))


def test_which_folders_may_be_replaced(tmp_path: Path) -> None:
    check_site_target(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    check_site_target(tmp_path / "empty")
    site = tmp_path / "site"
    fill(Folder(str(site)), Whole(lambda _: [("index.html", b"ours")]))
    check_site_target(site)
    (site / MARK).unlink()
    with pytest.raises(UnsafeTarget, match="did not make"):
        check_site_target(site)
    with pytest.raises(UnsafeTarget, match="is a file"):
        check_site_target(site / "index.html")


def test_lists_and_marks_are_hidden_files() -> None:
    assert all(name.startswith(".") for name in (LIST, MARK))


def test_who_is_late_does_not_make_a_folder_again_that_was_moved(tmp_path: Path) -> None:
    """As a worker of a cluster is whose build was given up: the next would take it for its own."""
    place = Folder(str(tmp_path / "new"))
    place.begin()
    with place.putting() as put:
        put("a/b/index.html", b"one")
        (tmp_path / "new").rename(tmp_path / "spare")
        for name in ("a/b/other.html", "c/d/index.html", "index.html"):
            with pytest.raises(FileNotFoundError):
                put(name, b"two")
    assert [one.name for one in tmp_path.iterdir()] == ["spare"]
    assert (tmp_path / "spare" / "a" / "b" / "index.html").read_bytes() == b"one"
