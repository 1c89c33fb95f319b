"""Files that change while they are read: what is published was one state or the other."""

import shutil
from pathlib import Path

import pytest

from generator import inside, package, site
from generator.errors import UsageProblem
from generator.project import Project
from tests.conftest import ROOT, edit
from tests.killing import contents


def test_a_change_of_two_files_amid_reading_is_seen_whole(
    littleham: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, done = inside.read, list[str]()

    def changing(folder: Path, name: str, megabytes: int) -> bytes | None:
        content = read(folder, name, megabytes)
        if name == "awards.csv" and not done:
            done.append(name)
            for file in ("awards.csv", "funds.csv"):
                with (littleham / file).open("a", encoding="utf-8") as opened:
                    opened.write("added\n")
        return content

    monkeypatch.setattr(inside, "read", changing)
    monkeypatch.setattr(package, "_PAUSE", 0)
    found = package.read(littleham)
    assert done
    for name in ("awards", "funds"):
        last = list(found.tables[name].rows)[-1]
        assert "added" in str(last), f"{name} is as it was before the change"


def test_what_never_rests_is_told(littleham: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = inside.read

    def changing(folder: Path, name: str, megabytes: int) -> bytes | None:
        with (littleham / "awards.csv").open("a", encoding="utf-8") as file:
            file.write("\n")
        return read(folder, name, megabytes)

    monkeypatch.setattr(inside, "read", changing)
    monkeypatch.setattr(package, "_PAUSE", 0)
    with pytest.raises(UsageProblem, match="is being changed while it is read"):
        package.read(littleham)


def test_a_fault_seen_amid_a_change_is_looked_at_again(
    littleham: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (littleham / "datapackage.json").read_bytes()
    (littleham / "datapackage.json").write_bytes(whole[:100])
    read = inside.read

    def changing(folder: Path, name: str, megabytes: int) -> bytes | None:
        content = read(folder, name, megabytes)
        if content != whole and name == "datapackage.json":
            (littleham / name).write_bytes(whole)
        return content

    monkeypatch.setattr(inside, "read", changing)
    monkeypatch.setattr(package, "_PAUSE", 0)
    assert package.read(littleham).name == "littleham"


def test_after_the_checks_no_file_of_the_data_is_read_again(
    littleham: Path, littleham_site: Path, tmp_path: Path
) -> None:
    checked = site.check(littleham)
    edit(littleham, "awards.csv", "1200.50", "£1200.50")
    shutil.rmtree(littleham)
    site.build_site(Project(ROOT), checked, tmp_path / "site", tmp_path / "build", None)
    assert contents(tmp_path / "site") == contents(littleham_site)
