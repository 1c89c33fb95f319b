"""Tables with too many rows for one file: the same rows in parts, and every figure still proved."""

import csv
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from frictionless import Package

from generator import ledger, package, urls, verify, verify_tables
from generator.archive import archive
from generator.downloads import downloads, package_archive
from generator.errors import UnreadablePackage
from generator.ledger import Ledger
from generator.limits import limit
from generator.manifest import NAME, of_files, parse
from generator.place import Folder
from generator.tables import PublishedTable
from generator.verify_rows import Effort, Table, Unsound, table_of
from generator.verify_sources import open_source
from generator.verify_tables import Tables
from generator.write import Stored, entry_of, holds, put
from generator.write_site import Ready, Whole, fill
from tests.conftest import LITTLEHAM, MOST, ROOT, build, in_parts
from tests.crawler.crawl import crawl
from tests.crawler.rows import read_parts
from tests.exports.test_metadata import csvw_says
from tests.killing import contents
from tests.test_publishers import built, project_in

FOLDER = "data/v1/anyshire/"
JOINED = f"{FOLDER}awards_joined.csv"


@pytest.fixture
def copy(parts_site: Path, tmp_path: Path) -> Path:
    """A copy of the parts_site, to be altered."""
    return Path(shutil.copytree(parts_site, tmp_path / "copy"))


def book(folder: Path) -> Ledger:
    return ledger.build(package.read(folder))


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def differences(site: Path) -> tuple[str, ...]:
    with open_source(str(site)) as source:
        return verify.verify(source).differences


def list_anew(site: Path, but: str = "") -> None:
    listed = [one.path for one in parse((site / NAME).read_bytes()) if one.path != but]
    (site / NAME).write_bytes(of_files((one, (site / one).read_bytes()) for one in listed))


def test_the_limit_suits_spreadsheets_hosts_and_verification() -> None:
    assert limit("rows_in_a_file") <= limit("most_rows_in_a_file") < 1_048_576
    assert limit("rows_in_a_file") * 40 <= limit("verified_cells")


def test_each_table_of_a_site_in_parts_has_the_rows_of_the_whole(
    parts_site: Path, anyshire_site: Path
) -> None:
    parts = 0
    for whole in anyshire_site.rglob("*.csv"):
        name, rows = whole.relative_to(anyshire_site).as_posix(), rows_of(whole)
        if (parts_site / name).exists():
            assert (parts_site / name).read_bytes() == whole.read_bytes()
            continue
        assert len(rows) > MOST + 1
        sheet = read_parts(parts_site, name)
        assert [list(sheet.columns), *([*one.values()] for one in sheet.rows)] == rows
        folder = parts_site / name.removesuffix(".csv")
        files = sorted(folder.glob("*.csv"), key=lambda one: int(one.stem.rpartition("-")[2]))
        sizes = [len(rows_of(one)) - 1 for one in files]
        assert sizes[:-1] == [MOST] * (len(files) - 1)
        assert 1 <= sizes[-1] <= MOST
        parts += len(files)
    assert parts > 100


def test_figures_are_proved_from_the_rows_of_parts(parts_site: Path, anyshire_site: Path) -> None:
    with open_source(str(parts_site)) as source:
        verdict = verify.verify(source)
    with open_source(str(anyshire_site)) as source:
        assert verdict.figures == verify.verify(source).figures
    assert verdict.differences == ()
    assert crawl(parts_site) == []


def test_a_row_altered_in_a_part_and_a_part_that_is_gone_are_named(copy: Path) -> None:
    second = copy / urls.table_part(JOINED, 2)
    rows = rows_of(second)
    amount = rows[0].index("amount")
    text = second.read_text(encoding="utf-8")
    second.write_text(text.replace(f",{rows[1][amount]},", ",1.23,", 1), encoding="utf-8")
    list_anew(copy)
    assert second.read_text(encoding="utf-8") != text
    last = copy / urls.table_part("awards/awards.csv", 7)
    last.unlink()
    list_anew(copy, but="awards/awards/awards-7.csv")
    told = "\n".join(differences(copy))
    assert "but awards.csv give" in told
    kinds = {(one.page, one.kind) for one in crawl(copy)}
    assert ("awards/index.html", "figure") in kinds
    (copy / urls.table_part("awards/awards.csv", 3)).unlink()
    assert any("lacks a part" in one.detail for one in crawl(copy))


