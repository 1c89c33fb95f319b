"""Releases: the same bytes for ever, listed once, and refused when they have changed."""

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from generator import package, release_list, releases
from generator.downloads import downloads
from generator.errors import PurseError
from generator.manifest import NAME
from generator.release_list import Release
from tests.changing import book
from tests.conftest import LITTLEHAM, ROOT, build, edit, edit_descriptor
from tests.running import purse

GOOD = Release("1.0.0", "2031-07-01", "a" * 64, None)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A site's folder with one small package."""
    folder = tmp_path / "project"
    shutil.copytree(LITTLEHAM, folder / "data" / "littleham")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def note_of(project: Path, version: str = "0.1.0") -> dict[str, object]:
    found: dict[str, object] = json.loads(
        (project / "dist" / f"littleham-{version}.json").read_text(encoding="utf-8")
    )
    return found


def test_a_release_is_the_published_zip_and_a_note_that_proves_it(project: Path) -> None:
    done = purse("release", "--project", project)
    assert done.returncode == 0, done.stderr
    content = (project / "dist" / "littleham-0.1.0.zip").read_bytes()
    files = {one.name: one.content for one in downloads(book(LITTLEHAM))}
    assert content == files["littleham.zip"]
    assert "littleham/datapackage.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert note_of(project) == {
        "package": "littleham",
        "version": "0.1.0",
        "date": "2031-07-01",
        "zip": "littleham-0.1.0.zip",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "manifest_sha256": None,
    }
    listed = json.loads((project / "data/littleham/releases.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(content).hexdigest()
    assert listed == [{"version": "0.1.0", "date": "2031-07-01", "sha256": digest, "url": None}]


def test_once_listed_the_note_has_the_hash_of_the_site(project: Path) -> None:
    purse("build", "--project", project)
    first = purse("release", "--project", project)
    assert "is now listed in releases.json" in first.stdout
    # The site was built before the release was listed, so it is not the released one.
    again = purse("release", "--project", project)
    assert "build the site of this version first" in again.stdout
    assert note_of(project)["manifest_sha256"] is None
    purse("build", "--project", project)
    last = purse("release", "--project", project)
    manifest = (project / "site" / NAME).read_bytes()
    assert note_of(project)["manifest_sha256"] == hashlib.sha256(manifest).hexdigest()
    assert str(note_of(project)["manifest_sha256"]) in last.stdout
    verified = purse(
        *("verify", project / "site", "--release", project / "dist" / "littleham-0.1.0.json")
    )
    assert verified.returncode == 0, verified.stdout


def test_a_changed_release_stops_check_build_and_release(project: Path) -> None:
    purse("release", "--project", project)
    assert purse("check", "--project", project).returncode == 0
    edit(project / "data" / "littleham", "awards.csv", "Minute 14", "Minute 17")
    for command in ("check", "build", "release"):
        done = purse(command, "--project", project)
        assert done.returncode == 1
        said = done.stdout + done.stderr
        assert "[release-changed]" in said
        assert "Version 0.1.0 was released on 2031-07-01 with other content" in said
        assert "raise the version" in said
    assert not (project / "site").exists()
    edit_descriptor(project / "data" / "littleham", lambda found: found.update(version="0.2.0"))
    assert purse("release", "--project", project).returncode == 0
    assert [one.version for one in book(project / "data" / "littleham").package.releases] == [
        *("0.1.0", "0.2.0"),
    ]


def test_a_file_of_a_release_is_never_written_over(project: Path) -> None:
    (project / "dist").mkdir()
    (project / "dist" / "littleham-0.1.0.zip").write_bytes(b"another 0.1.0")
    done = purse("release", "--project", project)
    assert done.returncode == 2
    assert "a release never changes" in done.stderr
    assert (project / "dist" / "littleham-0.1.0.zip").read_bytes() == b"another 0.1.0"
    assert not (project / "data/littleham/releases.json").exists()


def test_the_place_of_the_files_can_be_named(project: Path, tmp_path: Path) -> None:
    address = "https://host.example/littleham-0.1.0.zip"
    package = project / "data" / "littleham"
    done = purse("release", package, "--out", tmp_path / "x", "--url", address)
    assert done.returncode == 0
    assert {path.name for path in (tmp_path / "x").iterdir()} == {
        *("littleham-0.1.0.json", "littleham-0.1.0.zip"),
    }
    assert book(package).package.releases[0].url == address


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("version", None, "states no version to release"),
        ("version", "../1", "states no version to release"),
        ("created", None, "does not say when the data was compiled"),
    ],
)
def test_what_can_not_be_released_is_told_plainly(
    project: Path, key: str, value: str | None, words: str
) -> None:
    def change(found: dict[str, object]) -> None:
        found.pop(key)
        if value:
            found[key] = value

    edit_descriptor(project / "data" / "littleham", change)
    done = purse("release", "--project", project)
    assert done.returncode == 2
    assert words in done.stderr


