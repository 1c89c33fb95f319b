"""What takes long to make, kept beside the program."""

from pathlib import Path

import pytest

from generator import kept


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "folder", lambda: tmp_path)
    return tmp_path


def never() -> frozenset[str]:
    raise AssertionError("it was kept already")


def test_what_was_made_once_is_kept(beside: Path) -> None:
    words = frozenset({"ash", "birch"})
    assert kept.kept("trees", ["1"], lambda: words) == words
    assert kept.kept("trees", ["1"], never) == words
    assert kept.kept("birds", ["1"], frozenset[str]) == frozenset()


def test_it_is_made_anew_when_what_it_hangs_on_has_changed(beside: Path) -> None:
    kept.kept("trees", ["1"], lambda: "ash")
    assert kept.kept("trees", ["2"], lambda: "birch") == "birch"
    assert len([*beside.iterdir()]) == 1  # the old one is gone


@pytest.mark.parametrize("content", [b"", b"no such thing"])
def test_what_can_not_be_read_is_made_anew(beside: Path, content: bytes) -> None:
    kept.kept("trees", ["1"], lambda: "ash")
    (file,) = beside.iterdir()
    file.write_bytes(content)
    assert kept.kept("trees", ["1"], lambda: "birch") == "birch"
    assert kept.kept("trees", ["1"], lambda: "oak") == "birch"


@pytest.mark.parametrize("place", [None, Path(__file__) / "below-a-file"])
def test_where_nothing_can_be_kept_it_is_made_each_time(
    place: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "folder", lambda: place)
    assert kept.kept("trees", ["1"], lambda: "ash") == "ash"
    assert kept.kept("trees", ["1"], lambda: "birch") == "birch"


def test_nothing_is_kept_where_python_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert kept.folder() is None
