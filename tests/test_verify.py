"""`purse verify`: a true site passes, wherever it is; whatever was altered is named."""

import json
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator import manifest
from generator.errors import UsageProblem
from generator.manifest import NAME
from generator.verify import hash_of_release, verify
from generator.verify_figures import FiguresOf
from generator.verify_rows import Effort, table_of
from generator.verify_sources import open_source
from generator.verify_tables import Tables
from generator.verify_verdict import Verdict, as_text
from tests.running import purse
from tests.serving import serving

PAGE, CSV = "awards/2031-32-1/index.html", "data/v1/littleham/awards.csv"


@pytest.fixture
def site(littleham_site: Path, tmp_path: Path) -> Path:
    """A copy of a small built site, to be altered."""
    return Path(shutil.copytree(littleham_site, tmp_path / "site"))


def verdict_of(named: str | Path, wanted: str | None = None) -> Verdict:
    with open_source(str(named)) as source:
        return verify(source, wanted)


def differences(named: str | Path, wanted: str | None = None) -> list[str]:
    return list(verdict_of(named, wanted).differences)


def own_hash(site: Path) -> str:
    return manifest.sha256((site / NAME).read_bytes())


def alter(site: Path, name: str, old: str, new: str) -> None:
    path = site / name
    content = path.read_bytes()
    assert old.encode() in content, f"{old} is not in {name}"
    path.write_bytes(content.replace(old.encode(), new.encode()))


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def list_anew(site: Path) -> None:
    """Write the manifest of what is there now, as somebody would who hides a change."""
    listed = [one.path for one in manifest.parse((site / NAME).read_bytes())]
    files = [(name, (site / name).read_bytes()) for name in listed]
    (site / NAME).write_bytes(manifest.of_files(files))


