"""The manifest: every file of a site, its size and hash, and nothing that could be altered."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import manifest
from generator.manifest import NAME
from generator.write_site import MARK

PATHS = st.from_regex("[a-zé]{1,8}(/[a-z ]{1,8}){0,2}", fullmatch=True)
FILES = st.dictionaries(PATHS, st.binary(max_size=20), min_size=1, max_size=5)
GOOD = manifest.of_files([("b/c.html", b"<p>"), ("a.csv", b"id\n")])


def test_the_manifest_lists_every_file_but_itself_and_the_mark(west_mercia_site: Path) -> None:
    found = json.loads((west_mercia_site / NAME).read_bytes())
    files = {
        path.relative_to(west_mercia_site).as_posix(): path.read_bytes()
        for path in west_mercia_site.rglob("*")
        if path.is_file()
    }
    assert {one["path"] for one in found} == files.keys() - {NAME, MARK}
    assert [one["path"] for one in found] == sorted(one["path"] for one in found)
    for one in found:
        content = files[one["path"]]
        assert one["bytes"] == len(content)
        assert one["sha256"] == hashlib.sha256(content).hexdigest()


@given(FILES)
def test_what_is_written_is_read_again_whatever_the_order(files: dict[str, bytes]) -> None:
    content = manifest.of_files(files.items())
    assert content == manifest.of_files(reversed(files.items()))
    entries = manifest.parse(content)
    assert {one.path: one.bytes for one in entries} == {
        path: len(data) for path, data in files.items()
    }


@given(st.data())
def test_an_altered_manifest_is_noticed_or_lists_other_files(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(GOOD) - 1))
    bit = data.draw(st.integers(0, 7))
    altered = bytearray(GOOD)
    altered[place] ^= 1 << bit
    try:
        entries = manifest.parse(bytes(altered))
    except ValueError:
        return
    assert entries != manifest.parse(GOOD)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b"[" * 100_000,
        GOOD.replace(b"a.csv", b"../x"),
        GOOD.replace(b"a.csv", b"/etc"),
        GOOD.replace(b'"bytes": 3', b'"bytes": true'),
        GOOD.replace(b"a.csv", b"b/c.html"),
        GOOD + b"\n",
        GOOD.replace(b"}", b', "note": 1}'),
    ],
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        manifest.parse(content)
