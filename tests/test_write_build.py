"""A folder of ours: only what changed is written, and nothing of anybody else's is touched."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import write
from generator.errors import UnsafeTarget
from generator.write import Output
from generator.write_build import BEGUN, LIST, write_all

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