def test_an_address_that_is_none_is_refused(project: Path) -> None:
    done = purse("release", "--project", project, "--url", "javascript:alert(1)")
    assert done.returncode == 2
    assert "begin it with https://" in done.stderr
    assert not (project / "dist").exists()


def test_an_error_in_the_data_is_not_released(project: Path) -> None:
    edit(project / "data" / "littleham", "awards.csv", "1200.50", "12OO.50")
    done = purse("release", "--project", project)
    assert done.returncode == 1
    assert "Nothing was released." in done.stderr
    assert not (project / "dist").exists()


def test_every_release_that_this_repository_lists_is_unchanged() -> None:
    for folder in package.find(ROOT / "data"):
        assert list(releases.findings(book(folder))) == []


def test_the_page_of_releases_lists_version_date_hash_and_link(
    littleham: Path, tmp_path: Path
) -> None:
    edition = releases.edition(book(littleham))
    listed = (
        Release("0.0.9", "2031-06-01", "b" * 64, None),
        Release("0.1.0", edition.date, edition.sha256, "https://host.example/x.zip"),
    )
    (littleham / "releases.json").write_text(release_list.as_json(listed), encoding="utf-8")
    page = (build(littleham, tmp_path / "site") / "data/releases/index.html").read_text("utf-8")
    assert page.index("0.1.0</code>") < page.index("0.0.9</code>"), "newest first"
    for words in (
        *('<a href="https://host.example/x.zip"', edition.sha256, "b" * 64, "1 July 2031"),
    ):
        assert words in page
    assert "No version of this data has been released" not in page


def test_a_site_without_releases_says_so(west_mercia_site: Path) -> None:
    page = (west_mercia_site / "data" / "releases" / "index.html").read_text(encoding="utf-8")
    assert "No version of this data has been released yet." in page


def test_the_list_reads_what_it_writes() -> None:
    listed = (GOOD, Release("1.1.0-beta+1", "2032-01-01", "0" * 64, "https://host.example/x.zip"))
    assert release_list.parse(release_list.as_json(listed)) == listed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "not valid JSON"),
        ("{}", "not a list"),
        ("[1]", "each release needs"),
        (release_list.as_json([GOOD]).replace('"url"', '"link"'), "each release needs"),
        (release_list.as_json([GOOD]).replace("1.0.0", "../../x"), "is no version"),
        (release_list.as_json([GOOD]).replace("2031-07-01", "July"), "is no date"),
        (release_list.as_json([GOOD]).replace("aaa", "zzz"), "is no sha256"),
        (release_list.as_json([GOOD]).replace("null", '"javascript:x"'), "is no address"),
        (release_list.as_json([GOOD, GOOD]), "listed twice"),
    ],
)
def test_a_list_that_is_none_is_told_plainly(littleham: Path, text: str, words: str) -> None:
    (littleham / "releases.json").write_text(text, encoding="utf-8")
    with pytest.raises(PurseError, match=words) as told:
        book(littleham)
    assert "releases.json" in told.value.message