def zipped(site: Path, target: Path, top: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(site.rglob("*")):
            if path.is_file():
                archive.write(path, top + path.relative_to(site).as_posix())
    return target


@contextmanager
def answering(status: int, location: str | None = None) -> Iterator[str]:
    """A server that gives every question the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_true_site_passes_in_every_form(west_mercia_site: Path, tmp_path: Path) -> None:
    wanted = own_hash(west_mercia_site)
    verdict = verdict_of(west_mercia_site, wanted)
    assert verdict.differences == ()
    assert verdict.files > 300
    assert verdict.figures > 1500
    assert verdict_of(zipped(west_mercia_site, tmp_path / "a.zip"), wanted) == verdict
    assert verdict_of(zipped(west_mercia_site, tmp_path / "b.zip", "site/"), wanted) == verdict
    with serving(west_mercia_site) as address:
        served = verdict_of(address, wanted)
    assert (served.files, served.figures, served.differences) == (
        *(verdict.files, verdict.figures, ()),
    )
    assert not served.listed


def test_a_site_below_another_path_is_read_there(littleham_site: Path) -> None:
    with serving(littleham_site.parent) as address:
        assert differences(f"{address}/{littleham_site.name}") == []
        assert differences(f"{address}/{littleham_site.name}/") == []


def test_one_byte_flipped_in_any_file_is_named(site: Path) -> None:
    listed = [one.path for one in manifest.parse((site / NAME).read_bytes())]
    for name in listed:
        flip(site / name)
    said = differences(site)
    for name in listed:
        assert f"{name} has been changed: its SHA-256 is another." in said


@pytest.mark.parametrize(
    "name",
    ["index.html", PAGE, CSV, "assets/purse.css", "sitemap.xml.gz", "404.html", "changes/feed.xml"],
)
def test_a_flipped_byte_names_its_file_in_every_form(site: Path, name: str, tmp_path: Path) -> None:
    flip(site / name)
    with serving(site) as address:
        for form in (site, zipped(site, tmp_path / "a.zip"), address):
            said = differences(form)
            assert f"{name} has been changed: its SHA-256 is another." in said


def test_a_flipped_byte_of_the_manifest_is_noticed(site: Path) -> None:
    before, path = own_hash(site), site / NAME
    content = path.read_bytes()
    for place in (0, 3, 20, 60, len(content) // 2, len(content) - 1):
        altered = bytearray(content)
        altered[place] ^= 1
        path.write_bytes(bytes(altered))
        assert differences(site), f"byte {place}"
        assert f"{NAME} is not the one that was published" in differences(site, before)[0]


def test_a_file_that_is_longer_or_gone_or_new_is_named(site: Path, tmp_path: Path) -> None:
    (site / CSV).write_bytes((site / CSV).read_bytes() + b"\n")
    (site / "privacy" / "index.html").unlink()
    (site / "new.html").write_text("<p>new")
    for form in (site, zipped(site, tmp_path / "a.zip")):
        said = "\n".join(differences(form))
        assert re.search(
            rf"^{CSV} has been changed: it has not the [\d,]+ bytes it had", said, re.M
        )
        assert "privacy/index.html is missing." in said
        assert "new.html does not belong: the manifest does not list it." in said
    with serving(site) as address:
        served = verdict_of(address)
    assert any("privacy/index.html is missing" in one for one in served.differences)
    assert "could not be looked for" in as_text(served)


def test_a_figure_altered_alone_does_not_follow_from_its_rows(site: Path) -> None:
    alter(site, PAGE, 'value="1200.50"', 'value="1300.50"')
    alter(site, PAGE, "£1,200.50", "£1,300.50")
    list_anew(site)
    said = "\n".join(differences(site))
    assert f"{PAGE}: the figure £1,300.50 says 1300.50, but " in said
    assert "awards.csv give 1200.50" in said


def test_a_text_that_differs_from_its_figure_is_named(site: Path) -> None:
    alter(site, PAGE, ">£1,200.50<", ">£1,200.59<")
    list_anew(site)
    said = "\n".join(differences(site))
    assert f"{PAGE}: the figure £1,200.59 shows another number than its own, 1200.50." in said


def test_rows_altered_alone_are_named_by_each_figure_of_them(site: Path) -> None:
    alter(site, CSV, "1200.50", "1200.51")
    list_anew(site)
    assert any(one.startswith(f"{PAGE}: the figure £1,200.50 says") for one in differences(site))


def test_what_was_altered_with_all_its_traces_is_caught_by_the_manifests_hash(site: Path) -> None:
    published = own_hash(site)
    for path in site.rglob("*"):
        if path.suffix in (".html", ".csv"):
            text = path.read_text(encoding="utf-8")
            changed = text.replace("1200.50", "2200.50").replace("1,200.50", "2,200.50")
            changed = changed.replace("1300.49", "2300.49").replace("1,300.49", "2,300.49")
            path.write_text(changed, encoding="utf-8", newline="")
    list_anew(site)
    told = "\n".join(differences(site))
    assert "1,200.50" not in told, "the money itself is consistent now"
    said = differences(site, published)
    assert said[0].startswith(f"{NAME} is not the one that was published: its SHA-256 is ")
    assert "may have been changed along with it" in said[0]


def test_another_host_is_never_asked() -> None:
    with (
        answering(200) as other,
        answering(302, f"{other}/{NAME}") as first,
        pytest.raises(UsageProblem, match="is sent on to another place"),
    ):
        verdict_of(first)


def test_a_redirect_within_the_host_is_followed(littleham_site: Path) -> None:
    # http.server sends "/privacy/index.html" as it is, and a folder on to its "/".
    with (
        serving(littleham_site) as address,
        open_source(address) as source,
        source.opened("privacy") as file,
    ):
        assert file is not None
        assert file.read1(1 << 20) == (littleham_site / "privacy/index.html").read_bytes()


@pytest.mark.parametrize(
    ("status", "words"), [(404, f"There is no {NAME}"), (500, "the server answers 500")]
)
def test_a_server_without_the_site_is_told_plainly(status: int, words: str) -> None:
    with answering(status) as address, pytest.raises(UsageProblem, match=words):
        verdict_of(address)


def test_a_server_that_is_not_there_is_told_plainly() -> None:
    with answering(404) as address:
        pass
    with pytest.raises(UsageProblem, match="can't be fetched"):
        verdict_of(address)


def test_a_link_out_of_the_folder_is_no_file_of_the_site(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    (site / "privacy" / "index.html").rename(outside)
    (site / "privacy" / "index.html").symlink_to(outside)
    assert "privacy/index.html is missing." in differences(site)


def test_a_name_that_stands_in_a_zip_twice_is_named(site: Path, tmp_path: Path) -> None:
    path = zipped(site, tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("index.html", (site / "index.html").read_bytes())
    assert "index.html stands in the zip twice." in differences(path)


def table(path: str) -> tuple[list[str], list[dict[str, str]]]:
    header, rows = table_of(b"id,n\na,1.50\nb,2\nc,not published\n")
    return list(header), [dict(row) for row in rows]


def problems_of(markup: str, page: str) -> list[str]:
    tables = Tables(lambda path: (path,), table, Effort(1000))
    return list(FiguresOf(markup, page, tables).problems())


ROWS = 'data-rows="t.csv"'


@pytest.mark.parametrize(
    "markup",
    [
        f'<data value="3.50" {ROWS} data-measure="sum:n">3.50</data>',
        f'<data value="-0.00" {ROWS} data-measure="sum:n" data-where="id=z">0</data>',
        f'<data value="2" {ROWS} data-measure="count:n">2</data>',
        f'<data value="42.9" {ROWS} data-measure="share:n" data-where="id=a">42.9%</data>',
        f'<data value="33" {ROWS} data-measure="share" data-where="id=a">33%</data>',
        f'<data id="a" value="1.50" {ROWS} data-measure="min:n">CHF 1.50</data>'
        f'<data id="b" value="2" {ROWS} data-measure="max:n">2</data>'
        '<data value="-0.50" data-op="difference" data-from="a b">−£0.50</data>'
        '<data value="3.50" data-op="sum" data-from="a b">3.50</data>'
        '<data value="75.0" data-op="percent" data-from="a b">75.0%</data>'
        '<data value="0.75" data-op="ratio" data-from="a b">0.75</data>',
    ],
)
def test_true_figures(markup: str) -> None:
    assert problems_of(markup, "a/index.html") == []


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (f'<data value="3.51" {ROWS} data-measure="sum:n">3.51</data>', "give 3.50"),
        (f'<data value="x" {ROWS} data-measure="sum:n">3.50</data>', "is no plain number"),
        (f'<data value="3.5" {ROWS} data-measure="sum:m">3.5</data>', "has no column m"),
        (f'<data value="3.5" {ROWS} data-measure="guess:n">3.5</data>', "gives no number"),
        (f'<data value="3.5" {ROWS} data-measure="sum:id">3.5</data>', "gives no number"),
        (f'<data value="1" {ROWS} data-measure="max:n" data-where="id=z">1</data>', "no value"),
        (f'<data value="1" {ROWS} data-measure="count" data-where="z">1</data>', "gives no number"),
        ('<data value="1" data-rows="../../x.csv" data-measure="count">1</data>', "which rows"),
        ('<data value="1">1</data>', "which rows"),
        (f'<data value="3" {ROWS} data-measure="count">3 of 4</data>', "shows another number"),
        (f'<data value="3" {ROWS} data-measure="count">three</data>', "shows another number"),
        ('<data value="1" data-op="sum" data-from="a b">1</data>', "has no figure a"),
        ('<data id="a" value="1" data-op="sum" data-from="a a">1</data>', "in a circle"),
        (
            '<data id="a" value="1" data-op="sum" data-from="b b">1</data>'
            '<data id="b" value="1" data-op="sum" data-from="a a">1</data>',
            "in a circle",
        ),
        (
            f'<data id="a" value="3" {ROWS} data-measure="count">3</data>'
            '<data value="3" data-op="sum" data-from="a">3</data>',
            "fewer than two",
        ),
        (
            f'<data id="a" value="3" {ROWS} data-measure="count">3</data>'
            '<data value="3" data-op="power" data-from="a a">3</data>',
            "does not say where it comes from",
        ),
        (
            f'<data id="a" value="3" {ROWS} data-measure="count">3</data>'
            f'<data id="z" value="0" {ROWS} data-measure="count" data-where="id=z">0</data>'
            '<data value="3" data-op="ratio" data-from="a z">3</data>',
            "a share of nothing",
        ),
    ],
)
def test_false_figures(markup: str, words: str) -> None:
    found = problems_of(markup, "index.html")
    assert found
    assert any(words in one for one in found), found


def test_the_command(site: Path, tmp_path: Path) -> None:
    note = tmp_path / "littleham-0.1.0.json"
    note.write_text(json.dumps({"manifest_sha256": own_hash(site)}))
    passed = purse("verify", site, "--release", note)
    assert passed.returncode == 0
    assert passed.stdout.endswith("figures checked: nothing differs.\n")
    unvouched = purse("verify", site)
    assert unvouched.returncode == 0
    assert f"The manifest's own SHA-256 is {own_hash(site)}." in unvouched.stdout
    flip(site / PAGE)
    failed = purse("verify", site, "--manifest-sha256", own_hash(site).upper())
    assert failed.returncode == 1
    assert f"DIFFERS {PAGE} has been changed" in failed.stdout
    wrong = purse("verify", site, "--manifest-sha256", "0" * 64)
    assert wrong.returncode == 1
    assert f"DIFFERS {NAME} is not the one that was published" in wrong.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "neither a folder, a zip nor an address"),
        (["README.md"], "neither a folder, a zip nor an address"),
        (["ftp://host.example/"], "can't be reached"),
        (["docs"], f"There is no {NAME} here"),
        (["docs", "--release", "README.md"], "states no hash"),
        (["docs", "--release", "no-such-file.json"], "No such file"),
    ],
)
def test_what_can_not_be_verified_is_told_plainly(arguments: list[str], words: str) -> None:
    done = purse("verify", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_hash_that_is_none_is_refused(site: Path) -> None:
    with pytest.raises(UsageProblem, match="is no SHA-256"):
        verdict_of(site, "abc")


def test_two_hashes_must_agree() -> None:
    note = json.dumps({"manifest_sha256": "a" * 64})
    assert hash_of_release(note, "A" * 64) == "a" * 64
    with pytest.raises(UsageProblem, match="another hash"):
        hash_of_release(note, "b" * 64)
    with pytest.raises(UsageProblem, match="states no hash"):
        hash_of_release('{"manifest_sha256": null}')