@pytest.mark.parametrize(
    "measure", ["sum:n", "count", "count:g", "filled:n", "min:n", "max:n", "median:n"]
)
def test_measures_of_parts_are_those_of_the_whole(measure: str) -> None:
    whole = PublishedTable(
        "t.csv",
        ("g", "n"),
        tuple({"g": str(one % 3), "n": str(one * 7 % 11)} for one in range(25)),
    )
    parts = PublishedTable(whole.path, whole.header, whole.rows, most=4)
    assert len(parts.files) == 7
    files = {one.path: one.content() for one in (*whole.files, *parts.files)}
    named = {"t.csv": ("t.csv",), "p.csv": tuple(one.path for one in parts.files)}
    read = lambda name: table_of(files[name])  # noqa: E731
    tables = Tables(named.__getitem__, read, Effort(10_000))
    for where in ("", "g=1", "g!=1", "g=1&n!=7"):
        asked = measure, where
        assert tables.measured("p.csv", asked) == tables.measured("t.csv", asked)


def test_what_many_pages_ask_of_a_table_is_answered_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the texts to hold are too many, in as few readings as their number asks for."""
    parts = [f"g,n\n{part},1\n{part + 1},1\n".encode() for part in range(10)]
    read: list[str] = []

    def table(name: str) -> Table:
        read.append(name)
        return table_of(parts[int(name)])

    tables = Tables(lambda _: [str(one) for one in range(10)], table, Effort(1_000_000))
    asked = [("count:g", f"g!={one}") for one in range(20, 26)]
    for one in asked:
        tables.expect("t.csv", one)
    monkeypatch.setattr(verify_tables, "_HELD", 45)  # each holds 20
    assert {tables.measured("t.csv", one) for one in asked} == {11}
    assert len(read) == 10 * 3
    monkeypatch.setattr(verify_tables, "_HELD", 19)
    with pytest.raises(Unsound, match="more texts than can be held"):
        tables.measured("t.csv", ("count:g", "g!=30"))


def test_the_documented_line_puts_parts_together(parts_site: Path, anyshire_site: Path) -> None:
    text = (ROOT / "docs" / "use-the-data.md").read_text(encoding="utf-8")
    (line,) = (one for one in text.splitlines() if one.startswith("awk "))
    made = subprocess.run(
        line.removesuffix(" > awards.csv"),
        cwd=parts_site / FOLDER,
        shell=True,
        check=True,
        capture_output=True,
    ).stdout
    assert made == (anyshire_site / FOLDER / "awards.csv").read_bytes()


def test_the_descriptor_lists_parts_and_is_valid(parts_site: Path) -> None:
    descriptor = json.loads((parts_site / FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    awards = next(one for one in descriptor["resources"] if one["name"] == "awards")
    assert awards["path"][:2] == ["awards/awards-1.csv", "awards/awards-2.csv"]
    assert not {"bytes", "hash"} & {*awards}
    for part in awards["parts"]:
        content = (parts_site / FOLDER / part["path"]).read_bytes()
        entry = entry_of("", content)
        assert (part["bytes"], part["hash"]) == (entry.bytes, f"sha256:{entry.sha256}")
        assert part["rows"] == len(rows_of(parts_site / FOLDER / part["path"])) - 1
    report = Package(str(parts_site / FOLDER / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_the_zip_holds_the_same_parts_and_is_that_of_a_release(
    parts_site: Path, tmp_path: Path
) -> None:
    content = (parts_site / urls.archive("anyshire")).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        assert "anyshire/awards/awards-7.csv" in zipped.namelist()
        for name in zipped.namelist():
            there = parts_site / FOLDER / name.removeprefix("anyshire/")
            assert zipped.read(name) == there.read_bytes()
    assert package_archive(book(in_parts(tmp_path / "anyshire"))).content == content


def test_pages_and_catalogues_name_every_part(parts_site: Path) -> None:
    data = (parts_site / "data" / "index.html").read_text(encoding="utf-8")
    catalogue = (parts_site / "data" / "catalog.jsonld").read_text(encoding="utf-8")
    parts = [*(parts_site / FOLDER).glob("*/*-*.csv")]
    assert len(parts) > 30
    for one in parts:
        entry = entry_of("", one.read_bytes())
        assert f'href="v1/anyshire/{one.relative_to(parts_site / FOLDER).as_posix()}"' in data
        assert f"{entry.bytes:,} bytes" in data
        assert entry.sha256 in data
        assert entry.sha256 in catalogue
    assert "CSV, rows 11 to 20" in data
    awards = (parts_site / "awards" / "index.html").read_text(encoding="utf-8")
    assert '<a href="awards/awards-7.csv" download>rows 61 to 64</a>' in awards
    award = rows_of(parts_site / urls.table_part(f"{FOLDER}awards.csv", 2))[1][0]
    page = (parts_site / "awards" / award / "index.html").read_text(encoding="utf-8")
    assert 'href="../../data/v1/anyshire/awards/awards-2.csv">awards-2.csv</a>' in page
    told = (parts_site / "llms.txt").read_text(encoding="utf-8")
    assert (
        "awards_joined/awards_joined-1.csv): one row an award, names beside ids. The first of 7"
        in told
    )


def test_csv_on_the_web_describes_each_part_and_links_whole_tables_alone(parts_site: Path) -> None:
    beside = json.loads((parts_site / FOLDER / "awards" / "csv-metadata.json").read_text("utf-8"))
    assert [one["url"] for one in beside["tables"]] == [f"awards-{n}.csv" for n in range(1, 8)]
    group = json.loads((parts_site / FOLDER / "csv-metadata.json").read_text("utf-8"))["tables"]
    described = {one["url"] for one in group}
    assert {"awards/awards-1.csv", "funds.csv"} <= described
    for one in group:
        assert (parts_site / FOLDER / one["url"]).is_file()
        for key in one["tableSchema"].get("foreignKeys", ()):
            assert key["reference"]["resource"] in described


def test_the_csvw_package_finds_the_descriptions_valid(parts_site: Path) -> None:
    folder = parts_site / FOLDER
    paths = [folder / "csv-metadata.json", folder / "awards" / "csv-metadata.json"]
    assert csvw_says(*paths) == ["csv-metadata.json valid"] * 2


def test_the_filters_know_which_file_has_which_awards(parts_site: Path) -> None:
    head = json.loads(
        (parts_site / "assets" / "explorer" / "head.json").read_text(encoding="utf-8")
    )
    rows = [len(rows_of(parts_site / "awards" / one)) - 1 for one in head["tables"]]
    assert head["ends"] == [sum(rows[: place + 1]) for place in range(len(rows))]


@pytest.mark.parametrize("rows", [0, -1, 1.5, "10", True, 10**7])
def test_rows_that_no_file_can_hold_are_refused(tmp_path: Path, rows: object) -> None:
    with pytest.raises(UnreadablePackage, match="rows_in_a_file"):
        package.read(in_parts(tmp_path / "anyshire", rows))


def test_what_is_made_first_is_ready_for_all_else(tmp_path: Path) -> None:
    def files(ready: Ready) -> list[tuple[str, bytes]]:
        read = ready.read("a/1.csv")
        assert read is not None
        return [("told.txt", f"{ready.entries['a/1.csv'].bytes} {read.decode()}".encode())]

    place = Folder(str(tmp_path / "site"))
    filled = fill(place, Whole(files, [lambda: [("a/1.csv", b"one")]], [lambda: [("b", b"")]]))
    assert (tmp_path / "site" / "told.txt").read_bytes() == b"3 one"
    assert {one.path for one in filled.entries} == {"a/1.csv", "b", "told.txt"}
    below = Ready({"a/1.csv": entry_of("a/1.csv", b"one")}, place.content).below("a/")
    assert ([*below.entries], below.read("1.csv")) == (["1.csv"], b"one")


def test_a_stored_content_is_read_anew_each_time(tmp_path: Path) -> None:
    stored = archive([("a.txt", b"x" * 3_000_000), ("b.txt", b"")])
    assert isinstance(stored, Stored)
    path = tmp_path / "a.zip"
    put(str(path), stored)
    assert holds(str(path), stored)
    assert entry_of("", stored)[1:] == entry_of("", path.read_bytes())[1:]
    with zipfile.ZipFile(path) as zipped:
        assert zipped.read("a.txt") == b"x" * 3_000_000
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    assert not holds(str(path), stored)


def test_downloads_before_and_after_parts_are_written_are_the_same(
    parts_site: Path, tmp_path: Path
) -> None:
    read = book(in_parts(tmp_path / "anyshire"))
    listed = {one.path: one for one in parse((parts_site / NAME).read_bytes())}
    ready = Ready(
        {path: entry for path, entry in listed.items() if path.startswith(FOLDER)},
        lambda path: (parts_site / path).read_bytes(),
    )
    none = ((), ())
    made, taken = downloads(read, none), downloads(read, none, ready)
    assert [(one.path, one.content) for one in made] == [(one.path, one.content) for one in taken]


@pytest.mark.torture
def test_the_site_builder_makes_the_same_site_in_parts(parts_site: Path, tmp_path: Path) -> None:
    site = build(in_parts(tmp_path / "anyshire"), tmp_path / "site", stamp=False)
    assert contents(site) == contents(parts_site)


@pytest.mark.torture
def test_a_publisher_among_several_has_parts_of_its_own(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    in_parts(project / "data" / "anyshire")
    shutil.copytree(LITTLEHAM, project / "data" / "littleham")
    site = built(project, "--no-search", "--no-formats")
    assert [*site.glob("publishers/*/anyshire/awards/awards/awards-7.csv")]
    assert differences(site) == ()
    assert crawl(site) == []
